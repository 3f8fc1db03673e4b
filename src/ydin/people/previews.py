"""Letters of the slice with sample data."""

from __future__ import annotations

from ydin.ui.samples import Preview

PREVIEWS = [
    Preview(
        "account/email/login_code",
        lambda: {"code": "K7MD-3QXT", "letters_url": ""},
        endings=("_subject.txt", "_message.txt", "_message.html"),
    )
]
