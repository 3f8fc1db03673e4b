"""A text of the network's own in each of its languages, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ydin.networks.forms.setup import VersionedForm

LONGEST = 5000


class AboutForm(VersionedForm):
    """What is said about a network or a group, a field for each language; `main` is the row's own language."""

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        main: str,
        about: str,
        others: Mapping[str, str],
        initial: dict[str, Any],
        **kwargs: Any,
    ) -> None:
        """Add the fields, the row's own language first, then those of the network and those that have a text."""
        self.main = main
        codes = list(dict.fromkeys([main, *languages, *others]))
        written = {f"text_{code}": about if code == main else others.get(code, "") for code in codes}
        kwargs["initial"] = {**written, **initial}
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        for code in codes:
            name = names.get(code, code)
            label = format_lazy(_("{language}, shown where another is missing"), language=name)
            self.fields[f"text_{code}"] = forms.CharField(
                label=label if code == main else name,
                widget=forms.Textarea(attrs={"rows": 8, "lang": code}),
                required=False,
                max_length=LONGEST,
            )

    def texts(self) -> list[Any]:
        """Return the bound text fields."""
        return [self[name] for name in self.fields if name.startswith("text_")]

    def typed(self) -> dict[str, str]:
        """Return what was typed, by field."""
        return {name: text for name, text in self.cleaned_data.items() if name.startswith("text_")}

    def about(self) -> dict[str, Any]:
        """Return `about` (in the row's own language) and `about_texts` (the others) as they are stored."""
        by_code = {name.removeprefix("text_"): text.strip() for name, text in self.typed().items()}
        others = {code: text for code, text in by_code.items() if text and code != self.main}
        return {"about": by_code.get(self.main, ""), "about_texts": others}
