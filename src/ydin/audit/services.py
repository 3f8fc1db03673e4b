"""Writing the audit log and sealing it. There is no function to change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, models, transaction

from ydin.audit.models import Entry, Link, Waiting
from ydin.audit.queries import (
    belongs_to,
    chain_pages,
    content_of,
    head,
    lost_before_sealing,
    outside_chain,
    waiting_entries,
)
from ydin.audit.rules import SEALED_WITHIN, START, digest, fault_of, scope_of
from ydin.kernel.clock import now
from ydin.people.models import Person

SEALING = 0x7964696E
"""Key of the advisory lock under which one process at a time lengthens the chain ("ydin")."""
BATCH = 5000


def record(*, actor: Person | None, action: str, target: models.Model, **data: Any) -> None:
    """Append that `actor` (None: the system or a stranger) did `action` to `target`.

    Args:
        actor: who did it.
        action: "noun.verb"; `rules.SCOPES` says who reads it.
        target: what it was done to. Group, network, company and person are found from it, or from `data`.
        data: references only: ids, codes, dates, names of fields, lists of these.

    Raises:
        ValueError: a value could be a name, an address or free text, which do not belong in the log.

    Rows are written without reading them back: the web role may insert but not select other people's acts.

    """
    _entry(actor, action, target, data).save(force_insert=True)


def record_all(*, actor: Person | None, action: str, targets: Iterable[models.Model], **data: Any) -> None:
    """Append the same act for each target, as `record` does, in few statements."""
    Entry.objects.bulk_create([_entry(actor, action, target, data) for target in targets], batch_size=1000)


def _entry(actor: Person | None, action: str, target: models.Model, data: dict[str, Any]) -> Entry:
    fault = fault_of(data)
    if fault:
        message = f"{action}: {fault!r} is no reference; what people wrote does not belong in the log"
        raise ValueError(message)
    scope = scope_of(action)
    of = belongs_to(target, data)
    return Entry(
        actor=actor,
        action=action,
        target_type=target._meta.label_lower,  # noqa: SLF001 - Django's documented attribute
        target_id=str(target.pk),
        readers=scope.readers,
        of_person_id=of["person"] if scope.person else None,
        of_enterprise=of["enterprise"] if scope.company else None,
        of_group=of["group"],
        of_network=of["network"],
        data=data,
    )


def seal_entries(*, actor: Person | None) -> int:
    """Append every committed entry that has no link yet to the chain; returns how many.

    One process at a time; another one that comes meanwhile does nothing. Run each minute as the system.
    """
    del actor
    count = 0
    while sealed := _seal_some():
        count += sealed
    return count


@transaction.atomic
def _seal_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [SEALING])
        if not cursor.fetchone()[0]:
            return 0
    entries = waiting_entries(BATCH)
    last = head()
    position, previous = (last.position, last.digest) if last else (0, START)
    links = []
    for entry in entries:
        position += 1
        previous = digest(previous, position, content_of(entry))
        links.append(Link(position=position, entry=entry, digest=previous))
    Link.objects.bulk_create(links, batch_size=1000)
    Waiting.objects.filter(entry__in=[entry.pk for entry in entries]).delete()
    return len(entries)


def verify_log(*, anchored: str = "") -> Iterator[str]:
    """Yield one line for each break of the chain, each naming the entry; nothing when it is whole.

    Args:
        anchored: "position:digest", as `ydin audit head` printed it some day and somebody kept it elsewhere.
            Without it, entries that were cut off the end together with their links do not show.

    """
    held, _, seal = anchored.partition(":")
    expected, previous, kept = 1, START, ""
    for page in chain_pages(BATCH):
        for link, entry in page:
            yield from _breaks_at(link, entry, expected, previous)
            kept = link.digest if str(link.position) == held else kept
            expected, previous = link.position + 1, link.digest
    if anchored and kept != seal:
        yield f"position {held}: the chain has no entry with the digest that was kept, its end was cut or rewritten"
    yield from _breaks_outside()


def _breaks_at(link: Link, entry: Entry | None, expected: int, previous: str) -> Iterator[str]:
    here = f"position {link.position}, entry {link.entry_id}"
    if link.position != expected:
        yield f"positions {expected} to {link.position - 1}: the links are gone"
    elif entry is None:
        yield f"{here}: the entry is gone"
    elif digest(previous, link.position, content_of(entry)) != link.digest:
        yield f"{here}: the content is not what was sealed"


def _breaks_outside() -> Iterator[str]:
    """Yield the entries that are not in the chain though they should be, and those that never got there."""
    for lost in lost_before_sealing():
        yield f"entry {lost}: was gone before it could be sealed"
    for entry in outside_chain().iterator():
        if not entry.waits:  # type: ignore[attr-defined]
            yield f"entry {entry.pk}: it has no link"
        elif now() - entry.at > SEALED_WITHIN:
            yield f"entry {entry.pk}: waits to be sealed since {entry.at.isoformat(timespec='seconds')}"
