"""The lists on "Who can see me" are what the two barriers do, person by person."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override
from tests.factories import LONG_AGO, EnterpriseFactory, GroupWorld, PersonFactory, make_group, make_meeting

from ydin.experiments.models import Experiment
from ydin.groups.models import Acceptance, GroupCoordinator, Seat
from ydin.groups.policies import visible_enterprises
from ydin.groups.queries import readers_of
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.meetings.models import Attendance, Memo, Rsvp
from ydin.networks.models import ContactCard, Enterprise, Representative
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person
from ydin.privacy.models import Consent, Correction, Erasure
from ydin.privacy.queries.tables_groups import TABLES
from ydin.trust.documents.seen import names, of_company, of_person
from ydin.trust.queries import circles_of, own_texts


@pytest.fixture
def ours(db: None) -> GroupWorld:
    world = make_group(members=3)
    other = make_group(members=1)
    for index, person in enumerate((*world.members, *other.members)):
        person.name = f"Member {index}"
        person.save()
    colleague = PersonFactory(name="Colleague")
    Representative.objects.create(person=colleague, enterprise=world.companies[0], starts_on=LONG_AGO)
    visitor, firm = PersonFactory(name="Visitor"), EnterpriseFactory(network=world.network)
    Representative.objects.create(person=visitor, enterprise=firm, starts_on=LONG_AGO)
    Seat.objects.create(group=world.group, enterprise=firm, state="visitor", starts_on=LONG_AGO)
    meeting = make_meeting(world, invited=False)
    Memo.objects.create(meeting=meeting, group=world.group)
    me = {"meeting": meeting, "group": world.group, "person": world.members[0]}
    Rsvp.objects.create(**me)
    Attendance.objects.create(**me, recorded="code")
    acts = Representative.objects.get(person=world.members[0])
    ContactCard.objects.create(representative=acts, phone="040")
    return world


def _readers(model: type, **where: object) -> list[str]:
    found = []
    for person in Person.objects.all():
        with acting_as(person.pk):
            if model.objects.filter(**where).exists():
                found.append(person)
    return names(found)


@pytest.mark.parametrize("shared", [True, False])
def test_the_lists_are_true(ours: GroupWorld, shared: bool) -> None:
    me = ours.members[0]
    ContactCard.objects.update(shared_with_group=shared)
    own, cards, group = of_person(me, circles_of(enterprises_of(me), me))
    by_table = {table: piece for piece in own.pieces for table in piece.tables}
    assert own.pieces[0].who == [str(me)]
    Consent.objects.create(network=ours.network, person=me, kind="data", text_version=1, language="fi")
    Erasure.objects.create(person=me, due_at=now())
    for model in (Consent, Erasure):
        assert by_table[model._meta.label_lower].who == _readers(model, person=me)
    for to in (ours.group, None):
        Correction.objects.create(network=ours.network, group=to, person=me, message="x")
    assert by_table["privacy.correction"].who == _readers(Correction, person=me)
    assert cards.pieces[0].who == _readers(ContactCard)
    said, answers, present, seat, accepted, turns, *_evenings = group.pieces
    assert said.who == _readers(Memo)
    assert answers.who == _readers(Rsvp)
    assert present.who == _readers(Attendance)
    assert accepted.who == _readers(Acceptance, group=ours.group)
    assert seat.who == present.who
    assert turns.who == names([ours.coordinator, ours.national])
    assert ("Visitor" in cards.pieces[0].who, "Member 1" in cards.pieces[0].who) == (False, shared)


def test_the_company_s_page(ours: GroupWorld) -> None:
    firm = ours.companies[0]
    people = [r.person for r in firm.representatives.all()]
    parts = of_company(
        firm.name, people, circles_of(Enterprise.objects.filter(pk=firm.pk), None), own_texts(firm)
    )
    opens = [p for p in Person.objects.all() if visible_enterprises(p).filter(pk=firm.pk).exists()]
    assert parts[0].pieces[0].who == names(opens)


def test_pages(ours: GroupWorld, as_person) -> None:
    client, firm = as_person(ours.members[0]), ours.companies[0]
    text = client.get("/me/seen/").content.decode()
    assert "What you say: memos and promises" in text
    assert re.search(r"<li>Colleague</li>", text)
    assert f"/networks/companies/{firm.pk}/seen/" in text
    assert client.get(f"/networks/companies/{firm.pk}/seen/").status_code == 200
    for stranger in (ours.members[1], make_group(members=1).coordinator):
        assert as_person(stranger).get(f"/networks/companies/{firm.pk}/seen/").status_code == 404
    assert as_person(None).get("/me/seen/").status_code == 302


def test_a_coordinator_sees_who_knows_that_they_coordinate(ours: GroupWorld) -> None:
    me = ours.coordinator
    *_rest, led = of_person(me, circles_of(enterprises_of(me), me))
    assert led.pieces[0].who == names([me, ours.national, *[one.person for one in readers_of(ours.group)]])
    assert led.pieces[0].words == ""
    GroupCoordinator.objects.update(is_named=True)
    with override("en"):
        *_rest, led = of_person(me, circles_of(enterprises_of(me), me))
    assert led.pieces[0].words == "Seen by everybody"


def test_what_a_company_wrote_is_listed_with_its_own_readers(ours: GroupWorld, as_person) -> None:
    firm, me = ours.companies[0], ours.members[0]
    facts = {"network": ours.network, "group": ours.group, "enterprise": firm, "author": me}
    for audience in ("own", "group", "network"):
        Experiment.objects.create(**facts, kind="sales", what=f"To {audience}", weeks=4, audience=audience)
    make_meeting(ours, host=firm, audience="public", invited=False, theme="Open")
    page = as_person(me).get(f"/networks/companies/{firm.pk}/seen/").content.decode()
    for words in (
        "To own",
        f"Seen by {firm.name} only",
        "To group",
        "To network",
        "1 evening that your company hosts",
    ):
        assert words in page
    page = as_person(ours.coordinator).get(f"/networks/companies/{firm.pk}/seen/").content.decode()
    assert "To group" in page and "To own" not in page, (
        "the coordinator does not read it, nor that it is there"
    )


ITS_OWN_PAGE = "carries its own label with names wherever it stands; linked from the page"
PUBLIC = "everybody reads it, as its page says before it is published"
EXCUSED = {
    "groups.application": "written before one is anybody here; the page behind the letter's link says who reads it",
    "home.feedback": "by address, without signing in; the form says who reads it",
    "networks.roleassignment": 'who coordinates a network is known to all in it, as "Your name" says',
    "networks.outsidercommitment": "the page on which one signs says who sees it",
    "calendar.event": ITS_OWN_PAGE,
    "experiments.companion": ITS_OWN_PAGE,
    "experiments.publictext": PUBLIC,
    "stories.story": PUBLIC,
    "stories.consent": ITS_OWN_PAGE,
}
ITS_OWN = ("ideas.", "institutes.", "partnerships.")
"""Parts whose every item carries its own label."""


def test_every_table_of_a_person_stands_on_the_page_or_is_excused(ours: GroupWorld) -> None:
    firm, me = ours.companies[0], ours.members[0]
    facts = {"network": ours.network, "group": ours.group, "enterprise": firm, "author": me}
    Experiment.objects.create(**facts, kind="sales", what="x", weeks=4)
    make_meeting(ours, host=firm, invited=False)
    people = [me, ours.coordinator]
    parts = [part for one in people for part in of_person(one, circles_of(enterprises_of(one), one))]
    own = circles_of(Enterprise.objects.filter(pk=firm.pk), None)
    parts += of_company(firm.name, [me], own, own_texts(firm))
    shown = {table for part in parts for piece in part.pieces for table in piece.tables}
    about = {t.label for t in TABLES if t.whose or t.beside or t.addresses}
    assert sorted(t for t in about - shown - set(EXCUSED) if not t.startswith(ITS_OWN)) == []
    assert sorted(set(EXCUSED) & shown) == []
    assert sorted(shown - {t.label for t in TABLES}) == []
