from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from orken.portal.health import health
from orken.training.views.public import calendar_feed

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("files/", include("orken.kit.files.urls")),
    path("calendar.ics", calendar_feed, name="calendar_feed"),
    *i18n_patterns(
        path("account/", include("allauth.account.urls")),
        path("kit/", include("orken.kit.ui.urls")),
        path("work/", include("orken.kit.jobs.urls")),
        path("", include("orken.training.urls")),
        path("", include("orken.network.urls")),
        path("", include("orken.competencies.urls")),
        path("", include("orken.curriculum.urls")),
        path("", include("orken.portal.urls")),
    ),
]
