"""What the views share: which room, and whether its reader may open it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from orken.live_room import policy
from orken.live_room.models import Room
from orken.live_room.selectors import rooms as reading
from orken.network.views.common import actor
from orken.people.models import Account
from orken.training import policy as training
from orken.training import selectors as runs
from orken.training.models import Run, Session

__all__ = ["account_of", "actor", "managed_or_404", "moderated_or_404", "run_or_404", "session_or_404", "told"]


def account_of(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def run_or_404(request: HttpRequest, code: str) -> Run:
    """A run that this reader may open."""
    return get_object_or_404(runs.readable(actor(request)).select_related("host"), code=code)


def session_or_404(request: HttpRequest, code: str, pk: int) -> tuple[Session, Room]:
    """A session of such a run, and its room (written or not)."""
    run = run_or_404(request, code)
    session = get_object_or_404(Session, pk=pk, run=run, cancelled_at=None)
    session.run = run
    return session, reading.room_of(session)


def moderated_or_404(request: HttpRequest, code: str, pk: int) -> tuple[Session, Room]:
    """The same for whoever moderates it; for everybody else the page does not exist."""
    session, room = session_or_404(request, code, pk)
    if not policy.moderates(actor(request), session):
        raise Http404
    return session, room


def managed_or_404(request: HttpRequest, code: str) -> Run:
    """A run that the reader organises."""
    rows = Run.objects.filter(training.managed(actor(request))).select_related("host").distinct()
    return get_object_or_404(rows, code=code)


def told(request: HttpRequest, text: str | Promise, *, wrong: bool = False) -> None:
    messages.add_message(request, messages.ERROR if wrong else messages.SUCCESS, str(text))


class Asked:
    """What a form of the room sent: whatever it is, it is read without an error."""

    def __init__(self, request: HttpRequest) -> None:
        self.data: Any = request.POST

    def text(self, name: str) -> str:
        return str(self.data.get(name, "")).replace("\x00", "")

    def has(self, name: str) -> bool:
        return name in self.data

    def number(self, name: str) -> int:
        text = self.text(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    def numbers(self, name: str) -> list[int]:
        return [int(one) for one in self.data.getlist(name)[:20] if one.isascii() and one.isdecimal() and len(one) < 18]

    def flag(self, name: str) -> bool:
        return self.text(name) in ("1", "on", "yes")

    def press(self) -> Any:
        from uuid import UUID

        try:
            return UUID(self.text("press"))
        except ValueError:
            return None


def found_by_check(asked: Asked) -> dict[str, Any]:
    """What the form of the check page says of line, camera, microphone and sound."""
    speed = asked.number("kbits")
    found = {name: asked.text(name) if asked.text(name) in ("yes", "no") else "" for name in ("camera", "microphone", "sound")}  # fmt: skip
    return {**found, "kbits": speed if 0 <= speed < 10_000_000 else None}
