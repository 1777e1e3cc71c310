from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "orken.kit.files"
    label = "kit_files"
