"""A coordinator decides what becomes of sentences that name somebody who was erased."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed
from ydin.people.models import Person
from ydin.privacy.documents.register import plain_title
from ydin.privacy.models import Passage
from ydin.privacy.policies import open_passages
from ydin.privacy.queries.tables_groups import table_of
from ydin.privacy.rules import Decision, passages, seal, strings, without


@dataclass(frozen=True)
class Shown:
    """A passage in its text: the words before it, itself, and those after it."""

    passage: Passage
    title: str
    before: str
    sentence: str
    after: str


def shown_passages(reader: Person) -> list[Shown]:
    """Return what waits for the reader, each in its text; a sentence that was changed since is left out."""
    found = [_shown(passage) for passage in open_passages(reader)]
    return [one for one in found if one is not None]


def _shown(passage: Passage) -> Shown | None:
    table = table_of(passage.table)
    value = table.rows().filter(pk=passage.row).values_list(passage.column, flat=True).first()
    for text in strings(value):
        for sentence in passages(text):
            if seal(sentence) == passage.digest:
                before, _found, after = text.partition(sentence)
                return Shown(passage, plain_title(table), before[-200:], sentence, after[:200])
    return None


@transaction.atomic
def decide_passage(*, actor: Person, passage: Passage, decision: Decision) -> None:
    """Keep the sentence or remove it from its text. A decision that was made stays.

    Raises:
        NotAllowed: the actor does not look after the text.

    """
    found = open_passages(actor).select_for_update(of=("self",)).filter(pk=passage.pk).first()
    if found is None:
        raise NotAllowed(_("This is not yours to change."))
    if decision == Decision.REMOVED:
        _remove(found)
    found.decision, found.decided_by, found.decided_at = decision, actor, now()
    found.save(update_fields=["decision", "decided_by", "decided_at"])
    record(actor=actor, action=f"passage.{decision.value}", target=found)


def _remove(passage: Passage) -> None:
    table = table_of(passage.table)
    row = table.rows().select_for_update().filter(pk=passage.row).first()
    if row is None:
        return
    values = {passage.column: without(getattr(row, passage.column), passage.digest)}
    if hasattr(row, "version"):
        values["version"] = F("version") + 1
    table.rows().filter(pk=row.pk).update(**values)
