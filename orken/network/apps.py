from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "orken.network"

    def ready(self) -> None:
        from orken.kit import demo
        from orken.network import findable, invariants, menu
        from orken.network import unit_list as _its_jobs  # noqa: F401  registers its background work
        from orken.network.demo import build

        demo.register("network", build, order=10)
        invariants.register()
        menu.register()
        findable.register()
