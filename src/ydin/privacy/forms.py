"""Forms of data rights."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ydin.networks.forms.texts import AboutForm


class CorrectionForm(forms.Form):
    """What is wrong, and how it should be."""

    network = forms.ChoiceField(label=_("Network"))
    message = forms.CharField(
        label=_("What is wrong, and how should it be?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )

    def __init__(self, *args: Any, networks: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the person's networks, without a choice where there is one."""
        super().__init__(*args, **kwargs)
        field = self.fields["network"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = networks
        if len(networks) == 1:
            field.widget, field.initial = forms.HiddenInput(), networks[0][0]


class AnswerForm(forms.Form):
    """What was corrected, or why not."""

    answer = forms.CharField(
        label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ErasureForm(forms.Form):
    """A tick that says: I know what will happen."""

    understood = forms.BooleanField(
        label=_("I have read what will happen, and want it"),
        error_messages={"required": _("Tick this if you want to go on.")},
    )


class NoticeForm(AboutForm):
    """Who answers for the data, a field for each language, and where questions go."""

    contact = forms.EmailField(label=_("E-mail for questions about personal data"), required=False)
