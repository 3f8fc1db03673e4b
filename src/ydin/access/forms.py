"""What a network demands of its coordinators' signing in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RuleForm(forms.Form):
    """One yes or no, with the version that the reader saw."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    needs_second_step = forms.BooleanField(
        required=False,
        label=_("Coordinators take a second step"),
        help_text=_("After the code by e-mail: a passkey, or the number from an authenticator app."),
    )
