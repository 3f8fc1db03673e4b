"""The catalogue as a browser shows it: reachable, readable, nothing outside of the screen."""

from __future__ import annotations

import html
from collections.abc import Callable
from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import translation
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.pages import faults_of

from ydin.ui.bundle import SOURCES
from ydin.ui.catalogue_parts import PARTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
STYLES = SOURCES / "css" / "components"
TEMPLATES = SOURCES.parent.parent / "templates" / "ui" / "components"
OF_PAGES = {"setup", "letter", "evening", "email_button", "page_head"}
"""Style of one kind of page each, and parts that nobody places by hand."""
PATHS = ["/ui/", "/ui/forms/", "/ui/email/html/", *(f"/ui/parts/{slug}/" for slug in PARTS)]


def test_every_part_is_fit_for_everybody(live_server: LiveServer, open_page: OpenPage) -> None:
    """Axe in both schemes, targets, reflow, names; the languages take turns, so that each part is seen in one."""
    readers = [open_page("about:blank", language=language) for language in ("fi", "sv", "en")]
    faults = []
    for page, path in zip(cycle(readers), PATHS, strict=False):
        page.goto(live_server.url + path)
        faults += faults_of(page, landmarks="/email/" not in path)

    assert faults == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_catalogue_speaks_the_reader_s_language(client: Client, language: str) -> None:
    for slug, part in PARTS.items():
        with translation.override(language):
            title, says = str(part.title), str(part.says)
        shown = html.unescape(
            client.get(f"/ui/parts/{slug}/", headers={"Accept-Language": language}).content.decode()
        )
        assert f"<h1>{title}</h1>" in shown
        assert says in shown
        assert ("{% load" in shown) and "…" not in title


def test_every_style_file_and_template_is_shown_somewhere() -> None:
    """What the system has, the catalogue shows; what it names, the system has."""
    for kind, folder, ending in (("styles", STYLES, ".css"), ("templates", TEMPLATES, ".html")):
        shown = {name for part in PARTS.values() for name in getattr(part, kind)}
        there = {file.stem for file in folder.glob(f"*{ending}")}
        assert shown - {"tokens"} <= there
        assert there - shown <= OF_PAGES, kind


def test_an_unknown_part_is_not_found(client: Client) -> None:
    assert client.get("/ui/parts/carousel/").status_code == 404


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
    page = open_page(live_server.url + "/ui/parts/dialog/", language="en")
    dialog = page.get_by_role("dialog")

    page.get_by_role("link", name="Open a dialog").click()
    assert dialog.is_visible()
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")

    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.dataset.open") == "confirm"


def test_the_dialog_opens_without_script(live_server: LiveServer, open_page: OpenPage) -> None:
    page = open_page(live_server.url + "/ui/parts/dialog/", language="en", script=False)

    page.get_by_role("link", name="Open a dialog").click()

    assert page.get_by_role("heading", name="Cancel the evening?").is_visible()
    page.get_by_role("link", name="Keep it").click()
    assert not page.get_by_role("heading", name="Cancel the evening?").is_visible()


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

    page.goto(live_server.url + "/ui/parts/toast/")
    page.locator(".flash button").first.click()

    assert page.locator(".flash").count() == 3
    assert complaints == []
