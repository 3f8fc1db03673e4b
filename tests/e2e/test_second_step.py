"""A coordinator of a strict network sets up a passkey and signs in with it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.e2e.walking import Reader
from tests.factories import make_group
from tests.servers import LiveSite

from ydin.access.models import SignInRule

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_coordinator_is_led_to_a_passkey_and_signs_in_with_it(
    site: LiveSite, desk: Callable[..., Reader]
) -> None:
    with site.database():
        world = make_group()
        SignInRule.objects.create(network=world.network, needs_second_step=True)
    page = desk(world.coordinator).page
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    home = site.url.replace("127.0.0.1", "localhost")
    for cookie in page.context.cookies():
        if cookie["name"] == "sessionid":
            page.context.add_cookies([{"name": "sessionid", "value": str(cookie["value"]), "url": home}])
    page.goto(f"{home}/mine/groups/")
    page.wait_for_url("**/me/safety/setup/**")
    page.locator('main a[href*="passkeys/add"]').click()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    assert len(re.findall(r"\b\d{8}\b", page.locator("main").inner_text())) == 10
    page.goto(f"{home}/mine/groups/")
    assert page.url.endswith("/mine/groups/"), "setting it up was the second step"

    page.goto(f"{home}/accounts/logout/")
    page.locator("main form button").click()
    page.goto(f"{home}/accounts/login/code/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto(f"{home}/mine/groups/")
    assert page.url.endswith("/mine/groups/")
    page.goto(f"{home}/me/safety/")
    assert page.locator('a[href*="/remove/"]').count() == 1
    page.locator('a[href*="/remove/"]').click()
    page.locator("#mfa_webauthn_reauthenticate").click()  # such a change asks once more who it is
    page.locator("main button.danger").click()
    assert page.locator('a[href*="/remove/"]').count() == 1, "the last second step stays"
