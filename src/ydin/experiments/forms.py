"""What is typed about an experiment."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ydin.experiments.queries import (
    AUDIENCE_CHOICES,
    HELPER_CHOICES,
    KIND_CHOICES,
    SOURCE_CHOICES,
    STATE_CHOICES,
    VERDICT_CHOICES,
    countries,
)
from ydin.experiments.rules.card import (
    LONG,
    MAX_WEEKS,
    MIN_WEEKS,
    SHORT,
    USUAL_WEEKS,
    Audience,
    Card,
    Review,
    Told,
)

CARD_FIELDS = (
    "kind", "what", "assumption", "measure", "unit", "baseline", "goal", "hours", "weeks", "helper",
    "helper_words", "country",
)  # fmt: skip


class NumberField(forms.DecimalField):
    """A number as people write it: "1 500,50" and "1500.50" are the same."""

    def __init__(self, **more: Any) -> None:
        """Use a plain field with the phone's number keys."""
        plain = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            **{"max_digits": 12, "decimal_places": 2, "widget": plain, "required": False, **more}
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Return the number; spaces go, a comma is a decimal point."""
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".").removesuffix("€")
        return super().to_python(value)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CardForm(forms.Form):
    """The card. `places` are (key, words) of company and group; one place is not asked for."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    place = forms.ChoiceField(label=_("Which company, in which group"))
    what = forms.CharField(label=_("What do you try?"), max_length=SHORT)
    kind = forms.ChoiceField(label=_("What is it about?"), choices=KIND_CHOICES)
    assumption = forms.CharField(
        label=_("What do you believe will happen?"), widget=_area(2), max_length=LONG, required=False
    )
    measure = forms.CharField(
        label=_("By what do you see whether it works?"),
        help_text=_("One thing that can be counted: new customers, offers, euros, hours."),
        max_length=SHORT,
        required=False,
    )
    goal = NumberField(label=_("Goal"))
    weeks = forms.IntegerField(
        label=_("How many weeks?"), min_value=MIN_WEEKS, max_value=MAX_WEEKS, initial=USUAL_WEEKS
    )
    unit = forms.CharField(label=_("Counted in"), max_length=40, required=False)
    baseline = NumberField(label=_("It is now"))
    money = NumberField(label=_("Euros at most"), min_value=Decimal(0))
    hours = forms.IntegerField(label=_("Hours at most"), min_value=0, max_value=10_000, required=False)
    helper = forms.ChoiceField(label=_("Who helps?"), choices=HELPER_CHOICES, required=False)
    helper_words = forms.CharField(label=_("Who, and with what"), max_length=SHORT, required=False)
    country = forms.ChoiceField(label=_("Which country does it aim at?"), required=False)
    peers = forms.TypedMultipleChoiceField(
        label=_("Who of the group goes along?"),
        help_text=_("They hear how it goes. What the group tries together, they try."),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
    )
    audience = forms.ChoiceField(
        label=_("Who may read this?"),
        choices=AUDIENCE_CHOICES,
        initial=Audience.GROUP.value,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]] = (),
        peers: Sequence[tuple[int, str]] = (),
        is_new: bool = True,
        **more: Any,
    ) -> None:
        """Offer the places and the companies of the group; a card that exists keeps place and audience."""
        super().__init__(*args, **more)
        self.fields["country"].choices = [("", _("no country in particular")), *countries()]  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["audience"]
        if is_new and len(places) > 1:
            self.fields["place"].choices = places  # type: ignore[attr-defined]
        else:
            del self.fields["place"]
        if peers:
            self.fields["peers"].choices = peers  # type: ignore[attr-defined]
        else:
            del self.fields["peers"]

    def card(self) -> Card:
        """Return the card as typed; the money in cents."""
        data = self.cleaned_data
        told = {name: data[name] for name in CARD_FIELDS}
        money = data["money"]
        cents = None if money is None else int(money * 100)
        return Card(**told, money_cents=cents, peers=list(data.get("peers") or []))


class MoneyForm(forms.Form):
    """Whose money pays for what public aid must not pay."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.ChoiceField(label=_("Whose money pays?"), choices=SOURCE_CHOICES, widget=forms.RadioSelect)
    words = forms.CharField(label=_("If other money: whose?"), max_length=SHORT, required=False)
    understood = forms.BooleanField(label=_("I have read this. No public aid is used for this experiment."))


class VersionForm(forms.Form):
    """A button that changes something."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class HalfwayForm(VersionForm):
    """How it goes."""

    words = forms.CharField(label=_("How does it go?"), max_length=SHORT)


class ReviewForm(VersionForm):
    """What came of it."""

    result = NumberField(label=_("How much did it become?"))
    happened = forms.CharField(label=_("What happened?"), widget=_area(3), max_length=LONG, required=False)
    learned = forms.CharField(
        label=_("What did you learn?"), widget=_area(3), max_length=LONG, required=False
    )
    verdict = forms.ChoiceField(label=_("And now?"), choices=VERDICT_CHOICES, widget=forms.RadioSelect)

    def review(self) -> Review:
        """Return the review as typed."""
        data = self.cleaned_data
        return Review(data["verdict"], data["result"], data["happened"], data["learned"])


class GiveUpForm(VersionForm):
    """Why it is given up."""

    reason = forms.CharField(label=_("Why do you give it up?"), max_length=SHORT)


class FollowForm(forms.Form):
    """Which of one's companies goes along."""

    company = forms.IntegerField(widget=forms.HiddenInput)


class AudienceForm(VersionForm):
    """Who reads the card."""

    audience = forms.ChoiceField(
        label=_("Who may read this?"), choices=AUDIENCE_CHOICES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, is_groups: bool = False, **more: Any) -> None:
        """Leave out the single company where a group tries it."""
        super().__init__(*args, **more)
        if is_groups:
            wider = [choice for choice in AUDIENCE_CHOICES if choice[0] != Audience.OWN]
            self.fields["audience"].choices = wider  # type: ignore[attr-defined]


class PublicTextForm(VersionForm):
    """A text for everybody."""

    title = forms.CharField(label=_("Heading"), max_length=SHORT)
    text = forms.CharField(
        label=_("What you tell everybody"),
        help_text=_(
            "Its own text: nothing of the card is shown with it. Figures only if you want to tell them."
        ),
        widget=_area(8),
        max_length=20_000,
    )
    language = forms.ChoiceField(label=_("In which language is it?"), choices=settings.LANGUAGES)
    is_named = forms.BooleanField(label=_("Our company's name may stand under it"), required=False)

    def told(self) -> Told:
        """Return the text as typed."""
        data = self.cleaned_data
        return Told(data["title"], data["text"], data["language"], is_named=data["is_named"])


class FilterForm(forms.Form):
    """What the list shows."""

    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=[("", _("all")), *KIND_CHOICES], required=False
    )
    state = forms.ChoiceField(label=_("How far"), choices=[("", _("all")), *STATE_CHOICES], required=False)
