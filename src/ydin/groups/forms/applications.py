"""Asking to visit, and answering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ydin.groups.forms.groups import offer
from ydin.groups.rules import SeatState


class ApplyForm(forms.Form):
    """Name, e-mail, company; nothing more is needed. `website` is a trap that people do not see."""

    name = forms.CharField(label=_("Your name"), max_length=500)
    email = forms.EmailField(label=_("Your e-mail"), max_length=254)
    company = forms.CharField(label=_("Your company"), max_length=500, required=False)
    message = forms.CharField(
        label=_("What brings you"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=2000
    )
    website = forms.CharField(required=False)

    def is_trap(self) -> bool:
        """Tell whether the field that people do not see was filled in."""
        return bool(self.data.get("website"))


class NoteForm(forms.Form):
    """A word of the coordinator's own."""

    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000)


class AcceptForm(forms.Form):
    """The seat that an applicant's company gets."""

    state = forms.ChoiceField(choices=[(s.value, s.value) for s in (SeatState.VISITOR, SeatState.MEMBER)])


class SendOnForm(forms.Form):
    """Another group of the network."""

    group: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Group"), queryset=None)

    def __init__(self, *args: Any, groups: QuerySet[Any], **kwargs: Any) -> None:
        """Offer these groups."""
        super().__init__(*args, **kwargs)
        offer(self, "group", groups)
