from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "orken.newsroom"
    label = "newsroom"
