from typing import Any

from django.apps import AppConfig


class CoursewareConfig(AppConfig):
    name = "orken.courseware"

    def ready(self) -> None:
        from orken.courseware import blocks, findable, invariants, menu, trail_words
        from orken.kit import demo

        blocks.register_all()
        demo.register("courseware", _demo, order=21)
        findable.register()
        invariants.register()
        menu.register()
        trail_words.register()


def _demo(stage: Any) -> None:
    """The texts of the demo are read only when it is made."""
    from orken.courseware.demo import build

    build.build(stage)
