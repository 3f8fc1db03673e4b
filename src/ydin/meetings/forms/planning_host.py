"""Input of the host's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ydin.ui.widgets import DateInput, TimeInput

MAX_PLACES = 5000


class NoteForm(forms.Form):
    """A word to the coordinator, if the host likes."""

    note = forms.CharField(
        label=_("A word to the coordinator"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SwapForm(forms.Form):
    """Whose month the host would like instead."""

    other = forms.IntegerField(error_messages={"required": _("Choose whose month you would like.")})
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ThemeForm(forms.Form):
    """The theme in the host's own words."""

    theme = forms.CharField(
        label=_("Theme of the evening"),
        max_length=300,
        error_messages={"required": _("Write a few words, or choose one of the suggestions.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class EveningForm(forms.Form):
    """The evening and its times."""

    evening = forms.DateField(widget=DateInput())
    starts = forms.TimeField(label=_("Begins"), widget=TimeInput())
    ends = forms.TimeField(label=_("Ends"), widget=TimeInput())
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse an evening that ends before it begins."""
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The evening ends before it begins."))
        return data


class DetailsForm(forms.Form):
    """The practical rest."""

    expert_wish = forms.CharField(
        label=_("Is there an expert you would like to have?"),
        max_length=300,
        required=False,
        help_text=_("A name or a subject. Your coordinator asks around."),
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    municipality = forms.CharField(label=_("Municipality"), max_length=120, required=False)
    capacity = forms.IntegerField(
        label=_("How many people fit in?"), required=False, min_value=1, max_value=MAX_PLACES
    )
    parking = forms.CharField(label=_("Parking"), max_length=300, required=False)
    food = forms.CharField(label=_("Food and drink"), max_length=300, required=False)
    access = forms.CharField(
        label=_("Getting in"),
        max_length=300,
        required=False,
        help_text=_("Stairs, lift, which door. Somebody may come in a wheelchair."),
    )
    description = forms.CharField(
        label=_("What will happen in the evening?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class OnlineDetailsForm(forms.Form):
    """The rest of an evening that is held online."""

    expert_wish = forms.CharField(
        label=_("Is there an expert you would like to have?"),
        max_length=300,
        required=False,
        help_text=_("A name or a subject. Your coordinator asks around."),
    )
    video_link = forms.URLField(label=_("Link to the video meeting"), required=False, assume_scheme="https")
    description = forms.CharField(
        label=_("What will happen in the evening?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
