from importlib import import_module

from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "orken.assignments"
    label = "assignments"

    def ready(self) -> None:
        from orken.assignments import erasing, held, invariants, joined, letters, menu, operations, trail_words
        from orken.kit import demo

        demo.register("assignments", _demo, order=72)
        erasing.connect()
        held.register()
        invariants.register()
        joined.register()
        letters.register_all()
        menu.register()
        operations.register()
        trail_words.register()
        import_module("orken.assignments.clock")  # registers its minutes


def _demo(stage: object) -> None:
    """Read only when a demo is made."""
    import_module("orken.assignments.demo").build(stage)
