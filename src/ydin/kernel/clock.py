"""Time, in one place, so that tests can travel and no naive value slips in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return timezone.now()


def today(time_zone: str) -> date:
    """Return the calendar date that people of `time_zone` (IANA name) have now."""
    return now().astimezone(ZoneInfo(time_zone)).date()


def at(day: date, clock: time, time_zone: str) -> datetime:
    """Return the instant when the clocks of `time_zone` show `clock` on `day`.

    A time that the spring change skips is moved forward by the gap; of the hour that the autumn change
    repeats, the first is meant (PEP 495, fold 0).
    """
    zone = ZoneInfo(time_zone)
    local = datetime.combine(day, clock, tzinfo=zone)
    return local.astimezone(ZoneInfo("UTC"))


def month_start(day: date) -> date:
    """Return the first day of the month of `day`."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """Return the first day of the month that lies `count` months after the month of `month`."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def month_end(month: date) -> date:
    """Return the last day of the month of `month`."""
    return add_months(month, 1) - timedelta(days=1)
