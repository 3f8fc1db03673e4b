"""Input of the season's pages: starting it, a company's wishes, choosing a host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from ydin.ui import dates
from ydin.ui.widgets import DateInput

MAX_MONTHS = 24
MAX_PLACES = 5000
PREFERRED = 3


class SeasonForm(forms.Form):
    """A new season of a group."""

    first = forms.ChoiceField(label=_("First month"))
    count = forms.IntegerField(
        label=_("How many months"),
        min_value=1,
        max_value=MAX_MONTHS,
        help_text=_("Counted with the group's months off, which are left out of the plan."),
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    wishes_until = forms.DateField(
        label=_("Answers wanted by"), required=False, widget=DateInput(), help_text=_("Told in the letter.")
    )

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        """Offer the months to start from."""
        super().__init__(*args, **kwargs)
        field = self.fields["first"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(m.isoformat(), f"{dates.month_name(m)} {m.year}".capitalize()) for m in months]

    def clean_first(self) -> date:
        """Return the chosen month."""
        return date.fromisoformat(self.cleaned_data["first"])


class DateListField(forms.CharField):
    """Dates separated by commas, semicolons or line breaks, as people or as the browser write them."""

    widget = forms.TextInput
    default_error_messages = {"date": _("“%(text)s” is not a date. Write for example 24.3.2027.")}

    def to_python(self, value: Any) -> list[date]:  # type: ignore[override]
        """Return the dates in the order written, each once."""
        text = super().to_python(value) or ""
        words = text.replace(";", ",").replace("\n", ",").split(",")
        found: list[date] = []
        for word in (w.strip() for w in words):
            if word:
                day = self._one(word)
                if day not in found:
                    found.append(day)
        return found

    def _one(self, word: str) -> date:
        try:
            if "." in word:
                day, month, year = (int(part) for part in word.rstrip(".").split("."))
                return date(year, month, day)
            return date.fromisoformat(word)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["date"], params={"text": word[:40]}) from error

    def prepare_value(self, value: Any) -> Any:
        """Write dates as people read them."""
        if isinstance(value, (list, tuple)):
            return ", ".join(f"{day.day}.{day.month}.{day.year}" for day in value)
        return value


class WishForm(forms.Form):
    """What a company answers. A list for each month and place: `evening_2027-01_0` is January's best evening."""

    can_host = forms.TypedChoiceField(
        label=_("Could you host an evening this season?"),
        choices=[("yes", _("Yes, we could")), ("no", _("Not this season"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    months = forms.TypedMultipleChoiceField(
        label=_("In which months?"),
        required=False,
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
    )
    capacity = forms.IntegerField(
        label=_("How many people fit in?"), required=False, min_value=1, max_value=MAX_PLACES
    )
    never_weekdays = forms.TypedMultipleChoiceField(
        label=_("On which weekdays can you never come?"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    away = DateListField(
        label=_("Evenings when you are away"),
        required=False,
        help_text=_("For example 24.3.2027, 31.3.2027. Holidays are left out anyway."),
    )
    theme_offered = forms.CharField(label=_("A theme you could offer"), required=False, max_length=300)
    theme_wanted = forms.CharField(
        label=_("What would you like to hear about?"), required=False, max_length=300
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        months: Sequence[date],
        evenings: Mapping[date, Iterable[date]],
        weekdays: Iterable[int],
        **kwargs: Any,
    ) -> None:
        """Offer the season's months and evenings, and the group's weekdays."""
        super().__init__(*args, **kwargs)
        self.season_months = list(months)
        self._choose("months", [(m.isoformat(), _month_label(m)) for m in months])
        self._choose("never_weekdays", [(str(n), str(WEEKDAYS[n]).capitalize()) for n in sorted(weekdays)])
        for month in months:
            stored = [day for day in self.initial.get("evenings", ()) if day.replace(day=1) == month]
            self._offer_evenings(month, sorted({*evenings.get(month, ()), *stored}), stored)

    def _offer_evenings(self, month: date, days: list[date], stored: list[date]) -> None:
        """Add a list to choose from for the best evening, the second and the third (more if stored)."""
        choices = [("", _("any evening")), *((day.isoformat(), dates.day(day)) for day in days)]
        for place in range(max(PREFERRED, len(stored))):
            label = _("Best evening") if place == 0 else _("Next best")
            self.fields[evening_name(month, place)] = forms.TypedChoiceField(
                label=label,
                required=False,
                empty_value=None,
                coerce=date.fromisoformat,
                choices=choices if place == 0 else [("", "–"), *choices[1:]],
                initial=stored[place].isoformat() if place < len(stored) else "",
            )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for a month from whoever can host, and for evenings only in chosen months."""
        data = super().clean() or {}
        if data.get("can_host") and not self.errors.get("months") and not data.get("months"):
            self.add_error(
                "months", _("Choose at least one month, or answer that you cannot host this season.")
            )
        return data

    def answer(self) -> dict[str, Any]:
        """Return the values for `save_wish`."""
        data = self.cleaned_data
        hosts = data["can_host"]
        months = sorted(data["months"]) if hosts else []
        return {
            "can_host": hosts,
            "months": months,
            "evenings": [day for month in months for day in self._evenings(month)],
            "capacity": data["capacity"],
            "away": sorted(data["away"]),
            "never_weekdays": sorted(data["never_weekdays"]),
            "theme_offered": data["theme_offered"],
            "theme_wanted": data["theme_wanted"],
        }

    def _evenings(self, month: date) -> list[date]:
        prefix = evening_name(month, "")
        days = [self.cleaned_data[name] for name in self.fields if name.startswith(prefix)]
        return list(dict.fromkeys(day for day in days if day is not None))

    def month_fields(self) -> list[tuple[date, list[Any], bool]]:
        """Return, for each month, its bound fields of evenings and whether one is chosen or wrong."""
        found = []
        for month in self.season_months:
            fields = [self[name] for name in self.fields if name.startswith(evening_name(month, ""))]
            found.append((month, fields, any(field.value() or field.errors for field in fields)))
        return found


def _month_label(month: date) -> str:
    return f"{dates.month_name(month)} {month.year}".capitalize()


def evening_name(month: date, place: int | str) -> str:
    """Return the name of the field with the month's evening of that place, from 0; "" gives the beginning."""
    return f"evening_{month:%Y-%m}_{place}"


class MoveForm(forms.Form):
    """Another host and evening for a month, as one value `company:date`."""

    choice = forms.CharField(max_length=40)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_choice(self) -> tuple[int, date]:
        """Return company and evening."""
        company, _sep, day = self.cleaned_data["choice"].partition(":")
        try:
            return int(company), date.fromisoformat(day)
        except ValueError as error:
            raise forms.ValidationError(_("Choose a company and an evening from the list.")) from error


class VersionForm(forms.Form):
    """The version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
