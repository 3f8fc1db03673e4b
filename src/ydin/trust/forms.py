"""What of the log is wanted."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ydin.trust.documents.sentences import KINDS
from ydin.ui.widgets import DateInput


class LogFilter(forms.Form):
    """Kind and days; whatever does not fit counts as not given."""

    kind = forms.ChoiceField(label=_("What"), choices=[("", _("Everything")), *KINDS.items()], required=False)
    first = forms.DateField(label=_("From"), widget=DateInput(), required=False)
    last = forms.DateField(label=_("Until"), widget=DateInput(), required=False)
