"""Who was there, as CSV for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from ydin.kernel.tables import csv_text
from ydin.meetings.models import Attendance, Meeting


def attendance_table(meeting: Meeting, rows: Iterable[Attendance]) -> str:
    """Return a table in the reader's language, cells divided by semicolons as Nordic spreadsheets expect.

    No cell is taken for a formula. Columns: date, group, theme, company, business ID, name, as what, how
    recorded; and late and left early where the group records it.
    """
    lateness = meeting.group.records_lateness
    heads = [
        _("Date"), _("Group"), _("Theme"), _("Company"), _("Business ID"), _("Name"), _("As"), _("Recorded"),
        *([_("came late"), _("left early")] if lateness else []),
    ]  # fmt: skip
    table: list[list[str]] = [heads]
    day = meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone)).date().isoformat()
    for row in rows:
        company = row.enterprise
        cells = [
            day,
            meeting.group.name,
            meeting.theme,
            company.name if company else row.company,
            (company.business_id or "") if company else "",
            str(row.person) if row.person else row.name,
            _("visitor") if row.as_visitor else _("member"),
            str(row.get_recorded_display()),
        ]
        if lateness:
            cells += [_("yes") if flag else "" for flag in (row.late, row.left_early)]
        table.append(cells)
    return csv_text(table)
