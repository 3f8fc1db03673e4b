"""What is typed about ideas and talks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ydin.ideas.queries.ideas import KIND_CHOICES, SHOWN_CHOICES, STATE_CHOICES, TOPIC_CHOICES
from ydin.ideas.rules.states import LONGEST, LONGEST_ANSWER, LONGEST_WHY, Kind, Shown, Wish
from ydin.ideas.rules.talks import ANSWERS, LONGEST_GIVES, LONGEST_TITLE, MOST_A_SEASON, Offer
from ydin.ui import dates

NOT_SAID = ("", _("nothing in particular"))


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class IdeaForm(forms.Form):
    """An idea. `places` are (key, words) of company and group; one place is not asked for."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    text = forms.CharField(
        label=_("What do you wish for?"),
        help_text=_("A sentence or two, in your own language."),
        max_length=LONGEST,
        widget=_area(3),
    )
    kind = forms.ChoiceField(
        label=_("It is"), choices=KIND_CHOICES, initial=Kind.THEME.value, widget=forms.RadioSelect
    )
    place = forms.ChoiceField(label=_("Which company, in which group"))
    why = forms.CharField(
        label=_("Why does it matter to you?"), max_length=LONGEST_WHY, widget=_area(2), required=False
    )
    topic = forms.ChoiceField(
        label=_("What is it about?"),
        help_text=_("Experts then see how many wish for it, though not who."),
        choices=[NOT_SAID, *TOPIC_CHOICES],
        required=False,
    )
    audience = forms.ChoiceField(
        label=_("Who may read this?"),
        choices=SHOWN_CHOICES,
        initial=Shown.GROUP.value,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        """Offer the places; an idea that exists (no places) keeps its place and audience."""
        super().__init__(*args, **more)
        if not places:
            del self.fields["audience"]
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        if len(places) > 1:
            field.choices = list(places)
        else:
            del self.fields["place"]

    def wish(self) -> Wish:
        """Return the idea as typed."""
        data = self.cleaned_data
        return Wish(data["text"], data["kind"], data["topic"], data["why"])


class VersionForm(forms.Form):
    """A button that changes something."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AudienceForm(VersionForm):
    """Who reads an idea."""

    audience = forms.ChoiceField(
        label=_("Who may read this?"), choices=SHOWN_CHOICES, widget=forms.RadioSelect
    )


class AnswerForm(VersionForm):
    """The answer to those who asked."""

    text = forms.CharField(label=_("Your answer"), max_length=LONGEST_ANSWER, widget=_area(7))
    link = forms.URLField(
        label=_("A link where one can read more"), max_length=500, required=False, assume_scheme="https"
    )


class ParkForm(VersionForm):
    """Why it is put aside."""

    reason = forms.CharField(label=_("Why is it put aside?"), max_length=300)


class FilterForm(forms.Form):
    """What the list shows."""

    q = forms.CharField(max_length=100, required=False)
    kind = forms.ChoiceField(choices=[("", _("all")), *KIND_CHOICES], required=False)
    state = forms.ChoiceField(choices=[("", _("all")), *STATE_CHOICES], required=False)
    group = forms.CharField(max_length=10, required=False)


def _month_choices() -> list[tuple[int, str]]:
    return [(month, dates.month_name(date(2027, month, 1))) for month in range(1, 13)]


class TalkForm(forms.Form):
    """A talk that somebody offers."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    title = forms.CharField(label=_("What do you speak about?"), max_length=LONGEST_TITLE)
    gives = forms.CharField(
        label=_("What do listeners take home?"),
        help_text=_("One thing that they can do the next morning is worth more than ten to think about."),
        max_length=LONGEST_GIVES,
        widget=_area(4),
    )
    topic = forms.ChoiceField(
        label=_("What is it about?"), choices=[NOT_SAID, *TOPIC_CHOICES], required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    region = forms.TypedChoiceField(label=_("Where do you come to?"), coerce=int, required=False)
    minutes = forms.IntegerField(
        label=_("How far at most, in minutes by car?"), min_value=10, max_value=600, required=False
    )
    online = forms.BooleanField(label=_("Online too"), required=False)
    months = forms.TypedMultipleChoiceField(
        label=_("In which months?"),
        help_text=_("None chosen: all year."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    most = forms.IntegerField(
        label=_("How many evenings at most in a season (August to July)?"),
        min_value=1,
        max_value=MOST_A_SEASON,
        initial=4,
    )

    def __init__(self, *args: Any, regions: Sequence[tuple[int, str]], **more: Any) -> None:
        """Offer the network's regions."""
        super().__init__(*args, **more)
        region, months = self.fields["region"], self.fields["months"]
        assert isinstance(region, forms.TypedChoiceField)
        assert isinstance(months, forms.TypedMultipleChoiceField)
        region.choices = [("", _("anywhere in the network")), *regions]
        region.empty_value = None
        months.choices = _month_choices()

    def offer(self) -> Offer:
        """Return the talk as typed."""
        data = self.cleaned_data
        names = ("title", "gives", "topic", "languages", "online", "region", "minutes", "months", "most")
        return Offer(**{name: data[name] for name in names})


class AskForm(forms.Form):
    """A word to the speaker who is asked."""

    note = forms.CharField(
        label=_("A word to the speaker"),
        help_text=_("What the group hopes for, how long, who pays the journey."),
        max_length=500,
        widget=_area(3),
        required=False,
    )


class TalkAnswerForm(forms.Form):
    """What the speaker says."""

    answer = forms.ChoiceField(choices=[(one.value, one.value) for one in ANSWERS])
    words = forms.CharField(
        label=_("A word to the host"),
        help_text=_("Another time: which would suit? Yes: what do you need?"),
        max_length=500,
        widget=_area(2),
        required=False,
    )
