from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "orken.curriculum"
    label = "curriculum"
