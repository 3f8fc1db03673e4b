"""Feedback and its answer, and the choice of an evening."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 4000


class FeedbackForm(forms.Form):
    """What is in the way. `website` is a trap that people do not see; `network` is asked where there are several."""

    network = forms.ChoiceField(label=_("Which network is it about?"))
    message = forms.CharField(
        label=_("What is in your way?"),
        help_text=_("What did you want to do, and what happened? Any language will do."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        error_messages={"required": _("Tell in a few words what is in your way.")},
    )
    page = forms.CharField(
        label=_("On which page?"), help_text=_("Its name or address."), max_length=300, required=False
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("The answer comes here. Leave it empty if you want none."),
        max_length=254,
        required=False,
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, networks: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the networks; with only one there is nothing to choose."""
        super().__init__(*args, **kwargs)
        chooser = self.fields["network"]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = networks
        if len(networks) == 1:
            chooser.required = False

    def is_trap(self) -> bool:
        """Tell whether the field that people do not see was filled in."""
        return bool(self.data.get("website"))


class AnswerForm(forms.Form):
    """The answer to feedback."""

    answer = forms.CharField(label=_("Your answer"), max_length=LONGEST, required=False)
    version = forms.IntegerField(min_value=1)


class EveningForm(forms.Form):
    """One of the group's coming evenings."""

    meeting = forms.IntegerField(min_value=1)
