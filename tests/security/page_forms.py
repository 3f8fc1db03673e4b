"""Forms as they stand in pages: what a browser would send for each, with a text of one's own where one may type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

BY_KIND = {
    "email": "aino@example.org", "number": "1", "date": "2027-01-12", "time": "18:00", "url": "https://example.org/",
    "datetime-local": "2027-01-12T18:00", "month": "2027-01", "tel": "040 1234567", "color": "#000000",
}  # fmt: skip
TYPED = {"text", "search", "textarea"}
SENT_BY_BROWSERS = {"hidden", "submit", "checkbox", "radio", *TYPED, *BY_KIND}


@dataclass
class Input:
    """A field: its name, its kind, and the values it comes with."""

    name: str
    kind: str
    values: list[str]


@dataclass
class Form:
    """One form that sends."""

    action: str
    inputs: list[Input] = field(default_factory=list)

    @property
    def shape(self) -> tuple[str, ...]:
        """Return what tells this form from others at its address."""
        return tuple(sorted({one.name for one in self.inputs}))

    @property
    def takes_text(self) -> bool:
        """Tell whether one may type into it."""
        return any(one.kind in TYPED for one in self.inputs)

    def filled(self, texts: Iterator[str]) -> tuple[list[tuple[str, str]], list[str]]:
        """Return what is sent when each field for text gets the next one, and these texts."""
        sent, typed, chosen = [], [], set()
        for one in self.inputs:
            if one.kind in TYPED:
                typed.append(next(texts))
                sent.append((one.name, typed[-1]))
            elif one.kind == "hidden":
                sent += [(one.name, value) for value in one.values]
            elif one.kind in BY_KIND:
                sent.append((one.name, one.values[0] if one.values and one.values[0] else BY_KIND[one.kind]))
            elif one.values and one.name not in chosen:
                chosen.add(one.name)
                sent.append((one.name, one.values[0]))
        return sent, typed


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.forms = address, []  # type: ignore[var-annotated]
        self._form: Form | None = None
        self._select: Input | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            place = urlsplit(urljoin(self.address, had.get("action", "") or self.address))
            inside = place.path + (f"?{place.query}" if place.query else "")
            self._form = Form(inside) if had.get("method", "get").lower() == "post" else None
        elif self._form is None:
            return
        elif tag == "select" and had.get("name"):
            self._select = Input(had["name"], "select", [])
            self._form.inputs.append(self._select)
        elif tag == "option" and self._select is not None and had.get("value"):
            where = 0 if "selected" in had else len(self._select.values)
            self._select.values.insert(where, had["value"])
        elif tag in {"input", "textarea", "button"} and had.get("name") and "disabled" not in had:
            kind = {"textarea": "textarea", "button": "submit"}.get(tag) or had.get("type", "text").lower()
            values = [had["value"]] if "value" in had else (["on"] if kind == "checkbox" else [])
            if kind in SENT_BY_BROWSERS:
                self._form.inputs.append(Input(had["name"], kind, values))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self.forms.append(self._form)
            self._form = None
        elif tag == "select":
            self._select = None


def forms_in(page: str, address: str) -> Iterable[Form]:
    """Return the forms of a page that send, without those that every page has around it (language, signing out)."""
    reader = _Reader(address)
    reader.feed(page)
    return [form for form in reader.forms if not form.action.startswith(("/language/", "/accounts/logout/"))]
