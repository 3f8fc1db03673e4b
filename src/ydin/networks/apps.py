"""Django application of the `networks` slice."""

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.networks"
    label = "networks"
