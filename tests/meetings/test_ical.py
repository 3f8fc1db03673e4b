"""iCalendar text: read back by two other programs, and to the octet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from ydin.meetings.documents.ical import CalendarEvent, Party, escape, event_lines, fold, vcalendar
from ydin.meetings.documents.ical_zones import vtimezone

AWKWARD = 'Hinnoittelu; "kahvia", \\ ja pullaa\nO\'Brien 🧵 – Ääkkönen ' + "å" * 500


def make_event(**fields: Any) -> CalendarEvent:
    values: dict[str, Any] = {
        "uid": "4c5d8f0e-6a7b-4c52-9c4f-1d2f3a4b5c6d",
        "sequence": 2,
        "status": "CONFIRMED",
        "summary": AWKWARD,
        "description": "Ohjelma:\r\n1. Kierros",
        "location": "Puupaja Honka, Tehtaantie 4, Ylivieska",
        "starts_at": datetime(2027, 2, 4, 15, 30, tzinfo=UTC),
        "ends_at": datetime(2027, 2, 4, 18, 0, tzinfo=UTC),
        "time_zone": "Europe/Helsinki",
        "url": "https://ydin.example/meetings/1/",
        "last_modified": datetime(2027, 1, 20, 8, 0, 5, tzinfo=UTC),
        "organizer": Party('Kaisa "K" Koordi, Ylivieska', "kaisa@example.org"),
        "attendee": Party("Aino Rantala", "aino@example.org", "ACCEPTED"),
        "geo": (64.0731, 24.5372),
    }
    return CalendarEvent(**{**values, **fields})


def test_two_other_programs_read_what_was_meant() -> None:
    text = vcalendar([make_event()], method="REQUEST")
    read: Any = icalendar.Calendar.from_ical(text)
    event = read.walk("VEVENT")[0]
    assert read["METHOD"] == "REQUEST"
    assert str(event["SUMMARY"]) == AWKWARD
    assert str(event["DESCRIPTION"]) == "Ohjelma:\n1. Kierros"
    assert event["DTSTART"].dt == datetime(2027, 2, 4, 17, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
    assert event["ORGANIZER"].params["CN"] == "Kaisa 'K' Koordi, Ylivieska"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert event["GEO"].to_ical() == "64.0731;24.5372"
    other = vobject.readOne(text).vevent
    assert other.summary.value == AWKWARD
    assert other.dtstart.value.astimezone(UTC) == datetime(2027, 2, 4, 15, 30, tzinfo=UTC)
    assert other.sequence.value == "2"


def test_same_events_same_bytes_and_no_line_too_long() -> None:
    events = [make_event(), make_event(time_zone="UTC"), make_event(time_zone="America/New_York")]
    text = vcalendar(events, name="Oma kalenteri; ä" * 9)
    assert text == vcalendar(list(events), name="Oma kalenteri; ä" * 9)
    assert text.count("BEGIN:VTIMEZONE") == 2
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    assert text.replace("\r\n", "").isprintable()


@given(st.text(max_size=300))
def test_whatever_is_written_is_read_back(text: str) -> None:
    line = fold(f"SUMMARY:{escape(text)}")
    assert all(len(part) <= 75 for part in line.encode(errors="surrogatepass").split(b"\r\n"))
    unfolded = line.replace("\r\n ", "").removesuffix("\r\n").removeprefix("SUMMARY:")
    assert "\n" not in unfolded
    kept = "".join(c for c in text.replace("\r\n", "\n") if c == "\n" or not (ord(c) < 32 or ord(c) == 127))
    assert (
        unfolded.replace("\\\\", "\0")
        .replace("\\n", "\n")
        .replace("\\;", ";")
        .replace("\\,", ",")
        .replace("\0", "\\")
        == kept
    )


@pytest.mark.parametrize(
    "zone",
    ["Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca",
     "Europe/Dublin", "America/Santiago", "Africa/Cairo"],
)  # fmt: skip
def test_the_zone_component_tells_every_hour_of_the_years(zone: str) -> None:
    component = icalendar.Timezone.from_ical(vtimezone(zone, 2026, 2028))
    observances = _observances(component)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment < datetime(2028, 12, 31, tzinfo=UTC):
        begun = [(at, to) for at, to in observances if at <= moment]
        expected = moment.astimezone(ZoneInfo(zone)).utcoffset()
        assert max(begun, key=lambda o: o[0])[1] == expected, moment
        moment += timedelta(minutes=30)


def _observances(component: Any) -> list[tuple[datetime, timedelta]]:
    """Every onset of the component as (moment, offset from then on), read as RFC 5545 says."""
    found = []
    for part in component.subcomponents:
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        walls = [part["DTSTART"].dt]
        if "RRULE" in part:
            rule = part["RRULE"].to_ical().decode()
            walls = [_nth_day(rule, year, walls[0]) for year in range(walls[0].year, 2029)]
        dates = part.get("RDATE", [])
        walls += [d.dt for one in (dates if isinstance(dates, list) else [dates]) for d in one.dts]
        found += [((wall - before).replace(tzinfo=UTC), after) for wall in walls]
    return found


def _nth_day(rule: str, year: int, first: datetime) -> datetime:
    parts = dict(part.split("=") for part in rule.split(";"))
    month, nth, name = int(parts["BYMONTH"]), int(parts["BYDAY"][:-2]), parts["BYDAY"][-2:]
    weekday = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].index(name)
    start = first.replace(year=year, month=month, day=1)
    days = [d for d in (start + timedelta(days=i) for i in range(31)) if d.month == month]
    days = [d for d in days if d.weekday() == weekday]
    return days[nth] if nth < 0 else days[nth - 1]


def test_helsinki_has_the_rule_that_every_program_knows() -> None:
    text = vtimezone("Europe/Helsinki", 2027, 2027)
    assert "DTSTART:20260329T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n" in text
    assert "DTSTART:20261025T040000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n" in text


def test_an_evening_over_the_autumn_change_keeps_its_length() -> None:
    starts = datetime(2027, 10, 30, 23, 30, tzinfo=UTC)
    event = make_event(starts_at=starts, ends_at=datetime(2027, 10, 31, 1, 15, tzinfo=UTC))
    text = event_lines(event)
    assert "DTSTART;TZID=Europe/Helsinki:20271031T023000" in text
    assert "DTEND:20271031T011500Z" in text
