"""A file between its upload and its reader's yes."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from ydin.kernel.clock import now
from ydin.networks.models import ImportBatch, Network
from ydin.networks.rules.cells import clean, one_line
from ydin.people.models import Person

KEPT_FOR = timedelta(days=1)


@transaction.atomic
def keep_upload(
    *,
    actor: Person,
    network: Network,
    kind: str,
    file_name: str,
    content: bytes,
    preview: dict[str, object],
    target: str = "",
) -> ImportBatch:
    """Keep a file and what its preview shows, and forget the person's uploads of before yesterday."""
    ImportBatch.objects.filter(uploaded_by=actor, created_at__lt=now() - KEPT_FOR).delete()
    return ImportBatch.objects.create(
        network=network,
        uploaded_by=actor,
        kind=kind,
        target=target,
        file_name=one_line(clean(file_name))[-255:],
        content=content,
        preview=preview,
    )


def show_again(*, actor: Person, batch: ImportBatch, preview: dict[str, object]) -> None:
    """Keep what the preview shows now."""
    del actor
    batch.preview = preview
    batch.save(update_fields=["preview"])


@transaction.atomic
def close_batch(*, actor: Person, batch: ImportBatch, result: dict[str, object]) -> None:
    """Note that the file has been brought in; the file itself is not kept any longer."""
    del actor
    batch.content, batch.result, batch.applied_at = b"", result, now()
    batch.save(update_fields=["content", "result", "applied_at"])


def drop_batch(*, actor: Person, batch: ImportBatch) -> None:
    """Forget the file."""
    del actor
    batch.delete()
