from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "orken.people"

    def ready(self) -> None:
        from orken.people import invariants, joined, receivers

        receivers.connect()
        joined.register()
        invariants.register()
