"""The catalogue as a browser shows it: reachable, readable, nothing outside of the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
TOO_SMALL = """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select')]
  .filter((e) => e.checkVisibility() && !e.closest('.hide, .skip'))
  .filter((e) => getComputedStyle(e).display !== 'inline')
  .filter((e) => { const r = e.getBoundingClientRect(); return r.height < 24 && !e.closest('label'); })
  .map((e) => e.outerHTML)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/ui/", "/ui/forms/", "/ui/email/html/"])
def test_axe_finds_nothing(
    live_server: LiveServer, open_page: OpenPage, path: str, width: int, scheme: str
) -> None:
    page = open_page(live_server.url + path, width=width, scheme=scheme)
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_hangs_out_of_the_screen(
    live_server: LiveServer, open_page: OpenPage, width: int, language: str
) -> None:
    """320 px is what a screen of 1280 px shows at 400 %."""
    page = open_page(live_server.url + "/ui/", width=width, language=language)

    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert page.evaluate(TOO_SMALL) == []


def test_errors_take_the_focus_and_lead_to_their_field(live_server: LiveServer, open_page: OpenPage) -> None:
    page = open_page(live_server.url + "/ui/forms/", language="en")

    page.get_by_role("button", name="Continue").click()

    summary = page.get_by_role("alert")
    assert summary.evaluate("(it) => it === document.activeElement")
    summary.get_by_role("link", name="Your name").click()
    assert page.evaluate("document.activeElement.name") == "name"
    assert page.get_by_label("E-mail").get_attribute("aria-describedby") == "id_email_helptext id_email_error"
    assert Axe().run(page).violations_count == 0


def test_the_dialog_opens_with_script_and_closes_with_escape(
    live_server: LiveServer, open_page: OpenPage
) -> None:
    page = open_page(live_server.url + "/ui/", language="en")
    dialog = page.get_by_role("dialog")

    page.get_by_role("link", name="Open a dialog").click()
    assert dialog.is_visible()
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")

    assert not dialog.is_visible()


def test_the_dialog_opens_without_script(live_server: LiveServer, open_page: OpenPage) -> None:
    page = open_page(live_server.url + "/ui/", language="en", script=False)

    page.get_by_role("link", name="Open a dialog").click()

    assert page.get_by_text("Cancel the evening?").is_visible()
    page.get_by_role("link", name="Keep it").click()
    assert not page.get_by_text("Cancel the evening?").is_visible()


def test_language_changes_without_script(live_server: LiveServer, open_page: OpenPage) -> None:
    page = open_page(live_server.url + "/ui/forms/", language="en", script=False)

    page.get_by_role("button", name="svenska").click()

    assert page.url == live_server.url + "/ui/forms/"
    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.get_by_role("button", name="svenska").get_attribute("aria-current") == "true"


def test_a_message_can_be_closed_and_the_page_breaks_no_security_policy(
    live_server: LiveServer, open_page: OpenPage
) -> None:
    page = open_page("about:blank")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(live_server.url + "/ui/")
    page.locator(".flash button").first.click()

    assert page.locator(".flash").count() == 1
    assert complaints == []
