"""Every letter of the product: it has a preview in three languages, and is fit to be read anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from tests.pages import AXE, violations

import ydin
from ydin.ui.letters import first_words, tidy
from ydin.ui.samples import Preview, all_previews
from ydin.ui.tokens import colours

PACKAGE = Path(ydin.__file__).parent
LANGUAGES = ("fi", "sv", "en")
EACH = list(all_previews().values())
VOID = {"meta", "br", "img", "hr", "link", "input"}
GMAIL_CLIPS = 100_000


def _templates() -> set[str]:
    names = [p.as_posix().partition("/templates/")[2] for p in PACKAGE.glob("*/templates/**/email/*.txt")]
    return {re.sub(r"(\.subject|_subject)\.txt$", "", n) for n in names if n.endswith("subject.txt")}


def test_every_letter_has_a_preview_and_every_preview_a_letter() -> None:
    assert {preview.template for preview in EACH} == _templates()


class _Strict(HTMLParser):
    """Notices tags that are not closed in order, doubled ids and links that lead nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.links: list[str] = []
        self.buttons = 0
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag == "a":
            self.links.append(given.get("href") or "")
            self.buttons += given.get("class") == "button"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


@pytest.mark.parametrize("preview", EACH, ids=lambda p: p.slug)
def test_a_letter_is_small_valid_and_has_one_thing_to_do(preview: Preview) -> None:
    seen = set()
    for language in LANGUAGES:
        letter = preview.render(language)
        seen.add(letter.text)
        page = _Strict()
        page.feed(letter.html)
        assert (page.faults, page.open) == ([], [])
        assert page.language == language
        assert page.buttons <= 1
        assert all(link.startswith("https://ydin.example/") for link in page.links), page.links
        assert len(letter.html.encode()) <= GMAIL_CLIPS
        assert "<table" not in letter.html
        assert "color-scheme" in letter.html
        assert re.search(r'aria-hidden="true">[^<]{10,}</div>', letter.html), (
            "nothing stands behind the subject"
        )
        assert 5 <= len(letter.subject) <= 130
        lines = letter.text.splitlines()
        assert [x for x in lines if len(x) > 78 and not x.startswith("https://")] == []
        assert "\n\n\n" not in letter.text
        assert {link for link in page.links if link} <= set(re.findall(r"https://\S+", letter.text))
        assert not re.search(r"\{\{|\{%|None|&(amp|quot|#)", letter.subject + letter.text)
        assert ("unsubscribe" in letter.html) is preview.optional
    assert len(seen) == len(LANGUAGES), "the languages say the same"


def test_letters_have_no_colours_of_their_own() -> None:
    known = {text.lower() for scheme in ("light", "dark") for text in colours(scheme).values()}
    faults = []
    for preview in EACH:
        used = set(re.findall(r"#[0-9a-f]{3,6}\b", preview.render("en").html.lower()))
        faults += [f"{preview.slug}: {c}" for c in used - known]
    own = [p.name for p in PACKAGE.glob("*/templates/**/email/*.html") if "style=" in p.read_text()]
    assert (faults, own) == ([], [])


@pytest.mark.browser
def test_letters_are_readable_by_everybody_in_both_schemes(open_page: Callable[..., Page]) -> None:
    """Languages and schemes take turns; the layout is one."""
    readers = cycle([open_page("about:blank", width=360, scheme=scheme) for scheme in ("light", "dark")])
    faults: list[str] = []
    for preview, language, page in zip(EACH, cycle(LANGUAGES), readers, strict=False):
        page.set_content(preview.render(language).html)
        if not page.evaluate("'axe' in window"):  # it outlives the content
            page.evaluate(AXE)
        faults += violations(page, {}, preview.slug)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults += [f"{preview.slug} is {wide} px too wide"] if wide > 0 else []
    assert faults == []


@pytest.mark.django_db
def test_the_catalogue_shows_each_letter(client: Client) -> None:
    page = client.get(reverse("ui-catalogue-letters"), headers={"Accept-Language": "sv"}).content.decode()
    for preview in EACH:
        assert reverse("ui-catalogue-letter", args=[preview.slug, "sv"]) in page
    one = EACH[-1]
    shown = client.get(reverse("ui-catalogue-letter", args=[one.slug, "fi"]))
    raw = reverse("ui-catalogue-letter-raw", args=[one.slug, "fi", "html"])
    assert shown.content.decode().count(f'src="{raw}"') == 2
    assert "frame-src 'self'" in shown.headers["Content-Security-Policy"]
    letter = client.get(raw)
    assert letter.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "sandbox" in letter.headers["Content-Security-Policy"]
    text = client.get(raw.removesuffix("html") + "txt")
    assert text.content.decode() == one.render("fi").text
    for wrong in (["no-such-letter", "fi"], [one.slug, "de"]):
        assert client.get(reverse("ui-catalogue-letter", args=wrong)).status_code == 404


def test_text_is_wrapped_between_words_and_addresses_stay_whole() -> None:
    address = "https://ydin.example/" + "a" * 90
    text = tidy("Heading\n\n\n\n" + "word " * 40 + f"\n{address}\n   \n--\nfoot")
    assert max(len(line) for line in text.splitlines() if "https" not in line) <= 76
    assert address in text.splitlines()
    assert "\n\n\n" not in text
    assert first_words(text).startswith("word word")
    assert first_words(text).endswith("…")
    assert "foot" not in first_words("Heading\n\nSee\nhttps://x\n\n--\nfoot")
