"""Who can see me: each piece of data, who reads it, why, and where to change that.

`tables` of a piece names what it is about in the register; `tests/trust/test_who_sees.py` fails for a table of
a person's that stands in no piece and has no reason to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ydin.experiments.documents import seen as seen_experiment
from ydin.experiments.models import Experiment
from ydin.groups.models import CoreGroup
from ydin.meetings.rules.states import Audience
from ydin.partnerships.models import Listing
from ydin.partnerships.rules import Shown
from ydin.people.models import Person
from ydin.trust.queries import Circles, Led, Own, Sitting


@dataclass(frozen=True)
class Piece:
    """One piece of data: what it is, who reads it by name, why these, and where it is changed.

    `words` say who where names do not say all of it: everybody, a network.
    """

    what: str
    who: list[str]
    why: str
    url: str = ""
    change: str = ""
    words: str = ""
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Pieces that belong together, under a heading."""

    title: str
    pieces: list[Piece]


def names(people: Iterable[Person]) -> list[str]:
    """Return the people's names, each once, in order."""
    return sorted({str(person) for person in people})


def of_person(person: Person, circles: Circles) -> list[Part]:
    """Return everything about a person, the narrowest circle first."""
    own = Part(
        _("About you"), [*_alone(person), _name(person, circles), *_with_coordinators(person, circles)]
    )
    cards = Part(_("Your contact details"), [_card(sitting) for sitting in circles.sittings])
    led = [_of_led(person, one) for one in circles.led]
    return [own, cards, *[_of_group(group, circles) for group in circles.groups], *led]


def _alone(person: Person) -> list[Piece]:
    me, settings, mine = [str(person)], reverse("people:settings"), _("They are for you alone.")
    pieces = [
        Piece(
            _("Your letters, and which of them you want"), me, mine, reverse("people:letters"), _("My letters"),
            tables=("outbox.message", "people.notificationchoice"),
        ),
        Piece(
            _("How you sign in, and where you are signed in"), me, mine, reverse("access:safety"), _("Signing in"),
            tables=("account.emailaddress", "mfa.authenticator", "access.session"),
        ),
        Piece(
            _("Your calendar addresses, and what your calendar program fetched"), me, mine,
            reverse("calendar:mine"), _("My calendar addresses"),
            tables=("calendar.feedaddress", "calendar.apppassword", "calendar.syncstate"),
        ),
        Piece(
            _("Your copies, requests to be erased, and tables that you brought in"), me, mine,
            reverse("privacy:data"), _("My data"),
            tables=("privacy.export", "privacy.erasure", "networks.importbatch"),
        ),
        Piece(
            _("What you write in answer to our letters"), me,
            _("A program reads it, notes your answer and forgets the mail after a month. No person reads it."),
            settings, _("My details"), tables=("outbox.inboundmail",),
        ),
        Piece(
            _("What you do on this site, as the log keeps it"), me,
            _("Parts of it are also seen by your group or its coordinators; each line says by whom."),
            reverse("trust:own_log"), _("See the log"), tables=("audit.entry", "groups.glassbreak"),
        ),
    ]  # fmt: skip
    alone = [replace(piece, words=_("Seen by you alone")) for piece in pieces[:-1]]
    return [*alone, replace(pieces[-1], words=_("Seen by you, and by whom each line says"))]


def _name(person: Person, circles: Circles) -> Piece:
    led = [one for spell in circles.led for one in (*spell.inside, *spell.overseers)]
    return Piece(
        _("Your name"),
        names([person, *circles.readers_of_company(), *led]),
        _("Your groups and the coordinators know who you are."),
        reverse("people:settings"),
        _("My details"),
        tables=("people.person", "networks.representative"),
    )


def _with_coordinators(person: Person, circles: Circles) -> list[Piece]:
    nationals = names([person, *circles.of_network])
    return [
        Piece(
            _("What you agreed to, on the site or on paper"), nationals,
            _("The network has to prove it. Whoever keyed a paper of yours in sees that one, too."),
            reverse("privacy:consents"), _("What I agreed to"), tables=("privacy.consent",),
        ),
        Piece(
            _("What you asked to be corrected"), names([person, *circles.coordinators()]),
            _("You choose which coordinators. After a week without an answer the network's see it, too."),
            reverse("privacy:data"), _("My data"), tables=("privacy.correction",),
        ),
        Piece(
            _("That mail does not reach you, if it does not"), names([person, *circles.coordinators()]),
            _("So that a coordinator calls you instead."), tables=("people.addressproblem",),
        ),
    ]  # fmt: skip


