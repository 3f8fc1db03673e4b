"""Django application of the `groups` slice."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.groups"
    label = "groups"
