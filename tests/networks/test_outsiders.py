"""People from outside: asked in, signing the commitment on the site, by link or on paper; what they never see."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import GroupWorld, OrganisationFactory, PersonFactory, make_group, make_meeting

from ydin.audit.models import Entry
from ydin.home.queries.roles import roles_of
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.models import Memo
from ydin.networks.models import Organisation, OutsiderCommitment, Representative, RoleAssignment
from ydin.networks.policies import outsider_networks, outsider_roles
from ydin.networks.queries import commitment_now, networks_coordinated_by, networks_worked_in
from ydin.networks.rules import NetworkRole
from ydin.networks.rules.outsiders import DEFAULT_COMMITMENT, OUTSIDER_ROLES
from ydin.networks.services.outsiders import (
    end_outsider_role,
    invite_outsider,
    publish_commitment,
    sign_commitment,
)
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://testserver(/p/\S+/)")


@pytest.fixture
def ours() -> GroupWorld:
    return make_group(members=2)


def _institute(ours: GroupWorld) -> Organisation:
    return OrganisationFactory(network=ours.network, name="Jokilatvan opisto", kind="institute")


def _outsider(ours: GroupWorld, role: str = "expert", *, signed: bool = True, **more: Any) -> Person:
    email = f"{role}@outside.example"
    given = invite_outsider(
        actor=ours.national,
        network=ours.network,
        email=email,
        name="Ilta Ulko",
        language="en",
        role=role,
        **more,
    )
    if signed:
        number = commitment_now(ours.network, "en").number
        sign_commitment(actor=given.person, network=ours.network, number=number)
    return given.person


def _in_the_database(person: Person) -> list[int]:
    with acting_as(person.pk), connection.cursor() as cursor:
        cursor.execute("select outsider_networks()")
        return list(cursor.fetchone()[0])


def test_asked_in_by_letter_and_signed_by_link(ours: GroupWorld, as_person: Any, mails: Any) -> None:
    coordinator, slug = as_person(ours.national), ours.network.slug
    typed = {"email": "ilta@outside.example", "name": "Ilta Ulko", "language": "en", "role": "institute"}
    refused = coordinator.post(reverse("networks:outsider_add", args=[slug]), typed)
    assert refused.status_code == 422
    assert "Choose the institute or university" in refused.content.decode()
    typed["organisation"] = str(_institute(ours).pk)
    assert coordinator.post(reverse("networks:outsider_add", args=[slug]), typed).status_code == 303
    (letter,) = mails()
    assert (letter.to_address, letter.reply_to) == ("ilta@outside.example", ours.national.email)
    (path,) = set(LINK.findall(letter.text))
    page = coordinator.get(reverse("networks:outsiders", args=[slug])).content.decode()
    assert "asked to sign" in page
    assert "Jokilatvan opisto" in page

    person, stranger = Person.objects.get(email="ilta@outside.example"), Client(enforce_csrf_checks=True)
    text = stranger.get(path, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "What a company tells or shows me stays with me" in text
    assert not OutsiderCommitment.objects.exists(), "looking at it signs nothing"
    assert not outsider_networks(person).exists()
    assert _in_the_database(person) == []
    assert stranger.post(f"{path}sign/", {}).status_code == 409
    assert stranger.post(f"{path}sign/", {"number": 0}).status_code == 303
    assert stranger.post(f"{path}sign/", {"number": 0}).status_code == 303, "twice is once"
    (signed,) = OutsiderCommitment.objects.all()
    assert (signed.person, signed.number, signed.language, signed.how) == (person, 0, "en", "link")
    assert list(outsider_networks(person)) == [ours.network]
    assert outsider_roles(person, ours.network) == {NetworkRole.INSTITUTE}
    assert _in_the_database(person) == [ours.network.pk]
    assert "You have signed the commitment" in stranger.get(path).content.decode()
    assert Entry.objects.filter(action="commitment.signed", of_network=ours.network.pk).count() == 1
    assert "signed" in coordinator.get(reverse("networks:outsiders", args=[slug])).content.decode()


def test_a_new_text_closes_everything_until_it_is_signed(
    ours: GroupWorld, as_person: Any, mails: Any
) -> None:
    person = _outsider(ours)
    client, url = as_person(ours.national), reverse("networks:commitment", args=[ours.network.slug])
    assert DEFAULT_COMMITMENT["sv"][:40] in client.get(url).content.decode()
    assert client.post(url, {"text_fi": " "}).status_code == 422
    assert client.post(url, {"text_fi": "Lupaan olla hiljaa.", "text_en": "I keep quiet."}).status_code == 303
    assert len(mails()) == 2, "asked again"
    assert not outsider_networks(person).exists()
    assert _in_the_database(person) == []
    theirs, own = as_person(person), reverse("networks:pledge_own", args=[ours.network.slug])
    page = theirs.get(own).content.decode()
    assert "The commitment has changed" in page
    assert "I keep quiet." in page
    stale = theirs.post(f"{own}sign/", {"number": 0})
    assert stale.status_code == 409
    assert "Read the new text first" in stale.content.decode()
    assert theirs.post(f"{own}sign/", {"number": 1}).status_code == 303
    assert _in_the_database(person) == [ours.network.pk]
    assert commitment_now(ours.network, "sv").language == "fi", "the network's own language stands in"


def test_paper_again_and_the_end(ours: GroupWorld, as_person: Any, mails: Any) -> None:
    person = _outsider(ours, signed=False, organisation=_institute(ours))
    row, client = RoleAssignment.objects.get(person=person), as_person(ours.national)

    def post(name: str, **data: Any) -> Any:
        return client.post(reverse(f"networks:{name}", args=[ours.network.slug, row.pk]), data, follow=True)

    assert post("outsider_letter").status_code == 200
    assert len(mails()) == 2
    assert "Written down." in post("outsider_paper", number=0).content.decode()
    signed = OutsiderCommitment.objects.get()
    assert (signed.how, signed.recorded_by) == ("paper", ours.national)
    assert "on paper" in client.get(reverse("networks:outsiders", args=[ours.network.slug])).content.decode()
    (path,) = set(LINK.findall(mails()[0].text))
    assert Client().get(path).status_code == 200
    row.starts_on -= timedelta(days=30)
    row.save()
    Representative.objects.update(starts_on=row.starts_on)
    post("outsider_end", last_day=(now().date() - timedelta(days=1)).isoformat())
    assert _in_the_database(person) == []
    assert not outsider_networks(person).exists()
    assert Client().get(path).status_code == 404, "the link ends with the role"
    assert Representative.objects.get(person=person).ends_on is not None
    assert OutsiderCommitment.objects.exists(), "what was signed stays"


def test_who_is_not_the_coordinator_is_refused(ours: GroupWorld, as_person: Any) -> None:
    person = _outsider(ours)
    other = make_group(members=1)
    for reader, status in (
        (ours.members[0], 403),
        (ours.coordinator, 403),
        (other.national, 404),
        (person, 404),
    ):
        client = as_person(reader)
        for name in ("outsiders", "commitment"):
            assert client.get(reverse(f"networks:{name}", args=[ours.network.slug])).status_code == status
    for actor in (person, ours.coordinator, other.national):
        with pytest.raises(NotAllowed):
            invite_outsider(
                actor=actor, network=ours.network, email="x@x.example", name="X", language="fi", role="expert"
            )
        with pytest.raises(NotAllowed):
            publish_commitment(actor=actor, network=ours.network, texts={"fi": "x"})
    with pytest.raises(NotAllowed):
        sign_commitment(actor=ours.members[0], network=ours.network, number=0)
    with pytest.raises(Refused):
        _outsider(ours, NetworkRole.COORDINATOR.value)
    coordinator_role = RoleAssignment.objects.get(person=ours.national)
    with pytest.raises(Refused):
        end_outsider_role(actor=ours.national, assignment=coordinator_role, last_day=now().date())
    assert as_person(ours.members[0]).get(f"/networks/{ours.network.slug}/commitment/").status_code == 404
    assert Client().get("/p/1-1.forged/").status_code == 404


def test_an_institute_asks_in_its_own_students_only(ours: GroupWorld) -> None:
    school, other = _institute(ours), OrganisationFactory(network=ours.network, kind="university")
    teacher = _outsider(ours, "institute", organisation=school)
    data: dict[str, Any] = {"actor": teacher, "network": ours.network, "name": "Oppi Las", "language": "fi"}
    student = invite_outsider(**data, email="oppi@x.example", role="student", organisation=school).person
    with pytest.raises(NotAllowed):
        invite_outsider(**data, email="x@x.example", role="student", organisation=other)
    with pytest.raises(NotAllowed):
        invite_outsider(**data, email="x@x.example", role="institute", organisation=school)
    sign_commitment(actor=student, network=ours.network, number=0)
    publish_commitment(actor=ours.national, network=ours.network, texts={"fi": "Uusi"})
    with pytest.raises(NotAllowed):
        invite_outsider(**data, email="y@x.example", role="student", organisation=school)
    with acting_as(teacher.pk):
        seen = set(OutsiderCommitment.objects.values_list("person_id", flat=True))
    assert seen == {teacher.pk}, "who has not signed the text in force reads of nobody else"
    sign_commitment(actor=teacher, network=ours.network, number=1)
    for reader, expected in (
        (teacher, {teacher.pk, student.pk}),
        (student, {student.pk}),
        (ours.national, {teacher.pk, student.pk}),
        (ours.members[0], set()),
        (ours.coordinator, set()),
    ):
        with acting_as(reader.pk):
            assert set(OutsiderCommitment.objects.values_list("person_id", flat=True)) == expected


FUNCTIONS = (
    "ydin_led_networks",
    "ydin_overseen_networks",
    "ydin_coordinated_networks",
    "ydin_overseen_groups",
    "ydin_coordinated_groups",
    "ydin_member_groups",
    "ydin_readable_groups",
    "ydin_story_networks",
    "ydin_partner_networks",
    "ydin_experiment_networks",
    "ydin_experiment_companies",
    "ydin_own_enterprises",
    "ydin_kept_enterprises",
)


@pytest.mark.parametrize("role", [role.value for role in OUTSIDER_ROLES])
def test_a_role_from_outside_opens_no_page_of_members_or_coordinators(
    ours: GroupWorld, as_person: Any, role: str
) -> None:
    meeting = make_meeting(ours, days=-3, state="held")
    Memo.objects.create(meeting=meeting, group=ours.group, discussed="SECRET")
    person = _outsider(ours, role, organisation=_institute(ours))
    assert not networks_coordinated_by(person).exists()
    assert not networks_worked_in(person).exists()
    roles = roles_of(person)
    assert (roles.coordinates_groups, roles.coordinates_networks) == (False, False)
    with acting_as(person.pk), connection.cursor() as cursor:
        for name in FUNCTIONS:
            cursor.execute(f"select {name}()")
            assert cursor.fetchone()[0] == [], name
    client, slug = as_person(person), ours.network.slug
    group = f"/groups/{slug}/{ours.group.slug}/"
    inside = client.get(group).content.decode()
    assert ours.members[0].name not in inside
    for path in (
        f"/meetings/{meeting.pk}/memo/",
        f"/meetings/{meeting.pk}/list/",
        f"/networks/{slug}/settings/",
        f"/networks/{slug}/",
        f"/networks/{slug}/coordinators/",
        f"/manage/groups/{ours.group.pk}/seats/",
        f"/networks/{slug}/outsiders/",
    ):
        assert client.get(path).status_code in {403, 404}, path
    for path in ("/mine/", "/calendar/", "/"):
        text = client.get(path).content.decode()
        assert "SECRET" not in text
        assert ours.members[0].name not in text
        assert ">My groups<" not in text


def test_the_list_asks_the_database_as_often_for_many(ours: GroupWorld, as_person: Any) -> None:
    client, url = as_person(ours.national), reverse("networks:outsiders", args=[ours.network.slug])

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    _outsider(ours)
    few = count()
    for _n in range(12):
        person = PersonFactory()
        RoleAssignment.objects.create(
            network=ours.network, person=person, role="expert", starts_on=now().date()
        )
    assert count() == few
