"""Being erased: counts stay, names go, what others wrote is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.factories import LONG_AGO, GroupWorld, PersonFactory, make_group, make_meeting
from tests.pages_text import words_of_page

from ydin.calendar.models import AppPassword, FeedAddress
from ydin.experiments.models import Experiment
from ydin.groups.models import GlassBreak, GroupCoordinator
from ydin.kernel.acting import acting_as_system
from ydin.kernel.clock import now
from ydin.meetings.models import Attendance, Memo, Promise, Rsvp
from ydin.meetings.rules.states import Answer, MeetingState, Recorded
from ydin.networks.models import ContactCard
from ydin.outbox.models import InboundMail, Message
from ydin.outbox.rules import MessageState
from ydin.people.models import Person
from ydin.people.services import mark_address_failing
from ydin.privacy.jobs import hourly
from ydin.privacy.models import Erasure, Passage
from ydin.privacy.rules import Decision, ErasureState

SignIn = Callable[[Person | None], Client]
NAME, EMAIL, PHONE = "Sirkka Lehtimäki", "sirkka.lehtimaki@example.org", "+358 40 765 4321"


def _world() -> tuple[GroupWorld, Person]:
    world = make_group()
    person = world.members[0]
    person.name, person.email = NAME, EMAIL
    person.save()
    card = {"phone": PHONE, "email": "oma.sirkka@example.org", "shared_with_group": True}
    ContactCard.objects.create(representative=person.representations.get(), **card)
    return world, person


def _erase(person: Person) -> None:
    Erasure.objects.filter(person=person).update(due_at=now() - timedelta(minutes=1))
    hourly(0)
    hourly(0)


def _text_hits(*needles: str) -> list[str]:
    """Return every column of the database in which one of the words stands, whatever the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'public' and "
            "(data_type in ('text', 'character varying', 'jsonb', 'json', 'ARRAY') or udt_name = 'citext') "
            "and table_name in (select tablename from pg_tables where schemaname = 'public')"
        )
        columns = cursor.fetchall()
        hits = []
        for table, column in columns:
            for needle in needles:
                cursor.execute(
                    f'select count(*) from "{table}" where "{column}"::text ilike %s',
                    [f"%{needle}%"],
                )
                if cursor.fetchone()[0]:
                    hits.append(f"{table}.{column}: {needle}")
    return hits


@pytest.mark.django_db
def test_after_erasure_only_what_a_coordinator_kept_names_the_person(
    as_person: SignIn, run_jobs: Callable[..., list[str]]
) -> None:
    world, person = _world()
    held = make_meeting(world, days=-30, state=MeetingState.HELD)
    coming = make_meeting(world)
    Rsvp.objects.filter(person=person).update(
        answer=Answer.COMING, comment="Sirkka tuo kahvia", guest_name="Veli"
    )
    Attendance.objects.create(
        meeting=held, group=world.group, person=person, enterprise=world.companies[0], recorded=Recorded.CODE
    )
    memo = Memo.objects.create(
        meeting=held,
        group=world.group,
        discussed="Hinnat nousivat. Lehtimäen Sirkka kertoi pankista. Kahvi oli hyvää.",
        advice="Kysy Lehtimäeltä! Soita 040-7654321 vaikka heti.",
    )
    promise = Promise.objects.create(
        meeting=held, group=world.group, enterprise=world.companies[1], what="Soitan Sirkalle maanantaina"
    )
    FeedAddress.objects.create(person=person, name="Sirkan puhelin")
    AppPassword.objects.create(person=person, name="Sirkan tabletti", digest="d" * 64)
    other = {"person": world.members[1], "to_address": "muu@example.org", "language": "fi", "kind": "x"}
    copy = Message.objects.create(**other, subject=f"{NAME} tulee", text="x", state=MessageState.SENT)
    mark_address_failing(actor=None, address=EMAIL, reason="no such user sirkka", permanent=True)
    client = as_person(person)

    page = words_of_page(client.get(reverse("privacy:erase")))
    assert "Counts stay true" in page
    assert "Tick this" in words_of_page(client.post(reverse("privacy:erase")), 422)
    assert client.post(reverse("privacy:erase"), {"understood": "on"}).status_code == 303
    hourly(0)
    assert Person.objects.filter(name=NAME).exists()
    run_jobs()
    _erase(person)
    run_jobs()

    person = Person.objects.get(pk=person.pk)
    with translation.override("en"):
        assert str(person) == "former representative"
    assert (person.is_active, person.email) == (False, f"{person.pk}@former.invalid")
    assert Attendance.objects.filter(meeting=held, person=person).count() == 1
    assert Rsvp.objects.filter(meeting=held, answer=Answer.COMING).count() == 1
    assert Rsvp.objects.get(meeting=coming, person=person).answer == Answer.NOT_COMING
    assert not FeedAddress.objects.exists()
    assert not AppPassword.objects.exists()
    copy.refresh_from_db()
    assert copy.subject == ""
    assert copy.to_address == "muu@example.org"
    assert "_auth_user_id" not in client.session or client.get(reverse("privacy:data")).status_code == 302

    lead = as_person(world.coordinator)
    letters = Message.objects.filter(kind="privacy.passages_found", person=world.coordinator)
    assert letters.count() == 1
    review = lead.get(reverse("privacy:review")).content.decode()
    marked = re.findall(r"<mark>(.*?)</mark>", review)
    assert sorted(marked) == [
        "Kysy Lehtimäeltä!",
        "Lehtimäen Sirkka kertoi pankista.",
        "Soita 040-7654321 vaikka heti.",
        "Soitan Sirkalle maanantaina",
    ]
    assert "Nothing waits" in words_of_page(as_person(world.national).get(reverse("privacy:review")))
    for passage in Passage.objects.all():
        verb = "keep" if passage.table == "meetings.promise" else "remove"
        address, seen = reverse(f"privacy:{verb}", args=[passage.pk]), {"seen": passage.digest}
        assert as_person(make_group().coordinator).post(address, seen).status_code == 404
        assert lead.post(address).status_code == 303
        assert Passage.objects.get(pk=passage.pk).decision == Decision.OPEN
        assert lead.post(address, seen).status_code == 303
        assert lead.post(address, seen).status_code == 404
    assert not Passage.objects.exclude(words=[]).exists()
    memo.refresh_from_db()
    promise.refresh_from_db()
    assert memo.discussed == "Hinnat nousivat. […] Kahvi oli hyvää."
    assert memo.advice == "[…] […]"
    assert memo.version == 4
    assert promise.what == "Soitan Sirkalle maanantaina"
    hits = _text_hits("Sirk", "Lehtim", "765 4321", "7654321", "sirkka.lehtimaki@", "Veli")
    assert hits == ["meetings_promise.what: Sirk"]


