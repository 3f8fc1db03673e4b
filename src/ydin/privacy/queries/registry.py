"""The register in code: for each table with personal data what it is for, how long it stays, what erasure does.

Export, erasure, the nightly run and the register of processing activities are all made from it. Tables are
named by label, so that those of parts above can be told, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from ydin.people.models import Person
from ydin.privacy.rules import Basis, Fate

Words = Any
"""A text that is translated when it is shown (`gettext_lazy`)."""


@dataclass(frozen=True)
class Expiry:
    """After so many days since `since` the rows that fulfil `when` are deleted, or their `emptied` columns are."""

    days: int
    since: str
    when: Q = field(default_factory=Q)
    fate: Fate = Fate.DELETED


@dataclass(frozen=True)
class Table:
    """One table that holds personal data.

    Args:
        label: of the model.
        title: what people call its rows.
        purpose, recipients, keep: in words; `keep` says how long.
        basis: legal basis.
        whose: paths to the person whom a row is about; its `fate` is what erasure does.
        addresses: columns with an e-mail address that may be the person's; such rows are theirs, too.
        beside: paths to a person whose rows these are in part: they wrote them, or act for the company. They are
            in the export, and erasure leaves them, but for the passages that are reviewed.
        emptied: what erasure, or the end of its time, writes over, by column; "" for text.
        texts: columns in which people write freely; looked through for the person's name.
        copies: columns that a machine filled from others; emptied where they name the person.
        secrets: columns that are never given out.
        group, network: paths to the ids of those who look after the row.
        change: name of the address where one changes it.
        expiry: what the nightly run does.

    """

    label: str
    title: Words
    purpose: Words
    basis: Basis
    keep: Words
    recipients: Words
    whose: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    fate: Fate = Fate.KEPT
    emptied: Mapping[str, Any] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    group: str = ""
    network: str = ""
    change: str = ""
    expiry: Expiry | None = None

    @property
    def model(self) -> type[Model]:
        """Return the model."""
        return apps.get_model(self.label)

    def rows(self) -> QuerySet[Any]:
        """Return all rows, as far as row security shows them."""
        return self.model._default_manager.all()  # noqa: SLF001 - Django's documented attribute

    def about(self, person: Person) -> QuerySet[Any]:
        """Return the rows that are about the person: those that erasure treats by `fate`."""
        where = Q(pk__in=[])
        for path in self.whose:
            where |= Q(**{path: person.pk})
        for column in self.addresses:
            where |= Q(**{f"{column}__iexact": person.email})
        return self.rows().filter(pk__in=self.rows().filter(where).values("pk"))

    def exported(self, person: Person) -> QuerySet[Any]:
        """Return the rows of a person's export, oldest first."""
        where = Q(pk__in=self.about(person).values("pk"))
        for path in self.beside:
            where |= Q(pk__in=self.rows().filter(**{path: person.pk}).values("pk"))
        return self.rows().filter(where).order_by("pk")

    def due(self, moment: datetime) -> QuerySet[Any]:
        """Return the rows whose time is over at this moment."""
        if self.expiry is None:
            return self.rows().none()
        before = {f"{self.expiry.since}__lt": moment - timedelta(days=self.expiry.days)}
        return self.rows().filter(self.expiry.when, **before)


def blank(*columns: str) -> dict[str, Any]:
    """Return `emptied` for text columns."""
    return dict.fromkeys(columns, "")
