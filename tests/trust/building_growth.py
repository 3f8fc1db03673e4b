"""Writing the second part of a described network into the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from tests.trust.spec import Spec

from ydin.calendar.models import AppPassword, SyncState
from ydin.experiments.models import Companion, Experiment, PublicText
from ydin.home.models import Feedback
from ydin.ideas.models import Idea, Support, Talk, TalkAsk
from ydin.meetings.models import TimeProposal
from ydin.networks.models import OutsiderCommitment
from ydin.outbox.models import InboundMail
from ydin.partnerships.models import (
    Collaboration,
    CollaborationValue,
    ConsentAsk,
    Introduction,
    LedgerFigure,
    Listing,
    NotRelevant,
    Suggestion,
)
from ydin.privacy.models import Consent, Correction, Erasure, Export, Passage
from ydin.stories.models import Consent as Yes
from ydin.stories.models import Story

Items = dict[str, tuple[type[models.Model], list[Any]]]


def _make(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> tuple[type[models.Model], list[Any]]:
    return model, model._default_manager.bulk_create([model(**row) for row in rows])


def _at(rows: Sequence[Any], number: int | None) -> Any:
    return None if number is None else rows[number]


def build_growth(
    spec: Spec, items: Items, people: list[Any], nets: list[Any], rings: list[Any], firms: list[Any]
) -> None:
    """Write the rows as the owner, few statements each kind; `items` has the meetings already."""
    _experiments(spec, items, people, rings, firms)
    _partners(spec, items, people, rings, firms)
    _ledger(spec, items, nets, rings, firms)
    _ideas(spec, items, people, nets, rings, firms)
    _stories(spec, items, nets, firms)
    _of_people(spec, items, people, nets, rings)


def _experiments(spec: Spec, items: Items, people: list[Any], rings: list[Any], firms: list[Any]) -> None:
    cards = [
        {
            "network": (rings[c.group or 0] if c.company is None else firms[c.company]).network,
            "enterprise": _at(firms, c.company), "group": _at(rings, c.group),
            "author": _at(people, c.author), "audience": c.audience, "kind": "sales", "what": "x", "weeks": 4,
        }
        for c in spec.growth.cards
    ]  # fmt: skip
    items["experiment"] = _make(Experiment, cards)
    cards_made = items["experiment"][1]
    along = [
        {"experiment": cards_made[card], "enterprise": firms[c], "part": "follows"}
        for card, c in spec.growth.companions
    ]
    items["companion"] = _make(Companion, along)
    texts = [
        {"experiment": e, "network": e.network, "kind": "sales", "title": "x", "text": "x", "language": "fi",
         "published_at": timezone.now()} if e.audience == "public" else None
        for e in items["experiment"][1]
    ]  # fmt: skip
    made = iter(_make(PublicText, [t for t in texts if t])[1])
    items["text"] = (PublicText, [next(made) if t else None for t in texts])


def _partners(spec: Spec, items: Items, people: list[Any], rings: list[Any], firms: list[Any]) -> None:
    growth, moment = spec.growth, timezone.now()
    rows = [
        {
            "kind": "offer", "network": firms[o.company].network, "group": rings[o.group],
            "enterprise": firms[o.company], "audience": o.audience, "language": "fi", "text": "x",
            "valid_until": moment.date() + timedelta(days=30),
        }
        for o in growth.offers
    ]  # fmt: skip
    items["listing"] = _make(Listing, rows)
    listings = items["listing"][1]

    def companies(pair: Any) -> dict[str, Any]:
        needed, offered = listings[pair.need], listings[pair.offer]
        return {"need_company": needed.enterprise, "offer_company": offered.enterprise}

    suggested = [
        {**companies(p), "network": listings[p.need].network, "need": listings[p.need],
         "offer": listings[p.offer], "score": 1}
        for p in growth.pairs
    ]  # fmt: skip
    items["suggestion"] = items["suggested"] = _make(Suggestion, suggested)
    introduced = [
        {**companies(p), "suggestion": s, "asker": people[p.asker], "ends_at": moment}
        for p, s in zip(growth.pairs, items["suggestion"][1], strict=True)
    ]
    items["introduction"] = _make(Introduction, introduced)
    asked = [
        {"introduction": items["introduction"][1][a.pair], "enterprise": firms[a.company], "person": people[a.person]}
        for a in growth.asked
    ]  # fmt: skip
    items["ask"] = _make(ConsentAsk, asked)
    pairs = items["suggestion"][1]
    refused = [
        {"network": firms[c].network, "need": pairs[p].need, "offer": pairs[p].offer, "enterprise": firms[c]}
        for p, c in growth.refused
    ]
    items["refused"] = _make(NotRelevant, refused)


def _ledger(spec: Spec, items: Items, nets: list[Any], rings: list[Any], firms: list[Any]) -> None:
    growth, moment = spec.growth, timezone.now()
    done = [
        {
            "network": firms[t.one].network, "kind": "sales", "one": firms[t.one], "other": firms[t.other],
            "told": t.told, "group": _at(rings, t.group), "began_on": moment.date(), "state": t.state,
        }
        for t in growth.together
    ]  # fmt: skip
    items["together"] = items["own_together"] = _make(Collaboration, done)
    worth = [{"collaboration": c, "one": c.one, "other": c.other} for c in items["together"][1]]
    items["value"] = _make(CollaborationValue, worth)
    counted = {"kind": "sales", "year": 2026, "number": 3, "companies": 3}
    of_networks = [{**counted, "network": n} for n in nets]
    figures = [*of_networks, *({**counted, "network": ring.network, "group": ring} for ring in rings)]
    items["figure"] = _make(LedgerFigure, figures)


def _ideas(
    spec: Spec, items: Items, people: list[Any], nets: list[Any], rings: list[Any], firms: list[Any]
) -> None:
    growth, moment = spec.growth, timezone.now()
    wishes = [
        {"network": rings[i.group].network, "group": rings[i.group], "enterprise": firms[i.company],
         "audience": i.audience, "language": "fi", "text": "x"}
        for i in growth.ideas
    ]  # fmt: skip
    items["idea"] = _make(Idea, wishes)
    made = items["idea"][1]
    items["support"] = _make(Support, [{"idea": made[i], "enterprise": firms[c]} for i, c in growth.supports])
    talks = [
        {"network": nets[t.network], "speaker": people[t.speaker], "title": "x", "gives": "x", "language": "fi",
         "languages": ["fi"], "state": t.state}
        for t in growth.talks
    ]  # fmt: skip
    items["talk"] = items["own_talk"] = _make(Talk, talks)
    talks_made, evenings = items["talk"][1], items["meeting"][1]
    asks = [
        {"talk": talks_made[a.talk], "speaker": talks_made[a.talk].speaker, "meeting": evenings[a.meeting],
         "group": evenings[a.meeting].group, "asked_at": moment}
        for a in growth.talk_asks
    ]  # fmt: skip
    items["talk_ask"] = _make(TalkAsk, asks)


def _stories(spec: Spec, items: Items, nets: list[Any], firms: list[Any]) -> None:
    moment = timezone.now()
    items["story"] = _make(
        Story, [{"network": nets[s.network], "state": s.state} for s in spec.growth.stories]
    )
    items["front"] = items["desk"] = items["story"]
    stories_made = items["story"][1]
    yes = [
        {
            "story": stories_made[n.story], "network": stories_made[n.story].network,
            "enterprise": firms[n.company], "asked_at": moment if n.asked else None,
        }
        for n in spec.growth.named
    ]  # fmt: skip
    items["named"] = _make(Yes, yes)


def _of_people(spec: Spec, items: Items, people: list[Any], nets: list[Any], rings: list[Any]) -> None:
    growth, moment = spec.growth, timezone.now()
    later = moment + timedelta(hours=1)
    items["export"] = _make(Export, [{"person": p, "content": b"", "expires_at": later} for p in people])
    items["erasure"] = _make(Erasure, [{"person": p, "due_at": later} for p in people])
    signed = [
        {"network": nets[s.network], "person": people[s.person], "number": 0, "language": "fi", "how": "site"}
        for s in growth.signed
    ]
    items["commitment"] = _make(OutsiderCommitment, signed)
    given = [
        {
            "network": nets[c.network], "person": people[c.person], "kind": "data", "text_version": 1,
            "language": "fi", "recorded_by": _at(people, c.by),
        }
        for c in growth.consents
    ]  # fmt: skip
    items["consent"] = items["agreed"] = _make(Consent, given)
    wrong = [
        {
            "network": nets[c.network], "person": people[c.person], "message": "x",
            "group": _at(rings, c.group), "passed_on_at": moment if c.waited else None,
        }
        for c in growth.corrections
    ]  # fmt: skip
    items["correction"] = _make(Correction, wrong)
    found = [
        {
            "erasure": items["erasure"][1][0], "network": nets[p.network], "group": _at(rings, p.group),
            "table": "meetings.memo", "row": str(i), "column": "discussed", "digest": "x",
        }
        for i, p in enumerate(growth.passages)
    ]  # fmt: skip
    items["passage"] = _make(Passage, found)
    evenings = items["meeting"][1]
    wanted = [
        {
            "meeting": evenings[meeting], "group": evenings[meeting].group, "person": people[person],
            "starts_at": moment, "ends_at": later, "sequence": 0, "proposed_at": moment,
        }
        for meeting, person in growth.proposals
    ]  # fmt: skip
    items["proposal"] = _make(TimeProposal, wanted)
    keys = [{"person": p, "digest": str(i)} for i, p in enumerate(people)]
    items["password"] = _make(AppPassword, keys)
    told = [{"password": row, "person": row.person, "token": "x"} for row in items["password"][1]]
    items["sync"] = _make(SyncState, told)
    said = [{"network": n, "message": "x", "language": "fi", "due_on": moment.date()} for n in nets]
    items["feedback"] = _make(Feedback, said)
    came = {"purpose": "a", "ids": [], "about": "x", "size": 1, "raw": b"x", "fingerprint": "x"}
    items["mail"] = _make(InboundMail, [came])
