"""CalDAV: found, listed, asked by time and address, kept in sync, read only, and only one's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.calendar.dav_program import C, D, Program, S, basic, uid_of
from tests.calendar.makers import make_event
from tests.factories import make_group, make_meeting

from ydin.calendar.models import AppPassword, SyncState
from ydin.calendar.services import forget_told
from ydin.kernel.clock import now
from ydin.meetings.models import Memo
from ydin.meetings.rules.states import Audience, MeetingState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group()


@pytest.fixture
def phone(world) -> Program:
    return Program.of(world.members[0])


def test_a_program_finds_the_calendar_from_the_servers_name(phone) -> None:
    for method in ("GET", "PROPFIND", "OPTIONS"):
        answer = phone.send(method, "/.well-known/caldav")
        assert answer.status_code == 301 and answer.headers["Location"] == "/dav/"
    principal = phone.propfind("/dav/", "D:current-user-principal")["/dav/"][f"{D}current-user-principal"]
    assert principal.findtext(f"{D}href") == phone.home
    home = phone.propfind(phone.home, "C:calendar-home-set", "C:calendar-user-address-set")[phone.home]
    assert home[f"{C}calendar-home-set"].findtext(f"{D}href") == phone.home
    assert home[f"{C}calendar-user-address-set"].findtext(f"{D}href") == f"mailto:{phone.name}"
    listed = phone.propfind(phone.home, "D:resourcetype", "D:sync-token", "S:getctag", "X", depth="1")
    kind = {e.tag for e in listed[phone.calendar][f"{D}resourcetype"]}
    assert set(listed) == {phone.home, phone.calendar} and kind == {f"{D}collection", f"{C}calendar"}
    shown = phone.propfind(
        phone.calendar, "D:displayname", "D:current-user-privilege-set", "C:supported-calendar-component-set",
        "D:supported-report-set", "C:calendar-timezone", "C:schedule-inbox-URL",
    )[phone.calendar]  # fmt: skip
    assert shown[f"{C}schedule-inbox-URL"] is None
    assert shown[f"{D}displayname"].text == "Omat ydinryhmäiltani" or shown[f"{D}displayname"].text
    assert [p[0].tag for p in shown[f"{D}current-user-privilege-set"]] == [
        f"{D}read",
        f"{D}read-current-user-privilege-set",
    ]
    assert len(list(shown[f"{D}supported-report-set"])) == 3
    assert icalendar.Calendar.from_ical(shown[f"{C}calendar-timezone"].text).walk("VTIMEZONE")
    everything = phone.read(phone.send("PROPFIND", phone.calendar, Depth="0"))[phone.calendar]
    assert f"{D}sync-token" in everything
    names = phone.read(
        phone.send("PROPFIND", phone.calendar, '<propfind xmlns="DAV:"><propname/></propfind>')
    )
    assert names[phone.calendar][f"{D}displayname"].text is None


def test_entries_are_listed_and_fetched_with_tag_and_zone(world, phone) -> None:
    starts = datetime(2027, 3, 28, 15, 30, tzinfo=UTC)
    with time_machine.travel(datetime(2027, 2, 1, 12, tzinfo=UTC), tick=False):
        meeting = make_meeting(
            world, theme="Hinta, josta; & <puhutaan>", starts_at=starts, ends_at=starts + timedelta(hours=2)
        )
        event = make_event(world.network, title="Paja", audience=Audience.NETWORK)
        Memo.objects.create(meeting=meeting, group=world.group, discussed="salaista")
        make_meeting(make_group(), theme="Toisten", audience=Audience.PUBLIC)
        make_meeting(world, theme="Luonnos", state=MeetingState.DRAFT)
        listed = phone.propfind(phone.calendar, "D:getetag", "C:calendar-data", depth="1")
        wanted = f"{phone.calendar}{meeting.uid}.ics"
        assert set(listed) == {phone.calendar, wanted, f"{phone.calendar}{event.uid}.ics"}
        text = listed[wanted][f"{C}calendar-data"].text
        one = phone.send("GET", wanted)
        again = phone.send("GET", wanted, **{"If-None-Match": one.headers["ETag"]})
        head = phone.send("HEAD", wanted)
    assert one.content.decode() == text and one.headers["ETag"] == listed[wanted][f"{D}getetag"].text
    assert again.status_code == 304 and head.status_code == 200 and not head.content
    found = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    assert found["DTSTART"].dt == starts and str(found["SUMMARY"]).startswith("Hinta, josta; & <puhutaan> –")
    assert "Tehtaantie" in found["LOCATION"] and "salaista" not in text
    for missing in ("x.ics", "x", f"{meeting.uid}", f"{str(meeting.uid).upper()}.ics"):
        assert phone.send("GET", f"{phone.calendar}{missing}").status_code == 404


def test_asked_by_time_and_by_words(world, phone) -> None:
    near, far = make_meeting(world, theme="Pian", days=5), make_meeting(world, theme="Myöhemmin", days=60)
    query = '<C:filter><C:comp-filter name="VCALENDAR">{}</C:comp-filter></C:filter>'
    events = query.format('<C:comp-filter name="VEVENT">{}</C:comp-filter>')

    def asked(inner: str) -> set[str]:
        return {uid_of(h) for h in phone.read(phone.report("C:calendar-query", inner))}

    def moment(days: float) -> str:
        return f"{now() + timedelta(days=days):%Y%m%dT%H%M%SZ}"

    both = {str(near.uid), str(far.uid)}
    assert asked(events.format("")) == both and asked(query.format("")) == both
    assert asked(events.format(f'<C:time-range start="{moment(1)}" end="{moment(30)}"/>')) == {str(near.uid)}
    assert asked(events.format(f'<C:time-range start="{moment(30)}"/>')) == {str(far.uid)}
    assert asked(events.format(f'<C:time-range end="{moment(1)}"/>')) == set()
    word = '<C:prop-filter name="SUMMARY"><C:text-match{}>PIAN</C:text-match></C:prop-filter>'
    assert asked(events.format(word.format(""))) == {str(near.uid)}
    assert asked(events.format(word.format(' negate-condition="yes"'))) == {str(far.uid)}
    absent = '<C:prop-filter name="RRULE"><C:is-not-defined/></C:prop-filter>'
    assert asked(events.format(absent)) == both
    assert asked(events.format('<C:prop-filter name="RRULE"/>')) == set()
    assert asked(query.format('<C:comp-filter name="VTODO"/>')) == set()
    for bad in (
        '<C:time-range start="yesterday"/>',
        "<C:time-range/>",
        '<C:prop-filter name="X"><C:param-filter name="Y"/></C:prop-filter>',
    ):
        answer = phone.report("C:calendar-query", events.format(bad))
        assert answer.status_code == 403 and b"filter" in answer.content


def test_asked_by_address(world, phone) -> None:
    mine, other = make_meeting(world), make_meeting(make_group())
    asked = [
        f"{phone.calendar}{mine.uid}.ics", f"http://testserver{phone.calendar}{mine.uid}.ics",
        f"{phone.calendar}{other.uid}.ics", "/etc/passwd", f"{phone.calendar}x.ics", "", "http://x",
    ]  # fmt: skip
    hrefs = "".join(f"<D:href>{h}</D:href>" for h in asked)
    found = phone.read(phone.report("C:calendar-multiget", hrefs))
    assert [h for h, properties in found.items() if properties] == [asked[0]]
    assert [h for h, properties in found.items() if not properties] == asked[2:]
    assert f"UID:{mine.uid}" in found[asked[0]][f"{C}calendar-data"].text


def test_kept_in_sync_with_everything_that_comes_changes_and_goes(world, phone) -> None:
    first, second = make_meeting(world, theme="Eka"), make_meeting(world, theme="Toka", days=20)
    token, changed, lost = phone.sync("")
    assert changed == {str(first.uid), str(second.uid)} and not lost
    assert phone.sync(token) == (token, set(), set())
    shown = phone.propfind(phone.calendar, "D:sync-token", "S:getctag")[phone.calendar]
    assert shown[f"{D}sync-token"].text == shown[f"{S}getctag"].text == token

    type(first).objects.filter(pk=first.pk).update(theme="Uusi", sequence=1)
    third = make_meeting(world, theme="Kolmas", days=30)
    later, changed, lost = phone.sync(token)
    assert later != token and changed == {str(first.uid), str(third.uid)} and not lost

    second.delete()
    newest, changed, lost = phone.sync(later)
    assert not changed and lost == {str(second.uid)}
    # an answer that was lost on the way: the older token still tells all of it
    again, changed, lost = phone.sync(token)
    assert again == newest and changed == {str(first.uid), str(third.uid)} and lost == {str(second.uid)}

    seat = world.seats[0]
    seat.state, seat.ends_on = "left", seat.starts_on
    seat.save()
    world.members[0].rsvps.all().delete()
    _, changed, lost = phone.sync(newest)
    assert not changed and lost == {str(first.uid), str(third.uid)}
    assert phone.propfind(phone.calendar, "D:getetag", depth="1").keys() == {phone.calendar}


def test_a_token_that_nobody_knows_asks_for_everything(world, phone) -> None:
    make_meeting(world)
    for token in ("urn:ydin:calendar:x", "rubbish", "x" * 5000):
        inner = f"<D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level>"
        answer = phone.report("D:sync-collection", inner)
        assert answer.status_code == 403 and b"valid-sync-token" in answer.content
    limited = "<D:sync-token/><D:limit><D:nresults>0</D:nresults></D:limit>"
    answer = phone.report("D:sync-collection", limited)
    assert answer.status_code == 507 and b"number-of-matches-within-limits" in answer.content
    token, _, _ = phone.sync("")
    stranger = Program.of(world.members[0])
    make_meeting(world, days=40)
    inner = f"<D:sync-token>{token}</D:sync-token>"
    assert stranger.report("D:sync-collection", inner).status_code == 403


def test_few_states_are_kept_and_old_ones_go(world, phone) -> None:
    token = ""
    for n in range(7):
        make_meeting(world, days=3 + n)
        token, _, _ = phone.sync(token)
    assert SyncState.objects.count() == 4
    SyncState.objects.update(created_at=now() - timedelta(days=61))
    assert forget_told(actor=None) == 4


def test_an_unchanged_calendar_reads_no_entry(world, phone) -> None:
    make_meeting(world)
    token, _, _ = phone.sync("")
    with CaptureQueriesContext(connection) as asked:
        phone.sync(token)
        phone.propfind(phone.calendar, "S:getctag")
    assert not [q for q in asked if 'FROM "meetings_meeting"' in q["sql"]]
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            phone.propfind(phone.calendar, "D:getetag", depth="1")
        counts.append(len(asked))
        for n in range(20):
            make_meeting(world, days=5 + n)
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("method", ["PUT", "DELETE", "MKCOL", "MOVE", "COPY", "ACL"])
def test_nothing_can_be_written(world, phone, method) -> None:
    meeting = make_meeting(world)
    answer = phone.send(method, f"{phone.calendar}{meeting.uid}.ics", "BEGIN:VCALENDAR")
    assert answer.status_code == 403 and b"need-privileges" in answer.content
    assert phone.send(method, f"{phone.calendar}new.ics").status_code == 403


def test_other_methods(phone) -> None:
    for method in ("POST", "MKCALENDAR", "LOCK", "PATCH", "BREW"):
        answer = phone.send(method, phone.calendar)
        assert answer.status_code == 405 and "PROPFIND" in answer.headers["Allow"]
    answer = Client().generic("OPTIONS", phone.calendar)
    assert answer.status_code == 200 and "calendar-access" in answer.headers["DAV"]
    body = '<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop><D:displayname>x</D:displayname></D:prop></D:set></D:propertyupdate>'
    answer = phone.send("PROPPATCH", phone.calendar, body)
    assert answer.status_code == 207 and b"403 Forbidden" in answer.content
    deep = phone.send("PROPFIND", phone.calendar, Depth="infinity")
    assert deep.status_code == 403 and b"propfind-finite-depth" in deep.content
    for path in ("/dav/", phone.home, phone.calendar):
        assert phone.send("GET", path).status_code == 200
    unknown = phone.report("D:principal-match", "")
    assert unknown.status_code == 403 and b"supported-report" in unknown.content


def test_only_ones_own_and_only_with_a_living_password(world, phone) -> None:
    meeting = make_meeting(world)
    other = Program.of(world.members[1])
    for path in (phone.home, phone.calendar, f"{phone.calendar}{meeting.uid}.ics"):
        assert other.send("PROPFIND", path).status_code == 404
        assert other.send("GET", path).status_code == 404
    answers = set()
    for name, secret in (
        (phone.name, "wrong"), ("nobody@example.org", phone.secret), (other.name, phone.secret),
        (phone.name, ""), ("", ""), ("é", "ü"),
    ):  # fmt: skip
        answer = Client().generic("PROPFIND", phone.calendar, headers={"Authorization": basic(name, secret)})
        answers.add((answer.status_code, answer.content, answer.headers["WWW-Authenticate"]))
    for odd in ("Basic", "Basic !!", "Bearer x", "Basic " + "A" * 5000, ""):
        answer = Client().generic("PROPFIND", phone.calendar, headers={"Authorization": odd})
        answers.add((answer.status_code, answer.content, answer.headers["WWW-Authenticate"]))
    assert len(answers) == 1 and answers.pop()[0] == 401
    spoken = Program(phone.name.upper(), phone.secret.upper().replace("-", " "), phone.home)
    assert spoken.send("GET", phone.calendar).status_code == 200 and not spoken.client.cookies
    AppPassword.objects.filter(person=world.members[0]).update(revoked_at=now())
    assert phone.send("GET", phone.calendar).status_code == 401
    AppPassword.objects.update(revoked_at=None)
    world.members[0].is_active = False
    world.members[0].save()
    assert phone.send("GET", phone.calendar).status_code == 401


def test_a_signed_in_browser_is_still_asked_for_the_password(world, as_person, phone) -> None:
    assert as_person(world.members[0]).get(phone.calendar).status_code == 401


def test_guessing_is_held_back(world, phone) -> None:
    wrong = Program(phone.name, "abcde", phone.home)
    assert {wrong.send("GET", phone.calendar).status_code for _ in range(10)} == {401}
    held = wrong.send("GET", phone.calendar)
    assert held.status_code == 429 and held.headers["Retry-After"] == "600"
    assert phone.send("GET", phone.calendar).status_code == 429
    other = Program.of(world.members[1])
    assert other.send("GET", other.calendar).status_code == 200
    others = [Program(f"a{n}@example.org", "x", phone.home) for n in range(60)]
    answers = [one.send("GET", phone.calendar).status_code for one in others]
    assert answers[0] == 401 and answers[-1] == 429
    assert other.send("GET", other.calendar).status_code == 200


def test_passwords_are_made_shown_once_and_taken_back(world, as_person) -> None:
    person = world.members[0]
    client = as_person(person)
    answer = client.post("/calendar/mine/passwords/new/", {"device": "Puhelin <b>"})
    page = answer.content.decode()
    secret = page.partition('<p class="code">')[2].partition("<")[0]
    assert answer.status_code == 200 and len(secret) == 23 and "no-store" in answer.headers["Cache-Control"]
    row = AppPassword.objects.get()
    assert secret not in row.digest and len(row.digest) == 64
    listed = client.get("/calendar/mine/").content.decode()
    assert "Puhelin &lt;b&gt;" in listed and secret not in listed and "Not used yet" in listed
    device = Program(person.email, secret, f"/dav/p/{person.pk}/")
    assert device.send("GET", device.calendar).status_code == 200
    assert "Last used" in client.get("/calendar/mine/").content.decode()
    assert as_person(world.members[1]).post(f"/calendar/mine/passwords/{row.pk}/revoke/").status_code == 404
    assert client.get(f"/calendar/mine/passwords/{row.pk}/revoke/").status_code == 405
    assert client.post(f"/calendar/mine/passwords/{row.pk}/revoke/").status_code == 303
    assert device.send("GET", device.calendar).status_code == 401
    assert client.post("/calendar/mine/passwords/new/", {"device": "x" * 200}).status_code == 422
    AppPassword.objects.bulk_create([AppPassword(person=person, digest=f"{n}") for n in range(20)])
    assert "many passwords" in client.post("/calendar/mine/passwords/new/", {}).content.decode()
    shown = client.get("/calendar/mine/help/").content.decode()
    assert "DAVx⁵" in shown and person.email in shown and "http://testserver/dav/" in shown


def test_a_letter_that_xml_cannot_hold_breaks_nothing(world, phone) -> None:
    meeting = make_meeting(world, theme="a\ufffe\uffffb ]]> &amp; 🎉")
    text = (
        phone.propfind(f"{phone.calendar}{meeting.uid}.ics", "C:calendar-data")
        .popitem()[1][f"{C}calendar-data"]
        .text
    )
    assert "ab ]]> &amp\\; 🎉" in text.replace("\r\n ", "") and "\r\n" in text
