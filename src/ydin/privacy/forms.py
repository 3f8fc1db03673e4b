"""Forms of data rights."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ydin.networks.forms.texts import AboutForm
from ydin.privacy.documents.consents import KIND_CHOICES, VERSION_CHOICES
from ydin.ui.widgets import DateInput


class CorrectionForm(forms.Form):
    """To whom it goes, what is wrong, and how it should be."""

    to = forms.ChoiceField(label=_("Who should look at it?"), widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("What is wrong, and how should it be?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )

    def __init__(self, *args: Any, ways: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the ways, the nearest chosen; without a choice where there is one."""
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ways
        field.initial = ways[0][0] if ways else None
        if len(ways) == 1:
            field.widget = forms.HiddenInput()


class SeenForm(forms.Form):
    """Digest of the sentence that somebody read before they decided."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


class PaperForm(forms.Form):
    """A signed paper: whose, what, when, in which language and version."""

    person = forms.TypedChoiceField(label=_("Who signed?"), coerce=int)
    kinds = forms.MultipleChoiceField(
        label=_("What did they agree to?"), widget=forms.CheckboxSelectMultiple, choices=KIND_CHOICES
    )
    signed_on = forms.DateField(label=_("Day of signing"), widget=DateInput())
    language = forms.ChoiceField(label=_("Language of the paper"), choices=settings.LANGUAGES)
    version = forms.TypedChoiceField(
        label=_("Version of the text"),
        coerce=int,
        choices=VERSION_CHOICES,
        help_text=_("It stands at the foot of the paper."),
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the people whom the reader looks after."""
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *people]


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
