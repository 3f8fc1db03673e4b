"""A coordinator decides what becomes of sentences that name somebody who was erased."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.acting import acting_as_system
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed
from ydin.people.models import Person
from ydin.privacy.documents.register import plain_title
from ydin.privacy.models import Passage
from ydin.privacy.policies import open_passages
from ydin.privacy.queries.tables_groups import table_of
from ydin.privacy.queries.texts import beside, marks_key, sentence_of, texts_of
from ydin.privacy.rules import Decision, marks, passages, seal, without


@dataclass(frozen=True)
class Shown:
    """A passage in its text: the words before it, itself, and those after it.

    `seal` is the sentence's digest, so that a decision is about what was seen.
    """

    passage: Passage
    title: str
    before: str
    sentence: str
    after: str
    seal: str


def shown_passages(reader: Person) -> list[Shown]:
    """Return what waits for the reader, each in its text as it reads today; one that is gone is left out."""
    found = [_shown(passage) for passage in open_passages(reader)]
    return [one for one in found if one is not None]


def _shown(passage: Passage) -> Shown | None:
    found = sentence_of(passage)
    if found is None:
        return None
    text, sentence = found
    before, _found, after = text.partition(sentence)
    title = plain_title(table_of(passage.table))
    return Shown(passage, title, before[-200:], sentence, after[:200], seal(sentence))


@transaction.atomic
def decide_passage(*, actor: Person, passage: Passage, decision: Decision, seen: str) -> None:
    """Keep the sentence or remove it from its text. A decision that was made stays.

    Args:
        actor: looks after the text.
        passage: where it stands.
        decision: kept or removed.
        seen: digest of the sentence that the actor read.

    Raises:
        NotAllowed: the actor does not look after the text.
        Conflict: the sentence was edited since the actor read it.

    """
    found = open_passages(actor).select_for_update(of=("self",)).filter(pk=passage.pk).first()
    if found is None:
        raise NotAllowed(_("This is not yours to change."))
    now_there = sentence_of(found)
    if now_there is None or seal(now_there[1]) != seen:
        raise Conflict(_("The sentence was changed meanwhile. Read it as it is now."))
    if decision == Decision.REMOVED:
        _remove(found, seen)
    found.digest = seen
    _settle(found, decision, actor)
    record(actor=actor, action=f"passage.{decision.value}", target=found)


def _settle(passage: Passage, decision: Decision, actor: Person | None) -> None:
    passage.decision, passage.decided_by, passage.decided_at, passage.words = decision, actor, now(), []
    passage.save(update_fields=["decision", "decided_by", "decided_at", "words", "digest"])


def _remove(passage: Passage, digest: str) -> None:
    """Cut the sentence out, with the system's rights: whoever decides may read the row, not always change it."""
    table = table_of(passage.table)
    with acting_as_system():
        row = table.rows().filter(pk=passage.row).first()
        if row is None:
            return
        values = {passage.column: without(getattr(row, passage.column), digest)}
        if hasattr(row, "version"):
            values["version"] = F("version") + 1
        table.rows().filter(pk=row.pk).update(**values)


@transaction.atomic
def look_again(*, actor: None) -> int:
    """Follow open passages whose sentence was edited: to its new words, or to the end where none names them.

    Where one sentence became several that name the person, each waits for a decision. Returns how many moved.
    """
    moved = 0
    for passage in Passage.objects.select_for_update(of=("self",)).filter(decision=Decision.OPEN):
        texts = [s for text in texts_of(passage) for s in passages(text)]
        if any(seal(s) == passage.digest for s in texts):
            continue
        moved += 1
        wanted, key, others = set(passage.words), marks_key(), beside(passage)
        digests = [seal(s) for s in dict.fromkeys(texts) if wanted & marks(s, key)]
        new = [one for one in digests if one not in others]
        if not new:
            _settle(passage, Decision.GONE, actor)
            continue
        words, (passage.digest, *more) = passage.words, new
        passage.save(update_fields=["digest"])
        Passage.objects.bulk_create([_beside(passage, digest, words) for digest in more])
    return moved


def _beside(passage: Passage, digest: str, words: list[str]) -> Passage:
    return Passage(
        erasure_id=passage.erasure_id,
        network_id=passage.network_id,
        group_id=passage.group_id,
        table=passage.table,
        row=passage.row,
        column=passage.column,
        digest=digest,
        words=words,
    )
