"""Writing a described network into the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from tests.trust.building_growth import build_growth
from tests.trust.spec import NETWORKS, SPELLS, Spec

from ydin.audit.models import Entry
from ydin.calendar.models import Event, FeedAddress
from ydin.groups.models import Acceptance, Application, CoreGroup, GlassBreak, GroupCoordinator, Seat
from ydin.meetings.models import (
    Attendance,
    HostingTurn,
    HostingWish,
    Meeting,
    Memo,
    Promise,
    Rsvp,
    Season,
)
from ydin.networks.models import (
    ContactCard,
    Enterprise,
    ImportBatch,
    Network,
    Organisation,
    Representative,
    RoleAssignment,
)
from ydin.outbox.models import Message
from ydin.people.models import Person


@dataclass
class Built:
    """The people, and of each kind the model and its rows in the order of the specification."""

    people: list[Person]
    items: dict[str, tuple[type[models.Model], list[Any]]] = field(default_factory=dict)


def _days(spell: int) -> dict[str, date | None]:
    first, last = (None if d is None else timezone.now().date() + timedelta(days=d) for d in SPELLS[spell])
    return {"starts_on": first, "ends_on": last}


def _make(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> list[Any]:
    return model._default_manager.bulk_create([model(**row) for row in rows])


def build(spec: Spec) -> Built:
    """Write the network's rows as the owner, few statements each kind."""
    people = [Person(email=f"p{i}@example.org", name=f"P{i}", password="!") for i in range(spec.people)]
    built = Built(Person.objects.bulk_create(people))
    nets = _make(Network, [{"slug": f"n{i}", "name": f"N{i}"} for i in range(NETWORKS)])
    arranging = _make(Organisation, [{"network": n, "name": n.name} for n in nets])
    rings = _make(
        CoreGroup,
        [
            {"network": nets[n], "organisation": arranging[n], "slug": f"g{i}", "name": f"G{i}"}
            for i, n in enumerate(spec.groups)
        ],
    )
    firms = _make(Enterprise, [{"network": nets[n], "name": f"C{i}"} for i, n in enumerate(spec.companies)])
    built.items["inside"] = built.items["set_up"] = (CoreGroup, rings)
    built.items["network"], built.items["company"] = (Network, nets), (Enterprise, firms)
    _make(
        Representative,
        [
            {"person": built.people[w.person], "organisation": arranging[w.place], **_days(w.spell)}
            for w in spec.works
        ],
    )
    _roles(spec, built, nets, rings, firms)
    _evenings(spec, built, rings, firms)
    _loose(spec, built, nets, rings, firms)
    build_growth(spec, built.items, built.people, nets, rings, firms)
    return built


def _roles(spec: Spec, built: Built, nets: list[Any], rings: list[Any], firms: list[Any]) -> None:
    people = built.people
    acts = _make(
        Representative,
        [{"person": people[a.person], "enterprise": firms[a.company], **_days(a.spell)} for a in spec.acts],
    )
    cards = [
        {"representative": row, "shared_with_group": a.card} if a.card is not None else None
        for a, row in zip(spec.acts, acts, strict=True)
    ]
    made = iter(_make(ContactCard, [c for c in cards if c]))
    built.items["card"] = (ContactCard, [next(made) if c else None for c in cards])
    day = timezone.now().date()
    _make(
        Seat,
        [
            {
                "group": rings[s.group], "enterprise": firms[s.company], "state": s.state,
                "starts_on": day, "ends_on": day if s.state == "left" else None,
            }
            for s in spec.sits
        ],
    )  # fmt: skip
    _make(
        GroupCoordinator,
        [{"group": rings[x.place], "person": people[x.person], **_days(x.spell)} for x in spec.leads],
    )
    _make(
        RoleAssignment,
        [
            {
                "network": nets[x.place],
                "person": people[x.person],
                "role": x.role,
                **_days(x.spell),
            }
            for x in spec.roles
        ],
    )
    breaks = []
    for o in spec.opens:
        starts = timezone.now() - timedelta(minutes=o.minutes)
        ends = starts + timedelta(hours=1)
        row = {"group": rings[o.group], "person": people[o.person], "reason": "because"}
        breaks.append({**row, "starts_at": starts, "ends_at": ends})
    built.items["glass"] = (GlassBreak, _make(GlassBreak, breaks))


