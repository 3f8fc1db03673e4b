"""Django application of the `calendar` slice."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.calendar"
    label = "calendar"
