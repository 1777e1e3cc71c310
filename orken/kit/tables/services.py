"""Keeping and forgetting views of lists."""

from __future__ import annotations

from django.db import transaction

from orken.kit.tables.models import SavedView

MOST = 20  # views of one list that one account keeps


class TooManyViews(Exception):
    """She keeps as many views of this list as fit over it."""


@transaction.atomic
def save_view(*, account_id: int, table: str, name: str, query: str) -> SavedView:
    """Keep `query` as the view `name`; an older view of that name takes the new query."""
    standing = SavedView.objects.filter(account_id=account_id, table=table)
    if standing.exclude(name=name).count() >= MOST:
        raise TooManyViews(table)
    view, _created = standing.update_or_create(
        account_id=account_id, table=table, name=name, defaults={"query": query[:1000]}
    )
    return view


def forget_view(*, account_id: int, pk: int) -> SavedView | None:
    """Forget her own view; answers what it was, so that undo can keep it again."""
    view = SavedView.objects.filter(account_id=account_id, pk=pk).first()
    if view is not None:
        view.delete()
    return view
