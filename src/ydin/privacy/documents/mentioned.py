"""Sentences in which others named a person, for the person's own copy.

Whoever is named has a right to know it, and others have a right that what they said in confidence stays where
it was said (GDPR, article 15.4). So a sentence is quoted from what the person may open today, and the rest is
counted: a coordinator who may read it weighs what can be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from ydin.calendar.policies import visible_events
from ydin.groups.models import CoreGroup
from ydin.groups.policies import visible_enterprises
from ydin.groups.queries import groups_read_by
from ydin.kernel.acting import acting_as
from ydin.meetings.models import Summary
from ydin.meetings.policies import visible_meetings, visible_turns
from ydin.people.models import Person
from ydin.privacy.documents.register import plain_title
from ydin.privacy.queries.texts import Mention, groups_ever, mentions, words_of


def _published(person: Person) -> QuerySet[Summary]:
    del person
    return Summary.objects.filter(published_at__isnull=False)


OPENED_BY: Final[dict[str, Callable[[Person], QuerySet[Any]]]] = {
    "calendar.event": visible_events,
    "meetings.hostingturn": visible_turns,
    "meetings.meeting": visible_meetings,
    "meetings.summary": _published,
    "networks.enterprise": visible_enterprises,
}
"""Tables without row security whose rows not everybody in the group opens."""
FOR_EVERYBODY: Final = {"groups.coregroup"}


@dataclass(frozen=True)
class Quote:
    """A sentence of somebody else's that names the person: what it stands in, of which group."""

    label: str
    title: str
    group: str
    sentence: str


@dataclass(frozen=True)
class Named:
    """What is quoted, and how many sentences stand in texts that the person does not open, by what they are."""

    quotes: list[Quote] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)


def named_in(person: Person, own: Mapping[str, set[str]]) -> Named:
    """Return where others named the person.

    Args:
        person: whose copy it is.
        own: primary keys, by table, of rows that stand in the copy anyway.

    The caller acts as the system. A first name is enough in texts of groups in which the person ever was, so
    some may mean a namesake.

    """
    found = [
        one
        for one in mentions(words_of(person), groups_ever(person))
        if one.row not in own.get(one.table.label, ())
    ]
    opens = _Opens(person)
    names = dict(CoreGroup.objects.filter(pk__in={one.group for one in found}).values_list("pk", "name"))
    quotes, unread = [], Counter[str]()
    for one in found:
        title = plain_title(one.table)
        if opens(one):
            quotes.append(Quote(one.table.label, title, names.get(one.group or 0, ""), one.sentence))
        else:
            unread[title] += 1
    return Named(quotes, dict(sorted(unread.items())))


class _Opens:
    """Tells whether the person opens the row in which a sentence stands."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._groups = set(groups_read_by(person).values_list("pk", flat=True))
        self._known: dict[tuple[str, str], bool] = {}
        with connection.cursor() as cursor:
            cursor.execute("select relname from pg_class where relrowsecurity")
            self._protected = {row[0] for row in cursor.fetchall()}

    def __call__(self, one: Mention) -> bool:
        key = (one.table.label, one.row)
        if key not in self._known:
            self._known[key] = self._asked(one)
        return self._known[key]

    def _asked(self, one: Mention) -> bool:
        if one.table.label in FOR_EVERYBODY:
            return True
        if one.table.label in OPENED_BY:
            return bool(OPENED_BY[one.table.label](self._person).filter(pk=one.row).exists())
        if one.table.model._meta.db_table in self._protected:  # noqa: SLF001 - Django's documented attribute
            with acting_as(self._person.pk):
                return bool(one.table.rows().filter(pk=one.row).exists())
        return one.group in self._groups
