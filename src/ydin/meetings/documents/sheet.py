"""The attendance list to print and sign, as a tagged PDF made by typst from fonts that its wheel carries."""

from __future__ import annotations

import json
import textwrap
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ydin.kernel.lazy import lazy
from ydin.meetings.models import Meeting
from ydin.meetings.queries.evening import Row
from ydin.ui import dates

if TYPE_CHECKING:
    import typst
else:
    typst = lazy("typst")

TEMPLATE = Path(__file__).with_name("sheet.typ")
BLANK_ROWS = 5
LONGEST_WORD = 24
BREAK = "\N{ZERO WIDTH SPACE}"
DRAWN = (
    (0x21, 0x4FF),
    (0x1E00, 0x1FFF),
    (0x2010, 0x2027),
    (0x2030, 0x203A),
    (0x20A0, 0x20BF),
    (0x2116, 0x2116),
)
"""Blocks of Unicode that the wheel's text fonts hold: Latin, Greek, Cyrillic, punctuation, currencies."""


@cache
def _fonts() -> typst.Fonts:
    """Return the wheel's own fonts, found once a process; nothing of the machine's."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def attendance_sheet(meeting: Meeting, rows: Sequence[Row]) -> bytes:
    """Return the list as PDF/UA-1, in the group's language and on the meeting's clock.

    Args:
        meeting: with group, organisation of the group and host at hand.
        rows: in the order in which they are keyed in later.

    """
    return _compiled(sheet_data(meeting, rows), "pdf", pdf_standards=["ua-1"])


def sheet_pictures(meeting: Meeting, rows: Sequence[Row]) -> list[bytes]:
    """Return the pages as PNG, for looking at them."""
    pages: Any = _compiled(sheet_data(meeting, rows), "png", ppi=110)
    return pages if isinstance(pages, list) else [pages]


def _compiled(data: dict[str, Any], form: Any, **more: Any) -> bytes:
    pages: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format=form,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        **more,
    )
    return pages


def sheet_data(meeting: Meeting, rows: Sequence[Row]) -> dict[str, Any]:
    """Return what the template prints, as JSON values."""
    group = meeting.group
    with translation.override(group.language):
        when = dates.meeting_time(
            meeting.starts_at, meeting.ends_at, ZoneInfo(meeting.time_zone), group.language
        )
        where = ", ".join(p for p in (meeting.place, meeting.address, meeting.municipality) if p)
        facts = [
            [_("When"), when],
            [_("Where"), where or _("online")],
            [_("Host"), meeting.host.name if meeting.host else "–"],
            [_("Arranged by"), group.organisation.name],
            [_("Project, if one pays"), ""],
        ]
        return {
            "language": group.language,
            "group": printable(group.name),
            "organisation": printable(group.organisation.name),
            "theme": printable(meeting.theme),
            "facts": [[said, printable(value)] for said, value in facts],
            "rows": [[printable(_who(row)), printable(row.company)] for row in rows],
            "blanks": BLANK_ROWS,
            "code": meeting.check_in_code,
            "address": f"{settings.BASE_URL.partition('://')[2]}{reverse('meetings:check_in_start')}",
            "words": {
                "title": _("Attendance list"),
                "name": _("Name"),
                "company": _("Company"),
                "signature": _("Signature"),
                "visitors": _("Visitors and others who are not on the list"),
                "visitor_mark": pgettext("first letter of visitor, before a row number", "V"),
                "code": _("Code of this list"),
                "note": _("Sign if you are here. The list is kept by the group's coordinator."),
            },
        }


def _who(row: Row) -> str:
    if row.instead_of:
        return _("%(name)s (instead of %(person)s)") % {"name": row.name, "person": row.instead_of}
    return _("%(name)s (visitor)") % {"name": row.name} if row.as_visitor else row.name


def printable(text: str) -> str:
    """Return the text without signs that the fonts cannot draw (PDF/UA forbids them), long words breakable."""
    kept = "".join(c if _is_drawn(c) else " " if c.isspace() else "" for c in text)
    words = [BREAK.join(textwrap.wrap(word, LONGEST_WORD)) for word in kept.split()]
    return " ".join(words) or ("–" if text.strip() else "")


def _is_drawn(sign: str) -> bool:
    if unicodedata.category(sign)[0] in "CZ":
        return False
    return any(first <= ord(sign) <= last for first, last in DRAWN)
