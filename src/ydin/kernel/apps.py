"""Django application of the kernel: no models, only the migration that makes the database roles."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the kernel so that its migration runs before every other."""

    name = "ydin.kernel"
    label = "kernel"
