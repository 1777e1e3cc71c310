"""Inviting people to sign in and renewing their codes: who may do it for whom, and who has an account.

Whoever may invite somebody may also take her account over with a code of her own. So nobody does it
for a person who may do more than herself, and nobody for herself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.network import policy
from orken.network.models import Appointment, RoleAssignment, Unit
from orken.network.policy import Scope
from orken.network.roles import PERMISSIONS, Permission, Role
from orken.network.selectors import staff_today
from orken.people import duplicates
from orken.people.accounts import services as accounts
from orken.people.accounts.services import Issued
from orken.people.models import Account, Invitation, Person

MOST_SLIPS = 200


class MayMore(Exception):
    """The person holds a role that may more than the one who wants to renew her code."""


class HerOwn(Exception):
    """She wants a code for herself; she changes her password on her own page."""


class WorksElsewhere(Exception):
    """Only a second post of hers is in the scope; her code is made where her main post is."""


class State(models.TextChoices):
    """How a person stands with her account."""

    NONE = "none", _("not invited")
    INVITED = "invited", _("invited")
    EXPIRED = "expired", _("the code is too old")
    ACTIVE = "active", _("signs in")
    CLOSED = "closed", _("closed")


@dataclass(frozen=True)
class Refused:
    """A person who gets no slip, and why."""

    person: Person
    why: str


@transaction.atomic
def invite(
    *,
    person: Person,
    way: Invitation.Way,
    by: Account | None,
    email: str = "",
    language: str = "",
    clears_second_steps: bool = False,
) -> Issued:
    """Give `person` a one-time code, for the first sign-in or for a forgotten password.

    `by` is None only for the operator's command line. Raises OutOfScope, WorksElsewhere, MayMore, HerOwn, and what
    accounts.issue raises.
    """
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    unit = _unit_of(person, None if by is None else policy.scope(by, Permission.ACCOUNT_INVITE))
    if by is not None:
        _fits(person, by)
    return accounts.issue(
        person=person, way=way, by=by, scope_path=unit.path if unit else "", email=email, language=language,
        clears_second_steps=clears_second_steps,
    )  # fmt: skip


def people_in(scope: Scope) -> QuerySet[Person]:
    """Everybody whose account is kept in `scope`, each once, with her account, her library and her open code.

    That is where her main post is today, or any post of somebody who has none. Who asked not to be shown is not
    here.
    """
    open_code = Invitation.objects.filter(account=OuterRef("account"), used_at=None, withdrawn_at=None)
    here = staff_today().filter(scope.q("unit__path"), person=OuterRef("pk")).order_by("-employment", "valid_from")
    main = staff_today().filter(person=OuterRef("pk"), employment=Appointment.Employment.MAIN)
    return (
        duplicates.living()
        .filter(Exists(main.filter(scope.q("unit__path"))) | ~Exists(main))
        .annotate(unit_id=Subquery(here.values("unit_id")[:1]))
        .exclude(unit_id=None)
        .annotate(
            unit_kk=Subquery(here.values("unit__name_kk")[:1]),
            unit_ru=Subquery(here.values("unit__name_ru")[:1]),
            unit_en=Subquery(here.values("unit__name_en")[:1]),
            unit_sort=Subquery(here.values("unit__sort_kk")[:1]),
            code_until=Subquery(open_code.values("expires_at")[:1]),
            code_way=Subquery(open_code.values("way")[:1]),
        )
        .select_related("account")
    )


def state_of(person: Person) -> State:
    """How a row of `people_in` stands."""
    account: Account | None = getattr(person, "account", None)
    if account is None:
        return State.NONE
    if not account.is_active:
        return State.CLOSED
    if account.has_usable_password():
        return State.ACTIVE
    until = person.code_until  # type: ignore[attr-defined]  # annotated by people_in
    if until is not None and until > timezone.now():
        return State.INVITED
    if account.last_login is not None:
        return State.ACTIVE  # by another door: single sign-on, the demo page
    return State.NONE if until is None else State.EXPIRED


def in_state(state: str) -> Q:
    """The same as a condition on rows of `people_in`."""
    now = timezone.now()
    shut = Q(account__is_active=True, account__password__startswith="!")
    came, never = Q(account__last_login__isnull=False), Q(account__last_login=None)
    match state:
        case State.NONE:
            return Q(account=None) | shut & never & Q(code_until=None)
        case State.CLOSED:
            return Q(account__is_active=False)
        case State.ACTIVE:
            other_door = shut & came & (Q(code_until=None) | Q(code_until__lte=now))
            return Q(account__is_active=True) & ~Q(account__password__startswith="!") | other_door
        case State.INVITED:
            return shut & Q(code_until__gt=now)
        case State.EXPIRED:
            return shut & never & Q(code_until__lte=now)
    return Q(pk__in=[])


def slips(*, people: Iterable[Person], by: Account) -> tuple[list[Issued], list[Refused]]:
    """A new code for each of `people`, to be printed at once; those who cannot get one are told with the reason."""
    made: list[Issued] = []
    refused: list[Refused] = []
    for person in people:
        try:
            made.append(invite(person=person, way=Invitation.Way.SLIP, by=by))
        except (MayMore, HerOwn, WorksElsewhere) as refusal:
            refused.append(Refused(person, str(REFUSALS[type(refusal)])))
    return made, refused


REFUSALS = {
    MayMore: _("She holds a role that may more than yours. Whoever gave her the role renews her code."),
    WorksElsewhere: _("Her main post is in another library, outside your care. Her code is made there."),
    HerOwn: _("This is you: change your password on your own page."),
    accounts.EmailTaken: _("Another account has this address already. Each person has an address of her own."),
    accounts.NotReachable: _("No address is known. Write it in, or print a slip."),
}


def _fits(person: Person, by: Account) -> None:
    if person.pk == by.person_id:
        raise HerOwn
    for role, unit in _roles_of(person):
        for permission in PERMISSIONS[role]:
            if not policy.allows(by, permission, unit):
                raise MayMore(role)


def _roles_of(person: Person) -> list[tuple[Role, Unit]]:
    rows = RoleAssignment.objects.at().filter(person=person).select_related("unit")
    return [(Role(row.role), row.unit) for row in rows]


def _unit_of(person: Person, scope: Scope | None) -> Unit | None:
    """The library of her main post, which `scope` must hold: a second post does not open her account.

    Raises OutOfScope, WorksElsewhere; without a scope she may have none.
    """
    rows = staff_today().filter(person=person).select_related("unit").order_by("-employment", "valid_from")
    row = rows.first()
    here = scope is None or rows.filter(scope.q("unit__path")).exists()
    shut = person.blocked_at is not None and scope is not None
    if not here or shut or person.merged_into_id or person.erased_at:
        raise policy.OutOfScope(f"account of {person.pk}")
    if scope is not None and row is not None and not scope.contains(row.unit.path):
        raise WorksElsewhere(row.unit.code)
    return row.unit if row else None
