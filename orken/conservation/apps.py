from django.apps import AppConfig


class ConservationConfig(AppConfig):
    name = "orken.conservation"
    label = "conservation"
