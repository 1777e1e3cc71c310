"""Whether this server can do its work: database, queue and storage, each tried for real."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from orken.kit.jobs.selectors import queue_state


@dataclass(frozen=True)
class State:
    """One part: well or not, and the reason in a word that holds no address and no password."""

    ok: bool
    why: str = ""

    def as_json(self) -> dict[str, object]:
        return {"ok": self.ok, **({"why": self.why} if self.why else {})}


def database() -> State:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return State(False, type(problem).__name__)
    return State(True)


def storage() -> State:
    """A file is written, and removed again."""
    try:
        name = default_storage.save(f"health/{uuid4().hex}", ContentFile(b"well"))
        default_storage.delete(name)
    except OSError as problem:
        return State(False, type(problem).__name__)
    return State(True)


def queue() -> State:
    """Unwell when work has waited ten minutes or a worker died with work in its hands."""
    try:
        found = queue_state()
    except DatabaseError as problem:
        return State(False, type(problem).__name__)
    if found.oldest > 600:
        return State(False, f"waits {found.oldest} s")
    return State(True, f"{found.waiting} waiting, {found.running} running")


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 when every part is well, 503 when one is not."""
    parts = {"database": database(), "queue": queue(), "storage": storage()}
    well = all(part.ok for part in parts.values())
    return JsonResponse(
        {"status": "ok" if well else "unwell", **{name: part.as_json() for name, part in parts.items()}},
        status=200 if well else 503,
    )
