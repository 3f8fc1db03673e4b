"""Django application of the `privacy` slice."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.privacy"
    label = "privacy"
