"""Forms of breaking the glass and of accepting the ground rules."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class GlassForm(forms.Form):
    """Why somebody needs to read what is confidential."""

    reason = forms.CharField(
        label=_("Why do you need to read it?"),
        help_text=_("The group reads this sentence."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AcceptForm(forms.Form):
    """Which version was shown, and where to go afterwards."""

    number = forms.IntegerField(min_value=0, max_value=100_000)
    next = forms.CharField(required=False, max_length=300)
