from datetime import timedelta
from pathlib import Path
import os
import pytest
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import sync_playwright
from tests.factories import make_group, make_meeting, make_season, make_turn, EnterpriseFactory
from ydin.groups.models import GroundRules
from ydin.kernel.clock import now
from ydin.meetings.models import *
from ydin.networks.models import *
from ydin.people.models import Person

OUT = Path("/tmp/shots_evening"); OUT.mkdir(exist_ok=True)
NAMES = ["Aino Rantala","Pekka Lahti","Åke Sundqvist","Maria O'Brien","Tapio Sähkölä","Riitta-Liisa Koivuniemi-Heikkinen","Veikko Aho","Elli Niemi","Jussi Kallio","Sari Hautala"]
COMP = ["Puupaja Honka","Kahvila Malmi","Sundqvists Snickeri Ab","Hilla & Riite","Sähkö-Tapio","Pohjanmaan Tilitoimisto ja Yrityspalvelut Lehtimäki & Kumppanit Oy","Nivalan Veto","Elli Design","Kallion Kuljetus","Hautalan Hunaja"]
AG=[{"minutes":15,"title":"Kahvit ja viime kerran lupaukset"},{"minutes":30,"title":"Kierros: mitä kullekin kuuluu"},{"minutes":30,"title":"Isäntäyritys esittäytyy"},{"minutes":50,"title":"Illan teema"},{"minutes":15,"title":"Lupaukset ensi kertaan"},{"minutes":10,"title":"Seuraava isäntä"}]

def session(person):
    s = SessionStore(); s[SESSION_KEY]=str(person.pk); s[BACKEND_SESSION_KEY]="allauth.account.auth_backends.AuthenticationBackend"; s[HASH_SESSION_KEY]=person.get_session_auth_hash(); s.create(); return s.session_key

def test_shots(live_site):
    site = live_site(workers=1)
    with site.database():
        w = make_group(members=10, name="Ylivieskan ydinryhmä", records_lateness=False)
        for p,c,n,m in zip(w.members,w.companies,NAMES,COMP):
            p.name=n; p.save(); c.name=m; c.save()
        GroundRules.objects.create(group=w.group, number=1, language="fi", text="Mikä täällä sanotaan, jää tänne.\n\nJokainen puhuu vuorollaan.", valid_from=now().date())
        past = make_meeting(w, days=-30, state="held", check_in_code="VANHA1", theme="Verkkokauppa ilman varastoa", agenda=AG)
        Promise.objects.create(meeting=past, group=w.group, enterprise=w.companies[1], what="Soitan kolmelle vanhalle asiakkaalle ja kysyn, mitä he ostaisivat seuraavaksi")
        Promise.objects.create(meeting=past, group=w.group, enterprise=w.companies[4], what="Teen hinnaston", state="done", outcome="Hinnasto on verkkosivulla")
        Memo.objects.create(meeting=past, group=w.group, discussed="Puhuttiin varastosta ja siitä, kuka vastaa palautuksista.", advice="Aloita kymmenellä tuotteella.", next_time="Tuokaa omat laskut.", written_by=w.coordinator)
        Summary.objects.create(meeting=past, text="Verkkokaupan voi aloittaa ilman varastoa, kun tuotteet tulevat suoraan tekijöiltä.", published_at=now())
        for p,c in list(zip(w.members,w.companies))[:7]:
            Attendance.objects.create(meeting=past, group=w.group, person=p, enterprise=c, name=p.name, company=c.name, recorded="coordinator")
        start = now().replace(second=0,microsecond=0)-timedelta(minutes=50)
        m = make_meeting(w, starts_at=start, ends_at=start+timedelta(hours=2,minutes=30), agenda=AG, parking="Pihassa on tilaa kymmenelle autolle.", food="Kahvia ja piirakkaa", expert="Liisa Laskija, hinnoittelun kouluttaja", description="Miten pyytää hinta, jolla elää.")
        Rsvp.objects.filter(meeting=m, person__in=w.members[:6]).update(answer="coming", standing="admitted")
        Rsvp.objects.filter(meeting=m, person=w.members[6]).update(answer="not_coming")
        Rsvp.objects.filter(meeting=m, person=w.members[2]).update(substitute_name="Lena Sundqvist")
        for p,c in list(zip(w.members,w.companies))[:2]:
            Attendance.objects.create(meeting=m, group=w.group, person=p, enterprise=c, name=p.name, company=c.name, recorded="code")
        Attendance.objects.create(meeting=m, group=w.group, name="Veli Vieras", company="Vieras Oy", as_visitor=True, recorded="coordinator")
        ahead = make_meeting(w, days=25, host=w.companies[1], theme="Asiakas, joka ei osta", agenda=AG, check_in_code="EDESSA")
        keys = {"coord": session(w.coordinator), "member": session(w.members[3]), "host": session(w.members[0]), "national": session(w.national)}
        from ydin.meetings.documents.sheet import sheet_pictures
        from ydin.meetings.queries.evening import roll_call
        for n,x in enumerate(sheet_pictures(m, roll_call(m))): (OUT/f"sheet{n}.png").write_bytes(x)
        ids=(past.pk,m.pk,ahead.pk)
    pages = [("coord",f"/meetings/{m.pk}/","now-coord"),("member",f"/meetings/{past.pk}/","past-member"),("member",f"/meetings/{ahead.pk}/","ahead-member"),("coord",f"/meetings/{m.pk}/evening/","evening"),(None,"/c/KUUSI7/","door"),("member","/c/KUUSI7/","door-member"),(None,"/c/","code"),(None,"/c/KUUSI7/sent/","sent"),("member",f"/meetings/{past.pk}/memo/","memo"),("coord",f"/meetings/{past.pk}/memo/write/","memo-write"),("coord",f"/meetings/{past.pk}/summary/","summary"),("coord",f"/meetings/{m.pk}/sheet/","sheet"),("coord",f"/meetings/past/new/?group={w.group.pk}","past-new"),("member",f"/meetings/{ahead.pk}/promises/","promises")]
    only = os.environ.get("ONLY","").split(",") if os.environ.get("ONLY") else None
    lang = os.environ.get("SHOT_LANG","fi")
    with site.blocker.unblock() if False else __import__("contextlib").nullcontext(), sync_playwright() as pw:
        b = pw.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scheme in ("light","dark"):
            for width in (360,1280):
                for who,path,name in pages:
                    if only and name not in only: continue
                    ctx = b.new_context(viewport={"width":width,"height":800}, color_scheme=scheme, locale="fi-FI")
                    ctx.add_cookies([{"name":"ydin_language","value":lang,"url":site.url}]+([{"name":"sessionid","value":keys[who],"url":site.url}] if who else []))
                    pg = ctx.new_page(); bad=[]
                    pg.on("console", lambda msg: bad.append(msg.text) if msg.type=="error" else None)
                    r = pg.goto(site.url+path)
                    pg.screenshot(path=str(OUT/f"{name}-{width}-{scheme}.png"), full_page=True)
                    over = pg.evaluate("document.documentElement.scrollWidth - innerWidth")
                    if scheme=="light":
                        from axe_playwright_python.sync_playwright import Axe
                        v = Axe().run(pg).response["violations"] if width==360 else []
                    else: v=[]
                    if r.status!=200 or over>0 or bad or v: print(name,width,scheme,r.status,"overflow",over,bad,[(x["id"],[n["html"][:120] for n in x["nodes"][:2]]) for x in v])
                    ctx.close()
        b.close()
