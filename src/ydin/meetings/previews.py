"""Letters of the slice with sample data."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext

from ydin.ui import dates
from ydin.ui.samples import ENDS, SITE, STARTS, ZONE, Preview, Sample, said

LINK = f"{SITE}/a/1-1-2501.sample/"


def _theme() -> str:
    return said(
        "Hinta, jota ei tarvitse pyydellä anteeksi",
        "Ett pris att stå för",
        "A price you need not apologise for",
    )


def _meeting() -> Sample:
    return Sample(
        name=_theme(),
        theme=_theme(),
        description=said(
            "Ota mukaan yksi oikea tarjous. Katsotaan yhdessä, mistä hinta syntyy ja mitä siihen unohtui laskea.",
            "Ta med en riktig offert. Vi ser tillsammans hur priset blir till och vad som glömdes bort.",
            "Bring one real quote. Together we look at how the price comes about and what was left out.",
        ),
        starts_at=STARTS,
        ends_at=ENDS,
        time_zone=ZONE,
        expert="Laura Kivelä",
        cancel_note=said(
            "Isäntä on kuumeessa. Uusi ilta sovitaan ensi viikolla.",
            "Värden har feber. En ny kväll bestäms nästa vecka.",
            "The host has a fever. We agree on a new evening next week.",
        ),
    )


def _audience() -> dict[str, Any]:
    return {
        "meeting": _meeting(),
        "group": Sample(name="Ylivieskan ydinryhmä"),
        "asker": "Anna Perälä",
        "to_everybody": True,
        "link": f"{SITE}/meetings/1/change/?audience=public",
    }


def _facts() -> dict[str, Any]:
    day = dates.day(STARTS, get_language(), ZoneInfo(ZONE))
    join = ", " if get_language() == "en" else " "
    when = f"{day[:1].upper()}{day[1:]}{join}{dates.time_range(STARTS, None, get_language(), ZoneInfo(ZONE))}"
    return {
        "meeting": _meeting(),
        "group": Sample(name="Ylivieskan ydinryhmä"),
        "host": "Puupaja Honka",
        "where": "Puupaja Honka, Tehtaantie 4, Ylivieska",
        "practicalities": [
            said("Pysäköinti takapihalla", "Parkering på bakgården", "Parking in the back yard"),
            said("Keittoa ja kahvia", "Soppa och kaffe", "Soup and coffee"),
        ],
        "headline": f"{when}, Ylivieska",
        "link": LINK,
        "answer": "",
        "standing": "",
        "is_visitor": False,
        "company": "Hilla & Riite",
        "days": 3,
        "instead_of": "Eero Lehtimäki",
    }


def _changed() -> dict[str, Any]:
    when = dates.meeting_time(STARTS.replace(day=11), ENDS.replace(day=11), ZoneInfo(ZONE))
    new = dates.meeting_time(STARTS, ENDS, ZoneInfo(ZONE))
    rows = [(gettext("When"), when, new), (gettext("Host"), "Kahvila Malmi", "Puupaja Honka")]
    return {**_facts(), "changes": rows, "moved": True}


def _substitute() -> dict[str, Any]:
    return {**_facts(), "person": None, "letters_url": ""}


def _memo() -> dict[str, Any]:
    return {**_facts(), "link": f"{SITE}/meetings/1/memo/"}


def _turn() -> dict[str, Any]:
    return {
        "group": Sample(name="Ylivieskan ydinryhmä"),
        "company": "Puupaja Honka",
        "month": date(2027, 2, 1),
        "evening": STARTS.date(),
        "starts": STARTS,
        "zone": ZONE,
        "note": said(
            "Hallin remontti venyy helmikuulle.",
            "Renoveringen av hallen drar ut till februari.",
            "The renovation of our hall goes on until February.",
        ),
        "link": f"{SITE}/h/1-1-2501.sample/",
        "page": f"{SITE}/h/1-1-2501.sample/",
    }


def _wish() -> dict[str, Any]:
    return {
        "group": Sample(name="Ylivieskan ydinryhmä"),
        "company": "Hilla & Riite",
        "first": date(2027, 1, 1),
        "last": date(2027, 12, 1),
        "until": date(2026, 12, 11),
        "link": f"{SITE}/w/1-1-2501.sample/",
    }


def _swap() -> dict[str, Any]:
    return {
        "group": Sample(name="Ylivieskan ydinryhmä"),
        "asker": "Puupaja Honka",
        "other": "Sähkö-Tapio",
        "asker_month": date(2027, 2, 1),
        "other_month": date(2027, 5, 1),
        "asker_evening": STARTS.date(),
        "other_evening": date(2027, 5, 6),
        "link": f"{SITE}/h/swap/1-1-2501.sample/",
    }


def _reply() -> dict[str, Any]:
    return {
        **_facts(),
        "who": "Eero Lehtimäki",
        "said": said(
            "Pääsen, jos saan kyydin. Lähteekö joku Nivalasta?",
            "Jag kommer om jag får skjuts. Åker någon från Nivala?",
            "I come if I get a lift. Does anybody drive from Nivala?",
        ),
        "reason": said("Ilta on jo alkanut.", "Kvällen har redan börjat.", "The evening has begun already."),
        "asked": dates.meeting_time(STARTS.replace(day=11), ENDS.replace(day=11), ZoneInfo(ZONE)),
        "cut": False,
        "attachments": 1,
        "other_address": "eero@toinen.example",
        "ahead": 2,
        "url": f"{SITE}/meetings/1/answers/",
    }


PREVIEWS = [
    Preview("meetings/email/announced", _facts),
    Preview("meetings/email/changed", _changed),
    Preview("meetings/email/cancelled", _facts),
    Preview("meetings/email/revived", _facts),
    Preview("meetings/email/withdrawn", _facts),
    Preview("meetings/email/reminder", _facts, optional=True),
    Preview("meetings/email/reminder", lambda: {**_facts(), "answer": "maybe"}, "maybe", optional=True),
    Preview("meetings/email/place_free", _facts),
    Preview("meetings/email/answer_substitute", _substitute),
    Preview("meetings/email/answer_substitute_changed", _substitute),
    Preview("meetings/email/answer_substitute_cancelled", _substitute),
    Preview("meetings/email/reply_waiting", _reply),
    Preview("meetings/email/reply_asked_again", _reply),
    Preview("meetings/email/reply_refused", _reply),
    Preview("meetings/email/reply_forwarded", _reply),
    Preview("meetings/email/reply_time_asked", _reply),
    Preview("meetings/email/reply_time_kept", _reply),
    Preview("meetings/email/memo_ready", _memo, optional=True),
    Preview("meetings/email/audience_asked", _audience),
    Preview("meetings/email/wish_asked", _wish),
    Preview("meetings/email/wish_reminder", _wish),
    Preview("meetings/email/turn_asked", _turn),
    Preview("meetings/email/turn_accepted", _turn),
    Preview("meetings/email/turn_moved", _turn),
    Preview("meetings/email/turn_withdrawn", _turn),
    Preview("meetings/email/host_accepted", _turn),
    Preview("meetings/email/host_cancelled", _turn),
    Preview("meetings/email/swap_asked", _swap),
    Preview("meetings/email/swap_accepted", _swap),
    Preview("meetings/email/swap_declined", _swap),
]
