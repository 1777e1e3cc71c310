from django.urls import URLPattern, path

from orken.conservation.views import experts, specimens

app_name = "conservation"

# Papers: passports, climate, treatment.
papers: list[URLPattern] = []

# Pictures: specimens, regions, expert annotation.
pictures: list[URLPattern] = [
    path("specimens/", specimens.specimens, name="specimens"),
    path("specimens/<uuid:pk>/", specimens.specimen, name="specimen"),
    path("specimens/<uuid:pk>/tiles/<str:light>/<int:level>/<int:x>/<int:y>.jpg", specimens.tile, name="tile"),
    path("specimens/<uuid:pk>/<str:light>.jpg", specimens.preview, name="preview"),
    path("specimens/<uuid:pk>/mark/", experts.mark, name="mark"),
    path("cards/<str:code>/<int:severity>.jpg", specimens.card_picture, name="card_picture"),
    path("photographs/", experts.photographs, name="photographs"),
    path("photographs/add/", experts.add_photograph, name="add_photograph"),
    path("photographs/<uuid:pk>/", experts.photograph, name="photograph"),
    path("photographs/<uuid:pk>/ask/", experts.ask_expert, name="ask_expert"),
    path("photographs/<uuid:pk>/<slug:verb>/", experts.decide, name="decide"),
]

urlpatterns = [*papers, *pictures]
