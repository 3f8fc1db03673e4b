"""Django application of the `home` slice."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.home"
    label = "home"
