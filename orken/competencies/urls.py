from django.urls import path

from orken.competencies.views import framework, people

app_name = "competencies"
urlpatterns = [
    path("competencies/", framework.framework, name="framework"),
    path("competencies/edition/<int:number>/", framework.framework, name="edition"),
    path("competencies/edition/<int:number>/return/", framework.go_back, name="return"),
    path("competencies/draft/", framework.draft, name="draft"),
    path("competencies/draft/start/", framework.start, name="start"),
    path("competencies/draft/drop/", framework.drop, name="drop"),
    path("competencies/draft/domain/<str:code>/", framework.domain, name="domain"),
    path("competencies/draft/competency/<str:code>/", framework.competency, name="competency"),
    path("competencies/draft/level/<int:level>/", framework.anchor, name="level"),
    path("competencies/draft/level/<int:level>/<str:code>/", framework.anchor, name="anchor"),
    path("competencies/draft/target/<slug:group>/", framework.target, name="target"),
    path("competencies/draft/target/<slug:group>/<str:unit_code>/", framework.target, name="target_of_unit"),
    path("competencies/mine/", people.mine, name="mine"),
    path("competencies/mine/assess/<str:step>/", people.assess, name="assess"),
    path("competencies/person/<int:pk>/", people.person, name="person"),
    path("competencies/person/<int:pk>/judge/<str:code>/", people.judge, name="judge"),
    path("competencies/evidence/<int:pk>/strike/", people.strike_out, name="strike"),
]
