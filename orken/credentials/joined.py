"""What becomes of certificates, hours and past records when two persons are joined, and what has to be kept of one who is erased."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.credentials.models import Certificate, LedgerRow, Observed, OutsideTraining, PastRecord, PastRow
from orken.credentials.past.judging import keys_of
from orken.people.models import Person
from orken.people.services import merging, rights
from orken.people.services.merging import Collision, Writing


class OneTraining:
    """Hours and past records go over; what both have (a training from paper, lessons of one run) is one: hers of the one
    who stays counts.

    `past` and `observed` lead from a row of the model to its past record and to what was seen, where it has them.
    """

    def __init__(self, model: type[Model], *, past: str = "", observed: str = "") -> None:
        self.model, self.past, self.observed = model, past, observed

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        rows = self.model._base_manager.filter(person=writing.gone)
        if self.past:
            rows = rows.exclude(**{f"{self.past}__in": _twins(writing.kept, writing.gone)})
        if self.observed:
            rows = rows.exclude(**{f"{self.observed}__in": _seen_of_both(writing.kept, writing.gone)})
        for pk in rows.values_list("pk", flat=True):
            writing.set(self.model, pk, person_id=writing.kept.pk)


def _twins(kept: Person, gone: Person) -> list[int]:
    """Past records of the one who goes that the one who stays has too: they stay behind, with their hours."""
    counted = PastRecord.objects.filter(state__in=PastRecord.COUNTED)
    mine = {
        key[0:1] + key[2:] for one in counted.filter(person=kept) for key in keys_of(0, one.title, one.paper, one.ends_on)
    }  # fmt: skip
    return [
        one.pk
        for one in counted.filter(person=gone)
        if any(key[0:1] + key[2:] in mine for key in keys_of(0, one.title, one.paper, one.ends_on))
    ]


def _seen_of_both(kept: Person, gone: Person) -> list[int]:
    """What was seen of the one who goes and of the one who stays from one source: it stays behind, with its hours."""
    mine = set(Observed.objects.filter(person=kept).values_list("activity", "source"))
    rows = Observed.objects.filter(person=gone).values_list("pk", "activity", "source")
    return [pk for pk, *source in rows if tuple(source) in mine]


def register() -> None:
    """Everything goes over: a paper keeps the name of its day, the hours are hers."""
    for model in ("Certificate", "OutsideTraining"):
        merging.register(f"credentials.{model}", "person")
    for rule in (
        OneTraining(LedgerRow, past="past", observed="observed"), OneTraining(PastRecord, past="pk"),
        OneTraining(PastRow, past="record"), OneTraining(Observed, observed="pk"),
    ):  # fmt: skip
        merging.register(f"credentials.{rule.model.__name__}", "person", rule)
    rights.register_duty(duties)


def duties(person: Person) -> Iterable[str | Promise]:
    if Certificate.objects.filter(person=person).exists():
        yield _("Certificates: their register keeps number, name and date, so that they can be checked for ever.")
    if Observed.objects.filter(person=person).exists():
        yield _(
            "Hours of teaching and of recordings: the record of the training that she taught or watched must stay whole."
        )
    if OutsideTraining.objects.filter(person=person, state=OutsideTraining.State.RECOGNISED).exists():
        yield _("Recognised training: who vouched for which paper must stay known.")
    if PastRecord.objects.filter(person=person, state=PastRecord.State.CONFIRMED).exists():
        yield _("Records of earlier years: the paper register they come from is kept by the archive, and who vouched for them must stay known.")  # fmt: skip
