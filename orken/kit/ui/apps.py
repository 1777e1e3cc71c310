from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "orken.kit.ui"
    label = "kit_ui"
