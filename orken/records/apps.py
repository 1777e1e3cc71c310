from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "orken.records"
    label = "records"

    def ready(self) -> None:
        from orken.network import person_sections
        from orken.records import held, invariants, joined, menu, numbers, on_person, trail_words
        from orken.records.models import Number

        held.register()
        invariants.register()
        joined.register()
        menu.register()
        trail_words.register()
        numbers.register_holder("records.Paper", lambda: Number.objects.filter(paper__isnull=False))
        person_sections.register("papers", "records/on_person.html", on_person.context, order=40)
