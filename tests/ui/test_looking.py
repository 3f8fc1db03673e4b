"""The look at pages is no formality: it finds what it is for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.pages import accessible, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FAULTY = """() => {
  document.querySelector('main').innerHTML = `<h1>One</h1><h1>Two</h1><p id="faint">faint</p><button></button>
    <div id="near"><button>a</button><button>b</button></div><table><tr><td>${'w'.repeat(80)}</td></tr></table>
    <a id="mover" class="button" href="#">moves</a><p>a <a href="#">link</a> in a sentence is fine</p>`;
  const set = (id, text) => document.getElementById(id).style.cssText = text;
  set('faint', 'color: rgb(110, 110, 110); background: rgb(90, 90, 90)');
  set('mover', 'transition-duration: 1s');
  for (const b of document.querySelectorAll('#near button'))
    b.style.cssText = 'width: 12px; height: 12px; padding: 0; border: 0; overflow: hidden';
}"""


def test_every_kind_of_fault_is_found(live_server: LiveServer, open_page: Callable[..., Page]) -> None:
    page = open_page(live_server.url + "/ui/parts/steps/", language="en")
    assert faults_of(page) == []

    page.evaluate(FAULTY)
    found = "\n".join(faults_of(page))

    for fault in (
        "[light] color-contrast",
        "[dark] color-contrast",
        "[light] button-name",
        "2 × <h1>",
        "scrolls sideways",
        "target of 12 × 12 px",
        "would move though less motion was asked for",
        "a button without a name",
    ):
        assert fault in found, found
    assert "in a sentence" not in found


def test_the_accessibility_tree_is_read_in_its_order(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page(live_server.url + "/ui/parts/progress/", language="en")

    told = accessible(page)

    assert told.index(("link", "Skip to content")) < told.index(("heading", "Progress"))
    assert ("progressbar", "Seats taken") in told
