"""A text with gaps: typed, or chosen from a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.curriculum.kinds import Grade, Payload, Reason
from orken.kit.i18n.content import LANGUAGES
from orken.questions import texts
from orken.questions.kinds.base import QuestionKind, fields_of, mapping, of_share, pairs_of, shuffled
from orken.questions.kinds.form import Column, KindForm, Rows
from orken.questions.kinds.short import meets

MARK = re.compile(r"\[\[(\d{1,2})\]\]")
SPLIT = re.compile(r"\s*\|\s*")


class Gaps(QuestionKind):
    """Payload: {"text" with marks [[1]], [[2]]…, "gaps": [{"key": "1", "right": words, "others": words?}]}.

    «right» and «others» are answers divided by «|», in each language; with others a gap is chosen from a list, without
    it is typed and any language is taken. Answer: {"gaps": {"1": text or place in the list}}.
    """

    code = "question.gaps"
    label: str | Promise = gettext_lazy("A text with gaps")
    hint: str | Promise = gettext_lazy("Write [[1]], [[2]] where something is left out. With wrong answers beside the right one it is chosen, without them typed.")  # fmt: skip
    template = "questions/kinds/gaps.html"
    rows = (
        Rows(
            "gaps", gettext_lazy("Gaps in the order of their numbers"), gettext_lazy("Gap"),
            (Column("right", gettext_lazy("Right answers, divided by |"), three=True), Column("others", gettext_lazy("Wrong answers of the list, divided by |"), three=True)),
            fresh=3,
        ),
    )  # fmt: skip

    def draw(self, payload: Payload, seed: int) -> Payload:
        return {**payload, "seed": seed}

    def public_payload(self, payload: Payload) -> Mapping[str, Any]:
        language = texts.language_of(payload.get("text", {}))
        text = texts.line(texts.said(payload.get("text", {})), bool(payload.get("html")))
        parts: list[dict[str, Any]] = []
        at = 0
        known = {gap["key"]: gap for gap in payload["gaps"]}
        for found in MARK.finditer(text):
            parts.append({"text": text[at : found.start()]})
            if gap := known.get(found.group(1)):
                parts.append({"gap": gap["key"], "options": self._listed(payload, gap, language)})
            at = found.end()
        return {"text": {"text": "", "lang": language, "html": False}, "parts": [*parts, {"text": text[at:]}], "lang": language}  # fmt: skip

    def _listed(self, payload: Payload, gap: Mapping[str, Any], language: str) -> list[dict[str, str]]:
        """What is chosen from: the first right answer among the others, mixed; each by a key that tells nothing."""
        if not gap.get("others"):
            return []
        right = _answers(gap["right"], language)[:1]
        found = [*(("right", one) for one in right), *(("other", one) for one in _answers(gap["others"], language))]
        mixed = shuffled(found, int(payload.get("seed", 0)), f"gap{gap['key']}")
        return [{"key": text, "text": text} for _side, text in mixed]

    def asked(self, payload: Payload) -> dict[str, Any]:
        return {}

    def parse(self, raw: Any) -> dict[str, Any]:
        return {"gaps": pairs_of(mapping(raw, "gaps"))}

    def grade(self, payload: Payload, answer: dict[str, Any]) -> Grade:
        reasons = []
        for gap in payload["gaps"]:
            got = answer["gaps"].get(gap["key"], "")
            expected = [one for language in LANGUAGES for one in _answers(gap["right"], language)]
            right = any(meets(one, got) for one in expected)
            reasons.append(Reason(gap["key"], _("Gap %(n)s") % {"n": gap["key"]}, float(right), 1.0, got))
        return of_share(sum(one.score for one in reasons) / max(1, len(reasons)), reasons)

    def raw(self, data: QueryDict, name: str) -> Any | None:
        return {"gaps": found} if (found := fields_of(data, name)) else None

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        told = (raw or {}).get("gaps", {})
        parts = []
        for part in public["parts"]:
            if "gap" not in part:
                parts.append(part)
                continue
            value = told.get(part["gap"], "")
            parts.append({**part, "value": value, "options": [{**one, "chosen": one["key"] == value} for one in part["options"]]})  # fmt: skip
        return {**public, "parts": parts}

    def shown(self, payload: Payload, answer: dict[str, Any]) -> list[str]:
        return [f"{gap['key']}: {answer['gaps'].get(gap['key'], '…')}" for gap in payload["gaps"]]

    def right(self, payload: Payload) -> list[str]:
        language = texts.language_of(payload.get("text", {}))
        return [f"{gap['key']}: {next(iter(_answers(gap['right'], language)), '')}" for gap in payload["gaps"]]

    def problems(self, payload: Payload) -> Iterator[str]:
        yield from super().problems(payload)
        keys = {gap["key"] for gap in payload.get("gaps", [])}
        if not keys:
            yield _("There is no gap yet.")
        for code, text in payload.get("text", {}).items():
            marks = MARK.findall(text)
            if set(marks) != keys or len(marks) != len(keys):
                yield _("The gaps in the text (%(language)s) are not those of the list: each number once, as [[1]].") % {"language": code}  # fmt: skip
        if any(not gap["right"].get("kk") for gap in payload.get("gaps", [])):
            yield _("An answer is not written in Kazakh.")

    def compose(self, form: KindForm) -> dict[str, Any]:
        rows = form.table("gaps")
        return {"gaps": [{"key": str(place), "right": row["right"], **({"others": row["others"]} if row.get("others") else {})} for place, row in enumerate(rows, start=1)]}  # fmt: skip

    def extra_fields(self) -> dict[str, forms.Field]:
        return {}


def _answers(words: Mapping[str, str], language: str) -> list[str]:
    return [one for one in SPLIT.split(texts.said(words, language).strip()) if one]
