"""Requests of transfer: a library asks to employ somebody whom another side keeps, and that side answers (decision 0044).

Until the answer whoever asked knows her name and how the request stands, no more.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.audit import services as audit
from orken.kit.states import States, Way, WayIsClosed
from orken.network import events, policy, services
from orken.network.models import Appointment, Post, Transfer, Unit
from orken.network.policy import OutOfScope, Scope
from orken.network.roles import Permission
from orken.people.models import Account, Person

__all__ = ["TRANSITIONS", "WayIsClosed", "accept", "answerable", "ask", "asked_from", "of_person", "refuse", "withdraw"]

S, MAIN = Transfer.State, Appointment.Employment.MAIN
HER_SIDE, ASKING = "who keeps the staff where she works", "who keeps the staff of the library that asked"
TRANSITIONS = States(
    "transfer",
    S,
    [
        Way("accept", _("Agree"), (S.ASKED,), S.ACCEPTED, actor=HER_SIDE),
        Way("refuse", _("Do not agree"), (S.ASKED,), S.REFUSED, actor=HER_SIDE, needs_reason=True),
        Way("withdraw", _("Take the request back"), (S.ASKED,), S.WITHDRAWN, actor=ASKING),
    ],
    first=S.ASKED,
)


# --- what is seen, and by whom ---


def answerable(scope: Scope) -> QuerySet[Transfer]:
    """Requests that wait for whoever keeps the staff in `scope`: her main post stands there, or any post of who has no main one."""
    held = Appointment.objects.live().filter(person=OuterRef("person")).exclude(valid_to__lte=timezone.localdate())
    main = held.filter(employment=MAIN)
    rows = Transfer.objects.filter(state=S.ASKED).filter(
        Exists(main.filter(scope.q("unit__path"))) | (~Exists(main) & Exists(held.filter(scope.q("unit__path"))))
    )
    return rows.select_related("person", "unit", "post", "asked_by__person").order_by("asked_at", "pk")


def asked_from(scope: Scope) -> QuerySet[Transfer]:
    """Requests of the libraries in `scope`, newest first."""
    rows = Transfer.objects.filter(scope.q("unit__path")).select_related("person", "unit", "post")
    return rows.order_by("-asked_at", "-pk")


def of_person(person: Person) -> QuerySet[Transfer]:
    """Who asks to employ her, newest first."""
    return Transfer.objects.filter(person=person).select_related("unit", "post").order_by("-asked_at", "-pk")


def answering(person: Person) -> list[Account]:
    """Who is asked: of those who keep the staff over her post the nearest, whoever signs in."""
    return policy.nearest(Permission.STAFF_EDIT, _place(person), besides=person.pk)


def _standing(person: Person) -> QuerySet[Appointment]:
    rows: QuerySet[Appointment] = Appointment.objects.live().filter(person=person)
    return rows.exclude(valid_to__lte=timezone.localdate())


# --- the verbs ---


@transaction.atomic
def ask(
    *,
    person: Person,
    unit: Unit,
    post: Post,
    kind: str,
    on: date,
    reason: str,
    by: Account,
    until: date | None = None,
    rate: Decimal = Decimal("1.00"),
) -> Transfer:
    """Ask her side to let `unit` employ `person` from the day `on`.

    Raises UnitNotOpen, NothingToAsk when she is nobody else's, AskedAlready.
    """
    policy.require(by, Permission.STAFF_EDIT, unit)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not services.open_throughout(unit, on, until):
        raise services.UnitNotOpen(unit.code)
    if not services.works_elsewhere(person, policy.scope(by, Permission.STAFF_EDIT)):
        raise services.NothingToAsk(str(person.pk))
    if Transfer.objects.filter(person=person, unit=unit, state=S.ASKED).exists():
        raise services.AskedAlready(str(person.pk))
    transfer = Transfer.objects.create(
        person=person, unit=unit, post=post, kind=kind, on=on, until=until, rate=rate, reason=reason, asked_by=by
    )
    audit.record(
        "transfer.asked", transfer, by=by, scope_path=unit.path,
        after={"person": person.pk, "unit": unit.code, "post": post.code, "on": str(on), "kind": kind},
    )  # fmt: skip
    events.transfer_asked.send(Transfer, transfer=transfer, answering=answering(person), by=by)
    return transfer


@transaction.atomic
def accept(*, transfer: Transfer, by: Account, answer: str = "") -> Transfer:
    """Agree: the post is made and, when she moves, her old main post ends on the same day.

    Raises OutOfScope, WayIsClosed, and what appointing and ending refuse.
    """
    transfer = _answered(transfer, "accept", by)
    batch, hers = uuid4(), _place(transfer.person)
    moves = transfer.kind == Transfer.Kind.MOVE
    if moves:
        main = _standing(transfer.person).filter(employment=MAIN).select_related("unit").first()
        if main is not None and (main.valid_to is None or main.valid_to > transfer.on):
            services.dismiss(appointment=main, on=transfer.on, by=by, batch=batch)
    transfer.appointment = services.place(
        person=transfer.person, unit=transfer.unit, post=transfer.post, on=transfer.on, until=transfer.until,
        employment=MAIN if moves else Appointment.Employment.COMBINED, rate=transfer.rate, by=by, batch=batch,
    )  # fmt: skip
    return _close(transfer, "accept", by, answer, hers)


@transaction.atomic
def refuse(*, transfer: Transfer, by: Account, answer: str) -> Transfer:
    """Do not agree, with a reason that whoever asked reads. Raises OutOfScope, WayIsClosed."""
    transfer = _answered(transfer, "refuse", by)
    return _close(transfer, "refuse", by, answer, _place(transfer.person))


@transaction.atomic
def withdraw(*, transfer: Transfer, by: Account) -> Transfer:
    """The library that asked takes its request back. Raises OutOfScope, WayIsClosed."""
    policy.require(by, Permission.STAFF_EDIT, transfer.unit)
    return _close(_locked(transfer, "withdraw"), "withdraw", by)


def _answered(transfer: Transfer, way: str, by: Account) -> Transfer:
    """The request, locked, for one of her side: the right is asked over the post that she holds now."""
    fresh = _locked(transfer, way)
    if not answerable(policy.scope(by, Permission.STAFF_EDIT)).filter(pk=fresh.pk).exists():
        raise OutOfScope(f"transfer {fresh.pk}")
    return fresh


def _locked(transfer: Transfer, way: str) -> Transfer:
    """The request, locked after the library and the person: the order of every verb that writes a post, joins or erases."""
    services.lock_unit(transfer.unit)
    Person.objects.select_for_update(no_key=True).get(pk=Transfer.objects.values_list("person").get(pk=transfer.pk)[0])
    fresh = (
        Transfer.objects.select_for_update(of=("self",)).select_related("person", "unit", "post").get(pk=transfer.pk)
    )
    TRANSITIONS.check(fresh, way)
    return fresh


def _place(person: Person) -> str:
    """Where her post stands: there the answer is written into the trail too."""
    row = _standing(person).select_related("unit").order_by("-employment", "valid_from").first()
    return row.unit.path if row else ""


def _close(transfer: Transfer, way: str, by: Account, answer: str = "", hers: str = "") -> Transfer:
    target = TRANSITIONS.way(way).target
    assert target is not None, "every way of a transfer leads somewhere"
    transfer.state, transfer.answered_by, transfer.answered_at, transfer.answer = target, by, timezone.now(), answer
    transfer.save()
    told = {"person": transfer.person_id, "unit": transfer.unit.code, "post": transfer.post.code, "kind": transfer.kind}
    for path in filter(None, (transfer.unit.path, hers)):  # each side reads it in its own trail
        audit.record(f"transfer.{transfer.state}", transfer, by=by, scope_path=path, after=told)
    events.transfer_closed.send(Transfer, transfer=transfer, by=by)
    return transfer
