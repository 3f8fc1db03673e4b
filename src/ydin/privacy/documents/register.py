"""The register of processing activities (GDPR, article 30), made from the registry."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ydin.privacy.queries.registry import Table
from ydin.privacy.queries.tables_groups import TABLES
from ydin.privacy.rules import Basis, Fate

BASIS_WORDS = {
    Basis.AGREEMENT: _("agreement: membership in the network (article 6.1 b)"),
    Basis.PUBLIC_TASK: _("task in the public interest (article 6.1 e)"),
    Basis.CONSENT: _("consent (article 6.1 a)"),
    Basis.DUTY: _("legal obligation (article 6.1 c)"),
    Basis.INTEREST: _("legitimate interest: that mail arrives (article 6.1 f)"),
}
FATE_WORDS = {
    Fate.DELETED: _("removed"),
    Fate.EMPTIED: _("what names you is removed, the count stays"),
    Fate.KEPT: _("stays, without your name"),
}
REVIEWED = _("what people wrote is looked through by a coordinator")

PLAIN = {
    "calendar.event": _("Events"),
    "experiments.experiment": _("Experiments"),
    "experiments.publictext": _("Public texts about experiments"),
    "meetings.attendance": _("Attendance"),
    "meetings.hostingturn": _("Hosting turns"),
    "meetings.hostingwish": _("When companies could host"),
    "meetings.meeting": _("Evenings"),
    "meetings.memo": _("Memos"),
    "meetings.rsvp": _("Answers to invitations"),
    "meetings.summary": _("Public summaries"),
    "meetings.timeproposal": _("Other times that were asked for"),
    "networks.enterprise": _("Companies"),
    "networks.importbatch": _("Tables that were brought in"),
    "outbox.message": _("Letters"),
    "partnerships.collaboration": _("Deals and joint work"),
    "partnerships.listing": _("Offers and needs"),
    "people.person": _("People"),
    "privacy.correction": _("Corrections"),
    "stories.story": _("Stories"),
    "ideas.idea": _("Ideas"),
    "institutes.interest": _("What companies would like to try"),
    "institutes.demo": _("Demos by students"),
}
"""What the rows of a table are called where they are somebody else's; where missing, the table's own title."""


def plain_title(table: Table) -> str:
    """Return what the table's rows are called for a coordinator."""
    return str(PLAIN.get(table.label, table.title))


AREAS = (
    (_("People and signing in"), ("people.", "account.", "mfa.", "access.")),
    (_("Companies and roles"), ("networks.",)),
    (_("Groups"), ("groups.",)),
    (_("Evenings"), ("meetings.", "calendar.event")),
    (_("Letters and calendars"), ("outbox.", "calendar.")),
    (
        _("Trying, working and learning together"),
        ("experiments.", "partnerships.", "stories.", "ideas.", "institutes."),
    ),
    (_("The log, feedback and your rights"), ("audit.", "home.", "privacy.")),
)
"""Titles of the register's parts, each with the beginnings of its tables' labels; the first that fits has it."""
OTHER = _("Other")


def register_by_area() -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the register's lines under the titles of their areas."""
    titles = [*(title for title, _labels in AREAS), OTHER]
    found: dict[str, list[dict[str, Any]]] = {str(title): [] for title in titles}
    for line in register():
        fits = (title for title, labels in AREAS if line["label"].startswith(labels))
        found[str(next(fits, OTHER))].append(line)
    return [(title, lines) for title, lines in found.items() if lines]


def register() -> list[dict[str, Any]]:
    """Return the register's lines, with words in the active language."""
    return [_line(table) for table in TABLES]


def _line(table: Table) -> dict[str, Any]:
    is_about = bool(table.whose or table.addresses)
    erased = FATE_WORDS[table.fate] if is_about else REVIEWED if table.texts else FATE_WORDS[Fate.KEPT]
    return {
        "label": table.label,
        "title": plain_title(table),
        "own_title": str(table.title),
        "purpose": str(table.purpose),
        "basis": str(BASIS_WORDS[table.basis]),
        "keep": str(table.keep),
        "recipients": str(table.recipients),
        "erased": str(erased),
        "columns": ", ".join(f.name for f in table.model._meta.concrete_fields),  # noqa: SLF001 - documented
        "fate": table.fate,
        "is_about": is_about,
    }
