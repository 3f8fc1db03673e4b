"""Django application of the `outbox` slice."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.outbox"
    label = "outbox"
