"""One source of colours and sizes: nothing outside of the design system carries its own.

Colours stand in tokens.css alone. Type sizes are steps of tokens.css. Other sizes belong to the style file of a
component. Templates and Python carry neither. Named exceptions: the layout of e-mails, whose colours must be those
of the tokens; what is printed on paper (PDF), which has no style sheet; Leaflet's own file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ydin
from ydin.ui import tokens
from ydin.ui.bundle import SOURCES

PACKAGE = Path(ydin.__file__).parent
CSS = SOURCES / "css"
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|color-mix)\(", re.IGNORECASE)
NAMED_COLOUR = re.compile(
    r":\s*(?:white|black|red|green|blue|gr[ae]y|silver|orange|yellow|brown)\b(?=[^:]*[;}])", re.IGNORECASE
)
FONT_SIZE = re.compile(r"font-size:\s*([^;}]+)|font:\s*([^;}]+)")
SIZE_FROM_SCALE = re.compile(r"var\(--(?:step-|numeral|drawn)[a-z0-9-]*\)|\binherit\b|\b[\d.]+em\b")
OWN_SIZE = re.compile(r"(?<![\w-])\d*\.?\d+(?:px|rem|pt|vw|vh)\b")
ICON_SIZES = {"14", "16", "18", "20", "24", "32"}
LETTERS = re.compile(r"/(base_email|email_\w+|email/[^/]+|email/.*)\.html$")
ON_PAPER = re.compile(r"/documents/(.*pdf|.*paper|.*sheet)[^/]*\.py$|\.typ$")
SETS_STYLE = re.compile(
    r"\sstyle\s*=\s*[\"']|<style[\s>]|\s(?:fill|stroke|bgcolor|color)=[\"'](?!none|currentColor|\{\{)"
)


def _templates() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.glob("*/templates/**/*.html")):
        yield path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")


def _styles() -> Iterator[tuple[str, str]]:
    for path in sorted(CSS.rglob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield path.relative_to(CSS).as_posix(), text


def test_colours_stand_in_the_tokens_alone() -> None:
    faults = [
        f"{name}: {found[0]}"
        for name, text in _styles()
        if name != "tokens.css"
        for found in (*COLOUR.finditer(text), *NAMED_COLOUR.finditer(text))
    ]
    assert faults == []


def test_type_sizes_are_steps_of_the_scale() -> None:
    faults = []
    for name, text in _styles():
        if name == "tokens.css":
            continue
        for found in FONT_SIZE.finditer(text):
            said = (found[1] or found[2]).strip()
            if not SIZE_FROM_SCALE.search(said):
                faults.append(f"{name}: {said}")
    assert faults == []


def test_every_token_that_is_used_exists_and_every_token_is_used() -> None:
    used = {name for _file, text in _styles() for name in re.findall(r"var\(--([a-z0-9-]+)\)", text)}
    known = set(tokens.names())

    assert used - known == set()
    assert known - used - {"space-1", "space-8"} == set()


def test_dark_and_print_change_only_what_light_has() -> None:
    light = tokens.colours()

    assert set(tokens.colours("dark")) == set(tokens.colours("print")) == set(light)
    same = {name for name, text in tokens.colours("dark").items() if light[name] == text}
    assert same <= {"veil", "code-ground", "code-ink"}, "a colour without its dark one"


def test_templates_carry_no_colours_and_no_sizes_of_their_own() -> None:
    faults = []
    for name, text in _templates():
        if LETTERS.search(name):
            continue
        bare = re.sub(r"{%.*?%}|{{.*?}}|href=\"[^\"]*\"|&#?\w+;", "", text)
        faults += [f"{name}: {found[0].strip()}" for found in SETS_STYLE.finditer(text)]
        faults += [f"{name}: {found[0]}" for found in COLOUR.finditer(bare)]
        faults += [f"{name}: {found[0]}" for found in re.finditer(r"font-(?:size|family)=", text)]
    assert faults == []


def test_icons_come_in_a_few_sizes() -> None:
    faults = [
        f"{name}: icon of {size}"
        for name, text in _templates()
        for size in re.findall(r"{% icon [^ ]+ (\d+)", text)
        if size not in ICON_SIZES
    ]
    assert faults == []


def test_drawings_stand_in_components_alone() -> None:
    """A template of a page asks for a picture; it does not draw one."""
    drawn = [
        name
        for name, text in _templates()
        if not name.startswith("ui/")
        and len(re.findall(r"<svg", text)) != len(re.findall(r"<svg class=\"qr\"", text))
    ]
    assert drawn == []  # QR codes are squares that segno counts


def test_python_carries_no_colours_and_no_sizes() -> None:
    faults = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if "/migrations/" in name or ON_PAPER.search(f"/{name}") or name == "ui/tokens.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in said:
                continue
            looks_like_style = re.search(
                r"fill|stroke|style|color|background|font|width:|margin:", node.value
            )
            for pattern in (COLOUR, *((OWN_SIZE,) if looks_like_style else ())):
                faults += [
                    f"{name}, line {node.lineno}: {found[0]}" for found in pattern.finditer(node.value)
                ]
    assert faults == []


def test_the_colours_of_letters_are_those_of_the_tokens() -> None:
    """Mail programs know no variables: the layout carries values, the values are derived from tokens.css."""
    letters = {name: text for name, text in _templates() if LETTERS.search(name)}
    known = {_long(text) for scheme in ("light", "dark") for text in tokens.colours(scheme).values()}
    faults = [
        f"{name}: {colour}"
        for name, text in letters.items()
        for colour in re.findall(r"#[0-9a-f]{3,6}\b", re.sub(r"href=\"[^\"]*\"|&#?\w+;", "", text))
        if _long(colour) not in known
    ]
    assert letters
    assert faults == []


def _long(colour: str) -> str:
    digits = colour.removeprefix("#")
    return "#" + ("".join(d * 2 for d in digits) if len(digits) == 3 else digits)


@pytest.mark.parametrize(
    ("source", "is_style"),
    [
        ('<p style="color: red">', True),
        ('<rect fill="#fff"/>', True),
        ('<rect fill="{{ light }}"/>', False),
        ('<rect class="bar-on"/>', False),
        ("<style>p{}</style>", True),
    ],
)
def test_the_search_finds_what_it_is_for(source: str, is_style: bool) -> None:
    assert bool(SETS_STYLE.search(source)) == is_style
