from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from orken.courseware.urls import parts
from orken.credentials.urls import machines
from orken.kit.offline.views import worker
from orken.newsroom.views.public import feed as news_feed
from orken.portal.health import health
from orken.training.views.public import calendar_feed

# An outside provider knows one address of ours, whatever the reader's language.
outside: list[URLPattern | URLResolver] = []
if settings.SIGN_ON.kind:
    provider = {"oidc": "openid_connect", "saml": "saml"}[settings.SIGN_ON.kind]
    outside = [
        path("account/outside/", include("allauth.socialaccount.urls")),
        path("account/outside/", include(f"allauth.socialaccount.providers.{provider}.urls")),
    ]

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    *outside,
    path("files/", include("orken.kit.files.urls")),
    path("sw.js", worker, name="worker"),
    path("calendar.ics", calendar_feed, name="calendar_feed"),
    path("news/feed.atom", news_feed, name="news_feed"),
    *parts,  # pictures of courses
    *machines,  # badges name these addresses for ever
    *i18n_patterns(
        path("", include("orken.network.urls")),  # first: our page of one's address stands before allauth's
        path("account/", include("allauth.account.urls")),
        path("account/steps/", include("allauth.mfa.urls")),
        path("account/sessions/", include("allauth.usersessions.urls")),
        path("", include("orken.notices.urls")),
        path("kit/", include("orken.kit.ui.urls")),
        path("offline/", include("orken.kit.offline.urls")),
        path("progress/", include("orken.kit.jobs.urls")),
        path("", include("orken.insights.urls")),
        path("", include("orken.newsroom.urls")),
        path("", include("orken.live_room.urls")),
        path("", include("orken.meetings.urls")),
        path("", include("orken.proceedings.urls")),
        path("", include("orken.study.urls")),
        path("", include("orken.assignments.urls")),
        path("", include("orken.attempts.urls")),
        path("", include("orken.training.urls")),
        path("", include("orken.surveys.urls")),
        path("", include("orken.discussion.urls")),
        path("", include("orken.records.urls")),
        path("", include("orken.competencies.urls")),
        path("", include("orken.courseware.urls")),
        path("", include("orken.questions.urls")),
        path("", include("orken.curriculum.urls")),
        path("", include("orken.credentials.urls")),
        path("cataloguing/", include("orken.cataloguing.urls")),
        path("conservation/", include("orken.conservation.urls")),
        path("", include("orken.portal.urls")),
    ),
]

handler400 = "orken.kit.ui.views.refused"
