"""What the nightly run removes, and a look at it before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.kernel.acting import acting_as_system
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed
from ydin.networks.models import Network
from ydin.networks.policies import can_coordinate_network
from ydin.people.models import Person
from ydin.privacy.documents.register import plain_title
from ydin.privacy.models import Export
from ydin.privacy.queries.registry import Table, Words
from ydin.privacy.queries.tables_groups import TABLES
from ydin.privacy.rules import Fate

EXAMPLES = 3


@dataclass(frozen=True)
class Tonight:
    """Of one table: how many rows the next run treats, how, and from when the oldest are."""

    title: str
    keep: Words
    count: int
    is_deleted: bool
    since: list[datetime]


@transaction.atomic
def remove_expired(*, actor: None) -> int:
    """Delete or empty the rows whose time is over, in every table of the register; return how many."""
    moment, count = now(), 0
    for table in TABLES:
        if table.expiry is None:
            continue
        due = table.rows().filter(pk__in=list(table.due(moment).values_list("pk", flat=True)))
        done = due.delete()[0] if table.expiry.fate == Fate.DELETED else due.update(**table.emptied)
        count += done
    del actor
    return count


@transaction.atomic
def remove_exports(*, actor: None) -> int:
    """Delete the copies whose day is over; return how many."""
    del actor
    return Export.objects.filter(expires_at__lte=now()).delete()[0]


def preview_tonight(*, actor: Person, network: Network, at: datetime) -> list[Tonight]:
    """Return what a run at that moment would remove of the network: counts and dates, no content.

    Counted as the system, since nobody may read these rows; nothing but numbers and dates comes out.

    Raises:
        NotAllowed: the actor does not coordinate the network.

    """
    if not can_coordinate_network(actor, network):
        raise NotAllowed(_("This is not yours to read."))
    with transaction.atomic(), acting_as_system():
        return [found for table in TABLES if (found := _tonight(table, network, at)) is not None]


def _tonight(table: Table, network: Network, at: datetime) -> Tonight | None:
    if table.expiry is None or not (table.network or table.group):
        return None
    if table.network:
        rows = table.due(at).filter(**{table.network: network.pk})
    else:
        rows = table.due(at).filter(
            **{f"{table.group}__in": list(network.groups.values_list("pk", flat=True))}
        )
    oldest = rows.order_by(table.expiry.since).values_list(table.expiry.since, flat=True)[:EXAMPLES]
    return Tonight(
        plain_title(table), table.keep, rows.count(), table.expiry.fate == Fate.DELETED, list(oldest)
    )
