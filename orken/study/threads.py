"""Questions under a block: who reads and writes them, who answers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.courseware.models import Block, Lesson
from orken.discussion import owners
from orken.discussion import services as discussion
from orken.discussion.models import Thread
from orken.discussion.owners import Standing
from orken.people.models import Account, Person
from orken.study.models import Offering
from orken.study.policy import LEARNING, teaches
from orken.training import policy as training
from orken.training.models import Enrolment, Run, Trainer

KIND, TRAINER = "study.block", "trainer"
LANGUAGES = ("kk", "ru", "en")
NOT_HERE: str | Promise = _("Whoever learns in this run writes here.")
CLOSED: str | Promise = _("The discussion is closed; it stays to be read.")


def register() -> None:
    owners.register(KIND, Owner())


def source(run: int, block: UUID) -> str:
    return f"{KIND}:{run}.{block.hex}"


def run_of(key: str) -> int:
    head = key.partition(".")[0]
    return int(head) if head.isdecimal() else 0


def open_thread(offering: Offering, lesson: Lesson, block: Block) -> Thread:
    """The thread of a block, in one run: each group has its own questions."""
    run = offering.run
    titles = {
        f"title_{code}": f"{getattr(lesson, f'title_{code}') or lesson.title} · {getattr(run, f'title_{code}') or run.title}"[
            :400
        ]
        for code in LANGUAGES
    }
    return discussion.open_thread(
        source=source(run.pk, block.key), titles=titles, address=f"/study/{run.code}/lesson/{lesson.key}/ask/{block.key}/", scope_path=run.host.path
    )  # fmt: skip


class Owner:
    """Whoever learns or teaches in the run reads and writes; trainers are told and moderate."""

    roles: dict[str, str | Promise] = {TRAINER: _("trainer")}
    told: str | Promise = _("Those who learn and teach in this group read it.")

    def _run(self, thread: Thread) -> Run | None:
        return Run.objects.select_related("host").filter(pk=run_of(thread.key)).first()

    def standing(self, thread: Thread, account: Account) -> Standing:
        run = self._run(thread)
        if run is None:
            return Standing()
        leads = teaches(account, run)
        learns = Enrolment.objects.filter(run=run, person=account.person_id, state__in=LEARNING).exists()
        if not leads and not learns:
            return Standing()
        role = TRAINER if leads else ""
        if thread.closed_at is not None:
            return Standing(True, False, leads, role, CLOSED)
        return Standing(True, True, leads, role)

    def readable(self, account: Account, keys: Iterable[str]) -> set[str]:
        by_run: dict[int, list[str]] = {}
        for key in keys:
            by_run.setdefault(run_of(key), []).append(key)
        if not by_run:
            return set()
        hers = set(
            Enrolment.objects.filter(run__in=by_run, person=account.person_id, state__in=LEARNING).values_list(
                "run", flat=True
            )
        )
        hers |= set(
            Trainer.objects.filter(run__in=by_run, person=account.person_id)
            .exclude(state=Trainer.State.DECLINED)
            .values_list("run", flat=True)
        )
        hers |= set(Run.objects.filter(training.managed(account), pk__in=by_run).values_list("pk", flat=True))
        return {key for run, those in by_run.items() if run in hers for key in those}

    def findable(self, keys: Iterable[str]) -> set[str]:
        """What a group asks is not for everybody's search."""
        return set()

    def moderators(self, thread: Thread) -> list[Account]:
        run = self._run(thread)
        return training.organisers(run) if run is not None else []

    def hears(self, thread: Thread) -> Iterable[Person]:
        """The trainers of the run hear every question."""
        rows = Person.objects.filter(taught_runs__run=run_of(thread.key)).exclude(
            taught_runs__state=Trainer.State.DECLINED
        )
        return rows.distinct()
