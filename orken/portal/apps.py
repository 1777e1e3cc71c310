from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "orken.portal"

    def ready(self) -> None:
        from orken.portal import menu

        menu.register()
