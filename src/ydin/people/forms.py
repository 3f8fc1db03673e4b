"""A person's own settings, and which letters they want."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from ydin.kernel.clock import today
from ydin.people.policies import LANGUAGE_CHOICES, MAIL_KIND_CHOICES, RHYTHM_CHOICES
from ydin.people.rules import LONGEST_PAUSE, MailKind
from ydin.ui.widgets import DateInput, TimeInput


class SettingsForm(forms.Form):
    """Name, language and time zone."""

    name = forms.CharField(max_length=500, label=_("Your name"))
    language = forms.ChoiceField(choices=LANGUAGE_CHOICES, label=_("Language of pages and letters"))
    time_zone = forms.CharField(
        label=_("Time zone"), help_text=_("For example Europe/Helsinki"), max_length=64
    )

    def clean_time_zone(self) -> str:
        """Accept IANA names only."""
        value: str = self.cleaned_data["time_zone"].strip()
        if value not in available_timezones():
            raise forms.ValidationError(
                _("There is no time zone of this name. Write it like Europe/Helsinki.")
            )
        return value


class LettersForm(forms.Form):
    """Which letters come, in which language, when; and a break from them."""

    wanted = forms.MultipleChoiceField(
        choices=[choice for choice in MAIL_KIND_CHOICES if choice[0] != MailKind.DIGEST],
        required=False,
        label=_("Letters that I want"),
        help_text=_("Invitations, changes and cancellations always come."),
        widget=forms.CheckboxSelectMultiple,
    )
    rhythm = forms.ChoiceField(
        choices=RHYTHM_CHOICES,
        label=_("What is not urgent, gathered in one letter"),
        help_text=_(
            "Promises that fall due, new summaries, new companies, open events. Nothing new, no letter."
        ),
        widget=forms.RadioSelect,
    )
    digest_at = forms.TimeField(label=_("At what time?"), widget=TimeInput)
    language = forms.ChoiceField(choices=LANGUAGE_CHOICES, label=_("Language of letters and pages"))
    paused_until = forms.DateField(
        required=False,
        label=_("A break from letters until"),
        help_text=_("Only invitations, changes and cancellations come before this day."),
        widget=DateInput,
    )

    def __init__(self, *args: Any, time_zone: str, **kwargs: Any) -> None:
        """Remember on whose clock a break is reckoned."""
        super().__init__(*args, **kwargs)
        self.time_zone = time_zone

    def clean_paused_until(self) -> date | None:
        """Accept a day to come, within a year; a day that has passed is no break."""
        value: date | None = self.cleaned_data["paused_until"]
        here = today(self.time_zone)
        if value is not None and value > here + LONGEST_PAUSE:
            raise forms.ValidationError(_("A break lasts a year at most."))
        return value if value is not None and value > here else None
