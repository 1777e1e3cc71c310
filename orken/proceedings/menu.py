"""What proceedings put into the desk and the page of a run."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from orken.meetings import talk_parts
from orken.people.models import Account
from orken.proceedings import policy, selectors
from orken.proceedings.models import Recording, Volume
from orken.training import run_parts
from orken.training.models import Run


def register() -> None:
    run_parts.register_tab("proceedings", _("Proceedings"), "proceedings:desk", shown=policy.has_proceedings, order=14)
    talk_parts.register("proceedings/on_talk.html", on_talk, there=recorded)
    # Before the programme and the room: once something stays of a meeting, that is what its page is opened for.
    run_parts.register_part(
        "proceedings", "proceedings/on_run.html", on_run, shown=policy.has_proceedings, there=stays, order=4
    )


def recorded() -> Exists:
    """Whether there is any recording of the talk."""
    return Exists(Recording.objects.filter(talk=OuterRef("pk")))


def on_talk(run: Run, talk: int, account: Account | None) -> dict[str, Any] | None:
    """Recordings of a talk that this reader may watch."""
    recordings = list(selectors.recordings_for(account, run).filter(talk=talk))
    return {"run": run, "recordings": recordings} if recordings else None


def stays() -> Exists:
    """Whether the run has a volume, or a recording that is shown."""
    shown = Recording.objects.filter(run=OuterRef("pk"), state=Recording.State.SHOWN)
    volume = Volume.objects.filter(run=OuterRef("pk"))
    return Exists(Run.objects.filter(Exists(shown) | Exists(volume), pk=OuterRef("pk")))


def on_run(run: Run, account: Account | None) -> dict[str, Any] | None:
    """Recordings that this reader may watch and the way to the proceedings."""
    recordings = list(selectors.recordings_for(account, run).filter(state=Recording.State.SHOWN))
    volume = run.volumes.exists()
    return {"run": run, "recordings": recordings, "volume": volume} if recordings or volume else None
