from importlib import import_module

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "orken.kit.mail"
    label = "kit_mail"

    def ready(self) -> None:
        import_module("orken.kit.mail.services")  # registers the job that sends
