"""Mail does not arrive: the address is marked, the coordinator is told once and calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from tests.factories import PersonFactory, make_group

from ydin.groups.services.mail_problems import tell_failing_address
from ydin.kernel.clock import now
from ydin.networks.models import ContactCard, Representative
from ydin.outbox.models import Message
from ydin.people.models import AddressProblem
from ydin.people.policies import failing_addresses
from ydin.people.services import clear_address_failing, mark_address_failing


@pytest.mark.django_db
def test_a_permanent_refusal_tells_the_coordinator_once_with_a_number_to_call(
    run_jobs: Callable[..., list[str]],
) -> None:
    world = make_group(members=2)
    person = world.members[0]
    acts = Representative.objects.get(person=person)
    ContactCard.objects.update_or_create(representative=acts, defaults={"phone": "040 555 0142"})
    said = "550 5.1.1 no such\nmailbox"
    assert mark_address_failing(actor=None, address=person.email.upper(), reason=said, permanent=True)
    assert not mark_address_failing(actor=None, address=person.email, reason=said, permanent=True)
    assert run_jobs() == ["groups.tell_failing_address"]
    tell_failing_address(actor=None, address=person.email)
    [message] = Message.objects.all()
    assert message.person == world.coordinator
    assert message.subject == f"Mail does not reach {person}"
    assert "040 555 0142" in message.text
    assert "550 5.1.1 no such mailbox" in message.html
    [problem] = failing_addresses([person.email, "else@example.org"]).values()
    assert problem.count == 2
    clear_address_failing(actor=None, address=person.email)
    assert failing_addresses([person.email]) == {}


@pytest.mark.django_db
def test_passing_trouble_counts_only_when_it_repeats() -> None:
    address = PersonFactory().email
    start = now()
    for days, fails in ((0, False), (1, False), (30, False), (31, False), (32, True)):
        with time_machine.travel(start + timedelta(days=days), tick=False):
            said = mark_address_failing(actor=None, address=address, reason="452 full", permanent=False)
            assert said is fails, days
    assert AddressProblem.objects.get().failing_since is not None


@pytest.mark.django_db
def test_a_cleared_address_and_one_of_nobody_tell_nobody() -> None:
    tell_failing_address(actor=None, address="nobody@example.org")
    mark_address_failing(actor=None, address="nobody@example.org", reason="550", permanent=True)
    tell_failing_address(actor=None, address="nobody@example.org")
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_about_a_coordinator_the_networks_coordinator_is_told() -> None:
    world = make_group(members=1)
    address = world.coordinator.email
    mark_address_failing(actor=None, address=address, reason="550", permanent=True)
    tell_failing_address(actor=None, address=address)
    assert {m.person for m in Message.objects.all()} == {world.national}
