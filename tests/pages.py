"""What every page owes to every reader, judged in a browser: one load, all looks.

`faults_of(page)` unfolds the page as it stands and returns what is wrong with it: axe's violations (everything in
the light scheme, contrast again in the dark one), targets below 24 px (WCAG 2.5.8 with its exceptions), sideways
scroll at 320 px (1.4.10: what 1280 px show at 400 %), motion although less was asked for (2.3.3), a missing or
doubled h1 or main, and controls without a name for a screen reader (from the accessibility tree).
"""

from __future__ import annotations

import json
import urllib.parse
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESK, PHONE, ZOOMED = 1280, 360, 320
AXE = Axe().axe_script
NO_CONTRAST: dict[str, Any] = {"rules": {"color-contrast": {"enabled": False}}}
CONTRAST: dict[str, Any] = {"runOnly": ["color-contrast"]}

OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
CLOSE_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = false; })"

TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const guilty = [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility()
    && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll'));
  return [`scrolls sideways by ${wide} px: ${guilty.slice(0, 3).map((e) => e.outerHTML.slice(0, 160)).join(' ')}`];
}"""

TARGETS = """() => {
  const all = [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')]
    .filter((e) => e.checkVisibility() && !e.disabled && !e.closest('.hide:not(:focus), .skip, [inert]'));
  const box = (e) => {
    const own = e.getBoundingClientRect();
    const label = e.labels && e.labels[0] && e.labels[0].contains(e) ? e.labels[0].getBoundingClientRect() : own;
    return label.height > own.height ? label : own;
  };
  const inText = (e) => {  // the exception "inline": in a sentence, the line decides about the height
    if (getComputedStyle(e).display !== 'inline') return false;
    const around = e.closest('p, li, dd, dt, td, th, h1, h2, h3, figcaption, caption, label, span');
    return around !== null && around.textContent.trim().length > e.textContent.trim().length;
  };
  const boxes = all.map((e) => [e, box(e)]);
  const alone = (e, r) => {  // the exception "spacing": a circle of 24 px around it meets no other target
    const x = r.x + r.width / 2, y = r.y + r.height / 2;
    return boxes.every(([other, o]) => {
      if (other === e || other.contains(e) || e.contains(other)) return true;
      const near = Math.hypot(Math.max(o.left - x, 0, x - o.right), Math.max(o.top - y, 0, y - o.bottom));
      const small = o.width < 24 || o.height < 24;
      return small ? Math.hypot(o.x + o.width / 2 - x, o.y + o.height / 2 - y) >= 24 : near >= 12;
    });
  };
  return boxes
    .filter(([, r]) => r.width && r.height && (r.width < 23.5 || r.height < 23.5))
    .filter(([e, r]) => !inText(e) && !alone(e, r))
    .map(([e, r]) => `target of ${Math.round(r.width)} × ${Math.round(r.height)} px: ${e.outerHTML.slice(0, 200)}`);
}"""

MOVES = """() => document.getAnimations().map((a) => `moves though less motion was asked for: ${a.transitionProperty || a.animationName}`)
  .concat([...document.querySelectorAll('a, button, .choice')].slice(0, 20)
    .filter((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0)
    .map((e) => `would move though less motion was asked for: ${e.outerHTML.slice(0, 120)}`))"""

LANDMARKS = """() => [['h1', 1], ['main', 1], ['title', 1]]
  .map(([name, wanted]) => [name, wanted, [...document.querySelectorAll(name)].filter((e) => !e.closest('svg')).length])
  .filter(([, wanted, found]) => wanted !== found)
  .map(([name, , found]) => `${found} × <${name}>`)"""

NEEDS_A_NAME = {
    "button", "link", "textbox", "checkbox", "radio", "combobox", "listbox", "searchbox", "spinbutton", "img", "image",
    "progressbar", "dialog", "navigation", "table", "group", "form", "Date", "DateTime", "InputTime",
    "DisclosureTriangle", "heading",
}  # fmt: skip
UNNAMED_IS_FINE = {"group", "form", "table"}
"""Roles that a screen reader passes over when they have no name."""


COLOURS = """() => [...new Set([...document.querySelectorAll('body *')]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || e.matches('input, select, textarea'))
  .map((e) => {
    const style = getComputedStyle(e);
    let behind = e;
    while (behind.parentElement && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement;
    return [e.tagName, e.getAttribute('class'), e.parentElement.tagName, e.parentElement.getAttribute('class'), style.color,
      getComputedStyle(behind).backgroundColor, style.opacity, style.fontSize, style.fontWeight].join(' ');
  }))]"""
"""How each text of the page is coloured: what contrast depends on."""


def faults_of(page: Page, *, landmarks: bool = True, judged: set[str] | None = None) -> list[str]:
    """Return what is wrong with the page that is open. Leaves it at 1280 px, dark, folded.

    `judged` holds how the texts of this very page were coloured when somebody else saw it, and is added to: where
    a page has nothing but these, only its words are others and contrast is not judged again.
    """
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": DESK, "height": 800})
    page.evaluate(AXE)
    first = page.evaluate(f"() => {{ {OPEN_ALL}; return ({COLOURS})(); }}")
    is_known = judged is not None and judged.issuperset(first)
    faults = violations(page, NO_CONTRAST if is_known else {}, "light")
    faults += page.evaluate(
        f"() => ({MOVES})().concat({f'({LANDMARKS})()' if landmarks else '[]'})"
    ) + unnamed(page)
    if not is_known:
        page.emulate_media(color_scheme="dark")
        faults += violations(page, CONTRAST, "dark")
    if judged is not None:
        judged.update(first)
    page.set_viewport_size({"width": ZOOMED, "height": 800})
    faults += page.evaluate(
        f"() => {{ const wide = ({TOO_WIDE})(); {CLOSE_ALL}; return wide.concat(({TARGETS})()); }}"
    )
    page.set_viewport_size({"width": DESK, "height": 800})
    faults += page.evaluate(TARGETS)
    where = urllib.parse.urlsplit(page.url).path
    return [f"{where} {fault}" for fault in dict.fromkeys(faults)]


def violations(page: Page, options: dict[str, Any], where: str) -> list[str]:
    """Return axe's violations in words, each beginning with where it was seen. Axe is on the page already."""
    wanted = {"resultTypes": ["violations"], "preload": False, **options}
    found: list[list[str]] = page.evaluate(
        f"async () => (await axe.run(document, {json.dumps(wanted)})).violations.map((one) =>"
        " [one.id, one.help, one.nodes.slice(0, 4).map((node) => node.html.slice(0, 300)).join('; ')])"
    )
    return [f"[{where}] {rule}: {help_}: {nodes}" for rule, help_, nodes in found]


def accessible(page: Page) -> list[tuple[str, str]]:
    """Return (role, name) of what a screen reader meets, in its order, from the browser's accessibility tree."""
    session = page.context.new_cdp_session(page)
    try:
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    return [
        (str(node.get("role", {}).get("value", "")), str(node.get("name", {}).get("value", "")).strip())
        for node in nodes
        if not node.get("ignored")
    ]


def unnamed(page: Page) -> list[str]:
    """Return the roles of controls, pictures and landmarks that a screen reader could not name."""
    wanted = NEEDS_A_NAME - UNNAMED_IS_FINE
    return [f"a {role} without a name" for role, name in accessible(page) if role in wanted and not name]
