"""True or false."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from orken.curriculum.kinds import AnswerRefused, Grade, Payload, Reason
from orken.questions import texts
from orken.questions.kinds.base import QuestionKind, mapping, of_share
from orken.questions.kinds.form import Column, KindForm, Rows


class Truth(QuestionKind):
    """Payload: {"text", "truth": bool, "said": [{"text"}, {"text"}]? (to whoever says true, false)}. Answer: {"truth": bool}."""

    code = "question.truth"
    label: str | Promise = gettext_lazy("True or false")
    hint: str | Promise = gettext_lazy("A statement that is right or wrong.")
    template = "questions/kinds/truth.html"
    rows = (
        Rows(
            "said", gettext_lazy("What is said to whoever answers “true”, then “false”"), pgettext_lazy("of a question", "Answer"),
            (Column("text", gettext_lazy("What is said"), three=True),), fresh=2,
        ),
    )  # fmt: skip

    def asked(self, payload: Payload) -> dict[str, Any]:
        return {}

    def parse(self, raw: Any) -> dict[str, bool]:
        told = mapping(raw, "truth")
        if not isinstance(told, bool):
            raise AnswerRefused(_("The answer cannot be read. Open the page again and answer once more."))
        return {"truth": told}

    def grade(self, payload: Payload, answer: dict[str, bool]) -> Grade:
        share = 1.0 if answer["truth"] == bool(payload["truth"]) else 0.0
        told = payload.get("said", [])
        place = 0 if answer["truth"] else 1
        words = texts.said(told[place].get("text", {})) if place < len(told) else ""
        return of_share(share, [Reason(_word(answer["truth"]), _word(answer["truth"]), share, 1.0, words)])

    def raw(self, data: QueryDict, name: str) -> Any | None:
        return {"truth": data[name] == "true"} if data.get(name) in ("true", "false") else None

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        chosen = (raw or {}).get("truth")
        return {**public, "said_true": chosen is True, "said_false": chosen is False}

    def shown(self, payload: Payload, answer: dict[str, bool]) -> list[str]:
        return [_word(answer["truth"])]

    def right(self, payload: Payload) -> list[str]:
        return [_word(bool(payload["truth"]))]

    def extra_fields(self) -> dict[str, Any]:
        choices = [("true", _word(True)), ("false", _word(False))]
        return {"truth": forms.ChoiceField(label=_("The statement is"), choices=choices, widget=forms.RadioSelect)}

    def spread(self, payload: Payload) -> dict[str, Any]:
        return {"truth": "true" if payload.get("truth") else "false"} if "truth" in payload else {}

    def compose(self, form: KindForm) -> dict[str, Any]:
        said = [{"text": form.words(f"said-{place}-text")} for place in range(2)]
        made: dict[str, Any] = {"truth": form.cleaned_data.get("truth") == "true"}
        return {**made, "said": said} if any(one["text"] for one in said) else made


def _word(truth: bool) -> str:
    return pgettext("an answer", "true") if truth else pgettext("an answer", "false")
