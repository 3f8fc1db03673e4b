"""The second part of the oracle: what companies try, offer, tell and do together, and what people ask about their data.

Written from the product's description too, and from nothing else:

- An experiment is told to the company itself, to its group, to the network, or to everybody, as its author chose.
  Told to everybody, it is a text of its own that everybody reads; the card stays inside the network. Who wrote a
  card down as the group's coordinator reads what they wrote. What a group tries as one belongs to its coordinators
  and, while they take part, to who wrote it. Who goes along is read by whoever reads the card.
- An offer or a need is told to the group or to the network. A suggested match, its introduction and what a
  collaboration is worth are for the two companies alone; what somebody answered, for that person alone; what
  a company called not relevant, for that company alone. Who introduces two others reads their introduction.
- A collaboration is known to the two companies; to others when both say that it is so, and as far as they tell it.
  It is nothing that is said in the group, so breaking the glass does not show it. Counts are for the
  network, and those of a group for its readers and overseers.
- A story is everybody's once it is published. Before, those who coordinate anything in its network write it, and
  the companies named in it read it when they are asked, with the others who are named.
- What people ask for about their data is their own. A consent must be shown to exist by those who answer for the
  network, and by who keyed it in from paper. A request for a correction goes to the coordinators whom the person
  chose; when a group's let it lie for a week, to the network's too. A sentence about somebody who was erased is decided about
  by the coordinators of the group in which it was said; outside of groups by the network's.
- People from outside read nothing before they sign. That they signed is known to themselves, to the network's
  coordinators, and to those who, signed too, answer for the institute for which they work.
- An idea is told to its group, or to the network: then those who came from outside and signed read it too, as
  they read the talks on offer. Who supports an idea is known to whoever reads it. A talk that is a draft is its
  speaker's alone. For which evening a speaker is asked is known to the speaker, the host and the coordinators.
- Feedback goes to those who coordinate the network. A mail that comes in is read by a machine and by nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.trust.spec_growth import Of

PUBLISHED = "published"
OUTSIDE = ("expert", "researcher", "student", "institute")


def may_read_growth(me: Any) -> dict[str, set[int]]:
    """Return by kind the numbers of what a reader (`oracle.Reader`) may read."""
    return {**_of_companies(me), **_ideas(me), **_stories(me), **_of_people(me)}


def _where(rows: Any, test: Callable[[Any], bool]) -> set[int]:
    return {number for number, row in enumerate(rows) if test(row)}


def _of_companies(me: Any) -> dict[str, set[int]]:
    spec, growth = me.spec, me.spec.growth

    def network(company: int) -> int:
        return int(spec.companies[company])

    def card(c: Any) -> bool:
        wrote = c.author == me.person and c.group in me.led
        as_one = c.company is None and (c.group in me.led or (c.author == me.person and c.group in me.inside))
        to_group = c.audience != "own" and c.group in me.reads
        home = spec.groups[c.group] if c.company is None else network(c.company)
        to_network = c.audience in {"network", "public"} and home in me.belongs
        return c.company in me.companies or wrote or as_one or to_group or to_network

    def offer(o: Any) -> bool:
        to_network = o.audience == "network" and network(o.company) in me.belongs
        return o.company in me.companies or o.group in me.reads or to_network

    def of_two(pair: Any) -> bool:
        return bool({growth.offers[pair.need].company, growth.offers[pair.offer].company} & me.companies)

    def both(t: Any) -> bool:
        return bool({t.one, t.other} & me.companies)

    def together(t: Any) -> bool:
        told = (t.told == "group" and t.group in me.inside) or (
            t.told == "network" and network(t.one) in me.belongs
        )
        return both(t) or (t.state == "confirmed" and told)

    cards = _where(growth.cards, card)
    figures = [(n, None) for n in range(2)] + [(n, g) for g, n in enumerate(spec.groups)]
    return {
        "experiment": cards,
        "companion": _where(growth.companions, lambda c: c[0] in cards),
        "text": _where(growth.cards, lambda c: c.audience == "public"),
        "listing": _where(growth.offers, offer),
        "suggestion": _where(growth.pairs, of_two),
        "suggested": {
            n
            for n in _where(growth.pairs, of_two)
            if not {c for pair, c in growth.refused if pair == n} & me.companies
        },
        "introduction": _where(growth.pairs, lambda p: of_two(p) or p.asker == me.person),
        "refused": _where(growth.refused, lambda r: r[1] in me.companies),
        "figure": _where(
            figures, lambda f: f[0] in me.belongs and (f[1] is None or f[1] in me.reads | me.oversees)
        ),
        "ask": _where(growth.asked, lambda a: a.person == me.person),
        "together": _where(growth.together, together),
        "own_together": _where(growth.together, both),
        "value": _where(growth.together, both),
    }


def _ideas(me: Any) -> dict[str, set[int]]:
    spec, growth = me.spec, me.spec.growth
    comes = {x.place for x in spec.roles if x.person == me.person and me.runs(x.spell) and x.role in OUTSIDE}
    told = me.belongs | {s.network for s in growth.signed if s.person == me.person and s.network in comes}

    def idea(i: Any) -> bool:
        to_network = i.audience == "network" and spec.groups[i.group] in told
        return i.company in me.companies or i.group in me.reads or to_network

    def ask(a: Any) -> bool:
        evening = spec.evenings[a.meeting]
        speaks = growth.talks[a.talk].speaker == me.person
        return speaks or evening.group in me.led or evening.host in me.companies

    ideas = _where(growth.ideas, idea)
    return {
        "idea": ideas,
        "support": _where(growth.supports, lambda s: s[0] in ideas),
        "talk": _where(
            growth.talks, lambda t: t.speaker == me.person or (t.state != "draft" and t.network in told)
        ),
        "own_talk": _where(growth.talks, lambda t: t.speaker == me.person),
        "talk_ask": _where(growth.talk_asks, ask),
    }


def _stories(me: Any) -> dict[str, set[int]]:
    growth = me.spec.growth
    worked = me.networks | {me.spec.groups[group] for group in me.led}
    naming = {n.story for n in growth.named if n.asked and n.company in me.companies}
    written = _where(growth.stories, lambda s: s.network in worked)
    front = _where(growth.stories, lambda s: s.state == PUBLISHED)
    return {
        "front": front,
        "desk": written,
        "story": front | written | naming,
        "named": _where(growth.named, lambda n: n.story in written | naming),
    }


def _of_people(me: Any) -> dict[str, set[int]]:
    spec, growth = me.spec, me.spec.growth
    own = {me.person} & set(range(spec.people))

    def consent(c: Any) -> bool:
        return c.person == me.person or c.network in me.networks or (c.by is not None and c.by == me.person)

    def correction(c: Any) -> bool:
        passed = c.network in me.networks and (c.group is None or c.waited)
        return c.person == me.person or c.group in me.led or passed

    def signed(s: Any) -> bool:
        teaches = me.teaches & {n for n in me.works if Of(n, me.person) in growth.signed}
        pupil = any(w.place in teaches and w.place == s.network and w.person == s.person for w in works)
        return s.person == me.person or s.network in me.networks or pupil

    def passage(p: Any) -> bool:
        return p.group in me.led or (p.group is None and p.network in me.networks)

    works = [w for w in spec.works if me.runs(w.spell)]
    evenings = [spec.evenings[meeting].group for meeting, _person in growth.proposals]
    return {
        "commitment": _where(growth.signed, signed),
        "export": own,
        "erasure": own,
        "password": own,
        "sync": own,
        "agreed": _where(growth.consents, lambda c: c.person == me.person),
        "consent": _where(growth.consents, consent),
        "correction": _where(growth.corrections, correction),
        "passage": _where(growth.passages, passage),
        "proposal": {
            number
            for number, (_meeting, person) in enumerate(growth.proposals)
            if evenings[number] in me.inside or person == me.person
        },
        "feedback": set(me.networks),
        "mail": set(),
    }
