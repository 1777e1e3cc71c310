from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "orken.network"

    def ready(self) -> None:
        from importlib import import_module

        from orken.kit import demo
        from orken.network import findable, invariants, joined, menu, receivers, trail_words
        from orken.network import unit_list as _its_jobs  # noqa: F401  registers its background work
        from orken.network.demo import build

        demo.register("network", build, order=10)
        invariants.register()
        trail_words.register()
        menu.register()
        findable.register()
        joined.register()
        receivers.connect()
        import_module("orken.network.background")  # registers what runs behind the pages
