"""Who may do what in the School of the Cataloguer, beside what anyone signed in may try."""

from __future__ import annotations

from orken.cataloguing.models import HeldMark
from orken.network import policy
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.people.models import Account

SCHOOL = "NL-CATALOGUER"


def may_check_files(account: Account) -> bool:
    """Whether she checks whole files of a catalogue: heads, methodologists, mentors and trainers do."""
    return bool(policy.scope(account, Permission.CATALOGUE_CHECK))


def _over_the_school(account: Account, permission: Permission) -> bool:
    scope = policy.scope(account, permission)
    if not scope:
        return False
    path = Unit.objects.filter(code=SCHOOL).values_list("path", flat=True).first()
    return path is not None and scope.contains(path)


def may_teach(account: Account) -> bool:
    """Whether she sees the experts' records and publishes tasks: those who teach at this school, or lead it."""
    return _over_the_school(account, Permission.CATALOGUE_TEACH)


def may_edit_profile(account: Account) -> bool:
    """Whether she writes the rows of KAZMARC: the National Library alone says what KAZMARC is."""
    return _over_the_school(account, Permission.PROFILE_EDIT)


def may_decide(account: Account, held: HeldMark) -> bool:
    """Whether she decides on a mark that waits: those who teach, but nobody on her own."""
    return held.by_id != account.pk and held.by.person_id != account.person_id and may_teach(account)


def may_see_mark(account: Account, held: HeldMark) -> bool:
    """Whether she reads it: who sent it, and those who teach."""
    return held.by_id == account.pk or may_teach(account)
