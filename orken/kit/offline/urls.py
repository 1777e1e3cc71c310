from django.urls import path

from orken.kit.offline import views

app_name = "offline"
urlpatterns = [
    path("", views.own, name="own"),
    path("away/", views.away, name="away"),
    path("hello/", views.hello, name="hello"),
    path("send/", views.send, name="send"),
    path("carried/", views.carried, name="carried"),
    path("device/<uuid:pk>/revoke/", views.revoke, name="revoke"),
]
