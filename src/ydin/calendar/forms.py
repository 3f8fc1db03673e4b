"""What people ask of the calendar and write into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ydin.calendar.documents.names import region_name
from ydin.calendar.queries import Choice, all_networks, group_called, groups_in, top_regions, with_sub_regions
from ydin.calendar.rules import EventDetails
from ydin.kernel.clock import at
from ydin.meetings.rules.states import Audience
from ydin.ui.widgets import DateInput, TimeInput

MOST_GROUPS = 100
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
AUDIENCES = [(Audience.PUBLIC.value, _("Everybody")), (Audience.NETWORK.value, _("The network's companies"))]


@dataclass
class Option:
    """One line of a choice in the filter bar."""

    slug: str
    name: str
    chosen: bool


@dataclass
class Filters:
    """The filter bar: what may be chosen, what is, and the part of the address that says so."""

    choice: Choice
    networks: list[Option] = field(default_factory=list)
    regions: list[Option] = field(default_factory=list)
    groups: list[Option] = field(default_factory=list)
    query: str = ""
    sources: list[tuple[str, str]] = field(default_factory=list)
    """(slug, name) of the networks that are shown."""

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.query)


def read_filters(asked: QueryDict) -> Filters:
    """Read `network`, `region` and `group` (slugs) from an address; an unknown one matches nothing."""
    wanted = {name: slugify(asked.get(name, "")[:120]) for name in ("network", "region", "group")}
    networks = all_networks()
    chosen = [n for n in networks if not wanted["network"] or n.slug == wanted["network"]]
    ids = [n.pk for n in chosen]
    known = top_regions(ids) if ids else []
    regions = {slugify(r.name_fi): r for r in known}
    region_ids = None
    if wanted["region"]:
        region_ids = with_sub_regions([r.pk for r in known if slugify(r.name_fi) == wanted["region"]])
    groups = groups_in(region_ids, ids, MOST_GROUPS) if wanted["region"] or wanted["group"] else []
    group_id = None
    if wanted["group"]:
        found = group_called(wanted["group"], ids)
        group_id = found.pk if found else 0
    return Filters(
        Choice(ids if wanted["network"] else None, region_ids, group_id),
        [Option(n.slug, n.name, n.slug == wanted["network"]) for n in networks] if len(networks) > 1 else [],
        [Option(slug, region_name(r), slug == wanted["region"]) for slug, r in regions.items()],
        [Option(g.slug, g.name, g.slug == wanted["group"]) for g in groups],
        urlencode({name: value for name, value in wanted.items() if value}),
        [(n.slug, n.name) for n in chosen],
    )


class EventForm(forms.Form):
    """An event. `zone` is the IANA zone whose clock the times are on."""

    title = forms.CharField(label=_("What is it called?"), max_length=300)
    description = forms.CharField(
        label=_("What happens there?"), required=False, max_length=5000, widget=forms.Textarea({"rows": 5})
    )
    day = forms.DateField(label=_("Day"), widget=DateInput)
    starts = forms.TimeField(label=_("Starts at"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput)
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("Only if it goes on over several days."),
        required=False,
        widget=DateInput,
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    address = forms.CharField(label=_("Street address"), required=False, max_length=300)
    municipality = forms.CharField(label=_("Municipality"), required=False, max_length=120)
    link = forms.URLField(
        label=_("Link to sign up or to join online"), required=False, max_length=200, assume_scheme="https"
    )
    audience = forms.ChoiceField(label=_("Who is it for?"), choices=AUDIENCES, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the event"), choices=LANGUAGES)
    region_id = forms.TypedChoiceField(label=_("Region"), required=False, coerce=int, empty_value=None)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, zone: str, networks: list[int], **more: Any) -> None:
        """Keep the zone and offer the regions of the networks; `initial` as usual."""
        super().__init__(data, **more)
        self.zone = zone
        chooser = self.fields["region_id"]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = [("", gettext("No region in particular"))] + [
            (str(r.pk), region_name(r)) for r in top_regions(networks)
        ]

    def clean_day(self) -> date:
        """Refuse a year that nobody can mean."""
        return _sensible(self.cleaned_data["day"])

    def clean_last_day(self) -> date | None:
        """Refuse a year that nobody can mean."""
        given = self.cleaned_data["last_day"]
        return _sensible(given) if given else None

    def clean(self) -> dict[str, Any]:
        """Refuse an end that is not after the start."""
        data = super().clean() or {}
        if all(data.get(name) is not None for name in ("day", "starts", "ends")):
            data["starts_at"], data["ends_at"] = self._moments(data)
            if data["ends_at"] <= data["starts_at"]:
                self.add_error("ends", gettext("It would end before it starts. Check the times."))
        return data

    def _moments(self, data: dict[str, Any]) -> tuple[datetime, datetime]:
        starts: time = data["starts"]
        return at(data["day"], starts, self.zone), at(
            data.get("last_day") or data["day"], data["ends"], self.zone
        )

    def details(self) -> EventDetails:
        """Return what was written, after `is_valid()`."""
        data = self.cleaned_data
        names = ("title", "description", "audience", "language", "starts_at", "ends_at", "region_id")
        places = ("place", "address", "municipality", "link")
        return EventDetails(**{name: data[name] for name in (*names, *places)})


def _sensible(day: date) -> date:
    if not 2000 <= day.year <= 2100:  # noqa: PLR2004 - the years of the calendar
        raise forms.ValidationError(gettext("Check the year."))
    return day


class NewEventForm(EventForm):
    """A new event: also who arranges it, as "network-ID" or "group-ID"."""

    arranger = forms.ChoiceField(label=_("Who arranges it?"))
    field_order = ("arranger",)

    def __init__(
        self, data: QueryDict | None = None, *, arrangers: list[tuple[str, str]], **more: Any
    ) -> None:
        """Offer the arrangers."""
        super().__init__(data, **more)
        chooser = self.fields["arranger"]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = arrangers


class VersionForm(forms.Form):
    """Which version of a row the page showed."""

    version = forms.IntegerField(min_value=1)


class FeedAddressForm(forms.Form):
    """A new calendar address for a device."""

    name = forms.CharField(
        label=_("For which device?"),
        help_text=_("For example my phone. Makes it easier to take the address back later."),
        max_length=120,
        required=False,
    )
    shows_details = forms.BooleanField(
        label=_("Show theme, host and street address"),
        help_text=_(
            "Without it the address tells when and in which town your group meets. Programs such as Google"
            " Calendar read the address from their own computers."
        ),
        required=False,
    )
    keeps_cancelled = forms.BooleanField(
        label=_("Keep cancelled evenings, marked as cancelled"),
        help_text=_("For 90 days. Without it they disappear from your calendar."),
        required=False,
        initial=True,
    )


class AppPasswordForm(forms.Form):
    """A new app password for a device. The field is not called `name`, which is the address form's."""

    device = forms.CharField(
        label=_("For which device or program?"),
        help_text=_("For example my phone. Makes it easier to take the password back later."),
        max_length=120,
        required=False,
    )
