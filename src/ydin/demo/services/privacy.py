"""What people ask for concerning their own data: a copy, being erased, corrections, consents; a broken glass."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from ydin.audit.services import record
from ydin.demo.rules import words_privacy as words
from ydin.demo.rules.network import address_of
from ydin.demo.rules.parts import HOST_NOW, MEMBER, SHOWCASE
from ydin.demo.rules.words import APPLICANTS
from ydin.demo.services.network import LONG_AGO, Built, BuiltGroup
from ydin.groups.models import Application, GlassBreak
from ydin.groups.rules import GLASS_TIME, ApplicationState
from ydin.kernel.clock import now, today
from ydin.meetings.models import Memo
from ydin.networks.services.setup import add_representative
from ydin.people.models import Person
from ydin.people.services import get_or_create_person
from ydin.privacy.models import Consent, Correction, Erasure
from ydin.privacy.queries.notices import notice_of
from ydin.privacy.rules import PATIENCE, ConsentKind
from ydin.privacy.services.consents import give_consent, record_paper_consent, withdraw_consent
from ydin.privacy.services.corrections import ask_correction, pass_on_corrections
from ydin.privacy.services.erasure import ask_erasure, erase
from ydin.privacy.services.exports import ask_export, collect_export
from ydin.privacy.services.notices import change_notice

GLASS_AGO = timedelta(days=9)
SIGNED_AGO = timedelta(days=12)
RESEARCH = [ConsentKind.PARTICIPATION, ConsentKind.DATA]


def build_privacy(*, actor: None, built: Built) -> None:
    """Let the showcase group's people use their rights; the member's copy is ready, one sentence pair waits."""
    one = built.groups[SHOWCASE]
    with transaction.atomic():
        _write_notice(built)
        _agree(one)
        _correct(actor, one)
        _break_glass(built)
        _ask_long_ago(built)
        member = _person(one, MEMBER)
        export = ask_export(actor=member)
        ask_erasure(actor=_last(one, 2))
        _erase_who_left(actor, one)
    collect_export(actor=actor, export_id=export.pk)


def _person(one: BuiltGroup, place: int) -> Person:
    return one.people[one.members[place].pk][0]


def _last(one: BuiltGroup, place: int) -> Person:
    """Return who acts for the company at this place from the end of the list; 2 is on a break."""
    return one.people[one.companies[-place].pk][0]


def _write_notice(built: Built) -> None:
    others = {language: text for language, text in words.NOTICE.items() if language != "fi"}
    change_notice(
        actor=built.national,
        network=built.network,
        version=notice_of(built.network).version,
        about=words.NOTICE["fi"],
        about_texts=others,
        contact=words.CONTACT,
    )


def _agree(one: BuiltGroup) -> None:
    """Two agree on the site, two on paper; one of each takes the use of data back."""
    network = one.group.network
    for place in (MEMBER, HOST_NOW):
        for kind in RESEARCH:
            give_consent(actor=_person(one, place), network=network, kind=kind, language="fi")
    signed = today(network.time_zone) - SIGNED_AGO
    for place in (6, 7):
        record_paper_consent(
            actor=one.coordinator,
            network=network,
            person=_person(one, place),
            kinds=RESEARCH,
            signed_on=signed,
            language="fi",
            version=1,
        )
    for place in (HOST_NOW, 7):
        given = Consent.objects.get(person=_person(one, place), kind=ConsentKind.DATA)
        withdraw_consent(actor=given.person, consent=given)


def _correct(actor: None, one: BuiltGroup) -> None:
    """One request waits for the group's coordinator, one has waited so long that the network sees it."""
    network = one.group.network
    late = ask_correction(
        actor=_person(one, 5), network=network, group=one.group, message=words.CORRECTION_LATE
    )
    Correction.objects.filter(pk=late.pk).update(asked_at=now() - PATIENCE - timedelta(hours=5))
    pass_on_corrections(actor=actor)
    ask_correction(actor=_person(one, MEMBER), network=network, group=one.group, message=words.CORRECTION)


def _break_glass(built: Built) -> None:
    """Show a broken glass of last week, of another group of the same coordinator, in log and on pages."""
    lead = built.groups[SHOWCASE].coordinator
    group = next(
        (g.group for slug, g in built.groups.items() if slug != SHOWCASE and g.coordinator == lead),
        built.groups[SHOWCASE].group,
    )
    begun = now() - GLASS_AGO
    broken = GlassBreak(
        group=group,
        person=built.national,
        reason=words.GLASS_REASON,
        starts_at=begun,
        ends_at=begun + GLASS_TIME,
    )
    broken.save(force_insert=True)
    record(actor=built.national, action="glass.broken", target=broken, network=group.network_id)


def _ask_long_ago(built: Built) -> None:
    """Leave a request to visit that was declined more than a year ago: the nightly run empties it."""
    group = next(g.group for slug, g in built.groups.items() if slug != SHOWCASE)
    long_ago = now() - timedelta(days=366)
    name, company, message = APPLICANTS[0]
    Application.objects.create(
        group=group,
        name=name,
        company=company,
        message=message,
        email=address_of(name, "kauan sitten"),
        language="fi",
        state=ApplicationState.DECLINED,
        answered_at=long_ago,
    )


def _erase_who_left(actor: None, one: BuiltGroup) -> None:
    """Erase somebody whose company has left; two sentences of memos name them and wait for the coordinator.

    Where a letter that names them is on its way, the hourly job does it a little later.
    """
    company = one.companies[-1]
    person = get_or_create_person(
        actor=actor, email=address_of(words.ERASED, company.name), name=words.ERASED
    )
    add_representative(actor=actor, person=person, enterprise=company, starts_on=LONG_AGO)
    memos = Memo.objects.filter(group=one.group).order_by("-meeting__starts_at")[:2]
    for memo, (column, text) in zip(
        memos, (("discussed", words.NAMED_FULLY), ("advice", words.NAMED_AGAIN)), strict=False
    ):
        setattr(memo, column, f"{getattr(memo, column)} {text.format(name=person.name)}")
        memo.save(update_fields=[column])
    erasure = ask_erasure(actor=person)
    Erasure.objects.filter(pk=erasure.pk).update(due_at=now() - timedelta(minutes=1))
    erase(actor=actor, erasure_id=erasure.pk)
