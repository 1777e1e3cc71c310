from django.apps import AppConfig


class CompetenciesConfig(AppConfig):
    name = "orken.competencies"
    label = "competencies"
