from importlib import import_module

from django.apps import AppConfig


class AttemptsConfig(AppConfig):
    name = "orken.attempts"
    label = "attempts"

    def ready(self) -> None:
        from orken.attempts import (
            erasing,
            held,
            invariants,
            joined,
            letters,
            menu,
            of_runs,
            operations,
            owners,
            trail_words,
        )
        from orken.kit import demo

        demo.register("attempts", _demo, order=71)
        erasing.connect()
        held.register()
        invariants.register()
        joined.register()
        letters.register_all()
        menu.register()
        operations.register()
        owners.register(of_runs.KIND, of_runs.RunOwner())
        trail_words.register()
        import_module("orken.attempts.clock")  # registers its minute


def _demo(stage: object) -> None:
    """Read only when a demo is made."""
    import_module("orken.attempts.demo").build(stage)
