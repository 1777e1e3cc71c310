from django.urls import path

from orken.kit.files import views

app_name = "files"
urlpatterns = [path("<str:word>/", views.download, name="download")]
