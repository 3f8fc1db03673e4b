"""How much of a group's page a reader gets, in the query that loads the group."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ydin.groups.models import CoreGroup
from ydin.groups.policies import manageable_groups, readable_groups
from ydin.people.policies import Reader


def with_rights(groups: QuerySet[CoreGroup], reader: Reader) -> QuerySet[Any]:
    """Add `is_inside` (reads what is said there) and `is_managed` (sets it up) for the reader."""
    return groups.annotate(
        is_inside=Exists(readable_groups(reader).filter(pk=OuterRef("pk"))),
        is_managed=Exists(manageable_groups(reader).filter(pk=OuterRef("pk"))),
    )
