from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "orken.records"
    label = "records"

    def ready(self) -> None:
        from orken.records import invariants, trail_words

        invariants.register()
        trail_words.register()
