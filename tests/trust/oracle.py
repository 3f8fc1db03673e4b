"""Who may read what, said anew from the product's description. It shares no line with the program.

What is said in a group is for those whose company holds a seat there (as a member or on a break) and for the
group's coordinators. A visitor hears the evening and reads nothing. A network's coordinator is no reader, but
sees that things take place: attendance, plans, evenings. Whoever broke the glass reads for an hour what is
said, promised, answered, attended and wished, in that one group. Everybody sees what is their own. Experts,
researchers, students and institutes work in a network from outside: that makes them members of nothing.
"""

from __future__ import annotations

from tests.trust.oracle_growth import may_read_growth
from tests.trust.spec import COORDINATOR, SPELLS, Acts, Spec

Seen = dict[str, set[int]]
"""By kind of item: the numbers of those that the person may read, in the order of the specification."""


def _runs(spell: int) -> bool:
    first, last = SPELLS[spell]
    return first <= 0 and (last is None or last >= 0)


class Reader:
    """What one person is to each place."""

    def __init__(self, spec: Spec, person: int) -> None:
        """Work out companies, groups and networks of the person."""
        self.spec, self.person = spec, person
        self.companies = {a.company for a in spec.acts if a.person == person and _runs(a.spell)}
        self.led = {x.place for x in spec.leads if x.person == person and _runs(x.spell)}
        roles = [x for x in spec.roles if x.person == person and _runs(x.spell)]
        self.networks = {x.place for x in roles if x.role == COORDINATOR}
        self.teaches = {x.place for x in roles if x.role == "institute"}
        self.works = {x.place for x in spec.works if x.person == person and _runs(x.spell)}
        self.runs = _runs
        self.inside = self.led | {
            s.group for s in spec.sits if s.company in self.companies and s.state in {"member", "paused"}
        }
        self.opened = {o.group for o in spec.opens if o.person == person and 0 <= o.minutes < 60}
        self.reads = self.inside | self.opened
        self.oversees = self.led | {g for g, network in enumerate(spec.groups) if network in self.networks}
        self.belongs = {spec.groups[g] for g in self.inside} | self.networks

    def sees_card(self, card: Acts) -> bool:
        """Own; colleagues; who coordinates a company that sits with them; where shared, fellow members."""
        spec = self.spec
        living = {(s.group, s.company) for s in spec.sits if s.state != "left"}
        full = {(s.group, s.company) for s in spec.sits if s.state in {"member", "paused"}}
        kept = spec.companies[card.company] in self.networks or any(
            (g, card.company) in living for g in self.oversees
        )
        together = any((g, card.company) in full for g in self.inside)
        still = _runs(card.spell)
        return (
            card.person == self.person
            or kept
            or (still and card.company in self.companies)
            or (still and bool(card.card) and together)
        )

    def sees_meeting(self, number: int) -> bool:
        """Tell whether the person may know theme, time and place of an evening."""
        e = self.spec.evenings[number]
        if e.group in self.oversees or (e.host in self.companies and e.group in self.inside):
            return True
        if e.state == "draft":
            return False
        invited = any(r.meeting == number and r.who == self.person for r in self.spec.rsvps)
        to_network = {self.spec.groups[g] for g in self.inside | self.oversees}
        return (
            e.audience == "public"
            or e.group in self.reads
            or invited
            or (e.audience == "network" and self.spec.groups[e.group] in to_network)
        )

    def sees_event(self, number: int) -> bool:
        """Tell whether the person may know of an event."""
        e = self.spec.events[number]
        if e.network in self.networks or e.group in self.led:
            return True
        return e.state != "draft" and (e.audience == "public" or e.network in self.belongs)

    def sees_act(self, number: int) -> bool:
        """Tell whether the person may know of an act in the log."""
        a = self.spec.log[number]
        kept = self.companies | {
            c for c, network in enumerate(self.spec.companies) if network in self.networks
        }
        kept |= {s.company for s in self.spec.sits if s.group in self.led and s.state != "left"}
        return (
            self.person in {a.actor, a.person}
            or a.company in kept
            or (a.readers in {"inside", "group"} and a.group in self.inside)
            or (
                a.readers in {"overseers", "group"}
                and (a.group in self.oversees or a.network in self.networks)
            )
        )

    def sees_company(self, number: int) -> bool:
        """Tell whether the person opens a company's page."""
        together = any(
            s.company == number and s.state != "left" and s.group in self.inside for s in self.spec.sits
        )
        return number in self.companies or self.spec.companies[number] in self.networks or together


def may_read(spec: Spec, person: int | None) -> Seen:
    """Return what a person (None: a stranger) may read."""
    me = Reader(spec, -1 if person is None else person)
    of = [e.group for e in spec.evenings]
    n = len

    def where(count: int, test: object) -> set[int]:
        return {i for i in range(count) if test(i)}  # type: ignore[operator]

    return may_read_growth(me) | {
        "memo": where(n(of), lambda i: of[i] in me.reads),
        "promise": where(n(spec.promises), lambda i: of[spec.promises[i].meeting] in me.reads),
        "rsvp": where(
            n(spec.rsvps), lambda i: of[spec.rsvps[i].meeting] in me.reads or spec.rsvps[i].who == person
        ),
        "attendance": where(
            n(spec.present),
            lambda i: of[spec.present[i].meeting] in me.reads | me.oversees or spec.present[i].who == person,
        ),
        "wish": where(n(spec.wishes), lambda i: spec.wishes[i][0] in me.reads),
        "card": where(n(spec.acts), lambda i: spec.acts[i].card is not None and me.sees_card(spec.acts[i])),
        "application": where(n(spec.groups), lambda i: i in me.oversees),
        "acceptance": where(n(spec.groups), lambda i: i in me.inside | me.oversees or person == 0),
        "glass": where(
            n(spec.opens),
            lambda i: spec.opens[i].group in me.inside | me.oversees or spec.opens[i].person == person,
        ),
        "upload": where(spec.people, lambda i: i == person),
        "letter": where(spec.people, lambda i: i == person),
        "entry": where(n(spec.log), me.sees_act),
        "meeting": where(n(of), me.sees_meeting),
        "season": where(n(spec.groups), lambda i: i in me.oversees),
        "turn": where(
            n(spec.turns),
            lambda i: (
                spec.turns[i].group in me.oversees
                or (
                    spec.turns[i].company in me.companies
                    and spec.turns[i].group in me.inside
                    and spec.turns[i].state != "proposed"
                )
            ),
        ),
        "event": where(n(spec.events), me.sees_event),
        "feed": where(spec.people, lambda i: i == person),
        "company": where(n(spec.companies), me.sees_company),
        "inside": where(n(spec.groups), lambda i: i in me.reads),
        "set_up": where(n(spec.groups), lambda i: i in me.oversees),
        "network": where(
            2,
            lambda i: (
                i in me.networks
                or any(spec.groups[g] == i for g in me.led)
                or any(spec.companies[c] == i for c in me.companies)
                or i in me.works
            ),
        ),
    }
