"""What the services of ideas share: the row under lock with its version, and words as one line."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ydin.ideas.models import Idea
from ydin.kernel.errors import Conflict


def locked(idea: Idea, version: int | None = None) -> Idea:
    """Return the row, locked. Raises Conflict when somebody changed it since `version` (None: as it is now)."""
    together = ("enterprise", "group__network", "network", "author", "meeting", "taken_by")
    rows = Idea.objects.select_for_update(of=("self",)).select_related(*together)
    held = rows.get(pk=idea.pk)
    if version is not None and held.version != version:
        raise Conflict(_("Somebody else has changed this meanwhile. Look at it and try again."))
    return held


def stored(held: Idea) -> Idea:
    """Save the row with its next version."""
    held.version += 1
    held.save()
    return held


def line(words: str) -> str:
    """Return what was typed as one line."""
    return " ".join(words.split())
