from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "orken.kit.limits"
    label = "kit_limits"
