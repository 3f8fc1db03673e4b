from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from ydin.ui import dates

HELSINKI = ZoneInfo("Europe/Helsinki")
START = dt.datetime(2027, 2, 4, 17, 30, tzinfo=HELSINKI)
END = START + dt.timedelta(hours=2, minutes=30)
NBSP_FREE = str.maketrans({"\u00a0": " ", "\u202f": " "})


@pytest.mark.parametrize(
    ("language", "day", "moment", "times"),
    [
        ("fi", "to 4.2.", "to 4.2.2027 klo 17.30", "klo 17.30–20.00"),
        ("sv", "tors 4.2", "tors 4.2.2027 kl. 17.30", "kl. 17.30–20.00"),
        ("en", "Thu 4 Feb", "Thu 4 Feb 2027, 17:30", "17:30–20:00"),
    ],
)
def test_dates_as_people_say_them(language: str, day: str, moment: str, times: str) -> None:
    with translation.override(language), timezone.override(HELSINKI):
        assert dates.day(START) == day
        assert dates.day(START.date()) == day
        assert dates.day_time(START) == moment
        assert dates.time_range(START, END) == times
    assert dates.day_time(START, language, HELSINKI) == moment


def test_hours_are_written_as_in_the_language() -> None:
    early = dt.time(9, 5)

    assert [dates.clock(early, code) for code in ("fi", "sv", "en")] == ["9.05", "9.05", "09:05"]


def test_a_meeting_over_midnight_names_both_days() -> None:
    late = dt.datetime(2027, 2, 5, 1, 0, tzinfo=HELSINKI)

    assert dates.time_range(START, late, "fi", HELSINKI) == "klo 17.30 – pe 5.2. klo 1.00"


def test_an_evening_without_an_end() -> None:
    assert dates.time_range(START, None, "fi", HELSINKI) == "klo 17.30"


def test_the_day_is_that_of_the_clock_on_the_wall() -> None:
    late = dt.datetime(2027, 2, 4, 22, 30, tzinfo=dt.UTC)

    assert dates.calendar_day(late, HELSINKI) == dt.date(2027, 2, 5)
    assert dates.day(late, "fi", HELSINKI) == "pe 5.2."


def test_a_meeting_is_told_in_its_own_time_zone() -> None:
    with translation.override("en"), timezone.override(HELSINKI):
        at_home = dates.meeting_time(START, END, "Europe/Helsinki")
        same_clock = dates.meeting_time(START, END, "Europe/Tallinn")
        abroad = dates.meeting_time(START, END, "Europe/Stockholm")

    assert at_home == same_clock == "Thu 4 Feb 2027, 17:30–20:00"
    assert abroad == "Thu 4 Feb 2027, 16:30–19:00 (local time in Stockholm)"


def test_an_unknown_language_falls_back_to_english() -> None:
    assert dates.day(START, "de", HELSINKI) == "Thu 4 Feb"
    assert dates.month_name(START.date(), "sv") == "februari"
