"""What a coordinator types about a company and its people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ydin.groups.rules import SeatState
from ydin.kernel.errors import Refused
from ydin.networks.forms.setup import VersionedForm
from ydin.networks.queries import municipality_named
from ydin.networks.services.setup import clean_business_id
from ydin.ui.widgets import DateInput

STATE_CHOICES = [
    (SeatState.MEMBER.value, _("member: a seat of its own, reads and hosts with the others")),
    (SeatState.VISITOR.value, _("visitor: comes to see first, reads nothing of what was said before")),
]
industry = RegexValidator(r"^[A-Za-z]?\s?\d{2}[\d.]{0,7}$", _("The code is digits, like 43320 or 62.10."))


class FactsForm(forms.Form):
    """Facts of a company; `municipality` becomes the network's own row."""

    name = forms.CharField(label=_("Name of the company"), max_length=500)
    business_id = forms.CharField(
        label=_("Business ID"), help_text=_("Like 1234567-1."), max_length=20, required=False
    )
    municipality = forms.CharField(label=_("Municipality"), max_length=120, required=False)
    address = forms.CharField(label=_("Street address of the premises"), max_length=300, required=False)
    industry_code = forms.CharField(
        label=_("Industry"),
        help_text=_("The code of the industry classification, like 43320."),
        max_length=10,
        required=False,
        validators=[industry],
    )
    head_count = forms.IntegerField(
        label=_("People in the company"), min_value=0, max_value=100_000, required=False
    )
    premises_capacity = forms.IntegerField(
        label=_("How many fit in for an evening"), min_value=0, max_value=2000, required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, network: Any, **kwargs: Any) -> None:
        """Keep the network whose municipalities and country count."""
        super().__init__(*args, **kwargs)
        self.network = network

    def clean_name(self) -> str:
        """Take doubled spaces out."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_business_id(self) -> str:
        """Check form and check digit."""
        try:
            return clean_business_id(self.cleaned_data["business_id"], self.network.country) or ""
        except Refused as error:
            raise forms.ValidationError(str(error)) from error

    def clean_municipality(self) -> Any:
        """Find the municipality by its Finnish or Swedish name."""
        name = self.cleaned_data["municipality"].strip()
        if not name:
            return None
        found = municipality_named(self.network, name)
        if found is None:
            raise forms.ValidationError(
                _("There is no municipality “%(name)s” in this network. Choose one from the list."),
                params={"name": name},
            )
        return found


class AddCompanyForm(FactsForm):
    """The facts and the kind of seat."""

    state = forms.ChoiceField(label=_("What kind of seat"), choices=STATE_CHOICES, widget=forms.RadioSelect)
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)


class EnterpriseForm(FactsForm, VersionedForm):
    """The company's own page."""

    description = forms.CharField(
        label=_("What the company does"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")


class ContactForm(forms.Form):
    """Somebody who acts for the company."""

    name = forms.CharField(label=_("Name"), max_length=500)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)


class CardForm(forms.Form):
    """How somebody is reached and who reads it."""

    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    shared = forms.BooleanField(label=_("The group's members may see phone and e-mail"), required=False)


class EndForm(forms.Form):
    """When somebody stops acting for a company."""

    last_day = forms.DateField(label=_("Last day"), widget=DateInput())


class SeatChangeForm(forms.Form):
    """The next state of a seat, with the version that the reader saw."""

    state = forms.ChoiceField(choices=[(s.value, s.value) for s in SeatState])
    version = forms.IntegerField()


class SeatVersionForm(forms.Form):
    """The version of a seat that the reader saw."""

    version = forms.IntegerField()
