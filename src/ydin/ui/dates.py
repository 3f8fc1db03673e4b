"""Dates as people say them, in the current language unless another one is given.

Moments are aware datetimes; they are shown in `tz`, or in the current time zone.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, get_timezone_location
from django.utils import timezone, translation
from django.utils.translation import gettext

_LOCALES = {"fi": "fi", "sv": "sv_FI", "en": "en_GB"}
_DAY = {"fi": "ccc d.M.", "sv": "ccc d.M", "en": "EEE d MMM"}
_DAY_YEAR = {"fi": "ccc d.M.y", "sv": "ccc d.M.y", "en": "EEE d MMM y"}
_CLOCK = {"fi": "H.mm", "sv": "H.mm", "en": "HH:mm"}
_AT = {"fi": "klo ", "sv": "kl. ", "en": ""}
_JOIN = {"fi": " klo ", "sv": " kl. ", "en": ", "}


def _language(language: str | None) -> str:
    chosen = (language or translation.get_language() or "en").split("-")[0]
    return chosen if chosen in _LOCALES else "en"


def locale_for(language: str | None = None) -> Locale:
    """The babel locale of a language code ("fi", "sv", "en"; the current language when not given)."""
    return Locale.parse(_LOCALES[_language(language)])


def _local(value: dt.datetime, tz: dt.tzinfo | None) -> dt.datetime:
    if timezone.is_naive(value):
        return value
    return timezone.localtime(value, tz)


def _pattern(value: dt.date | dt.datetime, pattern: str, language: str, tz: dt.tzinfo | None) -> str:
    if isinstance(value, dt.datetime):
        moment = _local(value, tz).replace(tzinfo=None)
    else:
        moment = dt.datetime.combine(value, dt.time())
    return format_datetime(moment, pattern, locale=_LOCALES[language])


def day(value: dt.date | dt.datetime, language: str | None = None, tz: dt.tzinfo | None = None) -> str:
    """Weekday, day and month: "to 4.2." · "tors 4.2" · "Thu 4 Feb"."""
    code = _language(language)
    return _pattern(value, _DAY[code], code, tz)


def day_year(value: dt.date | dt.datetime, language: str | None = None, tz: dt.tzinfo | None = None) -> str:
    """The same with the year: "to 4.2.2027" · "tors 4.2.2027" · "Thu 4 Feb 2027"."""
    code = _language(language)
    return _pattern(value, _DAY_YEAR[code], code, tz)


def clock(value: dt.datetime | dt.time, language: str | None = None, tz: dt.tzinfo | None = None) -> str:
    """The bare time of day: "17.30" · "17:30"."""
    code = _language(language)
    if isinstance(value, dt.time):
        value = dt.datetime.combine(dt.date(2000, 1, 1), value)
    return _pattern(value, _CLOCK[code], code, tz)


def day_time(value: dt.datetime, language: str | None = None, tz: dt.tzinfo | None = None) -> str:
    """As "to 4.2.2027 klo 17.30" · "tors 4.2.2027 kl. 17.30" · "Thu 4 Feb 2027, 17:30"."""
    code = _language(language)
    return day_year(value, code, tz) + _JOIN[code] + clock(value, code, tz)


def time_range(
    start: dt.datetime, end: dt.datetime | None, language: str | None = None, tz: dt.tzinfo | None = None
) -> str:
    """As "klo 17.30–20.00"; with the day of the end when it is another one."""
    code = _language(language)
    begins = _AT[code] + clock(start, code, tz)
    if end is None:
        return begins
    if _local(start, tz).date() == _local(end, tz).date():
        return f"{begins}–{clock(end, code, tz)}"
    return f"{begins} – {day(end, code, tz)}{_JOIN[code]}{clock(end, code, tz)}"


def month_name(value: dt.date, language: str | None = None) -> str:
    """The month standing alone: "helmikuu" · "februari" · "February"."""
    code = _language(language)
    return _pattern(value, "LLLL", code, None)


def month_short(value: dt.date, language: str | None = None) -> str:
    """The short month standing alone: "helmi" · "feb." · "Feb"."""
    code = _language(language)
    return _pattern(value, "LLL", code, None)


def weekday_short(value: dt.date, language: str | None = None) -> str:
    """As "to" · "tors" · "Thu"."""
    code = _language(language)
    return _pattern(value, "ccc", code, None)


def place_time(start: dt.datetime, tz: ZoneInfo, language: str | None = None) -> str:
    """As "local time in Helsinki" when the meeting's clock differs from the reader's then, else ""."""
    if start.astimezone(tz).utcoffset() == timezone.localtime(start).utcoffset():
        return ""
    code = _language(language)
    city = get_timezone_location(tz, locale=_LOCALES[code], return_city=True)
    with translation.override(code):
        return gettext("local time in %(city)s") % {"city": city}


def meeting_time(
    start: dt.datetime, end: dt.datetime | None, tz: ZoneInfo | str, language: str | None = None
) -> str:
    """Day and times of a meeting in its own time zone.

    "to 4.2.2027 klo 17.30–20.00"; followed by the place whose clock is meant when the reader's differs.
    """
    zone = ZoneInfo(tz) if isinstance(tz, str) else tz
    code = _language(language)
    join = ", " if code == "en" else " "
    said = day_year(start, code, zone) + join + time_range(start, end, code, zone)
    place = place_time(start, zone, code)
    return f"{said} ({place})" if place else said


def calendar_day(value: dt.date | dt.datetime, tz: dt.tzinfo | None = None) -> dt.date:
    """The date on the wall at that moment, in `tz` or the current time zone."""
    return _local(value, tz).date() if isinstance(value, dt.datetime) else value
