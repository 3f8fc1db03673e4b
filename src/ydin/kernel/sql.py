"""Conditions that the ORM does not have by itself."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet


def among(field: str, rows: QuerySet[Any], column: str = "pk") -> Q:
    """Return the condition that a field (or path to one) is the `column` of one of these rows.

    The same as `field__in`, but as `= ANY (ARRAY (SELECT …))`, which PostgreSQL computes once, before it looks
    at the rows. So it can use an index for each side of an OR, or go along the index that the rows are ordered
    by and stop at the limit; with `IN` behind an OR it reads the whole table. For few rows: they all are kept.
    A member's calendar among 20,000 entries: 0.6 ms in the database instead of 16, and no more with more of them.
    """
    chosen = ArraySubquery(rows.values(column))
    return Q(
        Func(
            F(field),
            chosen,
            template="(%(expressions)s))",
            arg_joiner=" = ANY (",
            output_field=BooleanField(),
        )
    )
