"""What the newsroom does when somebody's data are erased: her name leaves what nobody has published."""

from __future__ import annotations

from typing import Any

from orken.newsroom import services
from orken.people import events
from orken.people.models import Person


def connect() -> None:
    events.erasing.connect(erasing, dispatch_uid="newsroom.erasing")


def erasing(sender: Any, person: Person, names: list[str], **more: Any) -> None:
    services.forget_names(names=names)
