from django.urls import path

from orken.insights import views

app_name = "insights"
urlpatterns = [
    path("coverage/", views.home, name="home"),
    path("coverage/<str:code>/", views.unit, name="coverage"),
    path("coverage/<str:code>/<slug:name>/", views.behind, name="rows"),
]
