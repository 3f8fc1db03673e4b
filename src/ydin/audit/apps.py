"""Django application of the `audit` slice."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.audit"
    label = "audit"
