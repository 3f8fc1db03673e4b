"""Django application of the `trust` slice."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Registers the slice under its own label."""

    name = "ydin.trust"
    label = "trust"
