"""Forms of answers and of announcing: what people type, checked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from ydin.kernel.clock import at
from ydin.meetings.rules.states import WIDTH, Answer, Audience
from ydin.ui.widgets import DateInput, TimeInput

ANSWERS = [
    (Answer.COMING.value, _("Coming")),
    (Answer.MAYBE.value, _("Maybe")),
    (Answer.NOT_COMING.value, _("Not coming")),
]
AUDIENCES = [
    (Audience.GROUP.value, _("the group")),
    (Audience.NETWORK.value, _("the network")),
    (Audience.PUBLIC.value, _("everybody")),
]
MOST_PLACES = 10_000


def wider_audiences(audience: str) -> list[tuple[str, Any]]:
    """Return the audiences (value, words) that are wider than this one."""
    return [
        (value, words) for value, words in AUDIENCES if WIDTH[Audience(value)] > WIDTH[Audience(audience)]
    ]


class AnswerForm(forms.Form):
    """An answer. What was not sent stays as it was; a guest is counted by the name alone too."""

    answer = forms.ChoiceField(choices=ANSWERS)
    guests = forms.IntegerField(required=False, min_value=0, max_value=1)
    guest_name = forms.CharField(label=_("Who comes with you?"), required=False, max_length=200)
    substitute_name = forms.CharField(label=_("Who comes instead of you?"), required=False, max_length=200)
    substitute_email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("They get date, place and directions."),
    )
    comment = forms.CharField(label=_("A word to the host"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """Require the substitute's name with their address."""
        cleaned = super().clean() or {}
        if cleaned.get("substitute_email") and not cleaned.get("substitute_name"):
            self.add_error("substitute_name", _("Tell us their name, too."))
        return cleaned

    def details(self) -> dict[str, Any]:
        """Return what was sent beside the answer, as arguments of `answer_meeting`."""
        names = ("guest_name", "substitute_name", "substitute_email", "comment")
        sent = {name: self.cleaned_data[name] for name in names if name in self.data}
        if self.data.get("guests"):
            sent["guests"] = self.cleaned_data["guests"]
        elif "guest_name" in sent:
            sent["guests"] = int(bool(sent["guest_name"]))
        return sent


class RecordedAnswerForm(AnswerForm):
    """An answer that the host or coordinator writes down for somebody."""

    version = forms.IntegerField(widget=forms.HiddenInput)


LONGEST = timedelta(hours=12)


class ChangeForm(forms.Form):
    """What may be changed of an evening. Date and times are those of the meeting's own time zone."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    theme = forms.CharField(label=_("Theme"), max_length=300, required=False)
    day = forms.DateField(label=_("Day"), widget=DateInput)
    starts = forms.TimeField(label=_("Begins at"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    municipality = forms.CharField(label=_("Municipality"), max_length=120, required=False)
    video_link = forms.URLField(label=_("Video link"), max_length=200, required=False, assume_scheme="https")
    description = forms.CharField(
        label=_("About the evening"), max_length=10_000, required=False, widget=forms.Textarea
    )
    expert = forms.CharField(label=_("Expert"), max_length=200, required=False)
    parking = forms.CharField(label=_("Parking"), max_length=300, required=False)
    access = forms.CharField(label=_("Access"), max_length=300, required=False)
    food = forms.CharField(label=_("Food"), max_length=300, required=False)
    capacity = forms.IntegerField(
        label=_("Room for"),
        help_text=_("How many people fit in. Empty: no limit."),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
    )
    visitor_places = forms.IntegerField(
        label=_("Of these for visitors"), min_value=0, max_value=MOST_PLACES, required=False
    )
    audience = forms.ChoiceField(label=_("Who may see theme, time and place"), choices=AUDIENCES)

    def __init__(self, *args: Any, time_zone: str, **kwargs: Any) -> None:
        """Keep the meeting's time zone."""
        super().__init__(*args, **kwargs)
        self.time_zone = time_zone

    def clean(self) -> dict[str, Any]:
        """Refuse an evening that would go on until the next afternoon: its times were mixed up."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if day and starts and ends:
            length = datetime.combine(day, ends) - datetime.combine(day, starts)
            if length % timedelta(days=1) > LONGEST or not length:
                self.add_error("ends", _("The evening would last more than twelve hours. Check the times."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Return the new values by field of the meeting; what ends before it begins ends the next day."""
        given = {k: v for k, v in self.cleaned_data.items() if k not in {"version", "day", "starts", "ends"}}
        day, starts, ends = (self.cleaned_data[name] for name in ("day", "starts", "ends"))
        given["visitor_places"] = given["visitor_places"] or 0
        given["starts_at"] = at(day, starts, self.time_zone)
        given["ends_at"] = at(day + timedelta(days=int(ends <= starts)), ends, self.time_zone)
        return given


def change_values(meeting: Any) -> dict[str, Any]:
    """Return the initial values of `ChangeForm` for a meeting."""
    zone = ZoneInfo(meeting.time_zone)
    starts: datetime = meeting.starts_at.astimezone(zone)
    ends: datetime = meeting.ends_at.astimezone(zone)
    same = [name for name in ChangeForm.base_fields if name not in {"day", "starts", "ends"}]
    clocks: dict[str, date | time] = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
    return {**{name: getattr(meeting, name) for name in same}, **clocks}


class CancelForm(forms.Form):
    """Why the evening is cancelled."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What shall we tell them?"), required=False, max_length=500, widget=forms.Textarea
    )


class AnnounceForm(forms.Form):
    """Which state of the draft was looked at before it is announced."""

    version = forms.IntegerField(widget=forms.HiddenInput)
