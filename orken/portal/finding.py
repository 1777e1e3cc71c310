"""The search page: what the reader may see, asked in one query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from orken.kit.i18n.content import current_language
from orken.kit.search import registry, selectors
from orken.network import policy
from orken.network.roles import Permission
from orken.people.models import Account

PER_PAGE = 20


@dataclass(frozen=True)
class Line:
    """A find as the page shows it."""

    label: str | Promise
    title: str
    body: str
    address: str


@dataclass(frozen=True)
class Lines:
    rows: list[Line]
    total: int


def find(text: str, *, account: Account | None, page: int = 1) -> Lines:
    """Public things for everybody, what is said in discussions for whoever is signed in; people, passports and what else is the staff's where the reader has the right to each."""
    visible = Q(audience="public")
    units = policy.Scope(())
    if account is not None:
        visible |= Q(audience="signed_in")
        units = policy.scope(account, Permission.UNIT_VIEW)
        for kind in registry.kinds().values():
            for path in policy.scope(account, Permission(kind.right)).paths if kind.right else ():
                visible |= Q(kind=kind.name, audience="staff", scope_path__gte=path, scope_path__lt=path[:-1] + "0")
    language = current_language()
    found = selectors.find(text, language=language, visible=visible, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    kinds = registry.kinds()
    return Lines(
        [
            Line(
                kinds[row.kind].label,
                row.title,
                row.body,
                f"/{language}{row.address if row.audience == 'staff' or units.contains(row.scope_path) else row.public_address}",
            )
            for row in found.rows
            if row.kind in kinds
        ],
        found.total,
    )
