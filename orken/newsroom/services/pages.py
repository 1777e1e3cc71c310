"""The pages of the site that stay."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.network.policy import OutOfScope
from orken.newsroom import policy
from orken.newsroom.models import SitePage
from orken.newsroom.services.refusals import EditedMeanwhile
from orken.newsroom.site import BUILT_IN, FIELDS
from orken.people.models import Account


@transaction.atomic
def write_page(*, slug: str, texts: Mapping[str, str], by: Account, revision: int) -> SitePage:
    """The page in three languages; `revision` 0 is the built-in one. Raises OutOfScope, EditedMeanwhile."""
    if not policy.writes_pages(by):
        raise OutOfScope(slug)
    row = SitePage.objects.select_for_update().filter(slug=slug).first()
    standing = row.revision if row is not None else 0
    if standing != revision:
        raise EditedMeanwhile(slug)
    before = {name: getattr(row, name) for name in FIELDS} if row is not None else dict(BUILT_IN[slug])
    words = {name: texts[name] for name in FIELDS}
    row, _new = SitePage.objects.update_or_create(
        slug=slug, defaults={**words, "revision": revision + 1, "changed_at": timezone.now()}
    )
    changed = [name for name in FIELDS if before[name] != words[name]]
    audit.record(
        "site_page.written",
        row,
        by=by,
        before={name: before[name] for name in changed},
        after={name: words[name] for name in changed},
    )
    return row