def _evenings(spec: Spec, built: Built, rings: list[Any], firms: list[Any]) -> None:
    people, moment = built.people, timezone.now()
    evenings = _make(
        Meeting,
        [
            {
                "group": rings[e.group], "host": firms[e.host], "state": e.state, "audience": e.audience,
                "starts_at": moment, "ends_at": moment + timedelta(hours=2), "time_zone": "Europe/Helsinki",
            }
            for e in spec.evenings
        ],
    )  # fmt: skip

    def of(number: int) -> dict[str, Any]:
        return {"meeting": evenings[number], "group": evenings[number].group}

    built.items["meeting"] = (Meeting, evenings)
    built.items["memo"] = (Memo, _make(Memo, [of(i) for i in range(len(evenings))]))
    built.items["promise"] = (
        Promise,
        _make(Promise, [{**of(p.meeting), "enterprise": firms[p.who], "what": "x"} for p in spec.promises]),
    )
    built.items["rsvp"] = (
        Rsvp,
        _make(Rsvp, [{**of(r.meeting), "person": people[r.who]} for r in spec.rsvps]),
    )
    built.items["attendance"] = (
        Attendance,
        _make(
            Attendance, [{**of(a.meeting), "person": people[a.who], "recorded": "code"} for a in spec.present]
        ),
    )
    seasons = _make(Season, [{"group": ring, "name": "s", "months": []} for ring in rings])
    built.items["season"] = (Season, seasons)
    wish = [{"season": seasons[g], "group": rings[g], "enterprise": firms[c]} for g, c in spec.wishes]
    built.items["wish"] = (HostingWish, _make(HostingWish, wish))
    turns = [
        {
            "season": seasons[t.group], "enterprise": firms[t.company], "state": t.state,
            "month": date(2026, i + 1, 1), "evening": date(2026, i + 1, 2),
        }
        for i, t in enumerate(spec.turns)
    ]  # fmt: skip
    built.items["turn"] = (HostingTurn, _make(HostingTurn, turns))


def _loose(spec: Spec, built: Built, nets: list[Any], rings: list[Any], firms: list[Any]) -> None:
    people, moment, items = built.people, timezone.now(), built.items
    asked = [{"group": g, "name": "x", "email": "a@example.org", "language": "fi"} for g in rings]
    items["application"] = (Application, _make(Application, asked))
    accepted = [{"group": g, "person": people[0], "number": 0, "language": "fi"} for g in rings]
    items["acceptance"] = (Acceptance, _make(Acceptance, accepted))
    files = [{"network": nets[0], "uploaded_by": p, "kind": "companies", "content": b""} for p in people]
    items["upload"] = (ImportBatch, _make(ImportBatch, files))
    letters = [
        {"person": p, "to_address": p.email, "language": "fi", "kind": "x", "text": "x"} for p in people
    ]
    items["letter"] = (Message, _make(Message, letters))
    items["feed"] = (FeedAddress, _make(FeedAddress, [{"person": p} for p in people]))
    events = [
        {
            "network": nets[e.network], "group": None if e.group is None else rings[e.group], "state": e.state,
            "audience": e.audience, "title": "x", "starts_at": moment, "ends_at": moment + timedelta(hours=1),
            "time_zone": "Europe/Helsinki",
        }
        for e in spec.events
    ]  # fmt: skip
    items["event"] = (Event, _make(Event, events))

    def pk(rows: list[Any], number: int | None) -> int | None:
        return None if number is None else rows[number].pk

    acts = [
        {
            "actor_id": pk(people, a.actor), "action": "x.y", "target_type": "x", "target_id": "1",
            "readers": a.readers, "of_person_id": pk(people, a.person), "of_enterprise": pk(firms, a.company),
            "of_group": pk(rings, a.group), "of_network": pk(nets, a.network),
        }
        for a in spec.log
    ]  # fmt: skip
    items["entry"] = (Entry, _make(Entry, acts))
