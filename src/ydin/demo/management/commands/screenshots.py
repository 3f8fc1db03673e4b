"""`ydin manage screenshots --out FOLDER [--url URL]`: pictures of the pages that decide, from a running demo."""

from __future__ import annotations

import importlib
import shutil
from argparse import ArgumentParser
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django.core.management.base import BaseCommand, CommandError

from ydin.demo.rules.parts import NETWORK, SHOWCASE

WIDTHS = {360: 740, 1280: 900}
TALLEST, CHOSEN_TALLEST = 2400, {360: 1200, 1280: 960}
SCHEMES = ("light", "dark")
LANGUAGES = ("fi", "en")
GROUP = f"/groups/{NETWORK}/{SHOWCASE}/"
PAGES: dict[str, tuple[str, str, str]] = {
    "answer": ("visitor", "", ""),
    "host-theme": ("host", "", "a[href*='/prepare/theme/']"),
    "season-board": ("coordinator", GROUP, "a[href^='/seasons/']"),
    "cockpit": ("coordinator", "", ""),
    "evening": ("coordinator", "", "a[href$='/memo/write/']|../../evening/"),
    "home": ("", "/", ""),
}
"""Role to enter as, address to open then, and what to follow from there: links, or relative addresses."""
CHOSEN = {
    "season-board.png": ("season-board", 1280, "light", "fi"),
    "answer.png": ("answer", 360, "light", "fi"),
    "host-theme.png": ("host-theme", 360, "light", "fi"),
    "cockpit.png": ("cockpit", 1280, "light", "fi"),
    "evening.png": ("evening", 1280, "light", "en"),
    "home.png": ("home", 1280, "light", "fi"),
    "answer-dark.png": ("answer", 360, "dark", "en"),
}
"""What the documentation shows; everything else is for looking at."""


class Command(BaseCommand):
    """Drives Chromium, which only development machines have."""

    help = "Take pictures of the demo's main pages: narrow and wide, light and dark, Finnish and English."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--out", type=Path, required=True, help="where the chosen pictures go")
        parser.add_argument(
            "--all", type=Path, default=Path("build/screenshots"), help="where all of them go"
        )
        parser.add_argument("--url", default="http://localhost:8000", help="where the demo runs")

    def handle(self, **options: Any) -> None:
        """Take every picture, then copy the chosen ones."""
        everything: Path = options["all"]
        everything.mkdir(parents=True, exist_ok=True)
        with _browser() as browser:
            for width, scheme, language in product(WIDTHS, SCHEMES, LANGUAGES):
                _take(browser, options["url"].rstrip("/"), everything, (width, scheme, language))
                self.stderr.write(f"{width} px, {scheme}, {language}")
        out: Path = options["out"]
        out.mkdir(parents=True, exist_ok=True)
        for name, (page, width, scheme, language) in CHOSEN.items():
            shutil.copyfile(everything / f"top-{_name(page, width, scheme, language)}", out / name)


def _name(page: str, width: int, scheme: str, language: str) -> str:
    return f"{page}-{width}-{scheme}-{language}.png"


class _browser:  # noqa: N801 - used as a function
    """Chromium for the length of a block; the library is asked for by name, for it is no part of production."""

    def __enter__(self) -> Any:
        found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if found is None:
            raise CommandError("no Chromium is installed (apt-get install chromium)")
        try:
            library = importlib.import_module("playwright.sync_api")
        except ImportError as error:
            raise CommandError("Playwright is missing; it comes with requirements/dev.txt") from error
        self.playwright = library.sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        return self.browser

    def __exit__(self, *_failure: object) -> None:
        self.browser.close()
        self.playwright.stop()


def _take(browser: Any, url: str, folder: Path, look: tuple[int, str, str]) -> None:
    width, scheme, language = look
    for page, (role, address, links) in PAGES.items():
        context = browser.new_context(
            viewport={"width": width, "height": WIDTHS[width]},
            color_scheme=scheme,
            locale=language,
            reduced_motion="reduce",
            extra_http_headers={"Accept-Language": language},
        )
        tab = context.new_page()
        for step in (f"/demo/enter/{role}/" if role else "", address):
            if step:
                _open(tab, url + step)
        for link in filter(None, links.split("|")):
            _open(tab, url + _path(tab, url, link))
        name = _name(page, width, scheme, language)
        tall = max(WIDTHS[width], min(tab.evaluate("document.documentElement.scrollHeight"), TALLEST))
        tab.set_viewport_size({"width": width, "height": tall})
        tab.screenshot(path=folder / name)
        size = {"x": 0, "y": 0, "width": width, "height": min(tall, CHOSEN_TALLEST[width])}
        tab.screenshot(path=folder / f"top-{name}", clip=size)
        context.close()


def _open(tab: Any, address: str) -> None:
    answer = tab.goto(address)
    if answer is None or not answer.ok:
        raise CommandError(f"{address} answers with {answer.status if answer else 'nothing'}")


def _path(tab: Any, url: str, link: str) -> str:
    if link.startswith(".."):
        return urljoin(str(tab.url), link).removeprefix(url)
    found = tab.locator(f"main {link}").first
    if not found.count():
        raise CommandError(f"{tab.url} has no link {link}")
    return str(found.get_attribute("href")).removeprefix(url)
