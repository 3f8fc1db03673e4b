"""Django application of the `meetings` slice."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.meetings"
    label = "meetings"
