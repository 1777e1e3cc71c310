"""A run as a place to sit: whoever has a seat in it, marked by whoever organises or teaches it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orken.attempts.models import Attempt
from orken.attempts.owners import Seat
from orken.people.models import Account, Person
from orken.questions.models import Exercise
from orken.training import policy
from orken.training.models import Enrolment, Run, Trainer

KIND = "training.run"


class RunOwner:
    """«training.run:CODE»."""

    def seat(self, key: str, exercise: Exercise, person: Person) -> Seat:
        live = Enrolment.objects.filter(run__code=key, person=person, state__in=Enrolment.LIVE).select_related("run").first()  # fmt: skip
        if live is None:
            return Seat(False, _("Only those who have a seat in the run take this test. Ask its organiser."))
        if live.run.state in (Run.State.CLOSED, Run.State.ARCHIVED, Run.State.CANCELLED):
            return Seat(False, _("The run is over: its tests are closed. Ask its organiser."))
        return Seat(True)

    def marks(self, account: Account, keys: Iterable[str]) -> set[str]:
        teaches = Q(trainers__person=account.person_id, trainers__state=Trainer.State.ACCEPTED)
        rows = Run.objects.filter(code__in=list(keys)).filter(policy.managed(account) | teaches)
        return set(rows.values_list("code", flat=True))

    def titles(self, keys: Iterable[str]) -> Mapping[str, tuple[str, str]]:
        rows = Run.objects.filter(code__in=list(keys))
        return {run.code: (run.title, f"/training/{run.code}/") for run in rows}

    def closed(self, attempt: Attempt) -> None:
        """A run takes results by its own rule; who wants the score reads it by `selectors.standing`."""
