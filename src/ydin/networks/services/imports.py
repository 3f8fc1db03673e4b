"""Bring companies and their people in from a table: shown first, written when it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.errors import Conflict, Refused
from ydin.networks.models import Enterprise, Network
from ydin.networks.policies import can_coordinate_network, demand
from ydin.networks.rules.company_rows import read_companies
from ydin.networks.rules.headings import understand_company_heading
from ydin.networks.rules.tables import NotATable, Table, Understand, read_table
from ydin.networks.services.imports_known import SeatGiver
from ydin.networks.services.imports_plan import Planned, plan_companies, preview_of
from ydin.networks.services.imports_preview import ACTIONS, Preview
from ydin.networks.services.imports_words import say_fault
from ydin.networks.services.imports_write import write_plans
from ydin.people.models import Person


class PreviewMoved(Conflict):
    """What would be written is not what was shown; `preview` is how it looks now."""

    def __init__(self, preview: Preview) -> None:
        """Keep the new preview."""
        super().__init__(
            _("Something has changed since you looked. Look at the list again, then confirm it.")
        )
        self.preview = preview


@dataclass(frozen=True)
class Imported:
    """What an import wrote."""

    preview: Preview
    created: list[Enterprise]


def open_table(content: bytes, understand: Understand) -> Table:
    """Return the file's table.

    Raises:
        Refused: it is no table that can be brought in; the message says why.

    """
    try:
        return read_table(content, understand)
    except NotATable as error:
        raise Refused(say_fault(error.fault)) from error


def preview_companies(
    *, actor: Person | None, network: Network, content: bytes, seats: SeatGiver | None = None
) -> Preview:
    """Return what bringing in the file would do, company by company. Nothing is written.

    Args:
        actor: the network's coordinator, or one who may give seats in the group; None is the system.
        network: where the companies belong.
        content: the file, CSV or XLSX.
        seats: the group in which each company gets a seat, if any.

    Raises:
        Refused: the file is no table.

    """
    _check(actor, network, seats)
    return _plan(network, content, seats, lock=False)[1]


@transaction.atomic
def import_companies(
    *,
    actor: Person | None,
    network: Network,
    content: bytes,
    seats: SeatGiver | None = None,
    expected: str | None = None,
) -> Imported:
    """Write what the preview shows: companies, people, who acts for whom, seats. No mail is sent.

    Args:
        actor, network, content, seats: as for `preview_companies`.
        expected: `digest()` of the preview that was confirmed; None takes whatever it is now.

    Raises:
        PreviewMoved: what would be written is not what was confirmed; nothing is written.
        Refused: the file is no table.

    """
    _check(actor, network, seats)
    Network.objects.select_for_update().get(pk=network.pk)
    plans, preview = _plan(network, content, seats, lock=True)
    if expected is not None and preview.digest() != expected:
        raise PreviewMoved(preview)
    try:
        with transaction.atomic():
            created = write_plans(actor=actor, network=network, plans=plans, seats=seats)
    except IntegrityError as error:
        raise PreviewMoved(_plan(network, content, seats, lock=True)[1]) from error
    counts = {action: preview.count(action) for action in ACTIONS}
    record(
        actor=actor,
        action="companies.imported",
        target=network,
        group=seats.slug if seats else "",
        people=preview.people,
        **counts,
    )
    return Imported(preview, created)


def _check(actor: Person | None, network: Network, seats: SeatGiver | None) -> None:
    if actor is None:
        return
    demand(allowed=can_coordinate_network(actor, network) if seats is None else seats.may_give(actor))


def _plan(
    network: Network, content: bytes, seats: SeatGiver | None, *, lock: bool
) -> tuple[list[Planned], Preview]:
    table = open_table(content, understand_company_heading)
    plans = plan_companies(network, read_companies(table), seats, lock=lock)
    return plans, preview_of(plans, table.unknown)
