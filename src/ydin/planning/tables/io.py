"""JSON of the tables problem in and out."""

from __future__ import annotations

from typing import Any

from ydin.planning.errors import InputError
from ydin.planning.reading import Reader
from ydin.planning.tables.golfer import Rounds
from ydin.planning.tables.seating import Meeting, Seating


def load(source: object) -> Meeting:
    """Read `{"coming": [ids], "met": [[id, id, times], …], "size": 4}`. Raises InputError."""
    reader = Reader()
    top = reader.thing(source, "meeting")
    coming = reader.many(reader.get(top, "coming", ""), "coming", reader.text)
    met: dict[tuple[str, str], int] = {}
    rows = reader.many(top.get("met", []), "met", lambda item, field: _pair(reader, item, field))
    for one, other, times in rows:
        key = (min(one, other), max(one, other))
        met[key] = met.get(key, 0) + times
    return Meeting(tuple(coming), met, reader.whole(top.get("size", 4), "size"))


def _pair(reader: Reader, item: object, field: str) -> tuple[str, str, int]:
    if not isinstance(item, list) or len(item) not in (2, 3):
        raise InputError(field, "not [member, member, times]")
    one, other = reader.text(item[0], f"{field}[0]"), reader.text(item[1], f"{field}[1]")
    if one == other:
        raise InputError(field, f"{one} twice")
    return one, other, reader.whole(item[2], f"{field}[2]") if len(item) == 3 else 1


def dump(answer: Seating | Rounds) -> dict[str, Any]:
    """A seating or golfer rounds as JSON values."""
    if isinstance(answer, Seating):
        return {"tables": [list(table) for table in answer.tables], "repeats": answer.repeats}
    return {
        "weeks": [[list(table) for table in week] for week in answer.weeks],
        "repeats": answer.repeats,
    }
