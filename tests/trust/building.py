"""Writing a described network into the database, and asking both barriers who reads what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from tests.trust.oracle import Seen
from tests.trust.spec import NETWORKS, SPELLS, Spec

from ydin.audit.models import Entry
from ydin.calendar import policies as calendar
from ydin.calendar.models import Event, FeedAddress
from ydin.groups import policies as groups
from ydin.groups.models import Acceptance, Application, CoreGroup, GlassBreak, GroupCoordinator, Seat
from ydin.kernel.acting import acting_as
from ydin.meetings import policies as meetings
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
from ydin.networks import policies as networks
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
from ydin.trust import policies as trust


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
    _roles(spec, built, nets, rings, firms)
    _evenings(spec, built, rings, firms)
    _loose(spec, built, nets, rings, firms)
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
                "role": "network_coordinator",
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


POLICIES: dict[str, tuple[Any, str]] = {
    "memo": (meetings, "visible_memos"),
    "promise": (meetings, "visible_promises"),
    "rsvp": (meetings, "visible_rsvps"),
    "attendance": (meetings, "visible_attendances"),
    "wish": (meetings, "visible_wishes"),
    "acceptance": (groups, "visible_acceptances"),
    "glass": (groups, "visible_glass_breaks"),
    "upload": (networks, "visible_batches"),
    "entry": (trust, "visible_entries"),
    "meeting": (meetings, "visible_meetings"),
    "season": (meetings, "visible_seasons"),
    "turn": (meetings, "visible_turns"),
    "event": (calendar, "visible_events"),
    "feed": (calendar, "own_feed_addresses"),
    "company": (groups, "visible_enterprises"),
    "inside": (groups, "readable_groups"),
    "set_up": (groups, "manageable_groups"),
    "network": (networks, "known_networks"),
}
"""The first barrier. Contact cards, applications and letters have none of their own: they are reached through
a company, a group or a person that has one, and row security alone decides which of them come along."""

TABLES = {
    "memo": "meetings_memo",
    "promise": "meetings_promise",
    "rsvp": "meetings_rsvp",
    "attendance": "meetings_attendance",
    "wish": "meetings_hostingwish",
    "card": "networks_contactcard",
    "application": "groups_application",
    "acceptance": "groups_acceptance",
    "glass": "groups_glassbreak",
    "upload": "networks_importbatch",
    "letter": "outbox_message",
    "entry": "audit_entry",
}
"""The second barrier. What is not here is known to the whole group or network anyway (docs/adr/0007)."""


def asked_policies(built: Built, person: int | None, kinds: Collection[str]) -> Seen:
    """Return what the policies show, row security off."""
    reader = None if person is None else built.people[person]
    return {
        kind: _numbers(built, kind, getattr(*at)(reader)) for kind, at in POLICIES.items() if kind in kinds
    }


def asked_rows(built: Built, person: int | None, kinds: Collection[str]) -> Seen:
    """Return what row security alone shows: every row is asked for, as the web role, in the person's name."""
    with acting_as(None if person is None else built.people[person].pk):
        wanted = [kind for kind in TABLES if kind in kinds]
        return {k: _numbers(built, k, built.items[k][0]._default_manager.all()) for k in wanted}


def _numbers(built: Built, kind: str, rows: Any) -> set[int]:
    seen = set(rows.values_list("pk", flat=True))
    return {i for i, row in enumerate(built.items[kind][1]) if row is not None and row.pk in seen}


def differences(
    built: Built, oracle: Callable[[int | None], Seen], kinds: Collection[str] = (*POLICIES, *TABLES)
) -> list[str]:
    """Return where one of the two barriers and the oracle disagree, of these kinds of item."""
    found = []
    for person in (None, *range(len(built.people))):
        said = oracle(person)
        asked = {"policy": asked_policies(built, person, kinds), "rows": asked_rows(built, person, kinds)}
        for barrier, seen in asked.items():
            found += [
                f"{barrier} {kind}: person {person} reads {sorted(numbers)}, may read {sorted(said[kind])}"
                for kind, numbers in seen.items()
                if numbers != said[kind]
            ]
    return found
