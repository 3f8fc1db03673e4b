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
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
CONTRAST: dict[str, Any] = {**EVERYTHING, "runOnly": ["color-contrast"]}

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


def faults_of(page: Page, *, landmarks: bool = True) -> list[str]:
    """Return what is wrong with the page that is open. Leaves it at 1280 px, light, folded."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": DESK, "height": 800})
    page.evaluate(OPEN_ALL)
    page.evaluate(AXE)
    faults = _axe(page, EVERYTHING, "light")
    page.emulate_media(color_scheme="dark")
    faults += _axe(page, CONTRAST, "dark")
    page.emulate_media(color_scheme="light")
    faults += page.evaluate(MOVES) + unnamed(page)
    if landmarks:
        faults += page.evaluate(LANDMARKS)
    page.set_viewport_size({"width": ZOOMED, "height": 800})
    faults += page.evaluate(TOO_WIDE)
    page.evaluate(CLOSE_ALL)
    faults += page.evaluate(TARGETS)
    page.set_viewport_size({"width": DESK, "height": 800})
    faults += page.evaluate(TARGETS)
    where = urllib.parse.urlsplit(page.url).path
    return [f"{where} {fault}" for fault in dict.fromkeys(faults)]


def _axe(page: Page, options: dict[str, Any], scheme: str) -> list[str]:
    found = page.evaluate(f"axe.run(document, {json.dumps(options)})")
    return [
        f"[{scheme}] {one['id']}: {one['help']}: " + "; ".join(n["html"][:200] for n in one["nodes"][:4])
        for one in found["violations"]
    ]


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
