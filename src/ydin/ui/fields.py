"""How a Django form field is shown: label, help, errors, and what ties them together for a screen reader."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext


def describe(bound: BoundField, attrs: dict[str, Any]) -> dict[str, Any]:
    """Return the context of components/field.html for one bound field."""
    widget = bound.field.widget
    kind = "default"
    if isinstance(widget, forms.CheckboxInput):
        kind = "checkbox"
    elif widget.use_fieldset:
        kind = "group"
    errors = messages_of(bound)
    help_text = attrs.pop("help", bound.help_text)
    label = attrs.pop("label", bound.label)
    given = {name.replace("_", "-"): value for name, value in attrs.items()}
    described = _described_by(bound, help_text=bool(help_text), errors=bool(errors))
    if described and kind != "group":
        given["aria-describedby"] = described
    return {
        "bound": bound,
        "kind": kind,
        "label": label,
        "help_text": help_text,
        "errors": errors,
        "described_by": described,
        "optional": not bound.field.required and kind == "default",
        "control": bound.as_widget(attrs=given),
    }


def messages_of(bound: BoundField) -> list[str]:
    """The errors of a field in words; Django's "This field is required." is said more kindly."""
    said = []
    for error in bound.errors.as_data():
        default = str(forms.Field.default_error_messages["required"])
        for message in error.messages:
            is_default = error.code == "required" and message == default
            said.append(gettext("This is still needed.") if is_default else str(message))
    return said


def _described_by(bound: BoundField, *, help_text: bool, errors: bool) -> str:
    parts = []
    if help_text:
        parts.append(f"{bound.auto_id}_helptext")
    if errors:
        parts.append(f"{bound.auto_id}_error")
    return " ".join(parts)


def summary_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Return (id of the field or "", message) for every error of a form, in the order of the page."""
    rows = [("", str(message)) for message in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else _first_control(bound)
        rows += [(target, f"{bound.label} – {message}") for message in messages_of(bound)]
    return rows


def _first_control(bound: BoundField) -> str:
    if isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id
