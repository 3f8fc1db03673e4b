"""What listings speak of, found in their text. Runs in the worker only: the dictionaries take seconds to load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ydin.kernel.clock import now
from ydin.kernel.lazy import lazy
from ydin.partnerships.queries.listings import unread

if TYPE_CHECKING:
    from ydin.planning import matching
else:
    matching = lazy("ydin.planning.matching")

MOST, FLOOR = 3, 0.45
"""So many concepts are kept at most, and only those this sure beside the surest one."""


@transaction.atomic
def read_listings(*, actor: None, network_id: int) -> int:
    """Find the concepts of the network's listings that have not been read; returns how many were read."""
    assert actor is None
    waiting = list(unread(network_id).select_for_update(of=("self",)))
    if not waiting:
        return 0
    table = matching.Vectoriser().concepts([matching.Text(one.language, one.text) for one in waiting])
    known = list(matching.concepts().values())
    for n, listing in enumerate(waiting):
        found = [known[k] for k in _surest(table[[n], :].toarray().ravel()[: len(known)].tolist())]
        listing.concepts = [concept.id for concept in found]
        listing.terms = {code: [one.label(code) for one in found] for code in ("fi", "sv", "en")}
        listing.read_at = now()
        listing.save(update_fields=["concepts", "terms", "read_at"])
    return len(waiting)


def _surest(values: list[float]) -> list[int]:
    order = sorted(range(len(values)), key=lambda k: (-values[k], k))[:MOST]
    best = values[order[0]] if order else 0.0
    return [k for k in order if values[k] > 0 and values[k] >= FLOOR * best]
