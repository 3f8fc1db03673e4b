"""Django application of the `partnerships` slice."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.partnerships"
    label = "partnerships"
