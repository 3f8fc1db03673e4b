"""What a group's public page says, and where it lies on the map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ydin.networks.forms.texts import AboutForm


class DegreesField(forms.FloatField):
    """Degrees with a point or, as Finns and Swedes write, a comma."""

    def to_python(self, value: Any) -> Any:
        """Read the number."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class PublicPageForm(AboutForm):
    """Texts in several languages, and a point on the map for the whole group (no company's own address)."""

    latitude = DegreesField(
        label=gettext_lazy("Latitude"),
        help_text=gettext_lazy("Degrees north, like 64.07."),
        min_value=-90,
        max_value=90,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    longitude = DegreesField(
        label=gettext_lazy("Longitude"),
        help_text=gettext_lazy("Degrees east, like 24.55."),
        min_value=-180,
        max_value=180,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for both numbers or none."""
        data = super().clean() or self.cleaned_data
        given = [name for name in ("latitude", "longitude") if data.get(name) is not None]
        if len(given) == 1 and not self.errors.keys() & {"latitude", "longitude"}:
            missing = "longitude" if given == ["latitude"] else "latitude"
            self.add_error(missing, _("A point needs both numbers."))
        return data

    def settings(self) -> dict[str, Any]:
        """Return the settings as `update_group` takes them."""
        point = {name: self.cleaned_data[name] for name in ("latitude", "longitude")}
        return {**self.about(), **point}
