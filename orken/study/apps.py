from typing import Any

from django.apps import AppConfig


class StudyConfig(AppConfig):
    name = "orken.study"

    def ready(self) -> None:
        from orken.kit import demo
        from orken.study import (
            assignments,
            components,
            erasing,
            exercises,
            held,
            invariants,
            letters,
            menu,
            operations,
            threads,
            trail_words,
        )

        components.register()
        demo.register("study", _demo, order=33)
        erasing.connect()
        exercises.register()
        assignments.register()
        held.register()
        invariants.register()
        letters.register_all()
        menu.register()
        operations.register()
        threads.register()
        trail_words.register()


def _demo(stage: Any) -> None:
    from orken.study.demo import build

    build(stage)
