"""A word or a few, typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from orken.curriculum.kinds import Grade, Payload, Reason
from orken.kit.i18n.content import current_language
from orken.kit.text.plain import visible
from orken.questions.kinds.base import QuestionKind, in_words, mapping, of_share, short_text
from orken.questions.kinds.choice import FEEDBACK, FRACTION
from orken.questions.kinds.form import Column, KindForm, Rows

# A keyboard without Kazakh letters is no mistake in an answer about something else.
_LETTERS = str.maketrans("әөұүқңғһіёй", "аоуукнгхиеи")
_KEPT = re.compile(r"[^\w*%+./-]+", re.UNICODE)
MOST = 500


def fold(text: str) -> str:
    """An answer as it is compared: without case, spaces around, invisible signs, quotes; ё as е, ә as а."""
    return " ".join(_KEPT.sub(" ", visible(text).casefold()).split()).translate(_LETTERS).strip(" .,-")


def meets(pattern: str, text: str) -> bool:
    """Whether an answer is the expected one; «*» stands for anything."""
    parts = [re.escape(fold(part)) for part in pattern.split("*")]
    return bool(fold(text)) and re.fullmatch(r"\s*.*\s*".join(parts), fold(text)) is not None


def right_in_words(patterns: Sequence[str]) -> list[str]:
    """The right answer as a reader is shown it: one, in her language where it is written, without the signs of a pattern.

    Expected answers do not say their language: letters that only Kazakh has, other Cyrillic ones and Latin ones tell it.
    """
    whole = [one for one in patterns if "*" not in one] or [" ".join(one.replace("*", " ").split()) for one in patterns]
    language = current_language()
    hers = [one for one in whole if _written_in(one) == language]
    if language == "kk" and not hers:  # Kazakh words of letters that Russian has too
        hers = [one for one in whole if _written_in(one) == "ru"]
    return (hers or whole)[:1]


def _written_in(text: str) -> str:
    letters = {sign for sign in text.casefold() if sign.isalpha()}
    if letters & set("әғқңөұүһі"):
        return "kk"
    return "ru" if any("а" <= sign <= "я" or sign == "ё" for sign in letters) else "en" if letters else ""


class Short(QuestionKind):
    """Payload: {"text", "answers": [{"key", "answer", "fraction", "feedback"?}]}; in any language. Answer: {"text"}."""

    code = "question.short"
    label: str | Promise = gettext_lazy("A short answer")
    hint: str | Promise = gettext_lazy("A word or a few, typed; “*” in the expected answer stands for anything. Kazakh and Russian letters, case and spaces make no difference.")  # fmt: skip
    template = "questions/kinds/short.html"
    rows = (
        Rows("answers", gettext_lazy("Expected answers, in any language"), pgettext_lazy("of a question", "Answer"), (Column("answer", pgettext_lazy("of a question", "Answer")), FRACTION, FEEDBACK), fresh=3),
    )  # fmt: skip

    def asked(self, payload: Payload) -> dict[str, Any]:
        return {"most": MOST}

    def parse(self, raw: Any) -> dict[str, str]:
        return {"text": short_text(mapping(raw, "text"), MOST)}

    def grade(self, payload: Payload, answer: dict[str, str]) -> Grade:
        found = [row for row in payload["answers"] if meets(row["answer"], answer["text"])]
        if not found:
            return of_share(0)
        row = max(found, key=lambda one: float(one.get("fraction") or 0))
        share = float(row.get("fraction") or 0) / 100
        return of_share(share, [Reason(row.get("key", ""), answer["text"], max(0.0, share), 1.0, in_words(payload, row, "feedback"))])  # fmt: skip

    def fingerprint(self, answer: dict[str, str]) -> str:
        return fold(answer["text"])

    def raw(self, data: QueryDict, name: str) -> Any | None:
        return {"text": data[name]} if data.get(name, "").strip() else None

    def shown(self, payload: Payload, answer: dict[str, str]) -> list[str]:
        return [answer["text"]]

    def right(self, payload: Payload) -> list[str]:
        return right_in_words([str(row["answer"]) for row in payload["answers"] if float(row.get("fraction") or 0) >= 100])  # fmt: skip

    def problems(self, payload: Payload) -> Iterator[str]:
        yield from super().problems(payload)
        if not any(float(row.get("fraction") or 0) >= 100 for row in payload.get("answers", [])):
            yield _("No answer is worth the whole mark: give one 100 per cent.")

    def compose(self, form: KindForm) -> dict[str, Any]:
        return {"answers": worths(form, "answers")}


def worths(form: KindForm, name: str) -> list[dict[str, Any]]:
    from orken.questions.kinds.base import keyed

    rows = [{**row, "fraction": float(row.get("fraction") or 0)} for row in form.table(name)]
    return keyed([{key: value for key, value in row.items() if value not in ({}, None)} for row in rows], of="answer")
