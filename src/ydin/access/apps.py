"""Django application of the `access` slice."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.access"
    label = "access"
