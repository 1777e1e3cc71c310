"""What the apps above add to the page of a talk: its recordings, what was said in them.

    talk_parts.register("proceedings/on_talk.html", context, there=condition)

`context(run, talk, account)` gives the variables of the template, or None when there is nothing for this reader. `there` is a
condition on a talk (an `Exists`), asked along with the talk: a part without anything asks nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists

from orken.meetings.models import Talk
from orken.people.models import Account
from orken.training.models import Run

Context = Callable[[Run, int, "Account | None"], "dict[str, Any] | None"]
_parts: dict[str, tuple[Context, Callable[[], Exists]]] = {}


def register(template: str, context: Context, *, there: Callable[[], Exists]) -> None:
    _parts[template] = context, there


def conditions() -> dict[str, Exists]:
    """Whether each part has anything, as columns of a talk."""
    return {f"part_{n}": there() for n, (_context, there) in enumerate(_parts.values())}


def parts_of(run: Run, talk: Talk, account: Account | None) -> list[tuple[str, dict[str, Any]]]:
    """Template and variables of each part; `talk` was read with its `conditions`."""
    asked = [(template, context) for n, (template, (context, _there)) in enumerate(_parts.items()) if getattr(talk, f"part_{n}")]  # fmt: skip
    found = [(template, context(run, talk.pk, account)) for template, context in asked]
    return [(template, given) for template, given in found if given is not None]
