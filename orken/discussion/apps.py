from importlib import import_module

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "orken.discussion"

    def ready(self) -> None:
        from orken.discussion import erasing, findable, held, invariants, joined, letters, menu, trail_words

        erasing.connect()
        findable.register()
        held.register()
        invariants.register()
        joined.register()
        letters.register_all()
        menu.register()
        trail_words.register()
        import_module("orken.discussion.background")
        import_module("orken.discussion.receivers")
