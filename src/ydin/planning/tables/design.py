"""Rounds without a repeated pair from finite fields, where they exist.

With q groups (q a prime power) and tables of s ≤ q, seat player (i, x), class i < s, place x in the field,
in week w at table x - a_i w. Two players of different classes meet in exactly one week, those of one class
never (a resolvable transversal design; see Colbourn and Dinitz, Handbook of Combinatorial Designs, III.3).
When s divides q one more week seats the classes themselves.
"""

from __future__ import annotations

from collections.abc import Callable

_IRREDUCIBLE = {4: 0b111, 8: 0b1011, 16: 0b10011, 32: 0b100101, 64: 0b1000011}

Week = list[list[int]]


def transversal(groups: int, size: int, weeks: int) -> list[Week] | None:
    """Weeks of tables (players from 0) without a repeated pair, or None when this construction has none."""
    field = _field(groups)
    if field is None or size > groups or weeks > groups + (groups % size == 0):
        return None
    minus, times = field
    rounds: list[Week] = []
    for week in range(min(weeks, groups)):
        tables: Week = [[] for _ in range(groups)]
        for kind in range(size):
            for place in range(groups):
                tables[minus(place, times(kind, week))].append(kind * groups + place)
        rounds.append(tables)
    if weeks > groups:
        rounds.append([list(range(at, at + size)) for at in range(0, groups * size, size)])
    return rounds


Operation = Callable[[int, int], int]


def _field(order: int) -> tuple[Operation, Operation] | None:
    """Subtraction and multiplication of the field with `order` elements, None when it is not built in."""
    if order in _IRREDUCIBLE:
        return (lambda a, b: a ^ b), (lambda a, b: _times_binary(a, b, order))
    if order >= 2 and all(order % n for n in range(2, int(order**0.5) + 1)):
        return (lambda a, b: (a - b) % order), (lambda a, b: a * b % order)
    return None


def _times_binary(a: int, b: int, order: int) -> int:
    """Multiply polynomials over two elements, modulo an irreducible one."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & order:
            a ^= _IRREDUCIBLE[order]
        b >>= 1
    return product
