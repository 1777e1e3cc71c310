from importlib import import_module

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "orken.training"

    def ready(self) -> None:
        from orken.kit import demo
        from orken.network import person_sections
        from orken.training import findable, invariants, joined, letters, menu, on_person, trail_words
        from orken.training.attendance import registering
        from orken.training.certifying import demo as certificates
        from orken.training.certifying import registering as certifying
        from orken.training.demo import build
        from orken.training.papers import registering as papers
        from orken.training.results import registering as results
        from orken.training.samples import registering as samples
        from orken.training.samples.demo import build as work_samples

        demo.register("training", build, order=30)
        demo.register("training.samples", work_samples, order=32)
        demo.register("training.certificates", certificates.build, order=70)
        findable.register()
        invariants.register()
        menu.register()
        joined.register()
        letters.register_all()
        trail_words.register()
        results.register()
        samples.register()
        registering.register()
        papers.register()
        certifying.register()
        person_sections.register("training", "training/on_person.html", on_person.context, order=20)
        import_module("orken.training.receivers")
        import_module("orken.training.results.receivers")
        import_module("orken.training.samples.receivers")
        import_module("orken.training.clock")  # what runs by the clock
        import_module("orken.training.questionnaires")  # asks by the clock too
        import_module("orken.training.samples.reminders")  # and reminds
