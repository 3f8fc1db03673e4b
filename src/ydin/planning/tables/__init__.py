"""Tables: who sits with whom, so that members meet new people.

    from ydin.planning.tables import Meeting, seat

    seating = seat(Meeting(coming=("a", "b", "c", "d", "e"), met={("a", "b"): 2}, size=4))
    seating.tables      # (("a", "c", "d"), ("b", "e"))
    seating.repeats     # pairs at a table who sat together before

`golfer(groups, size, weeks)` is the bare social golfer problem.
"""

from ydin.planning.tables.design import transversal
from ydin.planning.tables.golfer import Rounds, golfer
from ydin.planning.tables.io import dump, load
from ydin.planning.tables.seating import Meeting, Seating, seat

__all__ = ["Meeting", "Rounds", "Seating", "dump", "golfer", "load", "seat", "transversal"]
