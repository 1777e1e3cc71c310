from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from orken.portal.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("files/", include("orken.kit.files.urls")),
    *i18n_patterns(
        path("", include("orken.network.urls")),  # first: our page of one's address stands before allauth's
        path("account/", include("allauth.account.urls")),
        path("account/steps/", include("allauth.mfa.urls")),
        path("account/sessions/", include("allauth.usersessions.urls")),
        path("", include("orken.notices.urls")),
        path("kit/", include("orken.kit.ui.urls")),
        path("", include("orken.portal.urls")),
    ),
]
