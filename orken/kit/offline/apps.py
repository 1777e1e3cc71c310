from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "orken.kit.offline"
    label = "offline"

    def ready(self) -> None:
        from orken.kit.offline import invariants, menu, trail_words

        invariants.register()
        menu.register()
        trail_words.register()
