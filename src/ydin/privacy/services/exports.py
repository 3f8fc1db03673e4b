"""A copy of all of one's data."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation

from ydin.audit.services import record
from ydin.kernel.clock import now
from ydin.kernel.jobs import defer
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.privacy.documents.export import Part, archive
from ydin.privacy.documents.mentioned import named_in
from ydin.privacy.emails import export_ready
from ydin.privacy.models import Export
from ydin.privacy.policies import visible_exports
from ydin.privacy.queries.tables_groups import TABLES
from ydin.privacy.rules import EXPORT_LIFE, ExportState


@transaction.atomic
def ask_export(*, actor: Person) -> Export:
    """Begin a copy of everything about the actor; one that is there, or on its way, is returned instead."""
    Person.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    known = visible_exports(actor).first()
    if known is not None:
        return known
    export = Export(person=actor, total=len(TABLES), expires_at=now() + EXPORT_LIFE)
    export.save(force_insert=True)
    defer("privacy.collect", export_id=str(export.pk))
    record(actor=actor, action="export.asked", target=export)
    return export


def collect_export(*, actor: None, export_id: UUID) -> None:
    """Read table after table, each in a transaction of its own so that the page sees how far it is.

    Run twice, it does nothing the second time.
    """
    del actor
    with transaction.atomic():  # the worker's rights begin with a transaction
        export = Export.objects.select_related("person").filter(pk=export_id).first()
    if export is None or export.state == ExportState.READY:
        return
    person, parts = export.person, []
    for count, table in enumerate(TABLES, start=1):
        with transaction.atomic():
            parts.append(Part(table, list(table.exported(person))))
            Export.objects.filter(pk=export.pk).update(state=ExportState.WORKING, done=count)
    own = {part.table.label: {str(row.pk) for row in part.rows} for part in parts}
    with transaction.atomic(), translation.override(person.language), timezone.override(_zone(person)):
        export.content = archive(person, parts, named_in(person, own))
        export.state, export.done, export.expires_at = ExportState.READY, len(TABLES), now() + EXPORT_LIFE
        export.save(update_fields=["content", "state", "done", "expires_at"])
        post(actor=None, letter=export_ready(export))


def _zone(person: Person) -> ZoneInfo:
    return ZoneInfo(person.time_zone)


@transaction.atomic
def open_export(*, actor: Person, export: Export) -> bytes:
    """Return the actor's own copy, and note in the log that it was taken."""
    record(actor=actor, action="export.opened", target=export)
    return bytes(export.content)
