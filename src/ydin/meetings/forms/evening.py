"""What is typed on the evening and after it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from ydin.kernel.clock import at
from ydin.ui.widgets import DateInput, TimeInput

LONGEST_TEXT = 20_000


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MemoForm(forms.Form):
    """Three short fields; one of them is enough."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    discussed = forms.CharField(
        label=_("What we talked about"), widget=_area(5), required=False, max_length=LONGEST_TEXT
    )
    advice = forms.CharField(
        label=_("Advice that was given"), widget=_area(4), required=False, max_length=LONGEST_TEXT
    )
    next_time = forms.CharField(
        label=_("For next time"), widget=_area(3), required=False, max_length=LONGEST_TEXT
    )


class SummaryForm(forms.Form):
    """The public text, and which companies agreed to be named in it."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    text = forms.CharField(
        label=_("Text for everybody"),
        help_text=_(
            "What the evening was about and what one could learn from it. It names nobody who did not agree."
        ),
        widget=_area(8),
        max_length=LONGEST_TEXT,
    )
    named = forms.TypedMultipleChoiceField(
        label=_("They agreed to be named"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, companies: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer these companies (id, name)."""
        super().__init__(*args, **kwargs)
        self.fields["named"].choices = companies  # type: ignore[attr-defined]


class VisitorForm(forms.Form):
    """A visitor who has no account."""

    name = forms.CharField(label=_("Name"), max_length=500)
    company = forms.CharField(label=_("Company"), max_length=500, required=False)


class AddressForm(forms.Form):
    """The address to which the invitation came."""

    email = forms.EmailField(label=_("The e-mail address to which your invitation came"))


class CodeForm(forms.Form):
    """The code on the wall."""

    code = forms.CharField(label=_("Code"), max_length=20)


class LatenessForm(forms.Form):
    """Whether somebody came late or left early."""

    late = forms.BooleanField(label=_("came late"), required=False)
    left_early = forms.BooleanField(label=_("left early"), required=False)


class PromiseForm(forms.Form):
    """Who will do what, by when."""

    enterprise = forms.TypedChoiceField(label=_("Who"), coerce=int)
    what = forms.CharField(label=_("What"), max_length=500)
    due = forms.DateField(
        label=_("By when"), help_text=_("Empty: by the next evening."), widget=DateInput, required=False
    )

    def __init__(self, *args: Any, companies: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer these companies (id, name)."""
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].choices = (  # type: ignore[attr-defined]
            companies if len(companies) == 1 else [("", _("Choose the company")), *companies]
        )


class OutcomeForm(forms.Form):
    """What became of a promise."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.CharField(label=_("What came of it"), max_length=500, required=False)


class PastMeetingForm(forms.Form):
    """An evening that was held before the group used Ydin."""

    day = forms.DateField(label=_("Date"), widget=DateInput)
    begins = forms.TimeField(label=_("Began"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ended"), widget=TimeInput)
    host = forms.TypedChoiceField(label=_("Host"), coerce=int, empty_value=None, required=False)
    theme = forms.CharField(label=_("Theme"), max_length=300)
    present = forms.MultipleChoiceField(
        label=_("Who was there"), widget=forms.CheckboxSelectMultiple, required=False
    )
    visitors = forms.CharField(
        label=_("Visitors"),
        help_text=_("One on each line: name, company."),
        widget=_area(3),
        required=False,
        max_length=LONGEST_TEXT,
    )

    def __init__(
        self,
        *args: Any,
        companies: list[tuple[int, str]],
        people: list[tuple[str, str]],
        zone: str,
        **kwargs: Any,
    ) -> None:
        """Offer companies as hosts and people to tick; times are on the clocks of `zone`."""
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["host"].choices = [("", _("not known")), *companies]  # type: ignore[attr-defined]
        self.fields["present"].choices = people  # type: ignore[attr-defined]

    def times(self) -> tuple[datetime, datetime]:
        """Return start and end; an end before the start is past midnight."""
        data = self.cleaned_data
        starts, ends = at(data["day"], data["begins"], self.zone), at(data["day"], data["ends"], self.zone)
        if ends <= starts:
            local = ends.astimezone(ZoneInfo(self.zone))
            ends = at(local.date().fromordinal(local.date().toordinal() + 1), data["ends"], self.zone)
        return starts, ends

    def visitor_names(self) -> list[tuple[str, str]]:
        """Return (name, company) of the visitors."""
        return read_visitors(self.cleaned_data["visitors"])


def read_visitors(text: str) -> list[tuple[str, str]]:
    """Return (name, company) from lines such as "Aino Rantala, Kahvila Malmi"."""
    pairs = [line.partition(",") for line in text.splitlines() if line.strip(" ,\t")]
    return [(name.strip()[:500], company.strip()[:500]) for name, _comma, company in pairs if name.strip()]
