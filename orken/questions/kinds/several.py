"""Any number of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.curriculum.kinds import AnswerRefused, Grade, Payload, Reason
from orken.questions.kinds.base import QuestionKind, in_words, mapping, of_share, short_text
from orken.questions.kinds.choice import Choice


class Several(Choice):
    """Payload as of a choice; worths of chosen answers are summed, a wrong one takes away. Answer: {"keys"}."""

    code = "question.several"
    label: str | Promise = gettext_lazy("Several answers")
    hint: str | Promise = gettext_lazy("Any number is chosen; a wrong one takes a part of the mark away.")
    template = "questions/kinds/several.html"

    def parse(self, raw: Any) -> Any:
        keys = mapping(raw, "keys")
        if not isinstance(keys, list) or len(keys) > 100:
            raise AnswerRefused(_("The answer cannot be read. Open the page again and answer once more."))
        return {"keys": sorted({short_text(key, 40) for key in keys})}

    def grade(self, payload: Payload, answer: Any) -> Grade:
        chosen = [row for row in payload["options"] if row["key"] in answer["keys"]]
        share = sum(float(row.get("fraction") or 0) for row in chosen) / 100
        reasons = [
            Reason(row["key"], in_words(payload, row), 1.0 if float(row.get("fraction") or 0) > 0 else 0.0, 1.0, in_words(payload, row, "feedback"))
            for row in chosen
        ]  # fmt: skip
        return of_share(share, reasons)

    def raw(self, data: QueryDict, name: str) -> Any | None:
        keys = [key for key in data.getlist(name) if key]
        return {"keys": keys} if keys else None

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        chosen = set((raw or {}).get("keys", []))
        return {**public, "options": [{**one, "chosen": one["key"] in chosen} for one in public["options"]]}

    def shown(self, payload: Payload, answer: Any) -> list[str]:
        return [in_words(payload, one) for one in payload["options"] if one["key"] in answer["keys"]]

    def right(self, payload: Payload) -> list[str]:
        return [in_words(payload, one) for one in payload["options"] if float(one.get("fraction") or 0) > 0]

    def problems(self, payload: Payload) -> Iterator[str]:
        yield from QuestionKind.problems(self, payload)
        options = payload.get("options", [])
        if len(options) < 2:
            yield _("There are too few answers to choose from.")
        if any(not row.get("text", {}).get("kk") for row in options):
            yield _("An answer is not written in Kazakh.")
        if abs(sum(max(0.0, float(row.get("fraction") or 0)) for row in options) - 100) > 0.1:
            yield _("The right answers together are not worth 100 per cent.")
