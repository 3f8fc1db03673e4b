"""Letters of the slice with sample data."""

from __future__ import annotations

from ydin.ui.samples import SITE, Preview

PREVIEWS = [
    Preview("access/email/changed", lambda: {"change": "passkey_added", "url": f"{SITE}/me/safety/"}),
    Preview(
        "access/email/changed", lambda: {"change": "recovery_used", "url": f"{SITE}/me/safety/"}, "recovery"
    ),
]