def _card(sitting: Sitting) -> Piece:
    if sitting.shared:
        why = _("You share them with the group. You can take that back.")
    else:
        why = _("Colleagues and coordinators reach you. The group does not see them until you share them.")
    return Piece(
        _("Phone and e-mail for %(company)s") % {"company": sitting.company.name},
        names(sitting.card_readers),
        why,
        f"{reverse('groups:company', args=[sitting.company.pk])}#people",
        _("Change"),
        tables=("networks.contactcard",),
    )


def _of_led(person: Person, led: Led) -> Part:
    everybody = names([person, *led.inside, *led.overseers])
    if led.is_named:
        why, words = (
            _("You agreed to be named on the public page. You can take that back."),
            _("Seen by everybody"),
        )
    else:
        why, words = (
            _("The group and the network know who coordinates. The public page does not name you."),
            "",
        )
    what = _("That you coordinate %(group)s") % {"group": led.group.name}
    url = reverse("groups:coordinators", args=[led.group.pk])
    tables = ("groups.groupcoordinator", "meetings.planrevision")
    return Part(led.group.name, [Piece(what, everybody, why, url, _("Change"), words, tables)])


def _of_group(group: CoreGroup, circles: Circles) -> Part:
    inside = names(circles.inside[group.pk])
    everybody = names([*circles.inside[group.pk], *circles.overseers[group.pk]])
    rules = reverse("groups:rules", args=[group.pk])
    return Part(
        group.name,
        [
            Piece(
                _("What you say: memos and promises"), inside,
                _("They hold a seat in the group or coordinate it. Nobody else reads it."), rules, _("Ground rules"),
                tables=("meetings.memo", "meetings.promise"),
            ),
            Piece(
                _("Your answers to invitations and when you can host"), inside,
                _("The group plans its evenings together."),
                tables=("meetings.rsvp", "meetings.hostingwish", "meetings.timeproposal"),
            ),
            Piece(
                _("That you were there"), everybody,
                _("Attendance is counted for the network's reports, so its coordinators see it too."),
                tables=("meetings.attendance",),
            ),
            Piece(
                _("That your company has a seat"), everybody,
                _("The group knows its companies. The public page names none of them."), tables=("groups.seat",),
            ),
            Piece(
                _("That you accepted the ground rules"), everybody,
                _("The group relies on it, so it may know."), rules, _("Ground rules"), tables=("groups.acceptance",),
            ),
            Piece(
                _("Your company's hosting turns and swaps"), names(circles.overseers[group.pk]),
                _("They plan the season. Your company sees its own month once it is asked, the group what is agreed."),
                tables=("meetings.hostingturn", "meetings.swap"),
            ),
            *_evenings(group, circles, everybody),
        ],
    )  # fmt: skip


def _evenings(group: CoreGroup, circles: Circles, everybody: list[str]) -> list[Piece]:
    """Return the evenings that the companies host in the group, by who sees them."""
    words = {Audience.NETWORK: _("Seen by everybody in the network"), Audience.PUBLIC: _("Seen by everybody")}
    found = []
    for audience, count in circles.evenings.get(group.pk, {}).items():
        what = ngettext("%(count)s evening that your company hosts: theme, time and place",
                        "%(count)s evenings that your company hosts: theme, time and place", count)  # fmt: skip
        why = _("The host chooses who sees an evening, each for itself. Answers and memos stay in the group.")
        shown = words.get(Audience(audience), "")
        tables = ("meetings.meeting", "meetings.summary")
        found.append(Piece(what % {"count": count}, everybody, why, words=shown, tables=tables))
    return found


def of_company(name: str, people: list[Person], circles: Circles, own: Own) -> list[Part]:
    """Return everything about a company that the person acts for."""
    page = names([*people, *circles.readers_of_company()])
    facts = Piece(
        _("The company's page: facts and people"),
        page,
        _("Its own people, its groups and the coordinators open it."),
        reverse("groups:company", args=[own.company]),
        _("The company's page"),
        tables=("networks.enterprise",),
    )
    told = [*[_experiment(one) for one in own.experiments], *[_listing(one, circles) for one in own.listings]]
    parts = [Part(name, [facts]), Part(_("What the company tries, offers and needs"), told)]
    return [*parts, *[_of_group(group, circles) for group in circles.groups]]


def _experiment(one: Experiment) -> Piece:
    seen, why = seen_experiment(one), _("Its author chose who reads the card.")
    what = _("Experiment: %(what)s") % {"what": one.what}
    url = reverse("experiments:card", args=[one.pk])
    return Piece(what, list(seen.names), why, url, _("Open"), seen.words, ("experiments.experiment",))


def _listing(one: Listing, circles: Circles) -> Piece:
    wide = _("Seen by everybody in the network") if one.audience == Shown.NETWORK else ""
    url = reverse("partnerships:listing", args=[one.pk])
    who = names(circles.inside.get(one.group_id, []))
    why = _("Its author chose who reads it.")
    return Piece(one.text, who, why, url, _("Open"), wide, ("partnerships.listing",))
