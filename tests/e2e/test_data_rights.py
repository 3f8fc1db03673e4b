"""One's own data in a browser, with the real worker: a copy is made while one waits, and a sentence is looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.e2e.walking import Reader
from tests.factories import make_group, make_meeting
from tests.pages import faults_of
from tests.servers import LiveSite

from ydin.kernel.clock import now
from ydin.meetings.models import Memo
from ydin.meetings.rules.states import MeetingState
from ydin.privacy.models import Erasure
from ydin.privacy.services.erasure import erase_due


@pytest.mark.slow
def test_a_copy_is_made_while_one_waits_and_a_coordinator_looks_at_a_sentence(
    site: LiveSite, desk: Callable[..., Reader]
) -> None:
    with site.database():
        world = make_group()
        person = world.members[0]
        meeting = make_meeting(world, days=-9, state=MeetingState.HELD)
        words = "Prices went up. Rantala told of the bank. The coffee was good."
        Memo.objects.create(meeting=meeting, group=world.group, discussed=words)
    reader = desk(person)
    reader.open("/me/data/").press("Make a copy")
    reader.page.get_by_role("link", name="Download my copy").wait_for(timeout=20_000)
    faults = faults_of(reader.page)
    for address in ("/me/consents/", "/me/erase/", "/me/data/correction/", "/me/seen/"):
        faults += faults_of(reader.open(address).page)
    reader.open("/me/data/").follow("Download my copy").reads("Sign in again")

    with site.database():
        Erasure.objects.create(person=person, due_at=now() - timedelta(minutes=1))
        assert erase_due(actor=None) == 1
    lead = desk(world.coordinator).open("/review/").reads("told of the bank")
    faults += faults_of(lead.page)
    lead.press("Remove the sentence").reads("The sentence is removed.", "Nothing waits.")
    faults += faults_of(lead.open(f"/networks/{world.network.slug}/consents/").page)
    page = lead.page
    page.get_by_label("Who signed?").select_option(label=str(world.members[1]))
    page.get_by_label("Use of my data in research").check()
    page.get_by_label("Day of signing").fill((now() - timedelta(days=2)).date().isoformat())
    lead.press("Write it down").reads("Written down: 1 consent.", "in force", "on paper")
    faults += faults_of(lead.page)
    faults += faults_of(lead.open(f"/privacy/{world.network.slug}/").page)
    national = desk(world.national)
    for part in ("", "register/", "tonight/"):
        faults += faults_of(national.open(f"/networks/{world.network.slug}/privacy/{part}").page)
    assert faults == []
    with site.database():
        assert Memo.objects.get().discussed == "Prices went up. […] The coffee was good."
