"""A person's own settings."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from ydin.people.policies import LANGUAGE_CHOICES, MAIL_KIND_CHOICES


class SettingsForm(forms.Form):
    """Name, language, time zone and which messages are wanted."""

    name = forms.CharField(max_length=500, label=_("Your name"))
    language = forms.ChoiceField(choices=LANGUAGE_CHOICES, label=_("Language of pages and letters"))
    time_zone = forms.CharField(
        label=_("Time zone"), help_text=_("For example Europe/Helsinki"), max_length=64
    )
    wanted = forms.MultipleChoiceField(
        choices=MAIL_KIND_CHOICES,
        required=False,
        label=_("Letters that I want"),
        help_text=_("Invitations, changes and cancellations always come."),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_time_zone(self) -> str:
        """Accept IANA names only."""
        value: str = self.cleaned_data["time_zone"].strip()
        if value not in available_timezones():
            raise forms.ValidationError(
                _("There is no time zone of this name. Write it like Europe/Helsinki.")
            )
        return value
