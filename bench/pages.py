"""Server time of the pages at the size of the country: `python -m bench.pages`."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.country import build, measured, percentile, table

if TYPE_CHECKING:
    from django.test import Client

TIMES = 50
PAGES = (
    ("", "/kk/"), ("", "/ru/region/KZ-55/"), ("", "/kk/search/?q=шалқар кітапханасы"),
    ("national", "/kk/desk/"), ("national", "/kk/network/"), ("national", "/ru/network/?region=KZ-61&internet=none&sort=-staff"),
    ("national", "/kk/network/?q=ауылдық&page=40"), ("national", "/kk/network/unit/KZ-55-D02/"), ("national", "/kk/network/staff/"),
    ("national", "/ru/network/staff/?q=айгуль"), ("national", "/kk/trail/"), ("national", "/kk/roles/"),
    ("pavlodar", "/kk/desk/"), ("pavlodar", "/kk/network/"), ("pavlodar", "/kk/network/staff/"), ("pavlodar", "/kk/search/?q=айгүл"),
)  # fmt: skip


BARE = """<!doctype html><title>{% block title %}Units{% endblock %}</title><p>{{ request.user }}</p>
<table>{% for unit in page_obj %}<tr><th><a href="{% url 'unit' unit.code %}">{{ unit.name_kk }}</a></th><td>{{ unit.get_kind_display }}</td>
<td>{{ unit.parent.name_kk }}</td><td>{{ unit.city_kk }}</td><td>{{ unit.get_internet_display }}</td><td>{{ unit.code }}</td></tr>{% endfor %}</table>
{% for number in page_obj.paginator.page_range|slice:":9" %}<a href="?page={{ number }}">{{ number }}</a>{% endfor %}"""


@contextmanager
def bare_django(client: Client) -> Iterator[None]:
    """The same fifty rows as `startproject` and the tutorial would list them: a paginated ListView, stock middleware, a signed-in reader."""
    from django.http import HttpResponse
    from django.template import RequestContext, Template
    from django.test import override_settings
    from django.test.client import ClientHandler
    from django.urls import path
    from django.views.generic import ListView

    from orken.network.models import Unit

    template = Template(BARE)

    class Units(ListView[Unit]):
        queryset = Unit.objects.filter(exists=True).select_related("parent").order_by("sort_kk", "pk")
        paginate_by = 50

        def render_to_response(self, context: dict[str, Any], **rest: Any) -> HttpResponse:
            return HttpResponse(template.render(RequestContext(self.request, context)))

    class Addresses:
        urlpatterns = (path("", Units.as_view()), path("unit/<str:code>/", Units.as_view(), name="unit"))

    plain = [
        "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ]  # fmt: skip
    with override_settings(MIDDLEWARE=plain, ROOT_URLCONF=Addresses):
        stock = ClientHandler()
        stock.load_middleware()
        # The client asks a handler that was loaded with our chain; for this while it asks one with the plain chain.
        ours, client.handler = client.handler, stock
        yield
        client.handler = ours


def main() -> None:
    print("made:", ", ".join(f"{count} {name}" for name, count in build().items()))
    from django.db import connection
    from django.test import Client

    from orken.people.models import Account

    clients: dict[str, Client] = {}
    for login in {who for who, _address in PAGES}:
        clients[login] = Client(headers={"host": "localhost"})
        if login:
            account = Account.objects.get(login=login)
            clients[login].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    signed_in = clients["national"]
    signed_in.get("/kk/roles/")
    with bare_django(signed_in):
        walls, bare = measured(lambda: signed_in.get("/"), TIMES * 2)
    rows: list[list[object]] = [
        [
            "the list of units in bare Django",
            "national",
            4,
            statistics.median(walls),
            percentile(walls, 0.95),
            bare,
            1.0,
            0.0,
        ]
    ]
    for login, address in PAGES:
        client = clients[login]
        asked: list[str] = []

        def counted(execute: Any, sql: str, *rest: Any, into: list[str] = asked) -> Any:
            into.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(counted):
            answer = client.get(address)
        assert answer.status_code == 200, (login, address, answer.status_code)
        walls, cpu = measured(partial(client.get, address), TIMES)
        rows.append([
            address, login or "anybody", len(asked), statistics.median(walls), percentile(walls, 0.95), cpu, cpu / bare,
            len(answer.content) / 1024,
        ])  # fmt: skip
    table(("page", "reader", "queries", "median ms", "p95 ms", "CPU ms", "× bare", "KiB"), rows)


if __name__ == "__main__":
    main()
