"""Django application of the `ideas` slice."""

from django.apps import AppConfig


class IdeasConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.ideas"
    label = "ideas"
