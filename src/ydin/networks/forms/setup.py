"""What a network coordinator types about the network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ydin.networks.queries import LEVEL_CHOICES, ORGANISATION_CHOICES
from ydin.ui.widgets import DateInput

TIME_ZONES = (
    "Europe/Helsinki", "Europe/Stockholm", "Europe/Oslo", "Europe/Copenhagen", "Europe/Tallinn",
    "Europe/Riga", "Europe/Vilnius", "Europe/Warsaw", "Europe/Berlin", "Europe/Vienna", "Europe/Dublin",
    "Europe/London", "Atlantic/Reykjavik",
)  # fmt: skip
"""Offered while typing; any other name of the IANA database is as good."""


class VersionedForm(forms.Form):
    """Carries the version of the row that the reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """Return what was typed, without the version."""
        return {k: v for k, v in self.cleaned_data.items() if k != "version"}


class NetworkForm(VersionedForm):
    """The network's settings."""

    name = forms.CharField(label=_("Name of the network"), max_length=200)
    about = forms.CharField(
        label=_("About the network"),
        help_text=_("Two or three sentences for somebody who has never heard of it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    default_language = forms.ChoiceField(
        label=_("Default language"),
        help_text=_("New groups begin with it."),
        choices=settings.LANGUAGES,
    )
    time_zone = forms.CharField(label=_("Time zone"), max_length=64)
    contact_email = forms.EmailField(
        label=_("Contact address"),
        help_text=_("Shown to the public. Answers to the network's own messages come here."),
        required=False,
    )


class RegionForm(forms.Form):
    """A node of the region tree."""

    level = forms.ChoiceField(label=_("Level"), choices=LEVEL_CHOICES)
    parent: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Lies in"), queryset=None, required=False, empty_label=_("nothing above it")
    )
    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=120)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    code = forms.CharField(
        label=_("Code"), help_text=_("The national code, with its leading zeros."), max_length=20
    )
    nuts_code = forms.CharField(label=_("NUTS code"), max_length=8, required=False)
    nuts_version = forms.CharField(
        label=_("Version of the NUTS classification"),
        help_text=_("A year, like 2024."),
        max_length=4,
        required=False,
    )

    def __init__(self, *args: Any, regions: QuerySet[Any], **kwargs: Any) -> None:
        """Offer the network's own regions as parents."""
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = regions


class OrganisationFields(forms.Form):
    """A new organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("What it is"), choices=ORGANISATION_CHOICES)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")


class OrganisationForm(OrganisationFields, VersionedForm):
    """An organisation that somebody else may change at the same time."""


class InviteForm(forms.Form):
    """Somebody who gets a role, by e-mail address."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=500)
    language = forms.ChoiceField(label=_("Language of the messages"), choices=settings.LANGUAGES)


class LastDayForm(forms.Form):
    """When somebody's time ends."""

    last_day = forms.DateField(label=_("Last day"), widget=DateInput())
