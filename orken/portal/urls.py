from django.urls import path

from orken.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("desk/tour/<int:number>/", views.tour_step, name="tour_step"),
    path("desk/tour/end/", views.tour_end, name="tour_end"),
    path("school/<str:code>/", views.school, name="school"),
    path("search/", views.search, name="search"),
    path("demo/", views.demo, name="demo"),
]
