"""Django application of the `stories` slice."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.stories"
    label = "stories"
