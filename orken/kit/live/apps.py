from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "orken.kit.live"
    label = "kit_live"
