"""What is typed about a story."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class StoryForm(forms.Form):
    """Heading and text in each of the network's languages, and the companies named."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    companies = forms.CharField(
        label=gettext_lazy("Companies named in it"),
        help_text=gettext_lazy(
            "One a line, as the network knows them. Each is asked before anything is published."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5000,
    )

    def __init__(self, *args: Any, languages: list[str], **more: Any) -> None:
        """Add the fields of each language."""
        super().__init__(*args, **more)
        self.languages = languages
        names = dict(settings.LANGUAGES)
        for code in languages:
            told = {"language": names.get(code, code)}
            title = forms.CharField(label=_("Heading, %(language)s") % told, max_length=300, required=False)
            area = forms.Textarea(attrs={"rows": 8, "lang": code})
            text = forms.CharField(
                label=_("Text, %(language)s") % told, widget=area, required=False, max_length=20_000
            )
            self.fields[f"title_{code}"], self.fields[f"text_{code}"] = title, text

    def by_language(self, kind: str) -> dict[str, str]:
        """Return {language: what was typed} of `title` or `text`."""
        return {code: self.cleaned_data[f"{kind}_{code}"] for code in self.languages}

    def names(self) -> list[str]:
        """Return the names of companies, one a line."""
        lines = self.cleaned_data["companies"].splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of each language, heading and text."""
        return [(self[f"title_{code}"], self[f"text_{code}"]) for code in self.languages]


class VersionForm(forms.Form):
    """A button that changes something."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ConsentForm(VersionForm):
    """Yes or no."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
