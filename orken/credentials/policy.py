"""Who issues certificates, who sees whose, who vouches for training that was held outside, who keeps registers of earlier years."""

from __future__ import annotations

from django.db.models import Q

from orken.credentials.models import Batch, Certificate, OutsideTraining, PastList, PastRecord, Prefix
from orken.network import policy
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.network.roles import Permission
from orken.people.models import Account, Person


def issues(account: Account, unit: Unit) -> bool:
    return policy.allows(account, Permission.CREDENTIAL_ISSUE, unit)


def require_issuing(account: Account | None, prefix: Prefix) -> None:
    """None is the house itself: a demo, a command."""
    if account is not None and not issues(account, prefix.issuer):
        raise OutOfScope(f"certificates of {prefix}")


def issued_by_her(account: Account) -> Q:
    """Certificates that she prepares, issues and revokes, as a condition."""
    return policy.scope(account, Permission.CREDENTIAL_ISSUE).q("prefix__issuer__path")


def seen(account: Account) -> Q:
    """Certificates she may see: those she issues, those of the staff she looks after, her own once they are issued."""
    staff = policy.scope(account, Permission.CREDENTIAL_VIEW)
    public = Q(state__in=Certificate.PUBLIC)
    hers = Q(person=account.person_id, person__isnull=False)  # a guest's is nobody's own
    return issued_by_her(account) | (public & staff.q("unit__path")) | (public & hers)


def reads(account: Account) -> bool:
    """Certificates of somebody at all: the pages that tell how they are given."""
    return bool(policy.scope(account, Permission.CREDENTIAL_VIEW) or policy.scope(account, Permission.CREDENTIAL_ISSUE))


def rules(account: Account) -> bool:
    """She states which document a training gives: one rule for the country, so whoever issues over the country."""
    scope = policy.scope(account, Permission.CREDENTIAL_ISSUE)
    return bool(scope) and Unit.objects.filter(scope.q(), kind=Unit.Kind.COUNTRY).exists()


def require_ruling(account: Account | None) -> Unit:
    """The country, held until the transaction ends: of two who state a rule one comes second."""
    country: Unit = Unit.objects.select_for_update(of=("self",), no_key=True).get(kind=Unit.Kind.COUNTRY)
    if account is not None:
        policy.require(account, Permission.CREDENTIAL_ISSUE, country)
    return country


def batches(account: Account) -> Q:
    return policy.scope(account, Permission.CREDENTIAL_ISSUE).q("prefix__issuer__path")


def prefixes(account: Account) -> Q:
    """Prefixes under which she issues."""
    return policy.scope(account, Permission.CREDENTIAL_ISSUE).q("issuer__path")


def require_batch(account: Account | None, batch: Batch) -> None:
    require_issuing(account, batch.prefix)


def sees_hours(account: Account, person: Person) -> bool:
    """Her own hours, and those of the staff that she looks after: the person's page has asked that already."""
    return account.person_id == person.pk or bool(policy.scope(account, Permission.CREDENTIAL_VIEW))


def vouched(account: Account) -> Q:
    """Outside training that she may recognise or decline; never her own."""
    scope = policy.scope(account, Permission.CREDENTIAL_VOUCH)
    return scope.q("unit__path") & ~Q(person=account.person_id)


def require_vouching(account: Account, training: OutsideTraining) -> None:
    if not OutsideTraining.objects.filter(vouched(account), pk=training.pk).exists():
        raise OutOfScope(f"outside training {training.pk}")


# --- past records ---


def registers(account: Account) -> Q:
    """Registers of earlier years that she keeps: of whatever unit she issues certificates for."""
    return policy.scope(account, Permission.CREDENTIAL_ISSUE).q("unit__path")


def require_register(account: Account | None, table: PastList) -> None:
    if account is not None and not issues(account, table.unit):
        raise OutOfScope(f"register {table.pk}")


def records_seen(account: Account) -> Q:
    """Past records she may see: those of registers she keeps, those of the staff she looks after, claims she may vouch for.

    A claim that waits or that did not hold is between her who made it and whoever may vouch.
    """
    staff = policy.scope(account, Permission.CREDENTIAL_VIEW).q("unit__path")
    between = Q(origin=PastRecord.Origin.CLAIM, state__in=["sent", "refused", "withdrawn"])
    return (
        (Q(keeper__isnull=False) & policy.scope(account, Permission.CREDENTIAL_ISSUE).q("keeper__path"))
        | (staff & ~between)
        | (policy.scope(account, Permission.CREDENTIAL_VOUCH).q("unit__path") & ~Q(state="withdrawn"))
    )  # fmt: skip


def decided(account: Account) -> Q:
    """Claims that she may vouch for or refuse; never her own."""
    scope = policy.scope(account, Permission.CREDENTIAL_VOUCH)
    return Q(origin=PastRecord.Origin.CLAIM) & scope.q("unit__path") & ~Q(person=account.person_id)


def struck(account: Account) -> Q:
    """Records that she may strike out: of registers she keeps, and claims she might have vouched for."""
    kept = Q(origin=PastRecord.Origin.REGISTER) & policy.scope(account, Permission.CREDENTIAL_ISSUE).q("keeper__path")
    return kept & ~Q(person=account.person_id) | decided(account)


def require_deciding(account: Account, record: PastRecord) -> None:
    if not PastRecord.objects.filter(decided(account), pk=record.pk).exists():
        raise OutOfScope(f"past record {record.pk}")


def require_striking(account: Account, record: PastRecord) -> None:
    if not PastRecord.objects.filter(struck(account), pk=record.pk).exists():
        raise OutOfScope(f"past record {record.pk}")
