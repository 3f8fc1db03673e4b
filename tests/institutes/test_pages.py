"""Pages of institutes: one tap to try, changing, links, widening; counts of queries, empty pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import PersonFactory
from tests.institutes.school import School, add_to_team, make_demo, make_school, outsider

from ydin.institutes.models import Demo, Interest
from ydin.institutes.services.interest import answer_interest
from ydin.kernel.errors import Conflict
from ydin.kernel.links import make_token
from ydin.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


def test_one_tap_to_try_and_the_answer(school: School, as_person: Any) -> None:
    member, url = as_person(school.world.members[0]), f"/institutes/facilities/{school.facility.pk}/"
    assert "We would like to try this" in member.get(url).content.decode()
    assert member.post(f"{url}try/", {"contact": ""}).status_code == 422
    assert member.post(f"{url}try/", {"contact": "040 999 8888", "wish": "Three legs"}).status_code == 303
    letter = Message.objects.get(to_address=school.teacher.email)
    assert "040 999 8888" in letter.text
    assert member.post(f"{url}try/", {"contact": "040"}).status_code == 422, "asked already"
    interest = Interest.objects.get()
    teacher = as_person(school.teacher)
    assert "Three legs" in teacher.get("/institutes/work/").content.decode()
    assert as_person(school.world.members[1]).get(url).content.decode().count("040 999 8888") == 0
    answer = f"/institutes/interests/{interest.pk}/answer/"
    assert member.post(answer, {"version": 1, "agrees": "yes"}).status_code == 403
    assert as_person(school.students[0]).post(answer, {"version": 1, "agrees": "yes"}).status_code == 404
    assert teacher.post(answer, {"version": 1, "agrees": "yes", "answer": "On Thursday"}).status_code == 303
    assert teacher.post(answer, {"version": 1, "agrees": "no"}).status_code == 409
    text = member.get(url).content.decode()
    assert "On Thursday" in text
    assert "you are welcome" in text
    with pytest.raises(Conflict):
        answer_interest(actor=school.teacher, interest=interest, version=1, agrees=False)
    member.post(f"{url}try/", {"contact": "040 999 8888"})
    again = Interest.objects.get(state="asked")
    assert member.post(f"/institutes/interests/{again.pk}/withdraw/", {"version": 1}).status_code == 303
    again.refresh_from_db()
    assert again.state == "withdrawn"


def test_a_page_is_changed_by_its_institute_and_the_later_of_two_hears_it(
    school: School, as_person: Any
) -> None:
    teacher, url = as_person(school.teacher), f"/institutes/facilities/{school.facility.pk}/"
    typed = {"version": 1, "title": "Mill", "what": "Cuts.", "languages": ["fi"]}
    for person, status in (
        (school.world.members[0], 403),
        (school.students[0], 404),
        (make_school(school.world).teacher, 404),
    ):
        assert as_person(person).post(f"{url}edit/", typed).status_code == status
        assert as_person(person).post(f"{url}down/", {"version": 1}).status_code == status
    assert teacher.post(f"{url}edit/", typed).status_code == 303
    late = teacher.post(f"{url}edit/", {**typed, "title": "Saw"})
    assert late.status_code == 409
    assert "Mill" in late.content.decode()
    assert "Saw" in late.content.decode()
    teacher.post(f"{url}down/", {"version": 2})
    assert "Mill" not in as_person(school.world.members[0]).get("/institutes/facilities/").content.decode()


def test_links_are_for_their_person_and_purpose(school: School) -> None:
    demo, client = make_demo(school, state="taken"), Client()
    good = make_token("demo", demo.pk, school.world.members[0].pk)
    assert client.get(f"/d/{good}/").status_code == 200
    before = Demo.objects.values().get()
    client.get(f"/d/{good}/")
    assert Demo.objects.values().get() == before, "looking changes nothing"
    for token in (
        good + "x",
        make_token("commitment", demo.pk, school.world.members[0].pk),
        make_token("demo", demo.pk, school.world.members[1].pk),
        make_token("demo", demo.pk, school.students[0].pk),
        make_token("demo", demo.pk + 99, school.world.members[0].pk),
    ):
        assert client.get(f"/d/{token}/").status_code == 404
        assert client.post(f"/d/{token}/withdraw/", {"version": 1}).status_code == 404
    assert client.get(f"/d/{good}/withdraw/").status_code == 405


def test_widening_is_said_before(school: School, as_person: Any) -> None:
    demo = make_demo(school, state="taken")
    client, url = as_person(school.world.members[0]), f"/institutes/demos/{demo.pk}/"
    asked = client.post(f"{url}show/", {"version": 1, "audience": "group"})
    assert asked.status_code == 200
    assert school.world.companies[1].name in asked.content.decode()
    done = client.post(f"{url}show/", {"version": 1, "audience": "group", "seen_as": "group"})
    assert done.status_code == 303
    demo.refresh_from_db()
    assert demo.audience == "group"
    reader = as_person(school.world.members[1])
    assert reader.get(url).status_code == 200
    for act in ("take", "team", "deliver", "assess", "recruit", "withdraw", "name"):
        assert reader.post(f"{url}{act}/", {}).status_code == 403, f"{act} is not a mere reader's"
    assert (
        as_person(school.teacher).post(f"{url}show/", {"version": 2, "audience": "team"}).status_code == 403
    )


def test_lists_ask_the_database_as_often_for_many(school: School, as_person: Any) -> None:
    member, teacher = as_person(school.world.members[0]), as_person(school.teacher)
    demo = make_demo(school, state="assessed")
    add_to_team(demo, school.students[0])

    def count() -> list[int]:
        counts = []
        for client, path in (
            (member, "/institutes/"),
            (member, "/institutes/facilities/"),
            (member, "/institutes/demos/"),
            (teacher, "/institutes/work/"),
            (teacher, f"/institutes/demos/{demo.pk}/"),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    few = count()
    for number in range(12):
        for page in (school.assignment, school.facility):
            page.pk, page.title = None, f"Page {number}"
            page.save()
        make_demo(school, assignment=school.assignment, state="assessed")
        who = outsider(school.world, "student", school.institute, signed=True, name=f"S {number}")
        add_to_team(demo, who)
    assert count() == few


def test_others_have_an_empty_page_and_no_list(school: School, as_person: Any) -> None:
    nobody = as_person(PersonFactory())
    assert nobody.get("/institutes/").status_code == 302
    assert "Nothing here yet" in nobody.get("/institutes/work/").content.decode()
    assert nobody.get(f"/institutes/{school.institute.pk}/facilities/new/").status_code == 404
    front = as_person(school.teacher).get("/mine/")
    assert (front.status_code, front.headers["Location"]) == (302, "/institutes/work/")
    assert "My work with companies" in as_person(school.students[1]).get("/institutes/work/").content.decode()
