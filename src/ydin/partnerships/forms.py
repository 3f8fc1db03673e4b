"""Forms of offers, needs, introductions and collaborations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ydin.partnerships.queries.listings import KIND_CHOICES, SHOWN_CHOICES
from ydin.partnerships.queries.together import BAND_CHOICES, TOGETHER_CHOICES, TOLD_CHOICES
from ydin.partnerships.rules import LONGEST, LONGEST_REASON, Band, Kind, Shown, Told
from ydin.ui.widgets import DateInput


class FilterForm(forms.Form):
    """What is looked for on a page of offers and needs."""

    kind = forms.ChoiceField(choices=[("", _("all")), *KIND_CHOICES], required=False)
    q = forms.CharField(max_length=100, required=False)


class NewListingForm(forms.Form):
    """An offer or a need in one sentence."""

    text = forms.CharField(
        label=_("What do you offer, or what do you need?"),
        help_text=_("One sentence, in your own language. Others find it in theirs."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(choices=KIND_CHOICES, widget=forms.HiddenInput)
    enterprise = forms.TypedChoiceField(label=_("Company"), coerce=int)

    def __init__(self, *args: Any, companies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the writer's companies; with one there is nothing to choose."""
        super().__init__(*args, **kwargs)
        field = self.fields["enterprise"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(companies)
        if len(companies) == 1:
            field.widget = forms.HiddenInput()


class ListingForm(forms.Form):
    """What can be changed of an offer or a need."""

    text = forms.CharField(
        label=_("In a sentence"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    audience = forms.ChoiceField(label=_("Who sees it"), choices=SHOWN_CHOICES, widget=forms.RadioSelect)
    valid_until = forms.DateField(label=_("Holds until"), widget=DateInput())
    welcomes_rivals = forms.BooleanField(
        label=_("Companies of our own trade and place may come up, too"),
        help_text=_("Otherwise you are never suggested to a competitor, nor they to you."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_widen: bool, **kwargs: Any) -> None:
        """Leave the network out where the reader may not show it to more people."""
        super().__init__(*args, **kwargs)
        if not may_widen:
            field = self.fields["audience"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [one for one in SHOWN_CHOICES if one[0] == Shown.GROUP]


class RoundForm(forms.Form):
    """What each company offered and needed when the word went around: two short fields a company."""

    def __init__(
        self, *args: Any, companies: Sequence[tuple[int, str]], begin: int = 0, **kwargs: Any
    ) -> None:
        """Make the fields `offer-<id>` and `need-<id>`; the cursor begins at the company `begin`."""
        super().__init__(*args, **kwargs)
        self.companies = list(companies)
        for pk, name in self.companies:
            for kind, label in ((Kind.OFFER, _("offers")), (Kind.NEED, _("needs"))):
                self.fields[f"{kind}-{pk}"] = forms.CharField(
                    label=label,
                    max_length=LONGEST,
                    required=False,
                    widget=forms.TextInput(
                        attrs={
                            "autocomplete": "off",
                            "aria-label": f"{name}: {label}",
                            "placeholder": label,
                            "hx-post": "",
                            "hx-trigger": "change",
                            "hx-params": f"csrfmiddlewaretoken,{kind}-{pk}",
                            "hx-target": f"#known-{pk}",
                            "hx-swap": "outerHTML",
                            "autofocus": pk == begin and kind == Kind.OFFER,
                        }
                    ),
                )

    def said(self) -> list[tuple[int, str, str]]:
        """Return (company, kind, text) of every field that was filled in."""
        return [
            (pk, kind, self.cleaned_data[f"{kind}-{pk}"])
            for pk, _name in self.companies
            for kind in ("offer", "need")
            if self.cleaned_data.get(f"{kind}-{pk}")
        ]


class TogetherForm(forms.Form):
    """What two companies do together, in the words of one of them."""

    one = forms.TypedChoiceField(label=_("Your company"), coerce=int)
    other = forms.TypedChoiceField(label=_("With whom"), coerce=int)
    kind = forms.ChoiceField(label=_("What do you do together?"), choices=TOGETHER_CHOICES)
    began_on = forms.DateField(label=_("Since when"), widget=DateInput())
    told = forms.ChoiceField(
        label=_("Who may know that it is the two of you?"),
        choices=TOLD_CHOICES,
        initial=Told.PAIR,
        widget=forms.RadioSelect,
    )
    band = forms.ChoiceField(
        label=_("How much was it worth?"),
        help_text=_("Seen by your two companies alone."),
        choices=BAND_CHOICES,
        initial=Band.UNKNOWN,
    )
    brought_together_by = forms.TypedChoiceField(
        label=_("Who brought you together?"),
        help_text=_("They are thanked by letter when the other company has confirmed it."),
        coerce=int,
        required=False,
        empty_value=None,
    )
    is_named = forms.BooleanField(
        label=_("The ledger may name them"),
        help_text=_("They are named only if the other company agrees, too."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        own: Mapping[int, Any],
        others: Mapping[int, Any],
        helpers: Mapping[int, Any],
        today: date,
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer companies and people by id."""
        super().__init__(*args, **{**kwargs, "initial": {"began_on": today, **(initial or {})}})
        for name, choices in (("one", own), ("other", others), ("brought_together_by", helpers)):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            first = [("", "–")] if name != "one" else []
            field.choices = [*first, *((pk, str(one)) for pk, one in choices.items())]


class IntroduceForm(forms.Form):
    """Two companies that should meet, and why."""

    one = forms.TypedChoiceField(label=_("One company"), coerce=int)
    other = forms.TypedChoiceField(label=_("The other one"), coerce=int)
    reason = forms.CharField(
        label=_("Why should they meet?"),
        help_text=_("In your own words. Both of them read this, with your name."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, companies: Mapping[int, Any], **kwargs: Any) -> None:
        """Offer the companies by id."""
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [("", "–"), *((pk, str(company)) for pk, company in companies.items())]

    def clean(self) -> dict[str, Any]:
        """Refuse the same company twice."""
        data = super().clean() or {}
        if data.get("one") is not None and data.get("one") == data.get("other"):
            self.add_error("other", _("Choose two different companies."))
        return data
