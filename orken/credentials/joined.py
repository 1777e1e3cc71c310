"""What becomes of certificates and hours when two persons are joined, and what has to be kept of one who is erased."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.credentials.models import Certificate, OutsideTraining
from orken.people.models import Person
from orken.people.services import merging, rights


def register() -> None:
    """Everything goes over: a paper keeps the name of its day, the hours are hers."""
    for model in ("Certificate", "LedgerRow", "OutsideTraining"):
        merging.register(f"credentials.{model}", "person")
    rights.register_duty(duties)


def duties(person: Person) -> Iterable[str | Promise]:
    if Certificate.objects.filter(person=person).exists():
        yield _("Certificates: their register keeps number, name and date, so that they can be checked for ever.")
    if OutsideTraining.objects.filter(person=person, state=OutsideTraining.State.RECOGNISED).exists():
        yield _("Recognised training: who vouched for which paper must stay known.")
