"""How feeds are read: compressed or not, in pieces, as much as the person chose, whatever the program sends."""

from __future__ import annotations

import gzip
from datetime import timedelta

import brotli
import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.calendar.makers import make_event
from tests.calendar.test_feeds import fetch, own_url
from tests.factories import NetworkFactory, make_group, make_meeting

from ydin.calendar.documents.feed import SHELF
from ydin.calendar.documents.packed import Shelf, as_gzip, pack, unpack
from ydin.calendar.models import Event
from ydin.calendar.views.feed_answer import best_coding
from ydin.kernel.clock import now
from ydin.meetings.rules.states import Audience, MeetingState

pytestmark = pytest.mark.django_db
PUBLIC = {"audience": Audience.PUBLIC}
URL = "/feeds/pohjoinen.ics"


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    SHELF.clear()


@pytest.fixture
def world():
    return make_group(network=NetworkFactory(slug="pohjoinen", name="Pohjoinen"))


def body(answer) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    coding = answer.headers.get("Content-Encoding", "")
    return {"gzip": gzip.decompress, "br": brotli.decompress}.get(coding, bytes)(raw).decode()


def titles(text: str) -> set[str]:
    calendar = icalendar.Calendar.from_ical(text)
    return {str(e["SUMMARY"]).split(" –")[0] for e in calendar.walk("VEVENT")}


