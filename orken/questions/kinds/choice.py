"""One of several answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from orken.curriculum.kinds import Grade, Payload, Reason
from orken.questions.kinds.base import QuestionKind, in_words, keyed, mapping, of_share, row_text, short_text, shuffled
from orken.questions.kinds.form import Column, KindForm, Rows


class Share(forms.FloatField):
    """Per cent as people write it: «33,3» and «33.3» are one."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


FRACTION = Column(
    "fraction", gettext_lazy("Worth, per cent"), field=Share,
    options={"min_value": -100, "max_value": 100, "widget": forms.TextInput({"inputmode": "decimal"})},
)  # fmt: skip
TEXT = Column("text", pgettext_lazy("of a question", "Answer"), three=True)
FEEDBACK = Column("feedback", gettext_lazy("What is said to whoever answers so"), three=True, rare=True)


class Choice(QuestionKind):
    """Payload: {"text", "options": [{"key", "text", "fraction" 0–100, "feedback"?}], "keep_order"?}. Answer: {"key"}."""

    code = "question.choice"
    label: str | Promise = gettext_lazy("One of several answers")
    hint: str | Promise = gettext_lazy("Exactly one answer is chosen; an answer may be worth a part of the mark.")
    template = "questions/kinds/choice.html"
    rows = (
        Rows("options", gettext_lazy("Answers"), pgettext_lazy("of a question", "Answer"), (TEXT, FRACTION, FEEDBACK)),
    )

    def draw(self, payload: Payload, seed: int) -> Payload:
        if payload.get("keep_order"):
            return payload
        return {**payload, "options": shuffled(payload["options"], seed, "options")}

    def asked(self, payload: Payload) -> dict[str, Any]:
        return {"options": [{"key": row["key"], **row_text(payload, row)} for row in payload["options"]]}

    def parse(self, raw: Any) -> dict[str, str]:
        return {"key": short_text(mapping(raw, "key"), 40)}

    def grade(self, payload: Payload, answer: dict[str, str]) -> Grade:
        row = next((one for one in payload["options"] if one["key"] == answer["key"]), None)
        if row is None:
            return of_share(0)
        share = float(row.get("fraction") or 0) / 100
        said = in_words(payload, row, "feedback")
        return of_share(share, [Reason(row["key"], in_words(payload, row), max(0.0, share), 1.0, said)])

    def raw(self, data: QueryDict, name: str) -> Any | None:
        return {"key": data[name]} if data.get(name) else None

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        chosen = (raw or {}).get("key")
        return {**public, "options": [{**one, "chosen": one["key"] == chosen} for one in public["options"]]}

    def shown(self, payload: Payload, answer: dict[str, str]) -> list[str]:
        return [in_words(payload, one) for one in payload["options"] if one["key"] == answer["key"]]

    def right(self, payload: Payload) -> list[str]:
        best = max((float(one.get("fraction") or 0) for one in payload["options"]), default=0)
        return [in_words(payload, one) for one in payload["options"] if best > 0 and float(one.get("fraction") or 0) == best]  # fmt: skip

    def problems(self, payload: Payload) -> Iterator[str]:
        yield from super().problems(payload)
        options = payload.get("options", [])
        if len(options) < 2:
            yield _("There are too few answers to choose from.")
        if any(not row.get("text", {}).get("kk") for row in options):
            yield _("An answer is not written in Kazakh.")
        if not any(float(row.get("fraction") or 0) >= 100 for row in options):
            yield _("No answer is worth the whole mark: give one 100 per cent.")

    def extra_fields(self) -> dict[str, Any]:
        return {"keep_order": forms.BooleanField(label=_("Keep the order of the answers"), required=False)}

    def compose(self, form: KindForm) -> dict[str, Any]:
        rows = [_tidy(row) for row in form.table("options")]
        made: dict[str, Any] = {"options": keyed(rows)}
        if form.cleaned_data.get("keep_order"):
            made["keep_order"] = True
        return made


def _tidy(row: dict[str, Any]) -> dict[str, Any]:
    """An empty worth is nothing, empty words are left out."""
    kept = {**row, "fraction": float(row.get("fraction") or 0)}
    if not kept.get("feedback"):
        kept.pop("feedback", None)
    return kept
