"""A lesson of the demo's course: server time, weight and queries of its pages; 500 lines of a device: `python -m bench.lesson`."""

from __future__ import annotations

import gzip
import json
import statistics
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bench.country import measured, percentile, table

if TYPE_CHECKING:
    from django.test import Client

RUN, LINES = "NL-2026-45", 500
GOALS = {"lesson, ms": 25.0, "lesson, bytes": 60_000, "500 lines, ms": 1000.0}


def _client(login: str) -> Client:
    from django.test import Client

    from orken.people.models import Account

    client = Client(SERVER_NAME="localhost", headers={"accept-language": "kk", "accept-encoding": "identity"})
    client.force_login(Account.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _page(name: str, client: Client, path: str) -> list[object]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, path
    asked = len(queries)  # the log is emptied at the next request
    walls, cpu = measured(lambda: client.get(path), 50)
    return [
        name,
        statistics.median(walls),
        percentile(walls, 0.95),
        cpu,
        asked,
        len(answer.content),
        len(gzip.compress(answer.content)),
    ]


def _lines(client: Client) -> float:
    """Milliseconds in which the centre takes in `LINES` lines of a device, new and known ones mixed."""
    from orken.kit.offline.views import key_of
    from orken.study import outline, selectors

    offering = selectors.offering_of(RUN)
    assert offering is not None, "the demo has the run"
    keys = list(outline.of(offering.version).lesson_of)
    request: Any = type("Request", (), {"user": client.session and _account()})()
    lines = [
        {"uid": str(uuid4()), "sequence": n + 1, "kind": "study.seen", "base": "", "made_at": "2026-11-26T05:00:00Z", "payload": {"run": RUN, "block": str(keys[n % len(keys)])}}
        for n in range(LINES)
    ]  # fmt: skip
    body = {
        "account": key_of(request),
        "device": str(uuid4()),
        "name": "bench",
        "clock": "2026-11-26T05:00:00Z",
        "lines": lines,
    }
    start = time.perf_counter()
    answer = client.post("/kk/offline/send/", json.dumps(body), content_type="application/json")
    took = (time.perf_counter() - start) * 1000
    states = {one["state"] for one in answer.json()["answers"]}
    assert answer.status_code == 200 and states <= {"done", "same"}, answer.content[:300]
    return took


def _account() -> Any:
    from orken.people.models import Account

    return Account.objects.get(login="village")


def main() -> None:
    from django.core.management import call_command

    from orken.kit import demo
    from orken.study import outline, selectors

    call_command("migrate", verbosity=0)
    demo.make()
    offering = selectors.offering_of(RUN)
    assert offering is not None, "the demo has the run"
    village, trainer = _client("village"), _client("national")
    lessons = outline.of(offering.version).lessons[:3]
    rows = [
        _page(f"lesson {n}", village, f"/kk/study/{RUN}/lesson/{one.key}/") for n, one in enumerate(lessons, start=1)
    ]
    rows += [
        _page("my lessons", village, "/kk/study/"), _page("the course", village, f"/kk/study/{RUN}/"), _page("search", village, f"/kk/study/{RUN}/search/?q=келу"),
        _page("the group", trainer, f"/kk/training/{RUN}/course/"), _page("desk of a lesson", trainer, _desk()),
    ]  # fmt: skip
    table(["page", "ms", "p95", "cpu ms", "queries", "bytes", "gzip"], rows)
    print(f"\n{LINES} lines of a device: {_lines(village):.0f} ms. Goals: {GOALS}")


def _desk() -> str:
    from orken.courseware.models import Lesson

    lesson = Lesson.objects.filter(module__version__course__code="SRDGOB", module__version__state="draft").first()
    assert lesson is not None, "the demo has a draft"
    return f"/kk/courses/SRDGOB/draft/lesson/{lesson.pk}/"


if __name__ == "__main__":
    main()
