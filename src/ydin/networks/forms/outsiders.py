"""Inviting people from outside, and the text that they sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ydin.networks.forms.setup import InviteForm
from ydin.networks.queries import OUTSIDER_CHOICES

LONGEST = 8000


class OutsiderForm(InviteForm):
    """Somebody from outside: who, as what, and for whom they work."""

    role = forms.ChoiceField(label=_("They come as"), choices=OUTSIDER_CHOICES)
    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("They work for"),
        help_text=_("Needed for students and for those who act for an institute."),
        queryset=None,
        required=False,
        empty_label=_("nobody named here"),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Any], **kwargs: Any) -> None:
        """Offer the network's own organisations."""
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations


class NumberForm(forms.Form):
    """Which version was shown."""

    number = forms.IntegerField(min_value=0, max_value=100_000)


class CommitmentForm(forms.Form):
    """A new version of the commitment, a field for each language."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        """Add a field for each of the network's languages."""
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        for code in languages:
            self.fields[f"text_{code}"] = forms.CharField(
                label=names.get(code, code),
                widget=forms.Textarea(attrs={"rows": 14, "lang": code}),
                required=False,
                max_length=LONGEST,
            )

    def texts(self) -> list[Any]:
        """Return the bound text fields."""
        return [self[name] for name in self.fields]

    def by_language(self) -> dict[str, str]:
        """Return what was typed, by language."""
        return {name.removeprefix("text_"): text for name, text in self.cleaned_data.items()}
