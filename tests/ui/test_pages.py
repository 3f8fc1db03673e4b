from __future__ import annotations

import gzip
import re
import struct
import zlib

import brotli  # type: ignore[import-untyped]
import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from ydin.ui import tokens
from ydin.ui.bundle import SOURCES, htmx, mark_svg, script, stylesheet, touch_icon
from ydin.ui.views import csrf_failure

pytestmark = pytest.mark.django_db
TEMPLATES = SOURCES.parent.parent / "templates"


def test_style_and_script_keep_their_budgets() -> None:
    assert len(stylesheet().brotli) <= 7_000  # what a phone fetches, once
    assert len(script().content) <= 3_000


def test_the_style_sheet_has_every_component_and_nothing_from_elsewhere() -> None:
    css = stylesheet().content.decode()

    for file in (SOURCES / "css" / "components").glob("*.css"):
        first_rule = re.search(r"(?<=@layer components \{\n  )[^{,]+", file.read_text(encoding="utf-8"))
        assert first_rule is not None, file
        assert first_rule.group().strip() in css, file
    assert "url(" not in css
    assert css.count("{") == css.count("}")


def test_an_asset_may_be_kept_for_a_year_under_its_hash(client: Client) -> None:
    answer = client.get(stylesheet().path, headers={"Accept-Encoding": "gzip, br"})

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.content) == stylesheet().content
    assert "Set-Cookie" not in answer.headers


def test_an_asset_for_browsers_without_brotli(client: Client) -> None:
    zipped = client.get(script().path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(script().path, headers={"Accept-Encoding": ""})

    assert gzip.decompress(zipped.content) == plain.content == script().content
    assert "Content-Encoding" not in plain.headers


def test_the_mark_is_drawn_from_the_tokens_in_every_form(client: Client) -> None:
    shown = client.get("/ui/").content.decode()
    svg, touch = client.get(mark_svg().path), client.get(touch_icon().path)
    icon = client.get("/favicon.ico").content

    assert mark_svg().path in shown
    assert touch_icon().path in shown
    assert tokens.value("spruce") in svg.content.decode()
    assert tokens.value("spruce", "dark") in svg.content.decode()
    assert touch.content.startswith(b"\x89PNG")
    assert struct.unpack(">II", touch.content[16:24]) == (180, 180)
    assert "Content-Encoding" not in touch.headers
    assert icon[22:26] == b"\x89PNG"
    assert _middle_of(touch.content) == bytes(tokens.rgb("spruce"))


def _middle_of(png: bytes) -> bytes:
    at = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[at - 4 : at])
    rows = zlib.decompress(png[at + 4 : at + 4 + length])
    pixel = 90 * (180 * 3 + 1) + 1 + 90 * 3
    return rows[pixel : pixel + 3]


def test_a_page_is_sent_compressed_and_its_colours_come_from_the_tokens(client: Client) -> None:
    answer = client.get("/ui/", headers={"Accept-Encoding": "gzip"})

    page = gzip.decompress(answer.content).decode()
    assert f'content="{tokens.value("snow")}"' in page
    assert f'content="{tokens.value("snow", "dark")}"' in page
    assert htmx().path in page


@pytest.mark.parametrize("path", ["/ui/ydin-0123456789ab.css", "/ui/ydin.css"])
def test_an_address_of_another_version_is_not_kept(client: Client, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "public, max-age=60"


def test_choosing_a_language_sets_the_cookie_and_goes_back(client: Client) -> None:
    answer = client.post("/language/", {"language": "sv", "next": "/ui/forms/?a=1"})

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/ui/forms/?a=1"
    assert client.cookies["ydin_language"].value == "sv"
    assert 'lang="sv"' in client.get("/ui/forms/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_language_form_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    assert client.post("/language/", {"language": "sv", "next": elsewhere}).headers["Location"] == "/"


def test_neither_an_unknown_language_nor_another_site_changes_anything(client: Client) -> None:
    client.post("/language/", {"language": "xx"})
    client.post("/language/", {"language": "sv"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert "ydin_language" not in client.cookies
    assert client.get("/language/").status_code == 405


def test_a_form_with_errors_comes_back_with_what_was_typed(client: Client) -> None:
    answer = client.post("/ui/forms/", {"name": "Aino Rantala"}, headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert 'value="Aino Rantala"' in answer.content.decode()


def test_a_missing_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/no/such/page/", headers={"Accept-Language": "en"})

    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()
    assert "<script" not in answer.content.decode()


def test_an_old_form_is_told_kindly(rf: RequestFactory) -> None:
    with translation.override("en"):
        answer = csrf_failure(rf.get("/"))

    assert answer.status_code == 403
    assert "The page had been open too long" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "500.html"])
def test_error_pages_need_no_context(name: str) -> None:
    assert "<h1>" in render_to_string(name)


def test_the_page_after_a_failure_is_static() -> None:
    assert not re.search(r"\{[{%]", (TEMPLATES / "500.html").read_text(encoding="utf-8"))


def test_no_template_carries_inline_style_or_script() -> None:
    for file in TEMPLATES.rglob("*.html"):
        source = file.read_text(encoding="utf-8")
        assert not re.search(r"\son[a-z]+=", source), file
        if "email" not in file.as_posix():  # letters: tests/ui/test_style_rules.py
            assert not re.search(r"\sstyle=|<style", source), file


def test_the_letter_says_the_same_as_html_and_as_text(client: Client) -> None:
    html = client.get("/ui/email/html/", headers={"Accept-Language": "en"}).content.decode()
    plain = client.get("/ui/email/txt/", headers={"Accept-Language": "en"}).content.decode()

    for content in ("Thu 4 Feb 2027, 17:30–20:00", "https://ydin.example/a/1", "Are you coming?"):
        assert content in html
        assert content in plain
    assert "<" not in plain


def test_a_letter_as_text_shows_names_as_they_are_written() -> None:
    source = (
        '{% extends "ui/base_email.txt" %}{% block heading %}{{ name }}{% endblock %}'
        '{% block action %}{% include "ui/components/email_button.txt" with url="u" label=name %}'
        "{% endblock %}"
    )

    plain = Template(source).render(Context({"name": "Hilla & Riite's"}))

    assert plain.count("Hilla & Riite's") == 2


def test_who_is_signed_in_finds_the_own_page_and_the_way_out(rf: RequestFactory) -> None:
    class Reader:
        is_authenticated = True

        def __str__(self) -> str:
            return "Aino Rantala"

    with translation.override("en"):
        html = render_to_string("ui/base.html", {"user": Reader(), "request": rf.get("/")})

    assert "Aino Rantala" in html
    assert '<form method="post" action="/' in html
    assert "Sign out" in html
