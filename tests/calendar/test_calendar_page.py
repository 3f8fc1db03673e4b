"""The calendar: what a stranger and a reader find, month by month, at any size."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.calendar.makers import make_event
from tests.factories import NetworkFactory, RegionFactory, make_group, make_meeting

from ydin.kernel.clock import now
from ydin.meetings.models import Meeting
from ydin.meetings.policies import visible_meetings
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.networks.rules import RegionLevel

pytestmark = pytest.mark.django_db
PUBLIC = {"audience": Audience.PUBLIC}


def text_of(client: Client, url: str = "/calendar/") -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def test_a_stranger_sees_what_is_public_and_nothing_else(as_person) -> None:
    world = make_group()
    make_meeting(world, theme="Avoin ilta", **PUBLIC)
    make_meeting(world, theme="Ryhmän oma ilta")
    make_meeting(world, theme="Verkoston ilta", audience=Audience.NETWORK)
    make_meeting(world, theme="Luonnos", state=MeetingState.DRAFT, **PUBLIC)
    make_event(world.network, title="Avoin paja")
    make_event(world.network, title="Verkoston paja", audience=Audience.NETWORK)
    make_event(world.network, title="Luonnospaja", state="draft")
    page = text_of(as_person(None))
    assert "Avoin ilta" in page and "Avoin paja" in page
    for hidden in ("Ryhmän oma ilta", "Verkoston ilta", "Luonnos", "Verkoston paja"):
        assert hidden not in page


def test_a_member_finds_their_own_evenings_marked_and_not_those_of_others(as_person) -> None:
    ours, other = make_group(), make_group()
    make_meeting(ours, theme="Meidän ilta")
    make_meeting(other, theme="Toisten ilta")
    make_event(ours.network, title="Verkoston paja", audience=Audience.NETWORK)
    make_event(other.network, title="Toisen verkoston paja", audience=Audience.NETWORK)
    page = text_of(as_person(ours.members[0]))
    assert "Meidän ilta" in page and "my group" in page and "Verkoston paja" in page
    assert "Toisten ilta" not in page and "Toisen verkoston paja" not in page


def test_a_member_who_left_and_a_group_only_evening(as_person) -> None:
    world = make_group()
    make_meeting(world, theme="Ryhmän oma ilta", invited=False)
    seat = world.seats[0]
    seat.state, seat.ends_on = "left", seat.starts_on
    seat.save()
    assert "Ryhmän oma ilta" not in text_of(as_person(world.members[0]))
    assert "Ryhmän oma ilta" in text_of(as_person(world.members[1]))


def test_filters_by_network_region_and_group(as_person) -> None:
    network = NetworkFactory(slug="pohjoinen")
    region = RegionFactory(network=network, level=RegionLevel.REGION, name_fi="Pohjois-Pohjanmaa", code="17")
    sub = RegionFactory(network=network, name_fi="Ylivieskan seutukunta", parent=region, code="177")
    near = make_group(network=network, region=sub, slug="ylivieska", name="Ylivieska")
    far = make_group(network=network, slug="kuopio", name="Kuopio")
    abroad = make_group()
    for world, theme in ((near, "Lähellä"), (far, "Kaukana"), (abroad, "Muualla")):
        make_meeting(world, theme=theme, **PUBLIC)
    client = as_person(None)
    page = text_of(client, "/calendar/?network=pohjoinen")
    assert "Lähellä" in page and "Kaukana" in page and "Muualla" not in page
    page = text_of(client, "/calendar/?network=pohjoinen&region=pohjois-pohjanmaa")
    assert "Lähellä" in page and "Kaukana" not in page
    page = text_of(client, "/calendar/?group=kuopio")
    assert "Kaukana" in page and "Lähellä" not in page
    for nothing in ("network=ei-ole", "region=ei-ole", "group=ei-ole", "group=%00", "region=%F0%9F%98%80"):
        page = text_of(client, f"/calendar/?{nothing}")
        assert ("Lähellä" not in page and "Nothing matches" in page) or nothing.endswith(("%00", "80"))


def test_one_month_its_neighbours_and_its_borders_on_the_readers_clock(as_person) -> None:
    world = make_group()
    helsinki = ZoneInfo("Europe/Helsinki")
    first = datetime(2027, 3, 1, 0, 30, tzinfo=helsinki)
    last = datetime(2027, 3, 31, 23, 30, tzinfo=helsinki)
    after = datetime(2027, 4, 1, 0, 0, tzinfo=helsinki)
    for theme, starts in (("Ensimmäinen", first), ("Viimeinen", last), ("Huhtikuussa", after)):
        make_meeting(world, theme=theme, starts_at=starts, ends_at=starts + timedelta(hours=2), **PUBLIC)
    page = text_of(as_person(None), "/calendar/2027/03/")
    assert "Ensimmäinen" in page and "Viimeinen" in page and "Huhtikuussa" not in page
    assert "/calendar/2027/02/" in page and "/calendar/2027/04/" in page and "March 2027" in page
    assert "00:30" in page and "23:30" in page
    empty = text_of(as_person(None), "/calendar/2027/01/")
    assert "Nothing here yet" in empty and "/calendar/2027/03/" in empty
    led_on = as_person(None).get("/calendar/?month=2027-03&region=lappi&view=map")
    assert led_on.status_code == 301 and led_on["Location"] == "/calendar/2027/03/?region=lappi&view=map"
    assert as_person(None).get("/calendar/2027/13/").status_code == 404


@pytest.mark.parametrize("month", ["2027-13", "0000-01", "9999-12", "x", "2027-1", "2100-12", "2000-01", "-"])
def test_months_that_are_none_are_left_out(as_person, month: str) -> None:
    page = as_person(None).get(f"/calendar/?month={month}&after={month}", follow=True)
    assert page.status_code == 200 and "Calendar" in page.content.decode()


def test_pages_go_on_where_the_last_one_ended_and_show_each_once(as_person) -> None:
    world = make_group(members=0)
    starts = (now() + timedelta(days=5)).replace(microsecond=123456)
    for number in range(45):
        make_event(
            world.network, title=f"Paja {number:03d}.", starts_at=starts, ends_at=starts + timedelta(hours=1)
        )
        make_meeting(
            world,
            theme=f"Ilta {number:03d}.",
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            **PUBLIC,
        )
    client, url, seen = as_person(None), "/calendar/", []
    while url:
        page = text_of(client, url)
        titles = re.findall(r"(?:Paja|Ilta) \d{3}\.", page)
        assert len(titles) <= 50
        seen += titles
        found = re.search(r'rel="next" href="(/calendar/\?[^"]*after=[^"]+)"', page)
        url = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == 90 and len(set(seen)) == 90


@pytest.mark.parametrize("signed_in", [False, True])
def test_as_many_queries_at_30_rows_as_at_one(as_person, signed_in: bool) -> None:
    world = make_group()
    client = as_person(world.members[0] if signed_in else None)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(client)
        return len(_selects(asked))

    make_meeting(world, **PUBLIC, visitor_places=2)
    make_event(world.network)
    first = count()
    for days in range(1, 31):
        make_meeting(world, days=days, **PUBLIC, visitor_places=2)
        make_event(world.network, days=days)
    assert count() == first <= (9 if signed_in else 5)


def _selects(asked: CaptureQueriesContext) -> list[str]:
    return [
        q["sql"]
        for q in asked
        if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT|select set_config)", q["sql"], re.IGNORECASE)
    ]


def test_a_visitor_without_a_cookie_touches_no_session(as_person) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = as_person(None).get("/calendar/")
    assert not [q for q in asked if "django_session" in q["sql"]]
    assert not answer.cookies


def test_unchanged_pages_are_answered_by_304(as_person) -> None:
    world = make_group()
    make_meeting(world, **PUBLIC)
    client = as_person(None)
    first = client.get("/calendar/")
    again = client.get("/calendar/", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304 and not again.content
    make_event(world.network)
    assert client.get("/calendar/", HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 200
    head = client.head("/calendar/")
    assert head.status_code == 200 and not head.content


def test_free_visitor_places_are_counted_without_reading_answers(as_person) -> None:
    world = make_group()
    meeting = make_meeting(world, visitor_places=2, **PUBLIC)
    assert "2 places for visitors" in text_of(as_person(None))
    meeting.rsvps.filter(person=world.members[0]).update(
        is_visitor=True, answer="coming", standing="admitted"
    )
    assert "1 place for a visitor" in text_of(as_person(None))
    page = text_of(as_person(None), f"/calendar/meetings/{meeting.pk}/")
    assert "1 place for a visitor" in page
    meeting.rsvps.filter(person=world.members[0]).update(guests=1)
    assert "visitor places taken" in text_of(as_person(None))


def test_the_street_address_is_for_those_inside_or_invited(as_person) -> None:
    world, other = make_group(), make_group()
    meeting = make_meeting(world, video_link="https://video.example/x", **PUBLIC)
    url = f"/calendar/meetings/{meeting.pk}/"
    for person in (None, other.members[0]):
        page = text_of(as_person(person), url)
        assert "Ylivieska" in page and "Tehtaantie" not in page and "video.example" not in page
    for person in (world.members[0], world.coordinator, world.national):
        page = text_of(as_person(person), url)
        assert "Tehtaantie 4" in page and "video.example" in page


def test_evenings_of_the_group_and_drafts_have_no_page_for_strangers(as_person) -> None:
    world, other = make_group(), make_group()
    hidden = make_meeting(world)
    draft = make_meeting(world, state=MeetingState.DRAFT, **PUBLIC)
    for meeting in (hidden, draft):
        for person in (None, other.members[0], other.national):
            assert as_person(person).get(f"/calendar/meetings/{meeting.pk}/").status_code == 404
    assert as_person(None).get("/calendar/meetings/99999999999999999999/").status_code == 404
    assert as_person(world.members[0]).get(f"/calendar/meetings/{hidden.pk}/").status_code == 200


def test_in_finnish_and_swedish() -> None:
    world = make_group()
    make_meeting(
        world,
        starts_at=datetime(2027, 2, 4, 15, 30, tzinfo=UTC),
        ends_at=datetime(2027, 2, 4, 18, tzinfo=UTC),
        visitor_places=2,
        **PUBLIC,
    )
    finnish = Client(HTTP_ACCEPT_LANGUAGE="fi").get("/calendar/2027/02/").content.decode()
    assert "Helmikuu 2027" in finnish and "klo 17.30" in finnish and "Kalenteri" in finnish
    swedish = Client(HTTP_ACCEPT_LANGUAGE="sv").get("/calendar/2027/02/").content.decode()
    assert "Februari 2027" in swedish and "kl. 17.30" in swedish


def test_what_began_today_is_still_there(as_person) -> None:
    world = make_group()
    with time_machine.travel(datetime(2027, 2, 4, 16, 0, tzinfo=UTC), tick=False):
        starts = datetime(2027, 2, 4, 7, 0, tzinfo=UTC)
        make_event(world.network, title="Aamulla", starts_at=starts, ends_at=starts + timedelta(hours=1))
        make_event(world.network, title="Eilen", starts_at=starts - timedelta(days=1), ends_at=starts)
        page = text_of(as_person(None))
    assert "Aamulla" in page and "Eilen" not in page
    assert date(2027, 2, 4).isoformat() in page


def test_a_member_s_calendar_goes_along_the_index_and_stops(db: None) -> None:
    world = make_group(members=2)
    first = make_meeting(world, audience="public")
    fields = {
        "group": world.group,
        "time_zone": "Europe/Helsinki",
        "audience": "public",
        "state": "announced",
    }
    times = [first.starts_at + timedelta(hours=n) for n in range(3000)]
    Meeting.objects.bulk_create(Meeting(starts_at=t, ends_at=t + timedelta(hours=1), **fields) for t in times)
    with connection.cursor() as cursor:
        cursor.execute("analyze meetings_meeting")
    rows = visible_meetings(world.members[1]).order_by("starts_at", "pk")
    plan = rows.filter(starts_at__gte=first.starts_at)[:41].explain()
    assert "meeting_by_time" in plan
    assert "Sort Key: meetings_meeting" not in plan
