"""`ydin manage screenshots --out FOLDER [--url URL]`: pictures of the pages that decide."""

from __future__ import annotations

import base64
import contextlib
import importlib
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django.core.management.base import BaseCommand, CommandError

from ydin.demo.management.pictures import LOOKS, SCALE, SCENES, TALLEST, WIDTHS, Look, Scene, standing_demo

QUALITY = 82


class Command(BaseCommand):
    """Drives Chromium, which only development machines have."""

    help = "Take pictures of the main pages: narrow and wide, light and dark, Finnish and English."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--out", type=Path, required=True, help="where the pictures go")
        parser.add_argument(
            "--url", default="", help="a running demo; without it one is built for the pictures"
        )

    def handle(self, **options: Any) -> None:
        """Take every picture; what lay there before is replaced."""
        out: Path = options["out"]
        with contextlib.ExitStack() as stack:
            browser = stack.enter_context(_chromium())
            try:
                url = options["url"].rstrip("/") or stack.enter_context(standing_demo())
            except RuntimeError as error:
                raise CommandError(str(error)) from error
            out.mkdir(parents=True, exist_ok=True)
            taken = {look.file_of(scene) for look in LOOKS for scene in SCENES}
            for look in LOOKS:
                for scene in SCENES:
                    (out / look.file_of(scene)).write_bytes(_picture(browser, url, scene, look))
                self.stderr.write(f"{look.width} px, {look.scheme}, {look.language}")
        for old in (*out.glob("*.png"), *out.glob("*.webp")):
            if old.name not in taken:
                old.unlink()
        size = sum((out / name).stat().st_size for name in taken)
        self.stderr.write(f"{len(taken)} pictures, {size / 1e6:.1f} MB")


@contextlib.contextmanager
def _chromium() -> Iterator[Any]:
    """Chromium for the length of a block; the library is asked for by name, for it is no part of production."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise CommandError("no Chromium is installed (apt-get install chromium)")
    try:
        library = importlib.import_module("playwright.sync_api")
    except ImportError as error:
        raise CommandError("Playwright is missing; it comes with requirements/dev.txt") from error
    with library.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


def _picture(browser: Any, url: str, scene: Scene, look: Look) -> bytes:
    context = browser.new_context(
        viewport={"width": look.width, "height": WIDTHS[look.width]},
        device_scale_factor=SCALE[look.width],
        color_scheme=look.scheme,
        locale=look.language,
        reduced_motion="reduce",
        extra_http_headers={"Accept-Language": look.language},
    )
    tab = context.new_page()
    for step in (f"/demo/enter/{scene.role}/" if scene.role else "", scene.address):
        if step:
            _open(tab, url + step)
    for link in scene.follows:
        _open(tab, url + _path(tab, url, link))
    tall = max(WIDTHS[look.width], tab.evaluate("document.documentElement.scrollHeight"))
    tab.set_viewport_size({"width": look.width, "height": min(tall, TALLEST[look.width])})
    tab.evaluate("document.activeElement?.blur()")
    shot = context.new_cdp_session(tab).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    context.close()
    return base64.b64decode(shot["data"])


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
