"""What is told of a device, and which steps of signing in count as a second one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

SEEN_EVERY: Final = timedelta(minutes=15)
"""How exactly the last use of a session is known; finer would write a row at every page."""
DEVICE_KEY: Final = "device"
"""Where a session keeps the words about its device."""
BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS: Final = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("CrOS", "ChromeOS"), ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
"""Marks in what a browser says of itself, in the order in which they decide."""


def device_of(user_agent: str) -> str:
    """Return browser and system in a few words, e.g. "Firefox, Windows"; nothing else is kept of a device."""
    found = (next((name for mark, name in marks if mark in user_agent), "") for marks in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in found if name)


def took_second_step(records: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether one of a session's authentications was by passkey, authenticator app or recovery code."""
    return any(record.get("method") == "mfa" for record in records)