def test_compressed_as_the_program_likes_with_a_tag_for_each(world) -> None:
    for n in range(40):
        make_meeting(world, theme=f"Ilta {n} äö", days=n * 9, **PUBLIC)
    plain, tags = fetch(URL), set()
    for accepted, coding in (
        ("gzip", "gzip"),
        ("br", "br"),
        ("br;q=1, gzip;q=0.5", "br"),
        ("gzip, br", "gzip"),
    ):
        answer = fetch(URL, **{"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] == coding and body(answer) == body(plain)
        assert "Accept-Encoding" in answer.headers["Vary"]
        tags.add(answer.headers["ETag"])
        again = fetch(URL, **{"Accept-Encoding": accepted, "If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304 and again.headers["ETag"] == answer.headers["ETag"]
    assert len(tags) == 2 and plain.headers["ETag"] not in tags
    assert int(plain.headers["Content-Length"]) == len(plain.content)
    head = Client().head(URL, headers={"Accept-Encoding": "gzip"})
    assert head.status_code == 200 and not head.content and head.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("accept", ["text/html", "application/json", "image/*;q=0.1", "*/*;q=0", "§", ""])
def test_no_accept_header_is_refused(world, accept) -> None:
    answer = fetch(URL, Accept=accept)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar")


def test_a_large_feed_is_sent_in_pieces(world) -> None:
    start = now() + timedelta(days=1)
    Event.objects.bulk_create(
        Event(
            network=world.network,
            title=f"Paja {n}",
            state="announced",
            starts_at=start + timedelta(days=n),
            ends_at=start + timedelta(days=n, hours=2),
            time_zone="Europe/Helsinki",
        )
        for n in range(900)
    )
    answer = fetch(URL)
    assert answer.streaming
    pieces = list(answer.streaming_content)
    assert len(pieces) > 25 and sum(map(len, pieces)) == int(answer.headers["Content-Length"])
    assert b"".join(pieces).count(b"BEGIN:VEVENT") == 900
    assert body(fetch(URL, **{"Accept-Encoding": "gzip"})).count("BEGIN:VEVENT") == 900


def test_after_one_change_one_month_is_read_anew_and_the_rest_stays_byte_for_byte(world) -> None:
    meetings = [make_meeting(world, theme=f"Ilta {n}", days=n * 31, **PUBLIC) for n in range(6)]
    first = body(fetch(URL))
    kept = len(SHELF)
    type(meetings[3]).objects.filter(pk=meetings[3].pk).update(theme="Toinen")
    with CaptureQueriesContext(connection) as asked:
        second = body(fetch(URL))
    assert len(SHELF) == kept + 1
    assert second == first.replace("Ilta 3", "Toinen")
    read = [q["sql"] for q in asked if "to_char" in q["sql"]]
    assert len(read) == 1 and read[0].count('starts_at" >= ') == 2
    assert body(fetch(URL)) == second


def test_a_renamed_company_or_group_is_read_anew(world) -> None:
    make_meeting(world, theme="Ilta", host=world.companies[0], **PUBLIC)
    assert world.companies[0].name in body(fetch(URL)).replace("\r\n ", "")
    type(world.companies[0]).objects.filter(pk=world.companies[0].pk).update(name="Uusi Oy")
    type(world.group).objects.filter(pk=world.group.pk).update(name="Uusi ryhmä")
    text = body(fetch(URL)).replace("\r\n ", "")
    assert "Uusi Oy" in text and "Uusi ryhmä" in text


def test_cancelled_ones_are_left_out_by_choice(world) -> None:
    make_meeting(world, theme="Peruttu", state=MeetingState.CANCELLED, **PUBLIC)
    make_meeting(world, theme="Tulossa", **PUBLIC)
    make_event(world.network, title="Peruttu paja", state="cancelled")
    assert titles(body(fetch(URL))) == {"Peruttu", "Tulossa", "Peruttu paja"}
    chosen = fetch(f"{URL}?cancelled=no")
    assert titles(body(chosen)) == {"Tulossa"}
    assert chosen.headers["ETag"] != fetch(URL).headers["ETag"]
    person = world.members[0]
    assert "Peruttu" in titles(body(fetch(own_url(person))))
    assert "Peruttu" not in titles(body(fetch(own_url(person, keeps_cancelled=False))))


def test_a_leaked_address_tells_no_theme_host_or_address_unless_the_person_chose_so(world) -> None:
    host = world.companies[0]
    make_meeting(world, theme="Irtisanomiset", host=host, video_link="https://video.example/x")
    make_meeting(world, theme="Avoimet ovet", days=20, host=world.companies[1], **PUBLIC)
    make_event(
        world.network, title="Sisäinen paja", audience=Audience.NETWORK, address="Salakuja 1", place="Luola"
    )
    person = world.members[0]
    bare = body(fetch(own_url(person, shows_details=False))).replace("\r\n ", "")
    for hidden in (
        "Irtisanomiset",
        host.name,
        "Tehtaantie",
        "video.example",
        "Sisäinen",
        "Salakuja",
        "Luola",
    ):
        assert hidden not in bare
    assert "Avoimet ovet" in bare and "Ylivieska" in bare and bare.count("BEGIN:VEVENT") == 3
    full = body(fetch(own_url(person))).replace("\r\n ", "")
    for told in ("Irtisanomiset", host.name, "Tehtaantie", "video.example", "Sisäinen", "Salakuja"):
        assert told in full
    assert full != bare


def test_the_choice_is_made_on_the_page(world, as_person) -> None:
    client = as_person(world.members[0])
    client.post("/calendar/mine/new/", {"name": "a", "shows_details": "on", "seen_as": "address"})
    client.post("/calendar/mine/new/", {"name": "b", "keeps_cancelled": "on"})
    rows = world.members[0].feed_addresses.order_by("name").values_list("shows_details", "keeps_cancelled")
    assert list(rows) == [(True, False), (False, True)]
    page = client.get("/calendar/mine/").content.decode()
    assert "tells theme and address" in page and "tells time and town only" in page
    assert page.count("without cancelled evenings") == 1 and page.count('class="qr"') == 2


@given(st.lists(st.text(max_size=300), max_size=8))
def test_pieces_make_one_gzip_file(texts) -> None:
    pieces = [pack(text) for text in texts]
    whole = "".join(texts).encode()
    assert gzip.decompress(as_gzip(pieces)) == whole == b"".join(unpack(pieces))
    assert as_gzip(pieces) == as_gzip([pack(text) for text in texts])


def test_the_shelf_stays_small() -> None:
    shelf, piece = Shelf(4 * len(pack("x" * 50).data)), pack("x" * 50)
    for n in range(10):
        shelf.put(n, piece)
        shelf.put(n, piece)
        assert shelf.get(0) or n > 4
        shelf.get(0)
    assert len(shelf) == 4 and shelf.get(0) and shelf.get(9) and shelf.get(5) is None


@given(st.text(max_size=60))
def test_any_accept_encoding_is_read(text) -> None:
    assert best_coding(text) in {"gzip", "br", "identity"}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("gzip;q=0", "identity"),
        ("*", "gzip"),
        ("*;q=0.5, gzip;q=0", "br"),
        ("identity, gzip;q=0.5", "identity"),
        ("GZIP;q=0.3", "gzip"),
        ("br;q=nan", "identity"),
        ("deflate", "identity"),
    ],
)
def test_the_coding_that_is_liked_best(accepted, coding) -> None:
    assert best_coding(accepted) == coding


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    st.dictionaries(st.sampled_from(["region", "group", "cancelled", "network", "x"]), st.text(max_size=20)),
    st.sampled_from(["If-None-Match", "If-Modified-Since", "Accept-Encoding", "Range", "Accept"]),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=30),
)
def test_no_address_and_no_header_breaks_a_feed(world, query, header, value) -> None:
    answer = Client().get(URL, query, headers={header: value})
    assert answer.status_code in {200, 304, 412}
