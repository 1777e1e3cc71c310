"""A guest who spoke has become a person of the register: what was issued to her is hers from then on."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from orken.credentials.models import Certificate
from orken.kit.audit import services as audit
from orken.people.models import Account, Person


@transaction.atomic
def belongs_to(*, sources: Iterable[str], person: Person, by: Account | None) -> int:
    """Certificates of these talks that are nobody's become hers; answers how many. The caller has proved that she spoke.

    What the paper says stays as it was sealed.
    """
    rows = list(
        Certificate.objects.select_for_update(of=("self",)).filter(source__in=list(sources), person=None).select_related("prefix__issuer")
    )  # fmt: skip
    for one in rows:
        one.person = person
        one.save(update_fields=["person"])
        audit.record("certificate.claimed_by_speaker", one, by=by, scope_path=one.prefix.issuer.path)
    return len(rows)
