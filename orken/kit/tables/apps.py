from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "orken.kit.tables"
    label = "kit_tables"
