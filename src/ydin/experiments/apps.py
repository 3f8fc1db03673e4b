"""Django application of the `experiments` slice."""

from django.apps import AppConfig


class ExperimentsConfig(AppConfig):
    """Registers the slice under its own label."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ydin.experiments"
    label = "experiments"
