"""A number, with a tolerance and units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from orken.curriculum.kinds import AnswerRefused, Grade, Payload, Reason
from orken.questions.kinds.base import QuestionKind, in_words, mapping, of_share, short_text
from orken.questions.kinds.choice import FEEDBACK, FRACTION
from orken.questions.kinds.form import Column, KindForm, Rows
from orken.questions.kinds.short import fold, worths

_NUMBER = re.compile(r"^([+-]?[\d\s\u00a0\u202f]*(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?)\s*(.*)$", re.DOTALL)
MOST = 60


def number(text: Any) -> Decimal | None:
    """«1 234,5» and «1234.5» are one number; None for what is none."""
    try:
        found = Decimal(re.sub(r"[\s\u00a0\u202f]", "", str(text)).replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < Decimal("1e30") else None


class Numeric(QuestionKind):
    """Payload: {"text", "answers": [{"answer": "12.5", "tolerance": "0.1", "fraction", "feedback"?}], "units": [{"unit", "factor"}],
    "unit_needed"?}. A value in another unit is multiplied by its factor. Answer: {"text": "12,5 см"}."""

    code = "question.numeric"
    label: str | Promise = gettext_lazy("A number")
    hint: str | Promise = gettext_lazy("A number with a tolerance; units are optional.")
    template = "questions/kinds/numeric.html"
    rows = (
        Rows(
            "answers", gettext_lazy("Expected numbers"), pgettext_lazy("of a question", "Number"),
            (Column("answer", pgettext_lazy("of a question", "Number")), Column("tolerance", gettext_lazy("Tolerance, up and down")), FRACTION, FEEDBACK), fresh=2,
        ),
        Rows(
            "units", pgettext_lazy("of a question", "Units"), pgettext_lazy("of a question", "Unit"),
            (Column("unit", gettext_lazy("Unit, in any language")), Column("factor", gettext_lazy("By what a value in it is multiplied"))), fresh=2,
        ),
    )  # fmt: skip

    def asked(self, payload: Payload) -> dict[str, Any]:
        return {"units": [row["unit"] for row in payload.get("units", [])], "most": MOST}

    def parse(self, raw: Any) -> dict[str, str]:
        text = short_text(mapping(raw, "text"), MOST).strip()
        found = _NUMBER.match(text)
        if found is None or number(found.group(1)) is None:
            raise AnswerRefused(_("Write a number, for example 12,5."))
        return {"text": text}

    def grade(self, payload: Payload, answer: dict[str, str]) -> Grade:
        found = _NUMBER.match(answer["text"])
        value = number(found.group(1)) if found else None
        factor = self._factor(payload, found.group(2) if found else "")
        if value is None or factor is None:
            return of_share(0, [Reason("unit", answer["text"], 0.0, 1.0, _("The unit is wanting or is another."))])
        value *= factor
        right = [row for row in payload["answers"] if _within(value, row)]
        if not right:
            return of_share(0)
        row = max(right, key=lambda one: float(one.get("fraction") or 0))
        share = float(row.get("fraction") or 0) / 100
        return of_share(share, [Reason(row.get("key", ""), answer["text"], max(0.0, share), 1.0, in_words(payload, row, "feedback"))])  # fmt: skip

    def _factor(self, payload: Payload, unit: str) -> Decimal | None:
        """None: the unit is not one of these, or is wanting where it is needed."""
        if not fold(unit):
            return None if payload.get("unit_needed") else Decimal(1)
        for row in payload.get("units", []):
            if fold(row["unit"]) == fold(unit):
                return number(row.get("factor") or 1) or Decimal(1)
        return None

    def fingerprint(self, answer: dict[str, str]) -> str:
        return fold(answer["text"].replace(",", "."))

    def raw(self, data: QueryDict, name: str) -> Any | None:
        return {"text": data[name]} if data.get(name, "").strip() else None

    def shown(self, payload: Payload, answer: dict[str, str]) -> list[str]:
        return [answer["text"]]

    def right(self, payload: Payload) -> list[str]:
        unit = next((row["unit"] for row in payload.get("units", [])), "")
        return [f"{row['answer']} {unit}".strip() for row in payload["answers"] if float(row.get("fraction") or 0) >= 100]  # fmt: skip

    def problems(self, payload: Payload) -> Iterator[str]:
        yield from super().problems(payload)
        rows = payload.get("answers", [])
        if not any(float(row.get("fraction") or 0) >= 100 for row in rows):
            yield _("No answer is worth the whole mark: give one 100 per cent.")
        if any(number(row.get("answer")) is None or number(row.get("tolerance") or 0) is None for row in rows):
            yield _("An expected answer or its tolerance is no number.")

    def extra_fields(self) -> dict[str, Any]:
        return {"unit_needed": forms.BooleanField(label=_("The unit must be written"), required=False)}

    def compose(self, form: KindForm) -> dict[str, Any]:
        made: dict[str, Any] = {"answers": worths(form, "answers"), "units": [{"unit": row["unit"], "factor": row.get("factor") or "1"} for row in form.table("units") if row.get("unit")]}  # fmt: skip
        return {**made, "unit_needed": True} if form.cleaned_data.get("unit_needed") else made


def _within(value: Decimal, row: Any) -> bool:
    expected, tolerance = number(row["answer"]), number(row.get("tolerance") or 0)
    return expected is not None and tolerance is not None and abs(value - expected) <= abs(tolerance)
