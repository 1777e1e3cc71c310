"""Giving a unit the letters under which its certificates are numbered."""

from __future__ import annotations

from django.db import transaction

from orken.credentials.models import Prefix
from orken.kit.audit import services as audit
from orken.network import policy
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.people.models import Account


@transaction.atomic
def set_prefix(*, unit: Unit, issuer: Unit, kk: str, ascii: str, by: Account) -> Prefix:
    """A prefix is given once and never changed: numbers bear it. Raises OutOfScope, ValidationError."""
    for one in (unit, issuer):
        policy.require(by, Permission.CREDENTIAL_ISSUE, one)
    row = Prefix(unit=unit, issuer=issuer, kk=kk, ascii=ascii)
    row.full_clean()
    row.save()
    audit.record(
        "certificate.prefix_set",
        row,
        by=by,
        scope_path=issuer.path,
        after={"kk": kk, "ascii": ascii, "unit": unit.code},
    )
    return row
