"""Typed fields out of JSON objects, with errors that name the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, TypeVar

from ydin.planning.errors import InputError

Json = Mapping[str, Any]
T = TypeVar("T")
_MISSING = object()


class Reader:
    """Reads typed fields out of JSON objects; keeps one `date` for every text and one set of equal ones."""

    def __init__(self) -> None:
        """Start with no dates."""
        self.dates: dict[str, date] = {}
        self.away: Callable[[Iterable[date]], AbstractSet[date]] = frozenset
        self.sets: dict[frozenset[str], frozenset[str]] = {}

    def get(self, source: Json, key: str, field: str, default: object = _MISSING) -> Any:
        """A field of an object, or its default."""
        if key in source:
            return source[key]
        if default is _MISSING:
            raise InputError(f"{field}.{key}".lstrip("."), "is missing")
        return default

    def text(self, value: object, field: str) -> str:
        """A text that is not empty."""
        if not isinstance(value, str) or not value:
            raise InputError(field, "not a text")
        return value

    def whole(self, value: object, field: str) -> int:
        """A whole number from 0."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise InputError(field, "not a whole number")
        if value < 0:
            raise InputError(field, "is negative")
        return value

    def day(self, value: object, field: str) -> date:
        """An ISO date."""
        known = self.dates.get(value) if isinstance(value, str) else None
        if known is not None:
            return known
        try:
            if not isinstance(value, str) or len(value) != len("2027-01-31"):
                raise InputError(field, "not a date")
            found = date.fromisoformat(value)
        except ValueError:
            raise InputError(field, "not a date") from None
        return self.dates.setdefault(value, found)

    def set_of(self, value: frozenset[str]) -> frozenset[str]:
        """One set for the many equal ones of a large instance."""
        return self.sets.setdefault(value, value)

    def many(
        self, value: object, field: str, read: Callable[[object, str], T], most: int = 1_000_000
    ) -> list[T]:
        """A list whose items are read one by one."""
        if not isinstance(value, list):
            raise InputError(field, "not a list")
        if len(value) > most:
            raise InputError(field, f"{len(value)} items, at most {most}")
        return [read(item, f"{field}[{n}]") for n, item in enumerate(value)]

    def thing(self, value: object, field: str) -> Json:
        """A JSON object."""
        if not isinstance(value, dict):
            raise InputError(field, "not an object")
        return value

    def days(self, value: object, field: str) -> list[date]:
        """A list of dates; the quick way when all of them are known already."""
        if isinstance(value, list):
            try:
                return [self.dates[item] for item in value]
            except (KeyError, TypeError):
                pass
        return self.many(value, field, self.day)
