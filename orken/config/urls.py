from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from orken.portal.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("files/", include("orken.kit.files.urls")),
    *i18n_patterns(
        path("account/", include("allauth.account.urls")),
        path("kit/", include("orken.kit.ui.urls")),
        path("conservation/", include("orken.conservation.urls")),
        path("", include("orken.network.urls")),
        path("", include("orken.portal.urls")),
    ),
]
