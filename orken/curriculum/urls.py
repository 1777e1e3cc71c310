from django.urls import path

from orken.curriculum.views import catalogue, draft, publishing, workshop

app_name = "curriculum"
urlpatterns = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<str:code>/", catalogue.offer, name="offer"),
    path("programmes/", workshop.programmes, name="programmes"),
    path("programmes/new/", workshop.new, name="new"),
    path("programmes/hour/", workshop.norm, name="norm"),
    path("programmes/<str:code>/", workshop.programme, name="programme"),
    path("programmes/<str:code>/draft/", workshop.start, name="start"),
    path("programmes/<str:code>/draft/drop/", publishing.drop, name="drop"),
    path("programmes/<str:code>/draft/part/<slug:name>/", draft.part, name="part"),
    path("programmes/<str:code>/draft/module/", draft.module, name="module_new"),
    path("programmes/<str:code>/draft/module/<int:pk>/", draft.module, name="module"),
    path("programmes/<str:code>/draft/module/<int:pk>/move/", draft.move, {"piece": "module"}, name="module_move"),
    path("programmes/<str:code>/draft/module/<int:pk>/remove/", draft.remove, {"piece": "module"}, name="module_remove"),
    path("programmes/<str:code>/draft/outcome/", draft.outcome, name="outcome_new"),
    path("programmes/<str:code>/draft/outcome/<int:pk>/", draft.outcome, name="outcome"),
    path("programmes/<str:code>/draft/outcome/<int:pk>/move/", draft.move, {"piece": "outcome"}, name="outcome_move"),
    path("programmes/<str:code>/draft/outcome/<int:pk>/remove/", draft.remove, {"piece": "outcome"}, name="outcome_remove"),
    path("programmes/<str:code>/draft/restore/", draft.restore, name="restore"),
    path("programmes/<str:code>/compare/", publishing.compare, name="compare"),
    path("programmes/<str:code>/publish/", publishing.publish, name="publish"),
    path("programmes/<str:code>/withdraw/", publishing.withdraw, name="withdraw"),
    path("programmes/<str:code>/version/<int:number>/", publishing.version, name="version"),
    path("programmes/<str:code>/version/<int:number>/return/", publishing.go_back, name="return"),
    path("programmes/<str:code>/version/<int:number>/take/", publishing.take_over, name="take"),
]  # fmt: skip
