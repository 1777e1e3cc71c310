"""A file that is handed in, marked by a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.curriculum.kinds import AnswerRefused, Grade, Payload
from orken.questions import texts
from orken.questions.kinds.base import QuestionKind, by_a_person, mapping, short_text
from orken.questions.kinds.form import KindForm

MOST_FILES = 5
LARGEST = 10  # megabytes


class HandIn(QuestionKind):
    """Payload: {"text", "files" 1–5, "guide"}. Answer: {"files": [{"id", "name"}]}: what the files app keeps."""

    code = "question.file"
    label: str | Promise = gettext_lazy("A file")
    hint: str | Promise = gettext_lazy("A document, a table or a photograph is handed in and marked by a person.")
    template = "questions/kinds/handin.html"
    by_hand = True
    offline = False

    def asked(self, payload: Payload) -> dict[str, Any]:
        return {"most": int(payload.get("files") or 1), "megabytes": LARGEST}

    def parse(self, raw: Any) -> dict[str, Any]:
        files = mapping(raw, "files")
        if not isinstance(files, list) or len(files) > MOST_FILES:
            raise AnswerRefused(_("At most %(n)s files are handed in.") % {"n": MOST_FILES})
        return {"files": [{"id": _id(one), "name": short_text(mapping(one, "name"), 200)} for one in files]}

    def grade(self, payload: Payload, answer: dict[str, Any]) -> Grade:
        return by_a_person()

    def raw(self, data: QueryDict, name: str) -> Any | None:
        return None  # a file comes by its own way: attempts keep it and write the answer themselves

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        return {**public, "files": (raw or {}).get("files", [])}

    def shown(self, payload: Payload, answer: dict[str, Any]) -> list[str]:
        return [one["name"] for one in answer["files"]]

    def right(self, payload: Payload) -> list[str]:
        return texts.said(payload.get("guide", {})).splitlines()

    def problems(self, payload: Payload) -> Iterator[str]:
        yield from super().problems(payload)
        if not 1 <= int(payload.get("files") or 1) <= MOST_FILES:
            yield _("At most %(n)s files are handed in.") % {"n": MOST_FILES}

    def extra_fields(self) -> dict[str, Any]:
        labels = {"kk": _("What whoever marks looks for, in Kazakh"), "ru": _("What whoever marks looks for, in Russian"), "en": _("What whoever marks looks for, in English")}  # fmt: skip
        return {
            "files": forms.IntegerField(label=_("How many files at most"), min_value=1, max_value=MOST_FILES, initial=1),
            **{
                f"guide_{code}": forms.CharField(label=label, required=False, max_length=5000, widget=forms.Textarea({"rows": 2}))
                for code, label in labels.items()
            },
        }  # fmt: skip

    def spread(self, payload: Payload) -> dict[str, Any]:
        guide = payload.get("guide", {})
        return {"files": payload.get("files", 1), **{f"guide_{code}": guide.get(code, "") for code in ("kk", "ru", "en")}}  # fmt: skip

    def compose(self, form: KindForm) -> dict[str, Any]:
        return {"files": form.cleaned_data.get("files") or 1, "guide": form.words("guide")}


def _id(told: Any) -> str:
    try:
        return str(UUID(short_text(mapping(told, "id"), 40)))
    except ValueError:
        raise AnswerRefused(_("The answer cannot be read. Open the page again and answer once more.")) from None
