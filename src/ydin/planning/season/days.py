"""A set of dates in little memory: a season of thousands of groups holds some for every member."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date


class Days(AbstractSet[date]):
    """Dates as the bits of one number; equal to a `frozenset` of the same dates."""

    __slots__ = ("_bits", "_first")

    def __init__(self, days: Iterable[date] = ()) -> None:
        """Keep the dates."""
        ordinals = [day.toordinal() for day in days]
        self._first = min(ordinals, default=0)
        bits = 0
        for ordinal in ordinals:
            bits |= 1 << (ordinal - self._first)
        self._bits = bits

    def __contains__(self, day: object) -> bool:
        """Whether a date is among them."""
        if not isinstance(day, date):
            return False
        place = day.toordinal() - self._first
        return place >= 0 and bool(self._bits >> place & 1)

    def __iter__(self) -> Iterator[date]:
        """The dates, earliest first."""
        bits, at = self._bits, self._first
        while bits:
            step = (bits & -bits).bit_length()
            at += step
            yield date.fromordinal(at - 1)
            bits >>= step

    def __len__(self) -> int:
        """How many there are."""
        return self._bits.bit_count()

    def __hash__(self) -> int:
        """The same as that of an equal `frozenset`."""
        return self._hash()

    def __repr__(self) -> str:
        """The dates, readable."""
        return f"Days({', '.join(map(str, self))})"
