"""What a coordinator types about a group."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _

from ydin.groups.queries import KIND_CHOICES
from ydin.groups.rules import default_agenda
from ydin.networks.forms.setup import VersionedForm
from ydin.ui.widgets import DateInput, TimeInput

REMINDER_CHOICES = [
    (14, _("two weeks before")),
    (7, _("a week before")),
    (3, _("three days before")),
    (1, _("the day before")),
]
SPARE_ROWS, MOST_ROWS = 3, 20
LONGEST_MINUTES = 600


class NewGroupForm(forms.Form):
    """What a group needs to begin."""

    name = forms.CharField(label=_("Name of the group"), max_length=200)
    slug = forms.SlugField(
        label=_("Short name in addresses"), help_text=_("Small letters, numbers and hyphens, like ylivieska.")
    )
    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Arranged by"), queryset=None)
    region: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Region"), queryset=None, required=False, empty_label=_("no region")
    )
    kind = forms.ChoiceField(label=_("Where it meets"), choices=KIND_CHOICES)
    language = forms.ChoiceField(label=_("Language of the group"), choices=settings.LANGUAGES)

    def __init__(
        self, *args: Any, organisations: QuerySet[Any], regions: QuerySet[Any], **kwargs: Any
    ) -> None:
        """Offer what the network has."""
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations)
        offer(self, "region", regions)


class SettingsForm(VersionedForm):
    """All settings of a group on one page; `agenda` and `neighbours` are taken out by the view."""

    name = forms.CharField(label=_("Name of the group"), max_length=200)
    about = forms.CharField(
        label=_("About the group"),
        help_text=_("For somebody who thinks about a visit. Everybody can read it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    kind = forms.ChoiceField(label=_("Where it meets"), choices=KIND_CHOICES)
    region: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Region"), queryset=None, required=False, empty_label=_("no region")
    )
    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Arranged by"), queryset=None)
    neighbours: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Neighbouring groups"),
        help_text=_("Evenings of neighbouring groups are not planned on the same day."),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_open = forms.BooleanField(label=_("Visitors may ask to come"), required=False)
    visitor_places = forms.IntegerField(label=_("Places for visitors an evening"), min_value=0, max_value=50)
    language = forms.ChoiceField(label=_("Language of the group"), choices=settings.LANGUAGES)
    time_zone = forms.CharField(label=_("Time zone"), max_length=64)
    min_size = forms.IntegerField(label=_("At least this many companies"), min_value=1, max_value=200)
    max_size = forms.IntegerField(label=_("At most this many companies"), min_value=1, max_value=200)
    months_off = forms.TypedMultipleChoiceField(
        label=_("Months off"),
        help_text=_("No evening is planned in these months."),
        choices=list(MONTHS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one weekday.")},
    )
    evening_start = forms.TimeField(label=_("An evening begins"), widget=TimeInput())
    evening_end = forms.TimeField(label=_("An evening ends"), widget=TimeInput())
    reminder_days = forms.TypedMultipleChoiceField(
        label=_("Reminders to those who have not answered"),
        choices=REMINDER_CHOICES,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    records_lateness = forms.BooleanField(
        label=_("Write down who came late or left early"),
        help_text=_("Most groups do not."),
        required=False,
    )
    usual_agenda = forms.BooleanField(
        label=_("Begin again with the usual agenda of the group's language"), required=False
    )

    def __init__(self, *args: Any, choices: dict[str, QuerySet[Any]], **kwargs: Any) -> None:
        """Offer what the network has; `choices` by field. The agenda's rows come from `initial`."""
        super().__init__(*args, **kwargs)
        for name, rows in choices.items():
            offer(self, name, rows)
        given = self.initial.get("agenda", [])
        for number in range(min(len(given) + SPARE_ROWS, MOST_ROWS)):
            row = given[number] if number < len(given) else {}
            self._add_row(number, row)

    def _add_row(self, number: int, row: dict[str, Any]) -> None:
        self.fields[f"minutes_{number}"] = forms.IntegerField(
            label=_("Minutes"),
            initial=row.get("minutes"),
            min_value=0,
            max_value=LONGEST_MINUTES,
            required=False,
        )
        self.fields[f"title_{number}"] = forms.CharField(
            label=_("What is done"), initial=row.get("title", ""), max_length=200, required=False
        )

    def rows(self) -> list[dict[str, Any]]:
        """Return the bound fields of the agenda, by row."""
        count = sum(1 for name in self.fields if name.startswith("title_"))
        return [
            {"number": n + 1, "minutes": self[f"minutes_{n}"], "title": self[f"title_{n}"]}
            for n in range(count)
        ]

    def clean(self) -> dict[str, Any]:
        """Check what two fields say together."""
        data = super().clean() or self.cleaned_data
        low, high = data.get("min_size"), data.get("max_size")
        if low is not None and high is not None and low > high:
            self.add_error("max_size", _("The largest size cannot be smaller than the smallest."))
        start, end = data.get("evening_start"), data.get("evening_end")
        if start and end and end <= start:
            self.add_error("evening_end", _("An evening ends after it begins."))
        for row in self.rows():
            title, minutes = data.get(row["title"].name), data.get(row["minutes"].name)
            if minutes and not title:
                self.add_error(row["title"].name, _("Say what is done in these minutes."))
        return data

    def agenda(self) -> list[dict[str, Any]]:
        """Return the agenda as it is stored."""
        if self.cleaned_data["usual_agenda"]:
            return default_agenda(self.cleaned_data["language"])
        data = self.cleaned_data
        pairs = [(data[r["minutes"].name], data[r["title"].name]) for r in self.rows()]
        return [{"minutes": minutes or 0, "title": title} for minutes, title in pairs if title]

    def values(self) -> dict[str, Any]:
        """Return the settings as `update_group` takes them."""
        data = self.cleaned_data
        extra = {r["minutes"].name for r in self.rows()} | {r["title"].name for r in self.rows()}
        extra |= {"version", "usual_agenda", "neighbours"}
        kept = {k: v for k, v in data.items() if k not in extra}
        kept["reminder_days"] = sorted(kept["reminder_days"], reverse=True)
        return {**kept, "agenda_template": self.agenda(), "neighbours": list(data["neighbours"])}


class RulesForm(forms.Form):
    """A new version of the ground rules, a text for each language of the network."""

    valid_from = forms.DateField(label=_("In force from"), widget=DateInput())

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        """Add a field for each language."""
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        for code in languages:
            self.fields[f"text_{code}"] = forms.CharField(
                label=names.get(code, code),
                widget=forms.Textarea(attrs={"rows": 8, "lang": code}),
                required=False,
                max_length=20_000,
            )

    def texts(self) -> list[Any]:
        """Return the bound text fields."""
        return [self[name] for name in self.fields if name.startswith("text_")]

    def by_language(self) -> dict[str, str]:
        """Return what was written, by language."""
        return {k.removeprefix("text_"): v for k, v in self.cleaned_data.items() if k.startswith("text_")}


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field choose from these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
