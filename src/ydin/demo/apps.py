"""Django application of the `demo` slice."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.demo"
    label = "demo"
