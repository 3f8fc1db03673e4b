"""From a request to visit to an evening: the coordinator's next step is ready."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_group, make_meeting

from ydin.groups.models import Application, Seat
from ydin.meetings.models import Rsvp
from ydin.meetings.rules.states import Audience, MeetingState

pytestmark = pytest.mark.django_db
ASKED = {"name": "Liisa Kaura", "email": "liisa@example.org", "company": "Leipomo Kaura", "message": "Hei!"}


def asked(world: Any) -> Application:
    url = reverse("groups:apply", args=[world.network.slug, world.group.slug])
    assert Client(HTTP_ACCEPT_LANGUAGE="en").post(url, {**ASKED, "website": ""}).status_code == 303
    return Application.objects.get(group=world.group)


def page_of(application: Application) -> str:
    return reverse("home:evening", args=[application.group_id, application.pk])


def test_an_applicant_is_invited_to_an_evening_and_answers_like_everybody(as_person, mails) -> None:
    world = make_group()
    meeting = make_meeting(world, theme="Hinta", visitor_places=2)
    make_meeting(world, theme="Mennyt", days=-4)
    make_meeting(world, theme="Luonnos", days=20, state=MeetingState.DRAFT)
    application, client = asked(world), as_person(world.coordinator)
    listed = client.get(reverse("groups:applications", args=[world.group.pk])).content.decode()
    assert page_of(application) in listed
    page = client.get(page_of(application)).content.decode()
    assert "Hinta" in page and "2 places for visitors" in page and "Hei!" in page
    assert "Mennyt" not in page and "Luonnos" not in page
    done = client.post(page_of(application), {"meeting": meeting.pk}, follow=True).content.decode()
    assert "Liisa Kaura has an invitation to the evening." in done
    application.refresh_from_db()
    rsvp = Rsvp.objects.get(meeting=meeting, person__email="liisa@example.org")
    assert (application.state, rsvp.is_visitor, rsvp.enterprise) == ("invited", True, None)
    invitation = mails()[-1]
    assert (
        invitation.to_address == "liisa@example.org"
        and "/a/" in invitation.text
        and "Hinta" in invitation.text
    )
    assert not Seat.objects.filter(enterprise__name="Leipomo Kaura").exists()
    url = reverse("groups:accept", args=[world.group.pk, application.pk])
    assert client.post(url, {"state": "member"}).status_code == 303
    assert Seat.objects.get(enterprise__name="Leipomo Kaura").state == "member"


def test_foreign_evenings_answered_applications_and_other_people_are_refused(as_person) -> None:
    world, other = make_group(), make_group()
    foreign = make_meeting(other)
    application, client = asked(world), as_person(world.coordinator)
    for chosen in (foreign.pk, "x", ""):
        answer = client.post(page_of(application), {"meeting": chosen})
        assert answer.status_code == 422 and "Choose one of the evenings." in answer.content.decode()
    assert "No evening has been announced" in client.get(page_of(application)).content.decode()
    for person, status in ((world.members[0], 403), (other.coordinator, 404), (None, 302)):
        assert as_person(person).get(page_of(application)).status_code == status
        assert as_person(person).post(page_of(application), {"meeting": foreign.pk}).status_code == status
    meeting = make_meeting(world)
    Application.objects.filter(pk=application.pk).update(state="declined")
    late = client.post(page_of(application), {"meeting": meeting.pk})
    assert late.status_code == 422 and "has been answered already" in late.content.decode()
    assert not Rsvp.objects.filter(person__email="liisa@example.org").exists()


def test_the_evenings_page_hands_its_day_to_the_request(as_person) -> None:
    world = make_group()
    meeting = make_meeting(world, visitor_places=2, audience=Audience.PUBLIC)
    page = as_person(None).get(f"/calendar/meetings/{meeting.pk}/").content.decode()
    link = page.split(f'href="/apply/{world.network.slug}/{world.group.slug}/')[1].split('"')[0]
    form = as_person(None).get(f"/apply/{world.network.slug}/{world.group.slug}/{link}".replace("&amp;", "&"))
    assert "I would like to come to the evening" in form.content.decode() and not form.cookies
    url = reverse("groups:apply", args=[world.network.slug, world.group.slug])
    foreign = Client(HTTP_SEC_FETCH_SITE="cross-site").post(url, {**ASKED, "website": ""})
    assert foreign.status_code == 422 and not Application.objects.exists()
