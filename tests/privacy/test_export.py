"""A copy of all of one's data."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests.factories import PersonFactory, make_group, make_meeting
from tests.pages_text import words_of_page

from ydin.kernel.acting import acting_as_system
from ydin.kernel.clock import now
from ydin.meetings.models import Memo, Rsvp, Summary
from ydin.networks.models import ContactCard
from ydin.outbox.models import Message
from ydin.people.models import Person
from ydin.privacy.documents.export import archive
from ydin.privacy.documents.mentioned import named_in
from ydin.privacy.models import Export
from ydin.privacy.queries.tables_groups import TABLES
from ydin.privacy.services.exports import collect_export
from ydin.privacy.services.retention import remove_exports

Jobs = Callable[..., list[str]]
BESIDE = 5
"""Queries of the page beside one for each table of the register: session, person, menu, letters."""


def sign_in_by_code(person: Person) -> Client:
    """Sign in as people do, so that the session knows when."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.post(reverse("account_request_login_code"), {"email": person.email})
    letter = Message.objects.filter(person=person).latest("created_at")
    code = re.search(r"^([0-9A-Z-]{6,})$", letter.text, re.MULTILINE)
    assert code is not None
    client.post(reverse("account_confirm_login_code"), {"code": code[1]})
    return client


@pytest.mark.django_db
def test_a_copy_is_made_by_a_job_and_given_to_whoever_has_just_signed_in(
    run_jobs: Jobs, mails: Callable[[], list[Message]]
) -> None:
    world = make_group()
    person, other = world.members[0], world.members[1]
    meeting = make_meeting(world)
    Rsvp.objects.filter(person=person).update(comment="=cmd|'/C calc'!A0 gluten free")
    Rsvp.objects.filter(person=other).update(comment="OTHER-COMMENT")
    Memo.objects.create(meeting=meeting, group=world.group, discussed="OWN-MEMO", written_by=person)
    ContactCard.objects.create(representative=person.representations.get(), phone="040 123 4567")
    client = sign_in_by_code(person)

    assert client.post(reverse("privacy:export_ask")).status_code == 303
    client.post(reverse("privacy:export_ask"))
    export = Export.objects.get()
    page = words_of_page(client.get(reverse("privacy:data")))
    assert "Your copy is being collected" in page
    run_jobs("privacy.collect")
    run_jobs("privacy.collect")
    collect_export(actor=None, export_id=export.pk)
    letters = [m for m in mails() if m.kind == "privacy.export_ready"]
    assert len(letters) == 1
    assert reverse("privacy:data") in letters[0].text

    answer = client.get(reverse("privacy:export_open", args=[export.pk]))
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    zipped = zipfile.ZipFile(io.BytesIO(answer.content))
    assert set(zipped.namelist()) == {"my-data.html", "my-data.json", "my-data.css"}
    html, data = zipped.read("my-data.html").decode(), json.loads(zipped.read("my-data.json"))
    for words in ("040 123 4567", "OWN-MEMO", "gluten free", person.email, world.companies[0].name):
        assert words in html
    assert "OTHER-COMMENT" not in zipped.read("my-data.json").decode() + html
    assert other.name not in html
    assert data["tables"]["meetings.rsvp"][0]["comment"].endswith("gluten free")
    assert "password" not in data["tables"]["people.person"][0]
    assert all("session_key" not in row for row in data["tables"]["access.session"])


@pytest.mark.django_db
def test_the_copy_quotes_what_others_wrote_as_far_as_the_person_may_read_it() -> None:
    ours, theirs = make_group(), make_group()
    person = ours.members[0]
    person.name = "Sirkka Lehtimäki"
    person.save()
    inside, outside, public = (make_meeting(w, days=-3) for w in (ours, theirs, theirs))
    Memo.objects.create(
        meeting=inside,
        group=ours.group,
        discussed="Sirkalla oli kiire. Hinnat nousivat.",
        written_by=ours.coordinator,
    )
    Memo.objects.create(
        meeting=outside, group=theirs.group, discussed="Sirkka Lehtimäen hinta on kova. Sirkka."
    )
    Summary.objects.create(meeting=public, text="Lehtimäen Sirkka kertoi. Muut kuulivat.", published_at=now())
    Summary.objects.create(meeting=outside, text="Luonnos: Sirkka Lehtimäki tulee.")
    own = Memo.objects.create(
        meeting=public, group=theirs.group, discussed="Minä, Sirkka Lehtimäki", written_by=person
    )
    with acting_as_system(), override("en"):
        named = named_in(person, {"meetings.memo": {str(own.pk)}})
        page = archive(person, [], named)
    assert [quote.sentence for quote in named.quotes] == ["Sirkalla oli kiire.", "Lehtimäen Sirkka kertoi."]
    assert named.quotes[0].group == ours.group.name
    assert sum(named.unread.values()) == 2, "a memo of another group, and a draft"
    html = zipfile.ZipFile(io.BytesIO(page)).read("my-data.html").decode()
    assert "Sirkalla oli kiire" in html and "2 more sentences" in html
    assert "Hinnat nousivat" not in html and "hinta on kova" not in html


@pytest.mark.django_db
def test_nobody_else_and_no_old_session_gets_it(
    as_person: Callable[[Person | None], Client], run_jobs: Jobs
) -> None:
    person = PersonFactory()
    old = as_person(person)
    old.post(reverse("privacy:export_ask"))
    export = Export.objects.get()
    address = reverse("privacy:export_open", args=[export.pk])
    assert old.get(address).status_code == 404
    run_jobs("privacy.collect")
    assert as_person(PersonFactory()).get(address).status_code == 404
    assert as_person(None).get(address).status_code == 302
    answer = old.get(address)
    assert answer.headers["Location"] == reverse("privacy:again")
    again = old.post(reverse("privacy:again"))
    assert "/login/code/" in again.headers["Location"]
    assert old.get(address).status_code == 302

    fresh = sign_in_by_code(person)
    Export.objects.update(expires_at=now() - timedelta(minutes=1))
    assert fresh.get(address).status_code == 404
    assert remove_exports(actor=None) == 1
    assert not Export.objects.exists()


@pytest.mark.django_db
def test_the_page_lists_what_is_kept_with_links_and_as_many_queries_whatever_there_is(
    as_person: Callable[[Person | None], Client], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    world = make_group()
    client = as_person(world.members[0])
    for _ in range(5):
        make_meeting(world)
    with django_assert_max_num_queries(len(TABLES) + BESIDE):
        page = words_of_page(client.get(reverse("privacy:data")))
    assert "Your answers to invitations" in page
    assert "Ask for a correction" in page
