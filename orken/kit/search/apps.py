from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "orken.kit.search"
    label = "kit_search"
