"""What nobody types is dropped before any view reads it.

PostgreSQL stores no NUL; XML, and so spreadsheets, no control characters; characters that turn the direction of
writing make a name look like another one. All of them come from machines. Letters that are written in two ways
(ä as one sign or as a with dots) become one, so that the same name is found as the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

_UNTYPED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, without tabulator and line ends
    "\u202a-\u202e\u2066-\u2069"  # turning the direction of writing
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"  # marks of files, halves of characters
)
FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


def typed(text: str) -> str:
    """Return the text without what nobody types, in the composed form (NFC)."""
    return unicodedata.normalize("NFC", _UNTYPED.sub("", text))


class TextMiddleware:
    """Cleans the values of addresses and forms; files are read by what takes them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the next handler does."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Clean before the view runs."""
        del view, args, kwargs
        if request.META.get("QUERY_STRING"):
            request.GET = _cleaned(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and request.content_type in FORMS:
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]


def _cleaned(values: QueryDict) -> QueryDict:
    found = {key: [typed(one) for one in several] for key, several in values.lists()}
    if all(found[key] == several for key, several in values.lists()):
        return values
    clean = QueryDict(mutable=True, encoding=values.encoding)
    for key, several in found.items():
        clean.setlist(typed(key), several)
    clean._mutable = False  # noqa: SLF001 - as Django's own request does
    return clean
