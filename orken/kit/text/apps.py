from django.apps import AppConfig


class TextConfig(AppConfig):
    name = "orken.kit.text"
    label = "kit_text"
