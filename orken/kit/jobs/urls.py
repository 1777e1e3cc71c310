from django.urls import path

from orken.kit.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:pk>/", views.work, name="work"),
    path("<uuid:pk>/cancel/", views.cancel, name="cancel"),
]
