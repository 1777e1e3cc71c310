from django.urls import path, re_path

from orken.courseware.views import draft, looking, publishing, workshop

app_name = "courseware"
# Named by their content, without a language: a browser keeps them for ever and takes them along.
parts = [
    re_path(r"^parts/(?P<sha256>[0-9a-f]{64})\.webp$", looking.picture, name="course_picture"),
    re_path(r"^parts/(?P<sha256>[0-9a-f]{64})\.[a-z0-9]{3,4}$", looking.played, name="course_played"),
    path("parts/captions/<uuid:key>/<slug:language>/<slug:words>.vtt", looking.vtt, name="course_captions"),
]
urlpatterns = [
    path("courses/", workshop.courses, name="courses"),
    path("courses/new/", workshop.new, name="new"),
    path("courses/asset/<uuid:key>/", looking.asset, name="asset"),
    path("courses/<str:code>/", workshop.course, name="course"),
    path("courses/<str:code>/draft/", workshop.start, name="start"),
    path("courses/<str:code>/draft/drop/", publishing.drop, name="drop"),
    path("courses/<str:code>/draft/part/<slug:name>/", draft.part, name="part"),
    path("courses/<str:code>/draft/module/", draft.module, name="module_new"),
    path("courses/<str:code>/draft/module/<int:pk>/", draft.module, name="module"),
    path("courses/<str:code>/draft/module/<int:module>/lesson/", draft.lesson_name, name="lesson_new"),
    path("courses/<str:code>/draft/module/<int:module>/copy/", draft.copy, name="copy"),
    path("courses/<str:code>/draft/lesson/<int:pk>/", draft.lesson, name="lesson"),
    path("courses/<str:code>/draft/lesson/<int:pk>/name/", draft.lesson_name, name="lesson_name"),
    path("courses/<str:code>/draft/lesson/<int:pk>/order/", draft.order, name="order"),
    path("courses/<str:code>/draft/lesson/<int:pk>/add/<slug:kind>/", draft.block, name="block_new"),
    path("courses/<str:code>/draft/block/<int:pk>/", draft.block, name="block"),
    path("courses/<str:code>/draft/module/<int:pk>/move/", draft.move, {"piece": "module"}, name="module_move"),
    path("courses/<str:code>/draft/lesson/<int:pk>/move/", draft.move, {"piece": "lesson"}, name="lesson_move"),
    path("courses/<str:code>/draft/block/<int:pk>/move/", draft.move, {"piece": "block"}, name="block_move"),
    path("courses/<str:code>/draft/module/<int:pk>/remove/", draft.remove, {"piece": "module"}, name="module_remove"),
    path("courses/<str:code>/draft/lesson/<int:pk>/remove/", draft.remove, {"piece": "lesson"}, name="lesson_remove"),
    path("courses/<str:code>/draft/block/<int:pk>/remove/", draft.remove, {"piece": "block"}, name="block_remove"),
    path("courses/<str:code>/draft/restore/", draft.restore, name="restore"),
    path("courses/<str:code>/ask/", publishing.ask, name="ask"),
    path("courses/<str:code>/review/", publishing.review, name="review"),
    path("courses/<str:code>/compare/", publishing.compare, name="compare"),
    path("courses/<str:code>/withdraw/", publishing.withdraw, name="withdraw"),
    path("courses/<str:code>/version/<int:number>/", looking.version, name="version"),
    path("courses/<str:code>/version/<int:number>/print/", looking.printed, name="print"),
    path("courses/<str:code>/version/<int:number>/lesson/<uuid:key>/", looking.preview, name="preview"),
    path("courses/<str:code>/version/<int:number>/return/", publishing.go_back, name="return"),
    path("courses/<str:code>/version/<int:number>/take/", publishing.take_over, name="take"),
]
