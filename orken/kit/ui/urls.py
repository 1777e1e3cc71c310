from django.urls import path

from orken.kit.ui import views

app_name = "ui"
urlpatterns = [path("", views.kit, name="kit")]
