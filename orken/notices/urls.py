from django.urls import path

from orken.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.inbox, name="inbox"),
    path("notices/<int:pk>/", views.letter, name="letter"),
    path("notices/how/", views.preferences, name="preferences"),
    path("notices/sent/", views.sent, name="sent"),
    path("notices/sent/<int:pk>/", views.message, name="message"),
    path("notices/sent/paper/", views.paper, name="paper"),
    path("notices/texts/", views.texts, name="texts"),
    path("notices/texts/<str:code>/", views.text, name="text"),
    path("notices/texts/<str:code>/restore/", views.restore, name="restore"),
]
