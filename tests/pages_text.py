"""What a page says, without its markup."""

from __future__ import annotations

import html
import re
from typing import Any


def words_of_page(response: Any, status: int = 200) -> str:
    """Return the words of an answer that must have this status."""
    assert response.status_code == status, response.status_code
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
