"""Feeds: read back by two programs' libraries, validated without being built, never telling too much."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.calendar.makers import make_event
from tests.factories import NetworkFactory, RegionFactory, make_group, make_meeting

from ydin.calendar.jobs import compact
from ydin.calendar.models import CalendarChange, FeedAddress
from ydin.kernel.clock import now
from ydin.kernel.links import make_token
from ydin.meetings.models import Memo
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.networks.rules import RegionLevel

pytestmark = pytest.mark.django_db
PUBLIC = {"audience": Audience.PUBLIC}


@pytest.fixture
def world():
    return make_group(network=NetworkFactory(slug="pohjoinen", name="Pohjoinen; kasvu, verkosto"))


def fetch(url: str = "/feeds/pohjoinen.ics", **headers: str):
    return Client().get(url, headers=headers)


def events_of(answer) -> dict[str, icalendar.Event]:
    assert answer.status_code == 200
    body = answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    assert vobject.readOne(body).vevent_list is not None if "VEVENT" in body else True
    parsed = icalendar.Calendar.from_ical(body)
    return {str(e["SUMMARY"]): e for e in parsed.walk("VEVENT")}


def own_url(person, name: str = "phone", **choices: bool) -> str:
    address = FeedAddress.objects.create(person=person, name=name, **{"shows_details": True, **choices})
    return f"/feeds/p/{make_token('feed', address.pk)}.ics"


def test_the_public_feed_is_read_back_with_its_zone(world) -> None:
    starts = datetime(2027, 2, 4, 15, 30, tzinfo=UTC)
    meeting = make_meeting(
        world,
        theme="Hinta, josta; ei\\ pyydetä",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        **PUBLIC,
    )
    make_event(world.network, title="Paja 🎉 " + "pitkä " * 40)
    answer = fetch()
    events = events_of(answer)
    event = events[f"Hinta, josta; ei\\ pyydetä – {world.group.name}"]
    assert event["DTSTART"].dt == starts and event["DTSTART"].params["TZID"] == "Europe/Helsinki"
    assert event["UID"] == str(meeting.uid) and event["SEQUENCE"] == 0 and event["STATUS"] == "CONFIRMED"
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar["X-WR-CALNAME"] == "Pohjoinen\\; kasvu\\, verkosto" and "REFRESH-INTERVAL" in calendar
    assert [str(z["TZID"]) for z in calendar.walk("VTIMEZONE")] == ["Europe/Helsinki"]
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=300" and not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_strangers_feed_has_no_address_no_link_no_inner_life(world) -> None:
    meeting = make_meeting(world, video_link="https://video.example/x", **PUBLIC)
    make_meeting(world, theme="Ryhmän oma")
    make_meeting(world, theme="Luonnos", state=MeetingState.DRAFT, **PUBLIC)
    make_event(world.network, title="Verkoston paja", audience=Audience.NETWORK)
    make_meeting(make_group(), theme="Muualla", **PUBLIC)
    Memo.objects.create(meeting=meeting, group=world.group, discussed="salaista")
    body = fetch().content.decode().replace("\r\n ", "")
    for hidden in (
        "Tehtaantie",
        "video.example",
        "Ryhmän oma",
        "Luonnos",
        "Verkoston paja",
        "Muualla",
        "salaista",
        "ATTENDEE",
    ):
        assert hidden not in body
    assert "Ylivieska" in body


def test_a_person_signed_in_gets_the_same_public_feed(world, as_person) -> None:
    make_meeting(world, theme="Ryhmän oma")
    assert b"oma" not in as_person(world.members[0]).get("/feeds/pohjoinen.ics").content


def test_by_region_and_group(world) -> None:
    region = RegionFactory(network=world.network, level=RegionLevel.REGION, name_fi="Lappi", code="19")
    north = make_group(network=world.network, region=region, slug="rovaniemi")
    make_meeting(north, theme="Pohjoisessa", **PUBLIC)
    make_meeting(world, theme="Etelässä", **PUBLIC)
    make_event(world.network, title="Lapin paja", region=region)
    assert len(events_of(fetch())) == 3
    assert {t.split(" –")[0] for t in events_of(fetch("/feeds/pohjoinen.ics?region=lappi"))} == {
        "Pohjoisessa",
        "Lapin paja",
    }
    assert {t.split(" –")[0] for t in events_of(fetch("/feeds/pohjoinen.ics?group=rovaniemi"))} == {
        "Pohjoisessa"
    }
    assert events_of(fetch("/feeds/pohjoinen.ics?group=ei-ole")) == {}
    assert fetch("/feeds/ei-ole.ics").status_code == 404


def test_unchanged_is_304_and_every_change_is_seen(world) -> None:
    meeting = make_meeting(world, **PUBLIC)
    event = make_event(world.network)
    seen = set()

    def changed() -> None:
        answer = fetch()
        tag = answer.headers["ETag"]
        assert not tag.startswith("W/") and tag not in seen
        seen.add(tag)
        again = fetch(**{"If-None-Match": tag})
        assert again.status_code == 304 and not again.content and again.headers["ETag"] == tag
        assert fetch(**{"If-None-Match": f'"x", {tag}'}).status_code == 304

    changed()
    type(meeting).objects.filter(pk=meeting.pk).update(theme="Toinen aihe")
    changed()
    make_event(world.network)
    changed()
    event.delete()
    changed()
    type(meeting).objects.filter(pk=meeting.pk).update(audience=Audience.GROUP)
    changed()
    world.group.name = "Uusi nimi"
    world.group.save()
    changed()
    meeting.delete()
    changed()


def test_another_networks_change_leaves_the_tag_alone(world) -> None:
    make_meeting(world, **PUBLIC)
    tag = fetch().headers["ETag"]
    make_meeting(make_group(), **PUBLIC)
    assert fetch().headers["ETag"] == tag
    assert fetch("/feeds/pohjoinen.ics?group=x").headers["ETag"] != tag


def test_an_unchanged_feed_reads_no_event_and_works_by_date_and_head(world) -> None:
    make_meeting(world, **PUBLIC)
    first = fetch()
    with CaptureQueriesContext(connection) as asked:
        assert fetch(**{"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert not [q for q in asked if "meetings_meeting" in q["sql"] or "calendar_event" in q["sql"]]
    with time_machine.travel(now() + timedelta(seconds=5), tick=False):
        assert fetch(**{"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    early = "Mon, 01 Jan 2024 00:00:00 GMT"
    assert fetch(**{"If-Modified-Since": early}).status_code == 200
    head = Client().head("/feeds/pohjoinen.ics")
    assert head.status_code == 200 and not head.content and head.headers["ETag"] == first.headers["ETag"]


def test_the_night_job_keeps_tags_that_matter(world) -> None:
    for _ in range(3):
        make_event(world.network)
    before = fetch().headers["ETag"]
    CalendarChange.objects.update(at=now() - timedelta(days=3))
    compact(0)
    assert CalendarChange.objects.filter(network_id=world.network.pk).count() == 1
    make_event(world.network)
    assert fetch().headers["ETag"] != before


def test_cancelled_stays_for_90_days_and_old_ones_go(world) -> None:
    make_meeting(world, theme="Peruttu", days=-80, state=MeetingState.CANCELLED, sequence=3, **PUBLIC)
    make_meeting(world, theme="Vanha", days=-100, state=MeetingState.CANCELLED, **PUBLIC)
    make_meeting(world, theme="Pidetty", days=-10, state=MeetingState.HELD, **PUBLIC)
    make_event(world.network, title="Peruttu paja", state="cancelled", sequence=2)
    events = {title.split(" –")[0]: e for title, e in events_of(fetch()).items()}
    assert set(events) == {"Peruttu", "Pidetty", "Peruttu paja"}
    assert events["Peruttu"]["STATUS"] == "CANCELLED" and events["Peruttu"]["SEQUENCE"] == 3
    assert events["Peruttu paja"]["STATUS"] == "CANCELLED" and events["Pidetty"]["STATUS"] == "CONFIRMED"


def test_both_sides_of_the_summer_change(world) -> None:
    for day, hour in ((27, 16), (28, 15)):
        starts = datetime(2027, 3, day, hour, 0, tzinfo=UTC)
        make_meeting(world, theme=f"{day}", starts_at=starts, ends_at=starts + timedelta(hours=2), **PUBLIC)
    events = {t.split(" –")[0]: e for t, e in events_of(fetch()).items()}
    assert [events[d]["DTSTART"].dt.hour for d in ("27", "28")] == [18, 18]
    assert [events[d]["DTSTART"].dt.astimezone(UTC).hour for d in ("27", "28")] == [16, 15]


def test_a_personal_feed_has_own_evenings_with_address_and_nothing_confidential(world) -> None:
    other = make_group()
    mine = make_meeting(world, theme="Meidän ilta", video_link="https://video.example/x")
    make_meeting(other, theme="Toisten ilta")
    make_meeting(other, theme="Toisten avoin", **PUBLIC)
    make_meeting(world, theme="Luonnos", state=MeetingState.DRAFT)
    make_event(world.network, title="Verkoston paja", audience=Audience.NETWORK)
    make_event(other.network, title="Toisen verkoston paja", audience=Audience.NETWORK)
    Memo.objects.create(meeting=mine, group=world.group, discussed="salaista")
    mine.rsvps.update(answer="not_coming", comment="olen lomalla")
    answer = fetch(own_url(world.members[0]))
    assert {t.split(" –")[0] for t in events_of(answer)} == {"Meidän ilta", "Verkoston paja"}
    body = answer.content.decode().replace("\r\n ", "")
    assert "Tehtaantie 4" in body and "video.example" in body
    for hidden in ("salaista", "lomalla", "PARTSTAT", "ATTENDEE", "Luonnos"):
        assert hidden not in body
    assert answer.headers["Cache-Control"] == "private, max-age=300"


def test_a_personal_tag_follows_seat_and_invitation(world) -> None:
    make_meeting(world)
    person, url = world.members[0], own_url(world.members[0])
    tags = [fetch(url).headers["ETag"]]
    assert fetch(url, **{"If-None-Match": tags[0]}).status_code == 304
    other = make_group()
    visit = make_meeting(other, theme="Vierailu")
    assert fetch(url).headers["ETag"] == tags[0]
    visit.rsvps.create(person=person, group=other.group, is_visitor=True)
    answer = fetch(url, **{"If-None-Match": tags[0]})
    assert any("Vierailu" in title for title in events_of(answer))
    tags.append(answer.headers["ETag"])
    type(visit).objects.filter(pk=visit.pk).update(theme="Uusi aihe")
    tags.append(fetch(url).headers["ETag"])
    seat = world.seats[0]
    seat.state, seat.ends_on = "left", seat.starts_on
    seat.save()
    tags.append(fetch(url).headers["ETag"])
    assert len(set(tags)) == 4


def test_revoked_altered_and_foreign_addresses_are_gone(world) -> None:
    make_meeting(world)
    url = own_url(world.members[0])
    assert fetch(url).status_code == 200
    for bad in (
        url.replace(".ics", "x.ics"),
        "/feeds/p/1.x.ics",
        f"/feeds/p/{make_token('answer', 1)}.ics",
        "/feeds/p/x.ics",
    ):
        answer = fetch(bad)
        assert answer.status_code == 404 and answer.headers["Content-Type"].startswith("text/plain")
    FeedAddress.objects.update(revoked_at=now())
    answer = fetch(url)
    assert answer.status_code == 404 and b"BEGIN" not in answer.content
    FeedAddress.objects.update(revoked_at=None)
    world.members[0].is_active = False
    world.members[0].save()
    assert fetch(url).status_code == 404


def test_use_is_noted_once_a_day(world) -> None:
    url = own_url(world.members[0])
    with time_machine.travel(datetime(2027, 2, 4, 10, tzinfo=UTC), tick=False):
        fetch(url)
        with CaptureQueriesContext(connection) as asked:
            fetch(url)
    assert FeedAddress.objects.get().last_used_on.isoformat() == "2027-02-04"
    assert not [q for q in asked if q["sql"].startswith("UPDATE")]
    with time_machine.travel(datetime(2027, 2, 5, 10, tzinfo=UTC), tick=False):
        fetch(url)
    assert FeedAddress.objects.get().last_used_on.isoformat() == "2027-02-05"


def test_own_addresses_are_made_listed_and_taken_back(world, as_person) -> None:
    person = world.members[0]
    client = as_person(person)
    assert "No address yet" in client.get("/calendar/mine/").content.decode()
    answer = client.post("/calendar/mine/new/", {"name": "Puhelin <b>"})
    assert answer.status_code == 303
    page = client.get("/calendar/mine/").content.decode()
    assert "Puhelin &lt;b&gt;" in page and "webcal://testserver/feeds/p/" in page and "Not used yet" in page
    url = re.search(r'value="http://testserver(/feeds/p/[^"]+)"', page)[1]
    assert fetch(url).status_code == 200
    assert "Last used" in client.get("/calendar/mine/").content.decode()
    address = FeedAddress.objects.get()
    stranger = as_person(world.members[1])
    assert stranger.post(f"/calendar/mine/{address.pk}/revoke/").status_code == 404
    assert client.get(f"/calendar/mine/{address.pk}/revoke/").status_code == 405
    assert fetch(url).status_code == 200
    assert client.post(f"/calendar/mine/{address.pk}/revoke/").status_code == 303
    assert fetch(url).status_code == 404
    assert as_person(None).get("/calendar/mine/").status_code == 302
    assert client.post("/calendar/mine/new/", {"name": "x" * 200}).status_code == 422
    FeedAddress.objects.bulk_create([FeedAddress(person=person) for _ in range(20)])
    answer = client.post("/calendar/mine/new/", {"name": "one more"})
    assert answer.status_code == 422 and "many addresses" in answer.content.decode()
