from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "orken.records"
    label = "records"

    def ready(self) -> None:
        from orken.records import invariants, joined, menu, numbers, trail_words
        from orken.records.models import Number

        invariants.register()
        joined.register()
        menu.register()
        trail_words.register()
        numbers.register_holder("records.Paper", lambda: Number.objects.filter(paper__isnull=False))
