"""Bring regions, sub-regions and municipalities in from a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from ydin.audit.services import record
from ydin.kernel.errors import Refused
from ydin.networks.models import Municipality, Network, Region
from ydin.networks.policies import can_coordinate_network, demand
from ydin.networks.rules import RegionLevel
from ydin.networks.rules.municipality_rows import (
    NUTS_VERSION,
    Node,
    Places,
    read_places,
    understand_municipality_heading,
)
from ydin.networks.rules.reasons import Code, Reason, reason
from ydin.networks.rules.tables import Fault, NotATable, read_table
from ydin.networks.services.imports_words import NO_MUNICIPALITIES, say_fault, say_reason
from ydin.people.models import Person


@dataclass
class Change:
    """A place that would be made or changed."""

    kind: str
    name: str
    action: str
    reasons: list[Reason] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """The reasons in the reader's language."""
        return [say_reason(why) for why in self.reasons]


@dataclass
class PlacesPreview:
    """What bringing in the table would do."""

    places: Places
    changes: list[Change] = field(default_factory=list)
    matched: int = 0

    def count(self, action: str) -> int:
        """Return how many places have the action."""
        return sum(change.action == action for change in self.changes)

    def public(self) -> dict[str, Any]:
        """Return what the command prints."""
        return {
            "regions": len(self.places.regions),
            "sub_regions": len(self.places.sub_regions),
            "municipalities": len(self.places.municipalities),
            "created": self.count("create"),
            "changed": self.count("change"),
            "matched": self.matched,
            "refused": [
                {"row": row, "municipality": name, "reasons": [say_reason(why)]}
                for row, name, why in self.places.refused
            ],
        }


def preview_municipalities(*, actor: Person | None, network: Network, content: bytes) -> PlacesPreview:
    """Return what bringing in the table would do. Nothing is written.

    Args:
        actor: the network's coordinator; None is the system.
        network: the network whose tree it is.
        content: a CSV or XLSX file with the headings of Statistics Finland's classifications.

    Raises:
        Refused: it is no such table.

    """
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    return _Writer(network, _open(content)).run(write=False)


@transaction.atomic
def import_municipalities(*, actor: Person | None, network: Network, content: bytes) -> PlacesPreview:
    """Write what the preview shows; the same table twice changes nothing. See `preview_municipalities`."""
    demand(allowed=actor is None or can_coordinate_network(actor, network))
    Network.objects.select_for_update().get(pk=network.pk)
    done = _Writer(network, _open(content)).run(write=True)
    counts = {key: value for key, value in done.public().items() if isinstance(value, int)}
    record(actor=actor, action="municipalities.imported", target=network, **counts)
    return done


def _open(content: bytes) -> Places:
    try:
        return read_places(read_table(content, understand_municipality_heading))
    except NotATable as error:
        no_heading = error.fault == Fault.NO_HEADING
        raise Refused(str(NO_MUNICIPALITIES) if no_heading else say_fault(error.fault)) from error


class _Writer:
    """Compares the tree with the database, level by level, and writes what differs in bulk."""

    def __init__(self, network: Network, places: Places) -> None:
        self.network = network
        self.preview = PlacesPreview(places)
        self.known = {(r.level, r.code): r for r in Region.objects.filter(network=network)}

    def run(self, *, write: bool) -> PlacesPreview:
        places = self.preview.places
        regions = self._regions(RegionLevel.REGION, places.regions, None)
        _save(Region, regions, write=write)
        subs = self._regions(RegionLevel.SUB_REGION, places.sub_regions, RegionLevel.REGION)
        _save(Region, subs, write=write)
        _save(Municipality, self._municipalities(places.municipalities), write=write)
        return self.preview

    def _regions(
        self, level: RegionLevel, nodes: dict[str, Node], above: RegionLevel | None
    ) -> list[tuple[Any, dict[str, Any]]]:
        found = []
        for code, node in nodes.items():
            region = self.known.get((level, code))
            told: dict[str, Any] = {name: text for name, text in node.names.items() if text}
            if node.nuts:
                told |= {"nuts_code": node.nuts, "nuts_version": NUTS_VERSION}
            if above is not None:
                told["parent"] = self.known[above, node.parent]
            if region is None:
                region = Region(network=self.network, level=level, code=code)
                self.known[level, code] = region
            found.append((region, self._compare(level, node, region, told)))
        return found

    def _municipalities(self, nodes: dict[str, Node]) -> list[tuple[Any, dict[str, Any]]]:
        known = {m.code: m for m in Municipality.objects.filter(network=self.network)}
        found = []
        for code, node in nodes.items():
            place = known.get(code) or Municipality(network=self.network, code=code)
            told: dict[str, Any] = {name: text for name, text in node.names.items() if text}
            told["sub_region"] = self.known[RegionLevel.SUB_REGION, node.parent]
            found.append((place, self._compare("municipality", node, place, told)))
        return found

    def _compare(self, kind: str, node: Node, place: Any, told: dict[str, Any]) -> dict[str, Any]:
        """Return the fields that differ, and add the place to the preview."""
        name = node.names["name_fi"]
        if place.pk is None:
            self.preview.changes.append(Change(kind, name, "create"))
            return told
        differs = {f: v for f, v in told.items() if _identity(place, f) != (v.pk if f in _LINKS else v)}
        if differs:
            why = [
                reason(Code.CHANGES, field=f, old=_words(self.known, place, f), new=str(v))
                for f, v in differs.items()
            ]
            self.preview.changes.append(Change(kind, name, "change", why))
        else:
            self.preview.matched += 1
        return differs


_LINKS = ("parent", "sub_region")


def _identity(place: Any, name: str) -> Any:
    return getattr(place, f"{name}_id" if name in _LINKS else name)


def _words(known: dict[tuple[str, str], Region], place: Any, name: str) -> str:
    value = _identity(place, name)
    if name not in _LINKS:
        return str(value)
    return next((str(region) for region in known.values() if region.pk == value), "")


def _save(model: Any, found: list[tuple[Any, dict[str, Any]]], *, write: bool) -> None:
    """Set the fields, and with `write` bring them into the database in bulk."""
    new = [place for place, _ in found if place.pk is None]
    changed = [(place, differs) for place, differs in found if place.pk is not None and differs]
    if not write:
        return
    for place, differs in found:
        for name, value in differs.items():
            setattr(place, name, value)
    model.objects.bulk_create(new, batch_size=1000)
    names = sorted({name for _, differs in changed for name in differs})
    if names:
        model.objects.bulk_update([place for place, _ in changed], names, batch_size=1000)
