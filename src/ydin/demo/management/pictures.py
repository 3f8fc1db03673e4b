"""What `screenshots` photographs, and the demo that stands still for it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from ydin.demo.rules.parts import NETWORK, SHOWCASE

CLOCK: Final = "2026-11-18T08:30:00+00:00"
"""The moment at which the pictures are taken: a Wednesday morning with a season half done."""
STANDS_STILL: Final = f"""
import time_machine
time_machine.travel({CLOCK!r}, tick=True).start()
"""
GROUP: Final = f"/groups/{NETWORK}/{SHOWCASE}/"
WIDTHS: Final = {360: 740, 1280: 900}
TALLEST: Final = {360: 1300, 1280: 1150}
SCALE: Final = {360: 1.5, 1280: 1.0}
SCHEMES: Final = ("light", "dark")
LANGUAGES: Final = ("fi", "en")
STARTS_WITHIN_SECONDS: Final = 600


@dataclass(frozen=True)
class Scene:
    """A page: who opens it, where they begin, and what they follow from there (links, relative addresses)."""

    name: str
    role: str = ""
    address: str = ""
    follows: tuple[str, ...] = ()


SCENES: Final = (
    Scene("answer", "visitor"),
    Scene("host", "host", "", ("a[href*='/prepare/theme/']",)),
    Scene("season", "coordinator", GROUP, ("a[href^='/seasons/']",)),
    Scene("cockpit", "coordinator"),
    Scene("evening", "coordinator", "", ("a[href$='/memo/write/']", "../../evening/")),
    Scene("front", "", "/"),
)


@dataclass(frozen=True)
class Look:
    """How a scene is seen."""

    width: int
    scheme: str
    language: str

    def file_of(self, scene: Scene) -> str:
        """Return the file's name, as season-1280-dark-fi.webp."""
        return f"{scene.name}-{self.width}-{self.scheme}-{self.language}.webp"


LOOKS: Final = tuple(Look(*look) for look in product(WIDTHS, SCHEMES, LANGUAGES))


@contextlib.contextmanager
def standing_demo() -> Iterator[str]:
    """Build a demo in a folder of its own whose clock stands at CLOCK; give its address; end it afterwards.

    The clock is that of Python (time-machine, from requirements/dev.txt), in every process of the demo: they read
    `sitecustomize` first. So the same dates are on the pictures whenever they are taken.

    Raises:
        RuntimeError: the demo did not start.

    """
    with tempfile.TemporaryDirectory(prefix="ydin-pictures-") as folder:
        Path(folder, "sitecustomize.py").write_text(STANDS_STILL, encoding="utf-8")
        path = os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH", "")]))
        kept = {name: text for name, text in os.environ.items() if name not in {"DATABASE_URL", "YDIN_ENV"}}
        command = [sys.executable, "-m", "ydin.cli", "demo", "--port", "0", "--data", f"{folder}/data"]
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, env={**kept, "PYTHONPATH": path}, stdout=subprocess.PIPE, text=True
        )
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line.startswith("{"):
                raise RuntimeError("the demo did not start")
            yield str(json.loads(line)["url"])
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
