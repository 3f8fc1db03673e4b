"""Django application of the `institutes` slice."""

from django.apps import AppConfig


class InstitutesConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.institutes"
    label = "institutes"
