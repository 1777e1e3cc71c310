"""An answer in her own words, marked by a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.curriculum.kinds import AnswerRefused, Grade, Payload
from orken.questions import texts
from orken.questions.kinds.base import LONGEST, QuestionKind, by_a_person, mapping
from orken.questions.kinds.form import KindForm
from orken.questions.kinds.short import fold


class Essay(QuestionKind):
    """Payload: {"text", "least"? and "most"? words, "guide": words for whoever marks}. Answer: {"text"}."""

    code = "question.essay"
    label: str | Promise = gettext_lazy("An answer in her own words")
    hint: str | Promise = gettext_lazy("Marked by a person; what to look for is written for her beside it.")
    template = "questions/kinds/essay.html"
    by_hand = True

    def asked(self, payload: Payload) -> dict[str, Any]:
        return {"least": payload.get("least"), "most": payload.get("most"), "longest": LONGEST}

    def parse(self, raw: Any) -> dict[str, str]:
        text = mapping(raw, "text")
        if not isinstance(text, str):
            raise AnswerRefused(_("The answer cannot be read. Open the page again and answer once more."))
        if len(text) > LONGEST:
            raise AnswerRefused(_("The answer is too long: at most %(n)s characters.") % {"n": LONGEST})
        return {"text": text}

    def grade(self, payload: Payload, answer: dict[str, str]) -> Grade:
        return by_a_person()

    def fingerprint(self, answer: dict[str, str]) -> str:
        return fold(answer["text"])

    def raw(self, data: QueryDict, name: str) -> Any | None:
        text = data.get(name, "").replace("\r\n", "\n")
        return {"text": text} if text.strip() else None

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        return {**public, "answer": raw or {}}

    def shown(self, payload: Payload, answer: dict[str, str]) -> list[str]:
        return answer["text"].splitlines()

    def right(self, payload: Payload) -> list[str]:
        return texts.said(payload.get("guide", {})).splitlines()

    def extra_fields(self) -> dict[str, Any]:
        labels = {"kk": _("What whoever marks looks for, in Kazakh"), "ru": _("What whoever marks looks for, in Russian"), "en": _("What whoever marks looks for, in English")}  # fmt: skip
        return {
            "least": forms.IntegerField(label=_("At least so many words"), required=False, min_value=1, max_value=5000),
            "most": forms.IntegerField(label=_("At most so many words"), required=False, min_value=1, max_value=5000),
            **{
                f"guide_{code}": forms.CharField(label=label, required=False, max_length=5000, widget=forms.Textarea({"rows": 2}))
                for code, label in labels.items()
            },
        }  # fmt: skip

    def spread(self, payload: Payload) -> dict[str, Any]:
        guide = payload.get("guide", {})
        return {"least": payload.get("least"), "most": payload.get("most"), **{f"guide_{code}": guide.get(code, "") for code in ("kk", "ru", "en")}}  # fmt: skip

    def compose(self, form: KindForm) -> dict[str, Any]:
        limits = {name: value for name in ("least", "most") if (value := form.cleaned_data.get(name))}
        return {**limits, "guide": form.words("guide")}