@pytest.mark.django_db
def test_it_can_be_taken_back_by_link_for_a_week(as_person: SignIn) -> None:
    _group, person = _world()
    as_person(person).post(reverse("privacy:erase"), {"understood": "on"})
    as_person(person).post(reverse("privacy:erase"), {"understood": "on"})
    letter = Message.objects.get(kind="privacy.erasure_asked")
    link = re.search(r"/me/erase/undo/[^/\s]+/", letter.text)
    assert link is not None
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "Take it back" in words_of_page(stranger.get(link[0]))
    assert Erasure.objects.get().state == ErasureState.ASKED
    assert "Everything stays as it was" in words_of_page(stranger.post(link[0]))
    assert Erasure.objects.get().state == ErasureState.UNDONE
    _erase(person)
    assert Person.objects.filter(name=NAME, is_active=True).exists()
    assert stranger.get(link[0].replace("/undo/", "/undo/1")).status_code == 404


@pytest.mark.django_db
def test_the_last_coordinator_needs_a_successor_first(as_person: SignIn) -> None:
    world = make_group()
    client = as_person(world.coordinator)
    assert world.group.name in words_of_page(client.post(reverse("privacy:erase"), {"understood": "on"}), 422)
    assert not Erasure.objects.exists()
    spell = GroupCoordinator.objects.create(group=world.group, person=PersonFactory(), starts_on=LONG_AGO)
    assert client.post(reverse("privacy:erase"), {"understood": "on"}).status_code == 303
    spell.delete()
    _erase(world.coordinator)
    assert Erasure.objects.get().state == ErasureState.ASKED


@pytest.mark.django_db
def test_a_letter_that_is_leaving_is_waited_for(as_person: SignIn) -> None:
    world, person = _world()
    as_person(person).post(reverse("privacy:erase"), {"understood": "on"})
    letter = Message.objects.create(
        person=world.members[1], to_address="a@example.org", language="fi", kind="x", subject=NAME, text="",
        state=MessageState.QUEUED,
    )  # fmt: skip
    _erase(person)
    assert Erasure.objects.get().state == ErasureState.ASKED
    with acting_as_system():
        Message.objects.filter(pk=letter.pk).update(state=MessageState.SENT)
    _erase(person)
    assert Erasure.objects.get().state == ErasureState.DONE
    assert Passage.objects.filter(decision=Decision.OPEN).count() == 0


@pytest.mark.django_db
def test_former_representative_is_said_in_the_readers_language(as_person: SignIn) -> None:
    world, person = _world()
    meeting = make_meeting(world, days=-3, state=MeetingState.HELD)
    Attendance.objects.create(
        meeting=meeting,
        group=world.group,
        person=person,
        enterprise=world.companies[0],
        recorded=Recorded.CODE,
    )
    as_person(person).post(reverse("privacy:erase"), {"understood": "on"})
    _erase(person)
    client = as_person(world.coordinator)
    Person.objects.filter(pk=world.coordinator.pk).update(language="fi")
    table = client.get(reverse("meetings:attendance_table", args=[meeting.pk])).content.decode()
    assert "entinen edustaja" in table


