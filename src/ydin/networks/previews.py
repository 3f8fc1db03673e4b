"""Letters of the slice with sample data."""

from __future__ import annotations

from typing import Any

from ydin.ui.samples import SITE, Preview, Sample


def _welcome() -> dict[str, Any]:
    return {
        "network": Sample(name="Pohjoisen kasvuverkosto"),
        "by": "Marja-Leena Väisänen",
        "url": f"{SITE}/networks/pohjoinen/",
        "sign_in_url": f"{SITE}/accounts/login/",
    }


def _commitment() -> dict[str, Any]:
    return {
        "network": Sample(name="Pohjoisen kasvuverkosto"),
        "by": "Marja-Leena Väisänen",
        "link": f"{SITE}/p/1-1.sample/",
    }


PREVIEWS = [
    Preview("networks/email/coordinator_welcome", _welcome),
    Preview("networks/email/commitment_asked", _commitment),
]
