"""A browser as the centre sees it: what it writes, what it sends, what it is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from orken.kit.audit import invariants
from orken.kit.offline import services
from orken.kit.offline.models import Operation
from orken.kit.offline.registry import Sent
from orken.kit.offline.services import Receipt
from orken.people.models import Account
from orken.training.attendance.refusals import MARK, WALK_IN

if TYPE_CHECKING:
    from tests.training.attendance.conftest import Held

Making = Callable[..., "Held"]
Outcome = Operation.Outcome


@dataclass
class Phone:
    """What a browser does: it numbers its lines, keeps them until they are answered, sends them again."""

    held: Held
    by: Account
    id: UUID = field(default_factory=uuid4)
    lines: list[Sent] = field(default_factory=list)
    waiting: list[Sent] = field(default_factory=list)
    last: dict[tuple[int, int], Sent] = field(default_factory=dict)
    became: dict[UUID, str] = field(default_factory=dict)

    def note(self, state: str, *, place: int = 0, session: int = 0, **more: Any) -> Sent:
        """A line over the cell; its base is her own last line there."""
        before = self.last.get((place, session))
        payload = {
            "run": self.held.run.code, "session": self.held.sessions[session].pk, "who": self.held.who(place), "state": state,
            "minutes": 30 if state == "late" else None, "reason": "себебі бар" if before else "", **more,
        }  # fmt: skip
        return self._line(MARK, payload, str(before.uid) if before else "", (place, session))

    def _line(self, kind: str, payload: dict[str, Any], base: str, cell: tuple[int, int] | None = None) -> Sent:
        line = Sent(uuid4(), len(self.lines) + 1, kind, base, payload, timezone.now())
        self.lines.append(line)
        self.waiting.append(line)
        if cell:
            self.last[cell] = line
        return line

    def walk_in(self, name: str) -> Sent:
        return self._line(WALK_IN, {"run": self.held.run.code, "name": name, "library": "Ақсу"}, "")

    def send(self, lines: list[Sent] | None = None, *, heard: bool = True, clock: datetime | None = None) -> Receipt:
        """Send; `heard` False: the answer is lost on the way back."""
        receipt = services.receive(
            device=self.id, name="телефон", lines=self.waiting if lines is None else lines, clock=clock, by=self.by
        )
        if heard:
            for one in receipt.answers:
                if one.state in Outcome.values:
                    self.became[one.uid] = one.state
            self.waiting = [line for line in self.waiting if line.uid not in self.became]
        return receipt


def proved() -> None:
    """No truth of the log or of the marks is broken."""
    broken = {rule: rows for rule, rows in invariants.run() if rule.startswith(("offline.", "training.marks", "training.came"))}  # fmt: skip
    assert len(broken) == 3 and not any(broken.values()), broken


class undone:  # reads as a word
    """Everything inside is taken back, so that each example begins alike."""

    def __enter__(self) -> None:
        self.inside = transaction.atomic()
        self.inside.__enter__()

    def __exit__(self, kind: Any, problem: Any, trace: Any) -> None:
        if kind is None:
            transaction.set_rollback(True)
        self.inside.__exit__(kind, problem, trace)


def as_json(line: Sent) -> dict[str, Any]:
    return {"uid": str(line.uid), "sequence": line.sequence, "kind": line.kind, "base": line.base, "payload": line.payload, "made_at": line.made_at.isoformat()}  # fmt: skip
