from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "ydin.ui"
    label = "ui"
