"""Letters of the slice with sample data."""

from __future__ import annotations

from typing import Any

from ydin.ui.samples import SITE, Preview, said


def _asked() -> dict[str, Any]:
    return {
        "title": said(
            "Kolme puhelua, kaksi tilausta",
            "Tre samtal, två beställningar",
            "Three calls, two orders",
        ),
        "company": "Hilla & Riite",
        "network": "Pohjoisen kasvuverkosto",
        "again": False,
        "link": f"{SITE}/y/1-1.sample/",
    }


def _answered() -> dict[str, Any]:
    return {**_asked(), "said_yes": True, "link": f"{SITE}/manage/stories/1/"}


PREVIEWS = [
    Preview("stories/email/consent_asked", _asked),
    Preview("stories/email/consent_asked", lambda: {**_asked(), "again": True}, "again"),
    Preview("stories/email/consent_answered", _answered),
    Preview("stories/email/consent_answered", lambda: {**_answered(), "said_yes": False}, "no"),
]
