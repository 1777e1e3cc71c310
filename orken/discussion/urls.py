from django.urls import path

from orken.discussion import views

app_name = "discussion"
urlpatterns = [
    path("discussions/", views.mine, name="mine"),
    path("discussions/<int:pk>/", views.thread, name="thread"),
    path("discussions/<int:pk>/follow/", views.follow, name="follow"),
    path("discussions/<int:pk>/close/", views.close, name="close"),
    path("discussions/post/<int:pk>/change/", views.change, name="change"),
    path("discussions/post/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("discussions/post/<int:pk>/hide/", views.hide, name="hide"),
    path("discussions/post/<int:pk>/show/", views.show, name="show"),
    path("discussions/post/<int:pk>/report/", views.report, name="report"),
]
