"""Django application of the `people` slice."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.people"
    label = "people"
