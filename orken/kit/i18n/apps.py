from django.apps import AppConfig


class I18nConfig(AppConfig):
    name = "orken.kit.i18n"
    label = "kit_i18n"
