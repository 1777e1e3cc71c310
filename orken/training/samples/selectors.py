"""Reading work samples: how one stands, those of a run, those that wait for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from orken.curriculum.models import Outcome
from orken.people.models import Account, Person
from orken.training.models import Run, Sample, SampleAsk, SampleFile, SampleLook, SampleMark
from orken.training.samples import policy

Verdict = SampleLook.Verdict


class Standing(models.TextChoices):
    """How a sample stands, read from its last sending and what was said of it."""

    ASKED = "asked", pgettext_lazy("state of a work sample", "not sent yet")
    SENT = "sent", pgettext_lazy("state of a work sample", "sent, waits for a look")
    RETURNED = "returned", pgettext_lazy("state of a work sample", "returned")
    ACCEPTED = "accepted", pgettext_lazy("state of a work sample", "accepted")


SHADES = {Standing.ASKED: "", Standing.SENT: "wait", Standing.RETURNED: "stop", Standing.ACCEPTED: "ok"}


def standing(ask: Any) -> Standing:
    """Of a row of `asks()`."""
    if ask.last is None:
        return Standing.ASKED
    return Standing(ask.verdict) if ask.verdict else Standing.SENT


def asks() -> QuerySet[Any]:
    """Every ask with its last sending (`last`, `sent_at`) and the verdict that stands on it (`verdict`)."""
    newest = Sample.objects.filter(ask=OuterRef("pk")).order_by("-number")
    verdict = SampleLook.objects.filter(sample=OuterRef("last"), superseded_at=None).values("verdict")[:1]
    rows = SampleAsk.objects.annotate(
        last=Subquery(newest.values("pk")[:1]), sent_at=Subquery(newest.values("sent_at")[:1])
    ).annotate(verdict=Subquery(verdict))
    return rows.select_related(
        "enrolment__person", "enrolment__unit", "enrolment__run__version", "enrolment__run__host"
    )


@dataclass(frozen=True)
class Counts:
    """How many of a run were asked, sent something, were looked at, and whose work is accepted."""

    asked: int
    sent: int
    looked: int
    accepted: int


def counts(run: Run) -> Counts:
    """One question, whatever the size of the run."""
    found = asks().filter(enrolment__run=run).aggregate(
        asked=Count("pk"), sent=Count("pk", filter=Q(last__isnull=False)), looked=Count("pk", filter=Q(verdict__isnull=False)),
        accepted=Count("pk", filter=Q(verdict=Verdict.ACCEPTED)),
    )  # fmt: skip
    return Counts(**found)


@dataclass(frozen=True)
class Row:
    """A line of a list."""

    ask: Any
    standing: Standing

    @property
    def shade(self) -> str:
        return SHADES[self.standing]


def rows(found: QuerySet[Any]) -> list[Row]:
    return [Row(ask, standing(ask)) for ask in found]


def of_run(run: Run, account: Account) -> list[Row]:
    """Those of the run that she may see, by name."""
    found = asks().filter(policy.seen(account), enrolment__run=run)
    return rows(found.order_by("enrolment__person__sort_kk", "pk"))


def _waiting(account: Account) -> QuerySet[Any]:
    return asks().filter(policy.looked_at(account), last__isnull=False, verdict=None)


def waiting_for_her_look(account: Account) -> list[Row]:
    """Sent and not looked at yet, the oldest first."""
    return rows(_waiting(account).order_by("sent_at", "pk")[:200])


def looked_at_before(account: Account) -> list[Row]:
    """Those of hers to look at on which something is said already, or for which she is asked still; the newest first."""
    rest = asks().filter(policy.looked_at(account)).exclude(last__isnull=False, verdict=None)
    return rows(rest.order_by(F("sent_at").desc(nulls_last=True), "-pk")[:50])


@dataclass(frozen=True)
class OnHerDesk:
    """What a desk says of samples: those that she is asked for herself, and how many wait for her look."""

    to_send: list[Row]
    waiting: int


def waiting_for(account: Account) -> QuerySet[Any]:
    """What she is asked to send, and what waits for her look."""
    own = Q(enrolment__person=account.person_id) & (Q(last=None) | Q(verdict=Verdict.RETURNED))
    wait = policy.looked_at(account) & Q(last__isnull=False, verdict=None)
    return asks().filter(own | wait).order_by("due_on", "pk")


def on_her_desk(account: Account) -> OnHerDesk:
    """One question; of more than a hundred that wait the desk says a hundred."""
    found = rows(waiting_for(account)[:100])
    hers = [row for row in found if row.ask.enrolment.person_id == account.person_id]
    return OnHerDesk(hers[:3], len(found) - len(hers))


def asked_of(person: Person | int) -> list[Row]:
    """What she was asked for herself, the newest first."""
    return rows(asks().filter(enrolment__person=person).order_by("-asked_on", "-pk")[:50])


@dataclass(frozen=True)
class Criterion:
    """An outcome of the programme that may show in the sample, with the mark that was given."""

    outcome: Outcome
    mark: int | None = None


@dataclass(frozen=True)
class Sent:
    """One sending with what was said of it, newest first."""

    sample: Sample
    looks: list[tuple[SampleLook, list[SampleMark]]]

    @property
    def stands(self) -> SampleLook | None:
        return next((look for look, _marks in self.looks if look.superseded_at is None), None)


def sendings(ask: SampleAsk) -> list[Sent]:
    """Newest first, with files, looks and marks: four questions whatever their number."""
    looks = SampleLook.objects.select_related("by__person").prefetch_related(
        Prefetch("marks", SampleMark.objects.select_related("outcome__competency").order_by("outcome__position"))
    )
    found = (
        Sample.objects.filter(ask=ask)
        .order_by("-number")
        .prefetch_related(
            Prefetch("files", SampleFile.objects.select_related("file")), Prefetch("looks", looks.order_by("-pk"))
        )
    )
    return [Sent(one, [(look, list(look.marks.all())) for look in one.looks.all()]) for one in found]


def criteria(ask: SampleAsk) -> list[Outcome]:
    """The short list: what the programme says that one can do afterwards."""
    rows = Outcome.objects.filter(version=ask.enrolment.run.version_id).select_related("competency")
    return list(rows.order_by("position"))


AWAITED_FOR = timedelta(days=30)  # whoever is later than that is not reminded any more
BREATH = timedelta(days=7)  # whose work was returned has so long before she is reminded


def late(today: date) -> QuerySet[Any]:
    """Asks that are past their day, with nothing sent or the last thing returned some days ago, of which she was not reminded yet."""
    returned = SampleLook.objects.filter(
        sample=OuterRef("last"), superseded_at=None, verdict=Verdict.RETURNED, looked_at__date__lte=today - BREATH
    )
    rows = asks().filter(
        reminded_on=None, due_on__range=(today - AWAITED_FOR, today - timedelta(1)),
        enrolment__person__erased_at=None, enrolment__person__blocked_at=None,
    )  # fmt: skip
    return rows.filter(Q(last=None) | Exists(returned)).order_by("pk")


def one(account: Account, pk: int) -> Any:
    """An ask that this reader may see; None when there is none for her."""
    return asks().filter(policy.seen(account), pk=pk).first()


def is_late(ask: SampleAsk) -> bool:
    return timezone.localdate() > ask.due_on