@pytest.mark.django_db
def test_a_sentence_that_was_edited_meanwhile_is_still_found_and_decided_as_it_reads_now(
    as_person: SignIn,
) -> None:
    world, person = _world()
    held = make_meeting(world, days=-30, state=MeetingState.HELD)
    text = "Lehtimäen Sirkka kertoi pankista. Kahvi oli hyvää."
    memo = Memo.objects.create(meeting=held, group=world.group, discussed=text, advice="Kysy Sirkalta.")
    as_person(person).post(reverse("privacy:erase"), {"understood": "on"})
    _erase(person)
    lead, passage = as_person(world.coordinator), Passage.objects.get(column="discussed")
    Memo.objects.filter(pk=memo.pk).update(
        discussed="Eilen Lehtimäen Sirkka kertoi pankista ja veroista. Kahvi oli hyvää. Sirkka lähti.",
        advice="Kysy.",
    )
    remove = reverse("privacy:remove", args=[passage.pk])
    said = words_of_page(lead.post(remove, {"seen": passage.digest}, follow=True))
    assert "was changed meanwhile" in said
    page = lead.get(reverse("privacy:review")).content.decode()
    assert "<mark>Eilen Lehtimäen Sirkka kertoi pankista ja veroista.</mark>" in page
    hourly(0)
    hourly(0)
    marked = re.findall(r"<mark>(.*?)</mark>", lead.get(reverse("privacy:review")).content.decode())
    assert marked == ["Eilen Lehtimäen Sirkka kertoi pankista ja veroista.", "Sirkka lähti."]
    assert Passage.objects.get(column="advice").decision == Decision.GONE
    for one in Passage.objects.filter(decision=Decision.OPEN):
        assert lead.post(reverse("privacy:remove", args=[one.pk]), {"seen": one.digest}).status_code == 303
    memo.refresh_from_db()
    assert memo.discussed == "[…] Kahvi oli hyvää. […]"


@pytest.mark.django_db
def test_what_no_coordinator_reads_loses_the_name_alone_and_mails_and_reasons_are_searched(
    as_person: SignIn,
) -> None:
    world, person = _world()
    card = Experiment.objects.create(
        network=world.network, group=world.group, enterprise=world.companies[1], author=world.members[1],
        kind="sales", what="Sirkka Lehtimäki soittaa pankkiin", weeks=4, audience="own",
    )  # fmt: skip
    raw = f"From: a@example.org\r\nSubject: Re: ilta\r\n\r\nTuon {NAME}n mukana.\r\n".encode()
    facts = {
        "purpose": "r",
        "ids": [1],
        "about": "r",
        "sender": "a@example.org",
        "size": len(raw),
        "raw": raw,
    }
    InboundMail.objects.create(**facts, fingerprint="1" * 64, handled_at=now())
    other = InboundMail.objects.create(
        **{**facts, "raw": b"From: b@example.org\r\n\r\nTulen.\r\n"}, fingerprint="2" * 64, handled_at=now()
    )
    GlassBreak.objects.create(
        group=world.group, person=world.national, reason="Lehtimäen Sirkka pyysi katsomaan.",
        starts_at=now(), ends_at=now(),
    )  # fmt: skip
    as_person(person).post(reverse("privacy:erase"), {"understood": "on"})
    _erase(person)
    card.refresh_from_db()
    assert card.what == "[…] […] soittaa pankkiin"
    assert InboundMail.objects.exclude(size=0).get() == other
    passage = Passage.objects.get()
    assert passage.table == "groups.glassbreak"
    lead = as_person(world.coordinator)
    assert (
        lead.post(reverse("privacy:remove", args=[passage.pk]), {"seen": passage.digest}).status_code == 303
    )
    assert GlassBreak.objects.get().reason == "[…]"


@pytest.mark.django_db
def test_a_mail_that_waits_to_be_read_is_waited_for(as_person: SignIn) -> None:
    _group, person = _world()
    raw = f"From: a@example.org\r\n\r\n{NAME} tulee.\r\n".encode()
    mail = InboundMail.objects.create(
        purpose="r", ids=[1], about="r", sender="a@example.org", size=len(raw), raw=raw, fingerprint="3" * 64
    )
    as_person(person).post(reverse("privacy:erase"), {"understood": "on"})
    _erase(person)
    assert Erasure.objects.get().state == ErasureState.ASKED
    InboundMail.objects.filter(pk=mail.pk).update(handled_at=now())
    _erase(person)
    assert Erasure.objects.get().state == ErasureState.DONE
