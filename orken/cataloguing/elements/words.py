"""Neutral codes as people read them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.cataloguing.elements.values import Value

WORDS: dict[str, dict[str, Promise | str]] = {
    "type": {
        "text": pgettext_lazy("type of record", "text"), "manuscript": pgettext_lazy("type of record", "manuscript"),
        "score": pgettext_lazy("type of record", "score"), "manuscript score": pgettext_lazy("type of record", "manuscript score"),
        "map": pgettext_lazy("type of record", "map"), "manuscript map": pgettext_lazy("type of record", "manuscript map"),
        "projected": pgettext_lazy("type of record", "projected or video"), "speech": pgettext_lazy("type of record", "sound, not music"),
        "music": pgettext_lazy("type of record", "music recording"), "picture": pgettext_lazy("type of record", "picture"),
        "electronic": pgettext_lazy("type of record", "electronic resource"), "mixed": pgettext_lazy("type of record", "mixed material"),
        "object": pgettext_lazy("type of record", "object"),
    },
    "level": {
        "m": pgettext_lazy("level", "monograph"), "s": pgettext_lazy("level", "serial"), "a": pgettext_lazy("level", "part"),
        "b": pgettext_lazy("level", "part of a serial"), "i": pgettext_lazy("level", "integrating resource"),
        "c": pgettext_lazy("level", "collection"), "d": pgettext_lazy("level", "part of a collection"),
    },
    "date_type": {
        "single": _("one year"), "several years": _("several years"), "current": _("still published"), "ceased": _("ceased"),
        "unknown status": _("status not known"), "uncertain": _("uncertain year"), "reproduction": _("reproduction"),
        "publication and copyright": _("publication and copyright"), "production and release": _("production and release"),
        "exact day": _("exact day"), "publication and manufacture": _("publication and manufacture"),
        "collection": _("years of a collection"), "unknown": _("year not known"),
    },
    "content": {
        "336:text": _("text"), "336:image": _("image"), "336:music": _("notated music"), "336:speech": _("speech"),
        "336:sounds": _("sounds"), "336:program": _("program"), "336:data": _("data"), "336:object": _("object"),
        "336:several": _("several kinds"), "337:unmediated": _("unmediated"), "337:computer": _("computer"),
        "337:audio": _("audio"), "337:video": _("video"), "337:microform": _("microform"), "337:projected": _("projected"),
    },
    "frequency": {
        "daily": _("daily"), "twice a week": _("twice a week"), "weekly": _("weekly"), "every two weeks": _("every two weeks"),
        "twice a month": _("twice a month"), "monthly": _("monthly"), "every two months": _("every two months"),
        "quarterly": _("quarterly"), "three times a year": _("three times a year"), "twice a year": _("twice a year"),
        "yearly": _("yearly"), "every two years": _("every two years"), "every three years": _("every three years"),
        "three times a week": _("three times a week"), "three times a month": _("three times a month"),
        "continuously": _("continuously"),
    },
}  # fmt: skip


def said(element: str, value: Value) -> str:
    """The value as the page shows it: a code in words, anything else as it stands."""
    words = WORDS.get(element)
    if words is not None and value.key:
        return str(words.get(value.key[0], value.shown))
    if element == "main" and value.text == "under title":
        return str(_("under the title"))
    return value.shown
