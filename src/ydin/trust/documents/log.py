"""Entries of the log as people read them, and as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ydin.audit.models import Entry
from ydin.audit.rules import Readers
from ydin.kernel.tables import csv_text
from ydin.trust.documents.sentences import sentence
from ydin.trust.queries import Names, meeting_of
from ydin.ui import dates

AUDIENCES = {
    Readers.OWN: gettext_lazy("those concerned and their coordinators"),
    Readers.INSIDE: gettext_lazy("the group and its coordinators"),
    Readers.OVERSEERS: gettext_lazy("the coordinators of group and network"),
    Readers.GROUP: gettext_lazy("the group, its coordinators and the network's"),
}


@dataclass(frozen=True)
class Line:
    """One act in words: when, what, about whom or what, and who else reads this line."""

    at: datetime
    words: str
    about: str
    seen_by: str
    action: str


def lines(entries: Iterable[Entry], names: Names) -> list[Line]:
    """Return the entries in words, in their order."""
    return [
        Line(
            at=entry.at,
            words=sentence(entry.action, _name_of(entry.actor_id, names)),
            about=" · ".join(_about(entry, names)),
            seen_by=_seen_by(entry),
            action=entry.action,
        )
        for entry in entries
    ]


def _seen_by(entry: Entry) -> str:
    if entry.readers == Readers.OWN and entry.of_enterprise is None:
        return _("only those concerned")
    return str(AUDIENCES[Readers(entry.readers)])


def _name_of(person: int | None, names: Names) -> str:
    return "" if person is None else names.people.get(person, _("somebody who is gone"))


def _about(entry: Entry, names: Names) -> Iterator[str]:
    if entry.of_person_id is not None and entry.of_person_id != entry.actor_id:
        yield _name_of(entry.of_person_id, names)
    if entry.of_enterprise in names.companies:
        yield names.companies[entry.of_enterprise]
    meeting = names.meetings.get(meeting_of(entry) or 0)
    if meeting is not None:
        yield f"{dates.day_year(meeting.starts_at)}{', ' if meeting.theme else ''}{meeting.theme}"
    if entry.of_group in names.groups:
        yield names.groups[entry.of_group]


def as_table(rows: Iterable[Line]) -> str:
    """Return CSV in the reader's language, divided by semicolons; no cell is taken for a formula."""
    heads = (_("When"), _("What"), _("About"), _("Seen by"), _("Code"))
    cells = (
        (row.at.isoformat(timespec="seconds"), row.words, row.about, row.seen_by, row.action) for row in rows
    )
    return csv_text([heads, *cells])


def as_json_lines(entries: Iterable[Entry], names: Names) -> str:
    """Return one JSON object a line: the references as they are kept, and the sentence."""
    found = list(entries)
    return "".join(
        json.dumps(
            {
                "id": str(entry.pk),
                "at": entry.at.isoformat(),
                "action": entry.action,
                "actor": entry.actor_id,
                "target": f"{entry.target_type}:{entry.target_id}",
                "person": entry.of_person_id,
                "enterprise": entry.of_enterprise,
                "group": entry.of_group,
                "network": entry.of_network,
                "data": entry.data,
                "words": line.words,
                "about": line.about,
            },
            ensure_ascii=False,
        )
        + "\n"
        for entry, line in zip(found, lines(found, names), strict=True)
    )
