"""How the trail calls what is done to news."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.audit import words

VERBS = {
    "news.begun": _("began a piece of news"), "news.written": _("changed the words of news"), "news.composed": _("composed news anew from the facts"),
    "news.facts_read": _("read the facts of news anew"), "news.dropped": _("threw a draft of news away"), "news.sent": _("sent news to be looked at"),
    "news.given_back": _("gave news back"), "news.taken_back": _("took news back"), "news.scheduled": _("let news out for later"),
    "news.published": _("let news out"), "news.corrected": _("corrected news"), "news.archived": _("put news into the archive"),
    "news.brought_back": _("brought news back from the archive"), "news.picture_added": _("added a picture to news"),
    "news.picture_described": _("changed the words of a picture"), "news.picture_removed": _("took a picture out of news"),
    "site_page.written": _("changed a page of the site"),
}  # fmt: skip


def register() -> None:
    words.register(
        about={"news": _("News"), "site_page": _("Pages of the site")},
        verbs=VERBS,
        fields={
            "news.begun.source": None, "news.begun.title": _("headline"), "news.dropped.title": _("headline"), "news.published.title": _("headline"),
            "news.picture_added.alt": _("what is seen"), "news.picture_removed.alt": _("what is seen"), "news.facts_read.facts": None,
        },
        also={"news": ("newsroom.version", "newsroom.picture")},
        things={
            "newsroom.news": words.rows_of("newsroom.News", "shown", "current", text=str), "newsroom.sitepage": words.rows_of("newsroom.SitePage", text=str),
        },
    )  # fmt: skip
