"""Who reads something stands beside it, is said before it changes, and only the author widens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from tests.calendar.makers import make_event
from tests.confidential import CONFIDENTIAL_TABLES
from tests.factories import GroupWorld, make_group, make_meeting

from ydin.audit.models import Entry
from ydin.calendar.models import FeedAddress
from ydin.groups.documents.seen import seen_card, seen_company, seen_inside
from ydin.groups.models import GroupCoordinator
from ydin.groups.services import update_contact_card
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.models import Meeting, Memo, Summary
from ydin.meetings.rules.states import Audience, MeetingState
from ydin.meetings.services.announce import change_meeting
from ydin.meetings.services.announce_audience import ask_host_to_widen
from ydin.meetings.services.planning_preparing import prepare_meeting
from ydin.meetings.services.record_memo import publish_summary, save_memo, save_summary
from ydin.networks.models import ContactCard, Representative
from ydin.outbox.models import Message
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Client]
PACKAGE = Path(__file__).parents[2] / "src/ydin"

SHOWN_BY = {
    "audit_entry": ["trust/log.html"],
    "calendar_apppassword": ["calendar/mine.html"],
    "groups_acceptance": ["groups/acceptances.html", "groups/rules_accept.html"],
    "groups_application": ["groups/applications.html", "groups/apply.html", "groups/apply_follow.html"],
    "groups_glassbreak": ["groups/glass.html"],
    "home_feedback": ["home/feedback.html", "home/accessibility.html"],
    "meetings_attendance": [
        "meetings/evening/meeting.html", "meetings/evening/sheet.html", "meetings/evening/past.html",
        "meetings/evening/evening.html",
    ],
    "meetings_hostingwish": ["meetings/planning/wish.html", "meetings/planning/wishes.html"],
    "meetings_memo": [
        "meetings/evening/memo.html", "meetings/evening/memo_write.html", "meetings/evening/meeting.html",
        "meetings/evening/evening.html", "home/group.html",
    ],
    "meetings_promise": ["meetings/evening/promises.html", "meetings/evening/meeting.html", "home/group.html"],
    "meetings_rsvp": ["meetings/answers/answers.html", "meetings/answers/_answer_box.html"],
    "meetings_timeproposal": ["meetings/answers/answers.html"],
    "networks_contactcard": ["groups/company.html", "groups/seats.html", "groups/company_add.html"],
    "networks_importbatch": ["groups/import/companies_preview.html", "networks/import/municipalities_preview.html"],
    "networks_outsidercommitment": ["networks/outsiders/pledge.html", "networks/outsiders/list.html"],
    "privacy_consent": ["privacy/consents.html", "privacy/network_consents.html", "privacy/consent_link.html"],
    "privacy_correction": ["privacy/correction.html", "privacy/answer.html"],
    "privacy_erasure": ["privacy/erase.html"],
    "privacy_export": ["privacy/data.html"],
    "privacy_passage": ["privacy/review.html"],
    "outbox_message": ["outbox/message.html", "groups/letters.html"],
    "partnerships_listing": ["partnerships/_new.html", "partnerships/round.html"],
}  # fmt: skip
"""The pages that show what is in a confidential table: each says who reads it."""
NO_PAGE = {
    "calendar_syncstate": "what a calendar program has fetched; no page shows it",
    "outbox_inboundmail": "letters that came in; no page shows them",
}
SAYS = (
    "{% audience ",
    "{% seen_by ",
    "meetings/evening/_audience.html",
    'data-label="{% translate "Seen by" %}"',
)
OTHERS = ("experiments_", "partnerships_", "stories_", "ideas_", "institutes_")
"""Parts whose own tests hold their pages to it."""


def test_every_confidential_table_has_a_page_that_says_who_reads_it() -> None:
    known = set(SHOWN_BY) | set(NO_PAGE)
    assert {t for t in CONFIDENTIAL_TABLES - known if not t.startswith(OTHERS)} == set()
    silent = [
        name
        for names in SHOWN_BY.values()
        for name in names
        if not any(say in _template(name) for say in SAYS)
    ]
    assert silent == []


def _template(name: str) -> str:
    found = next(PACKAGE.glob(f"*/templates/{name}"))
    return found.read_text()


@pytest.fixture
def world(db: None) -> GroupWorld:
    return make_group()


def _yesterday(world: GroupWorld) -> Meeting:
    return make_meeting(world, days=-1, state=MeetingState.ANNOUNCED, theme="Hinta")


def _hosted(world: GroupWorld, **more: Any) -> Meeting:
    return make_meeting(world, host=world.companies[0], theme="Hinta", **more)


def test_the_labels_name_those_whom_the_policies_let_in(world: GroupWorld) -> None:
    with override("en"):
        inside = seen_inside(world.group)
    assert inside.names == [*sorted(c.name for c in world.companies), str(world.coordinator)]
    assert (
        inside.words == f"Seen by {len(world.companies)} companies of {world.group.name} and its coordinators"
    )
    acts = Representative.objects.get(person=world.members[0])
    closed, shared = seen_card(acts, shared=False).names, seen_card(acts, shared=True).names
    assert set(closed) == {str(p) for p in (world.members[0], world.coordinator, world.national)}
    assert set(shared) == set(closed) | {str(p) for p in world.members}
    assert set(seen_company(world.companies[0]).names) == set(shared)


def test_the_memo_says_who_reads_it_with_as_many_queries_whatever_the_number(
    as_person: SignIn, world: GroupWorld
) -> None:
    meeting = _yesterday(world)
    Memo.objects.create(meeting=meeting, group=world.group, discussed="Hinnat", written_by=world.coordinator)
    large = make_group(members=30)
    other = _yesterday(large)
    Memo.objects.create(meeting=other, group=large.group, discussed="Hinnat", written_by=large.coordinator)
    as_person(world.coordinator).get(reverse("meetings:answers", args=[meeting.pk]))
    counts = []
    for one, evening in ((world, meeting), (large, other)):
        client = as_person(one.coordinator)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(reverse("meetings:answers", args=[evening.pk])).content.decode()
        counts.append(len(asked))
        assert f"Seen by {len(one.companies)} companies of {one.group.name} and its coordinators" in page
        assert f"<li>{one.companies[-1].name}</li>" in page
    assert counts[0] == counts[1]


def _form(meeting: Meeting, **more: Any) -> dict[str, Any]:
    return {
        "version": meeting.version, "theme": meeting.theme, "day": meeting.starts_at.date().isoformat(),
        "starts": "18:00", "ends": "20:30", "place": meeting.place, "address": meeting.address,
        "municipality": meeting.municipality, "visitor_places": "0", "audience": meeting.audience, **more,
    }  # fmt: skip


def test_the_host_is_told_what_a_wider_audience_means_before_it_happens(
    as_person: SignIn, world: GroupWorld
) -> None:
    meeting = _hosted(world)
    client, address = as_person(world.members[0]), reverse("meetings:change", args=[meeting.pk])
    asked = client.post(address, _form(meeting, audience="public", theme="Uusi teema"))
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Who will read it?" in page
    assert f"Seen by {len(world.companies)} companies" in page
    assert "Everybody, signed in or not" in page
    assert "cannot be taken back" in page
    assert '<input type="hidden" name="theme" value="Uusi teema">' in page
    assert Meeting.objects.get(pk=meeting.pk).audience == Audience.GROUP
    back = client.post(address, {**_form(meeting, audience="public", theme="Uusi teema"), "unsure": "yes"})
    assert (back.status_code, "Uusi teema" in back.content.decode()) == (200, True)
    wrong = client.post(address, {**_form(meeting, audience="public"), "seen_as": "network"})
    assert "Who will read it?" in wrong.content.decode()
    done = client.post(address, {**_form(meeting, audience="public"), "seen_as": "public"})
    assert done.status_code == 303
    assert Meeting.objects.get(pk=meeting.pk).audience == Audience.PUBLIC
    fresh = Meeting.objects.get(pk=meeting.pk)
    narrowed = client.post(address, _form(fresh, audience="network")).content.decode()
    assert "Whoever has read it has read it." in narrowed and "Yes, show it to fewer" in narrowed


def test_a_coordinator_does_not_widen_a_host_s_evening_but_asks(as_person: SignIn, world: GroupWorld) -> None:
    meeting = _hosted(world)
    for widen in (
        lambda: change_meeting(actor=world.coordinator, meeting=meeting, changes={"audience": "public"}),
        lambda: prepare_meeting(actor=world.coordinator, meeting=meeting, changes={"audience": "network"}),
        lambda: ask_host_to_widen(actor=world.members[1], meeting=meeting, audience="public"),
    ):
        with pytest.raises(NotAllowed):
            widen()
    client = as_person(world.coordinator)
    refused = client.post(reverse("meetings:change", args=[meeting.pk]), _form(meeting, audience="public"))
    assert refused.status_code == 422
    assert "Only the host can show the evening to more people." in refused.content.decode()
    address = reverse("meetings:audience_ask", args=[meeting.pk])
    assert (
        "Ask the host: everybody"
        in client.get(reverse("meetings:change", args=[meeting.pk])).content.decode()
    )
    assert [client.post(address, {"audience": "public"}).status_code for _try in range(2)] == [303, 303]
    letter = Message.objects.get(subject__contains="may more people see your evening?")
    assert letter.to_address == world.members[0].email
    assert f"/meetings/{meeting.pk}/change/?audience=public" in letter.text
    assert Entry.objects.filter(action="meeting.audience_asked").exists()
    assert Meeting.objects.get(pk=meeting.pk).audience == Audience.GROUP
    chosen = (
        as_person(world.members[0]).get(f"/meetings/{meeting.pk}/change/?audience=public").content.decode()
    )
    assert '<option value="public" selected' in chosen
    with pytest.raises(Refused):
        ask_host_to_widen(actor=world.coordinator, meeting=meeting, audience="group")
    assert as_person(world.members[1]).post(address, {"audience": "public"}).status_code == 403
    assert as_person(make_group().coordinator).post(address, {"audience": "public"}).status_code == 404


def test_where_nobody_acts_for_the_host_the_coordinator_decides(world: GroupWorld) -> None:
    meeting = _hosted(world)
    narrowed = change_meeting(actor=None, meeting=meeting, changes={"audience": "public"})
    narrowed = change_meeting(actor=world.coordinator, meeting=narrowed, changes={"audience": "network"})
    with pytest.raises(NotAllowed):
        change_meeting(actor=world.coordinator, meeting=narrowed, changes={"audience": "public"})
    Representative.objects.filter(enterprise=world.companies[0]).delete()
    change_meeting(actor=world.coordinator, meeting=narrowed, changes={"audience": "public"})


def test_only_who_began_the_summary_shows_it_to_everybody(as_person: SignIn, world: GroupWorld) -> None:
    meeting = make_meeting(world, days=-1, host=world.companies[0], theme="Hinta")
    save_summary(actor=world.members[0], meeting=meeting, version=0, text="Hyvä ilta.")
    changed = save_summary(actor=world.coordinator, meeting=meeting, version=1, text="Erittäin hyvä ilta.")
    assert changed.written_by == world.members[0]
    with override("en"), pytest.raises(NotAllowed, match="ask them"):
        publish_summary(actor=world.coordinator, meeting=meeting, version=2, text="Erittäin hyvä ilta.")
    address = reverse("meetings:summary", args=[meeting.pk])
    theirs = as_person(world.coordinator).get(address).content.decode()
    assert "began the text" in theirs and "summary/publish/" not in theirs
    client, sent = as_person(world.members[0]), {"version": 2, "text": "Erittäin hyvä ilta."}
    asked = client.post(f"{address}publish/", sent).content.decode()
    assert "Who will read it?" in asked and str(world.coordinator) in asked
    assert Summary.objects.get().published_at is None
    again = client.post(f"{address}publish/", {**sent, "unsure": "yes"}).content.decode()
    assert "Erittäin hyvä ilta." in again and Summary.objects.get().published_at is None
    assert client.post(f"{address}publish/", {**sent, "seen_as": "everybody"}).status_code == 303
    assert Summary.objects.get().published_at is not None
    assert "Who will read it?" in client.post(f"{address}unpublish/").content.decode()
    assert client.post(f"{address}unpublish/", {"seen_as": "preparers"}).status_code == 303
    assert Summary.objects.get().published_at is None


def test_a_memo_has_no_way_out_of_the_group(world: GroupWorld) -> None:
    meeting = _yesterday(world)
    memo = save_memo(
        actor=world.coordinator, meeting=meeting, version=0, discussed="Hinnat", advice="", next_time=""
    )
    assert not {field.name for field in memo._meta.get_fields()} & {"audience", "published_at", "is_public"}


def test_only_the_person_shares_the_contact_card(as_person: SignIn, world: GroupWorld) -> None:
    acts = Representative.objects.get(person=world.members[0])
    with pytest.raises(NotAllowed):
        update_contact_card(actor=world.coordinator, representative=acts, phone="040 1", shared=True)
    address = reverse("groups:card_change", args=[world.companies[0].pk, acts.pk])
    sent = {"phone": "040 1", "shared": "on"}
    assert as_person(world.coordinator).post(address, sent).status_code == 403
    own = as_person(world.members[0])
    page = own.post(address, sent).content.decode()
    assert "Phone and e-mail of" in page and str(world.members[1]) in page
    assert not ContactCard.objects.filter(shared_with_group=True).exists()
    assert own.post(address, {**sent, "seen_as": "group"}).status_code == 303
    assert ContactCard.objects.get().shared_with_group
    kept = as_person(world.coordinator).post(address, {**sent, "phone": "040 2"})
    assert (kept.status_code, ContactCard.objects.get().phone) == (303, "040 2")
    assert (
        "Who will read it?" in as_person(world.coordinator).post(address, {"phone": "040 2"}).content.decode()
    )


def test_a_name_an_event_and_a_calendar_address_ask_first_too(as_person: SignIn, world: GroupWorld) -> None:
    client = as_person(world.coordinator)
    spell = GroupCoordinator.objects.get(person=world.coordinator)
    show = reverse("groups:name_show", args=[world.group.pk, spell.pk])
    assert "your name on its public page" in client.post(show).content.decode()
    assert not GroupCoordinator.objects.get().is_named
    assert client.post(show, {"seen_as": "everybody"}).status_code == 303
    make = {"name": "Puhelin", "shows_details": "on"}
    assert "Whoever has the address" in client.post(reverse("calendar:address-create"), make).content.decode()
    assert not FeedAddress.objects.exists()
    assert client.post(reverse("calendar:address-create"), {**make, "seen_as": "address"}).status_code == 303
    event = make_event(world.network, audience=Audience.NETWORK)
    national, edit = as_person(world.national), reverse("calendar:event-edit", args=[event.pk])
    sent = {
        "title": event.title, "day": "2027-05-01", "starts": "10:00", "ends": "12:00", "audience": "public",
        "language": "fi", "version": event.version,
    }  # fmt: skip
    page = national.post(edit, sent).content.decode()
    assert "Who will read it?" in page and "all its coordinators" in page
    assert national.post(edit, {**sent, "seen_as": "public"}).status_code == 303
    event.refresh_from_db()
    assert event.audience == Audience.PUBLIC
