"""A second step when signing in: set up, asked for, demanded by a network, lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests.factories import GroupWorld, PersonFactory, make_group

from ydin.access.models import Session, SignInRule
from ydin.access.policies import forget_what_is_known
from ydin.access.services import change_rule
from ydin.audit.models import Entry
from ydin.kernel.errors import Conflict, NotAllowed
from ydin.outbox.models import Message
from ydin.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    forget_what_is_known()


def number(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def strict_group() -> GroupWorld:
    world = make_group()
    change_rule(actor=world.national, network=world.network, version=0, needs_second_step=True)
    return world


def give_app(person: Person) -> str:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def sign_in_by_code(client: Client, person: Person) -> str:
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = re.search(r"^([0-9A-Z-]{6,})$", Message.objects.latest("created_at").text, re.MULTILINE)
    assert code is not None
    answer = client.post(reverse("account_confirm_login_code"), {"code": code[1]})
    return str(answer.headers["Location"])


def test_a_person_sets_up_an_app_and_gives_its_number_from_then_on(
    as_person: Callable[[Person], Client], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    person = PersonFactory()
    client = as_person(person)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'<code class="code">([A-Z2-7]{32})</code>', page)
    assert secret is not None and "data:image/svg+xml" in page
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "This code is not right" in wrong and secret[1] in wrong
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": number(secret[1])})
    codes = done.headers["Location"]
    assert codes == reverse("mfa_view_recovery_codes")
    again = client.get(codes).headers[
        "Location"
    ]  # a test's transaction ends after the request, with its proof
    done = client.post(again, {"code": number(secret[1]), "next": codes}, follow=True)
    assert len(re.findall(r"<li><code class=\"code\">\d{8}", done.content.decode())) == 10
    kept = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert secret[1] not in kept
    assert Entry.objects.filter(action="second_step.app_added", target_id=str(person.pk)).exists()
    assert "An authenticator app now takes part" in Message.objects.get().text

    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert sign_in_by_code(browser, person) == reverse("mfa_authenticate")
    assert "_auth_user_id" not in browser.session
    assert browser.get(reverse("home:mine")).status_code == 302
    assert "The number in your authenticator app" in browser.get(reverse("mfa_authenticate")).content.decode()
    refused = browser.post(reverse("mfa_authenticate"), {"code": "111111"})
    assert "This code is not right" in refused.content.decode()
    browser.post(reverse("mfa_authenticate"), {"code": number(secret[1], 1)})
    assert browser.session["_auth_user_id"] == str(person.pk)


def test_a_number_works_once_and_a_recovery_code_is_told_to_its_owner() -> None:
    person = PersonFactory()
    secret = give_app(person)
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes = RecoveryCodes.activate(person).get_unused_codes()
    first, second, third = Client(), Client(), Client(HTTP_ACCEPT_LANGUAGE="en")
    for client in (first, second):
        sign_in_by_code(client, person)
        client.post(reverse("mfa_authenticate"), {"code": number(secret)})
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session
    sign_in_by_code(third, person)
    third.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert "_auth_user_id" in third.session
    assert "with a recovery code" in Message.objects.latest("created_at").text
    assert Entry.objects.filter(action="second_step.recovery_used").count() == 1
    assert "9 codes are left" in third.get(reverse("access:safety")).content.decode()


def test_a_coordinator_of_a_strict_network_is_led_to_a_second_step_before_any_page(
    as_person: Callable[[Person], Client],
) -> None:
    world = strict_group()
    member, coordinator = as_person(world.members[0]), as_person(world.coordinator)
    assert member.get(reverse("home:mine")).status_code == 200
    group = reverse("groups:settings", args=[world.group.pk])
    for address in (group, reverse("home:mine"), reverse("people:settings"), "/"):
        led = coordinator.get(address)
        assert led.status_code == 302 and led.headers["Location"].startswith(reverse("access:setup")), address
    assert coordinator.post(group, {"name": "x"}).status_code == 302
    swapped = coordinator.get(group, headers={"HX-Request": "true"})
    assert swapped.headers["HX-Redirect"].startswith(reverse("access:setup"))
    page = coordinator.get(reverse("access:setup") + f"?next={group}").content.decode()
    assert world.network.name in page and reverse("mfa_activate_totp") in page
    assert coordinator.get(reverse("mfa_activate_totp")).status_code == 200
    assert coordinator.get(reverse("account_logout")).status_code == 200

    secret = give_app(world.coordinator)
    again = coordinator.get(group)
    assert again.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    opened = coordinator.post(again.headers["Location"], {"code": number(secret), "next": group})
    assert opened.headers["Location"] == group
    assert coordinator.get(group).status_code == 200
    removed = coordinator.post(reverse("mfa_deactivate_totp"))
    assert "Keep one" in removed.content.decode()
    assert Authenticator.objects.filter(user=world.coordinator, type="totp").exists()


def test_the_way_on_after_setting_up_stays_on_this_site(as_person: Callable[[Person], Client]) -> None:
    world = strict_group()
    give_app(world.coordinator)
    client = as_person(world.coordinator)
    for hostile in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        page = client.get(reverse("access:setup"), {"next": hostile}).content.decode()
        assert 'href="/">Continue' in page


def test_only_the_networks_coordinator_changes_the_rule_and_it_is_written_down(
    as_person: Callable[[Person], Client],
) -> None:
    world = make_group()
    address = reverse("access:network", args=[world.network.slug])
    assert as_person(world.members[0]).get(address).status_code == 403
    assert as_person(make_group().national).get(address).status_code == 404
    client = as_person(world.national)
    assert "Coordinators take a second step" in client.get(address).content.decode()
    assert client.post(address, {"version": "0", "needs_second_step": "on"}).status_code == 303
    assert SignInRule.objects.get().needs_second_step
    assert Entry.objects.filter(action="network.second_step_demanded", actor=world.national).exists()
    with pytest.raises(NotAllowed):
        change_rule(actor=world.coordinator, network=world.network, version=1, needs_second_step=False)
    with pytest.raises(Conflict):
        change_rule(actor=world.national, network=world.network, version=0, needs_second_step=False)


def test_the_operator_forgets_a_lost_second_step_and_the_log_says_how_it_was_checked() -> None:
    person = PersonFactory(email="aino@example.org", language="en")
    give_app(person)
    client = Client()
    client.force_login(person)
    call_command("forget_second_step", "AINO@example.org", "--checked", "in-person")
    assert not Authenticator.objects.filter(user=person).exists()
    assert not Session.objects.filter(person=person).exists()
    assert Entry.objects.get(action="second_step.forgotten").data["checked"] == "in-person"
    assert "because it was lost" in Message.objects.get().text


def test_the_apps_secret_is_readable_after_the_key_was_changed(settings: object) -> None:
    person = PersonFactory()
    secret = give_app(person)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key" * 8  # type: ignore[attr-defined]
    row = Authenticator.objects.get(user=person)
    assert row.wrap().validate_code(number(secret))
