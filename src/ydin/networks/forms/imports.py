"""The file of an import, and where it goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ydin.networks.rules.tables import MOST_BYTES


class FileForm(forms.Form):
    """A table from the reader's machine, and one of the places that `choices` offers."""

    where = forms.ChoiceField(label=_("Where the rows belong"))
    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV or Excel (.xlsx), at most 10 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm"}),
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        """Offer the places."""
        super().__init__(*args, **kwargs)
        where = self.fields["where"]
        assert isinstance(where, forms.ChoiceField)
        where.choices = choices

    def content(self) -> bytes:
        """Return the file's bytes, at most one more than may be brought in."""
        content: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return content
