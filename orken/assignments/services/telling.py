"""Letters about works: marked, returned, a work to review, its day is near."""

from __future__ import annotations

from django.utils import timezone

from orken.assignments.models import Review, Work
from orken.kit.i18n.content import LANGUAGES, text_of
from orken.notices import services as notices
from orken.people.models import Account, Person


def _title(work: Work) -> dict[str, str]:
    return {code: text_of(work.version, "title", code).value for code in LANGUAGES}


def decided(work: Work, by: Account | None) -> None:
    returned = work.state == Work.State.RETURNED
    assert work.closed_at is not None, "a decided work is closed"
    notices.send(
        kind="assignments.returned" if returned else "assignments.marked", to=work.person, facts={"what": _title(work)}, about=work, by=by,
        page=f"/assignments/works/{work.uid}/", key=f"assignments.decided:{work.pk}:{work.closed_at.isoformat()}",
    )  # fmt: skip


def waiting(marker: Person, many: int, *, newest: int) -> None:
    """Told again only when a work has come that she was not told of."""
    notices.send(
        kind="assignments.waiting", to=marker, facts={"n": many}, by=None, page="/assignments/marking/",
        key=f"assignments.waiting:{marker.pk}:{newest}",
    )  # fmt: skip


def asked(reviews: list[Review]) -> None:
    for one in reviews:
        notices.send(
            kind="assignments.review_asked", to=one.reviewer, facts={"what": _title(one.work), "until": _day(one)}, about=one.work, by=None,
            page=f"/assignments/works/{one.work.uid}/review/", key=f"assignments.review_asked:{one.pk}",
        )  # fmt: skip


def due(one: Review) -> None:
    notices.send(
        kind="assignments.review_due", to=one.reviewer, facts={"what": _title(one.work), "until": _day(one)}, about=one.work, by=None,
        page=f"/assignments/works/{one.work.uid}/review/", key=f"assignments.review_due:{one.pk}",
    )  # fmt: skip


def _day(one: Review) -> object:
    assert one.due_at is not None, "what learners are asked for has a day"
    return timezone.localtime(one.due_at).date()
