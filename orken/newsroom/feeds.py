"""News for readers' programs: an Atom feed in each language."""

from __future__ import annotations

from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import gettext, override

from orken.kit.i18n.content import text_of
from orken.newsroom import selectors

MOST = 30


def feed(language: str, host: str) -> str:
    """The newest news in `language`; an entry that lacks it stands in the next language, marked as such."""
    with override(language):
        made = feedgenerator.Atom1Feed(
            title=f"{gettext('News')} · Өркен", link=f"{host}{reverse('newsroom:list')}", description=gettext("News of the libraries of Kazakhstan"),
            language=language, feed_url=f"{host}{reverse('newsroom:feed')}", author_name="Өркен",
        )  # fmt: skip
        for news in selectors.public()[:MOST]:
            version = news.shown
            assert version is not None, "what is published is shown"
            title = text_of(version, "title", language)
            lead = version.part("lead", title.language)
            made.add_item(
                title=title.value if not title.missing else f"{title.value} [{title.language}]", link=f"{host}{reverse('newsroom:article', args=[news.pk])}",
                description=lead, unique_id=f"tag:orken,2026:news/{news.pk}/{language}", pubdate=news.published_at, updateddate=version.shown_at,
                author_name=text_of(news.unit, "name", language).value,
            )  # fmt: skip
        return str(made.writeString("utf-8"))
