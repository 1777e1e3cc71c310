"""Lists of people that leave as a file: a row in the trail, and a line for each of them under «who looked».

STAFF = Table("staff", …, taken_away=traced("staff.taken_away", Permission.STAFF_VIEW, "person_id"))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import uuid4

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orken.kit.audit import services as audit
from orken.kit.tables.tables import Page
from orken.network import policy
from orken.network.models import StaffImport, Unit
from orken.network.roles import Permission
from orken.people.models import Account
from orken.people.services import rights

NAMED = ("q", "who")  # filters that hold a name: that one was asked is told, not which


class Numbers(models.TextChoices):
    """Whether the file held numbers of persons, for the trail."""

    FULL = "full", _("in full")
    MASKED = "masked", _("masked")
    NONE = "none", _("none")


def traced(verb: str, permission: Permission, person: str = "") -> Callable[[Page], None]:
    """What a table does when it is taken away: `permission` is what lets its reader see it, `person` leads to who stands in a row."""

    def note(page: Page) -> None:
        account = page.request.user
        assert isinstance(account, Account), "lists of people are for those who signed in"
        record(verb=verb, by=account, permission=permission, page=page, person=person)

    return note


@transaction.atomic
def record(
    *, verb: str, by: Account, permission: Permission, page: Page, person: str, numbers: str = Numbers.NONE
) -> None:
    """Note that `by` takes the matching rows of `page` away, in the transaction that makes the file."""
    people = _people(page.matching, person) if person else []
    rights.note_taken(people=people, by=by, numbers=numbers == Numbers.FULL)
    written(verb, by, policy.scope(by, permission).paths, len(people) or page.count, numbers, _asked(page))


def of_list(staff_list: StaffImport) -> Callable[[Page], None]:
    """What the report of a staff list does when it leaves as a file: told in the trail of the library that it is of."""

    @transaction.atomic
    def note(page: Page) -> None:
        account = page.request.user
        assert isinstance(account, Account), "lists of people are for those who signed in"
        rights.note_taken(people=_people(page.matching, "person_id"), by=account, numbers=False)
        told = {"people": page.count, "iin": str(Numbers.MASKED), "filters": _asked(page)}
        audit.record("staff.report_taken_away", staff_list, by=account, scope_path=staff_list.unit.path, after=told)

    return note


def written(
    verb: str, by: Account | None, paths: Sequence[str], people: int, numbers: str, asked: Sequence[str]
) -> None:
    """A row of the trail for each subtree of the scope, so that each region reads what went out of it."""
    batch = uuid4()
    places = list(Unit.objects.filter(path__in=paths))
    told = {"people": people, "iin": str(numbers), "filters": list(asked)}
    for place in places:
        audit.record(verb, place, by=by, scope_path=place.path, batch=batch, after=told)
    if not places and by is not None:  # a reader by relation: an applicant, a trainer of the run
        audit.record(verb, by, by=by, batch=batch, after=told)


def _people(rows: QuerySet[models.Model], person: str) -> list[int]:
    return list(rows.order_by().exclude(**{person: None}).values_list(person, flat=True).distinct())


def _asked(page: Page) -> list[str]:
    """Filters and order as they stood in the address."""
    found = [f"{name}={'•••' if name in NAMED else answer}" for name, answer in page.answers.items() if answer]
    return [*found, f"sort={page.query['sort']}"] if page.query.get("sort") else found
