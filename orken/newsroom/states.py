"""The states of news in one table (drawn in docs/states/news.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES
from orken.kit.states import States, Way
from orken.newsroom.checking import Remark, check
from orken.newsroom.models import News
from orken.newsroom.reading import read

Text = str | Promise
S = News.State


def in_kazakh(news: News) -> Text | None:
    version = news.current
    assert version is not None, "news have a version from the first moment"
    if version.title_kk and version.lead_kk:
        return None
    return _("The Kazakh title and first paragraph are wanting: news appear in Kazakh first.")


def whole(news: News) -> Text | None:
    """A language is written as a whole or not at all."""
    version = news.current
    assert version is not None, "news have a version from the first moment"
    for code in LANGUAGES:
        parts = [bool(version.part(part, code)) for part in ("title", "lead")]
        if any((*parts, bool(version.part("body", code)))) and not all(parts):
            return _(
                "In one language the title or the first paragraph is wanting. Write both, or leave that language empty."
            )
    return None


CONTRADICTS = _("The text contradicts the facts. Mend it, read the facts anew, or say why the text is right.")


def contradictions(facts: Mapping[str, Any], texts: Mapping[str, str], languages: Iterable[str]) -> list[Remark]:
    """What in these texts (columns of a version) contradicts the facts, language by language."""
    if not facts:
        return []
    event, _unknown = read(facts)
    found: list[Remark] = []
    for code in languages:
        text = "\n\n".join(part for part in (texts[f"{name}_{code}"] for name in ("title", "lead", "body")) if part)
        found += check(text, event, code).contradictions
    return found


def contradicts_nothing(news: News) -> Text | None:
    version = news.current
    assert version is not None, "news have a version from the first moment"
    if version.insisted or not version.facts:
        return None
    event, _unknown = read(version.facts)
    if any(check(version.text(code), event, code).contradictions for code in version.languages):
        return CONTRADICTS
    return None


NEWS = States(
    "news",
    S,
    [
        Way("send", _("Send to be looked at"), (S.DRAFT,), S.REVIEW, (in_kazakh, whole, contradicts_nothing), actor="writer"),
        Way("give_back", _("Give back"), (S.REVIEW,), S.DRAFT, actor="publisher", needs_reason=True),
        Way("approve", _("Approve"), (S.REVIEW,), S.PUBLISHED, (in_kazakh, whole), actor="publisher"),
        Way("schedule", _("Approve for later"), (S.REVIEW,), S.SCHEDULED, (in_kazakh, whole), actor="publisher"),
        Way("appear", _("Appear"), (S.SCHEDULED,), S.PUBLISHED, actor="clock"),
        Way("take_back", _("Take back"), (S.REVIEW, S.SCHEDULED), S.DRAFT, actor="writer"),
        Way("correct", _("Correct"), (S.PUBLISHED,), S.PUBLISHED, actor="publisher"),
        Way("archive", _("Put into the archive"), (S.PUBLISHED,), S.ARCHIVED, actor="publisher", needs_reason=True),
        Way("bring_back", _("Bring back from the archive"), (S.ARCHIVED,), S.PUBLISHED, actor="publisher"),
    ],
    first=S.DRAFT,
)  # fmt: skip
