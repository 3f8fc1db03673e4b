"""From the invitation to the recruitment, through pages and letters, most of it without signing in."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import OrganisationFactory, make_group
from tests.institutes.school import today

from ydin.audit.models import Entry
from ydin.institutes.models import Assignment, Demo, RecruitName
from ydin.people.models import Person
from ydin.trust.documents.sentences import SENTENCES

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://testserver(/[dp]/\S+?/)(?:\s|$)")


class Post:
    """The letters, and the links in them."""

    def __init__(self, mails: Any) -> None:
        self._mails = mails

    def link(self, person: Person, prefix: str = "/d/") -> str:
        """The link of the latest letter to somebody."""
        mine = [m for m in self._mails() if m.to_address == person.email and prefix in m.text]
        return next(path for path in LINK.findall(mine[-1].text) if path.startswith(prefix))

    def subjects(self, person: Person) -> list[str]:
        """What somebody got."""
        return [m.subject for m in self._mails() if m.to_address == person.email]


def _done(answer: Any) -> None:
    assert answer.status_code == 303, answer.content.decode()[-3000:]


def test_from_the_invitation_to_the_recruitment(as_person: Any, mails: Any) -> None:
    world, post = make_group(members=2), Post(mails)
    school = OrganisationFactory(network=world.network, kind="institute", name="Jokilatvan opisto")
    member, company = world.members[0], world.companies[0]
    slug = world.network.slug
    typed = {"email": "tuula@school.example", "name": "Tuula", "language": "en"}
    invite = reverse("networks:outsider_add", args=[slug])
    _done(as_person(world.national).post(invite, {**typed, "role": "institute", "organisation": school.pk}))
    teacher = Person.objects.get(email="tuula@school.example")

    # before signing: nothing but the commitment
    at_work = as_person(teacher)
    page = at_work.get("/institutes/work/").content.decode()
    assert "Sign the commitment first" in page
    assert "Jokilatvan opisto" not in page
    assert at_work.get(f"/institutes/{school.pk}/assignments/new/").status_code == 404
    path = post.link(teacher, "/p/")
    _done(Client().post(f"{path}sign/", {"number": 0}))
    assert "Jokilatvan opisto" in at_work.get("/institutes/work/").content.decode()

    # an assignment is written, then shown
    form = {
        "version": 0,
        "title": "A web shop in a week",
        "can": "Pages that take orders",
        "starts_on": today().isoformat(),
        "ends_on": (today() + timedelta(days=60)).isoformat(),
        "ask_by": (today() + timedelta(days=90)).isoformat(),
        "languages": ["fi", "en"],
    }
    new = f"/institutes/{school.pk}/assignments/new/"
    refused = at_work.post(new, form)
    assert refused.status_code == 422
    assert "before the course ends" in refused.content.decode()
    _done(at_work.post(new, {**form, "ask_by": (today() + timedelta(days=20)).isoformat()}))
    assignment = Assignment.objects.get()
    ours = as_person(member)
    assert ours.get(f"/institutes/assignments/{assignment.pk}/").status_code == 404
    assert "A web shop" not in ours.get("/institutes/").content.decode()
    show = f"/institutes/assignments/{assignment.pk}/show/"
    assert "Who will read it?" in at_work.post(show, {"version": 1}).content.decode()
    assignment.refresh_from_db()
    assert assignment.state == "draft"
    _done(at_work.post(show, {"version": 1, "seen_as": "shown"}))
    assert "A web shop in a week" in ours.get("/institutes/").content.decode()

    # a company scopes a demo on one page
    ask = f"/institutes/assignments/{assignment.pk}/ask/"
    assert company.name in ours.get(ask).content.decode()
    scope = {"wanted": "Take orders by night", "contact": "040 123 4567", "audience": "group"}
    assert ours.post(ask, {**scope, "wanted": ""}).status_code == 422
    _done(ours.post(ask, scope))
    demo = Demo.objects.get()
    assert post.subjects(teacher)[-1] == f"{company.name} asks for a demo: A web shop in a week"
    assert "Take orders" not in mails()[-1].text, "the scope is not in the letter"
    assert "Your company has asked for this already." in ours.post(ask, scope).content.decode()

    # the institute asks for more; the company answers by its link
    url = f"/institutes/demos/{demo.pk}"
    assert at_work.post(f"{url}/more/", {"version": 1, "answer": " "}).status_code == 422
    _done(at_work.post(f"{url}/more/", {"version": 1, "answer": "How many goods?"}))
    path, stranger = post.link(member), Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")
    assert "How many goods?" in stranger.get(path).content.decode()
    assert stranger.post(f"{path}take/", {"version": 2, "answer": ""}).status_code == 403, "not theirs"
    _done(stranger.post(f"{path}answer/", {**scope, "version": 2, "wanted": "Take orders for 40 goods"}))
    _done(at_work.post(f"{url}/take/", {"version": 3, "answer": "Gladly"}))
    assert post.subjects(member)[-1] == "Students make it: A web shop in a week"

    # a student is asked in by the institute and named; the scope opens once they have signed
    new_student = {"email": "oona@school.example", "name": "Oona", "language": "en"}
    _done(at_work.post(f"/institutes/{school.pk}/students/add/", new_student))
    student = Person.objects.get(email="oona@school.example")
    assert at_work.post(f"{url}/team/", {"version": 4, "students": [member.pk]}).status_code == 422
    _done(at_work.post(f"{url}/team/", {"version": 4, "students": [student.pk]}))
    path = post.link(student)
    answer = stranger.get(path)
    assert (answer.status_code, answer.headers["Location"][:3]) == (303, "/p/")
    assert stranger.post(f"{path}deliver/", {"version": 5, "told": "x"}).headers["Location"][:3] == "/p/"
    assert as_person(student).get(f"{url}/").status_code == 404
    _done(stranger.post(f"{answer.headers['Location']}sign/", {"number": 0}))
    assert "Take orders for 40 goods" in stranger.get(path).content.decode()
    assert "Take orders for 40 goods" in as_person(student).get(f"{url}/").content.decode()

    # the team delivers, the company assesses, both by link
    assert stranger.post(f"{path}deliver/", {"version": 5, "told": ""}).status_code == 422
    made = {"version": 5, "told": "A shop with 40 goods", "link": "https://shop.example/"}
    _done(stranger.post(f"{path}deliver/", made))
    assert stranger.post(f"{path}deliver/", made).status_code == 409, "somebody has delivered already"
    path = post.link(member)
    assert "A shop with 40 goods" in stranger.get(path).content.decode()
    rated = {"version": 6, "usable": "partly", "learned": "Fewer goods", "again": "yes"}
    _done(stranger.post(f"{path}assess/", rated))
    demo.refresh_from_db()
    assert (demo.state, demo.usable, demo.again) == ("assessed", "partly", True)
    assert post.subjects(teacher)[-1].endswith("has assessed the demo: A web shop in a week")
    assert post.subjects(student)[-1].endswith("has assessed the demo: A web shop in a week")

    # recruitment, and the name only with the student's yes
    _done(stranger.post(f"{path}recruit/", {"version": 7, "kind": "summer", "student": student.pk}))
    name = RecruitName.objects.get()
    own = as_person(teacher).get(f"{url}/").content.decode()
    assert "A summer job" in own
    assert "A summer job: Oona" not in own
    path = post.link(student)
    assert "says that it gave you a summer job" in stranger.get(path).content.decode()
    _done(stranger.post(f"{path}name/", {"recruitment": name.recruitment_id, "answer": "yes"}))
    assert "A summer job: Oona" in as_person(teacher).get(f"{url}/").content.decode()

    # the group reads it, the log says it, the count stays hidden
    other = as_person(world.members[1]).get(f"{url}/").content.decode()
    assert "Take orders for 40 goods" in other
    assert "Oona" not in other
    assert "040 123 4567" not in other
    assert "after a demo" not in as_person(world.members[1]).get("/institutes/demos/").content.decode()
    acts = set(Entry.objects.values_list("action", flat=True))
    mine = {one for one in acts if one.startswith(("demo.", "assignment.", "outsider.", "commitment."))}
    assert len(mine) >= 11
    assert mine <= SENTENCES.keys()
