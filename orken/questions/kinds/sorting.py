"""Things that are sorted into groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.curriculum.kinds import Grade, Payload, Reason
from orken.questions.kinds.base import (  # fmt: skip
    QuestionKind,
    fields_of,
    in_words,
    keyed,
    mapping,
    of_share,
    pairs_of,
    row_text,
    shuffled,
)
from orken.questions.kinds.form import Column, KindForm, Rows


class Sorting(QuestionKind):
    """Payload: {"text", "groups": [{"key", "text"}], "items": [{"key", "text", "group"}]}. Answer: {"groups": {item: group}}."""

    code = "question.sorting"
    label: str | Promise = gettext_lazy("Sort into groups")
    hint: str | Promise = gettext_lazy("Each thing belongs into one group.")
    template = "questions/kinds/sorting.html"
    rows = (
        Rows("groups", gettext_lazy("Groups"), gettext_lazy("Group"), (Column("text", gettext_lazy("Group"), three=True),), fresh=3),
        Rows(
            "items", gettext_lazy("Things"), gettext_lazy("Thing"),
            (Column("text", gettext_lazy("Thing"), three=True), Column("place", gettext_lazy("Number of its group"), field=forms.IntegerField, options={"min_value": 1, "max_value": 40})),
        ),
    )  # fmt: skip

    def draw(self, payload: Payload, seed: int) -> Payload:
        return {**payload, "items": shuffled(payload["items"], seed, "items")}

    def asked(self, payload: Payload) -> dict[str, Any]:
        return {
            "groups": [{"key": row["key"], **row_text(payload, row)} for row in payload["groups"]],
            "items": [{"key": row["key"], **row_text(payload, row)} for row in payload["items"]],
        }

    def parse(self, raw: Any) -> dict[str, Any]:
        return {"groups": pairs_of(mapping(raw, "groups"))}

    def grade(self, payload: Payload, answer: dict[str, Any]) -> Grade:
        reasons = [
            Reason(row["key"], in_words(payload, row), float(answer["groups"].get(row["key"]) == row["group"]), 1.0)
            for row in payload["items"]
        ]
        return of_share(sum(one.score for one in reasons) / max(1, len(reasons)), reasons)

    def raw(self, data: QueryDict, name: str) -> Any | None:
        return {"groups": found} if (found := fields_of(data, name)) else None

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        chosen = (raw or {}).get("groups", {})
        items = [{**one, "groups": [{**group, "chosen": chosen.get(one["key"]) == group["key"]} for group in public["groups"]]} for one in public["items"]]  # fmt: skip
        return {**public, "items": items}

    def shown(self, payload: Payload, answer: dict[str, Any]) -> list[str]:
        groups = {row["key"]: in_words(payload, row) for row in payload["groups"]}
        return [f"{in_words(payload, row)} — {groups.get(answer['groups'].get(row['key'], ''), '…')}" for row in payload["items"]]  # fmt: skip

    def right(self, payload: Payload) -> list[str]:
        groups = {row["key"]: in_words(payload, row) for row in payload["groups"]}
        return [f"{in_words(payload, row)} — {groups.get(row['group'], '…')}" for row in payload["items"]]

    def problems(self, payload: Payload) -> Iterator[str]:
        yield from super().problems(payload)
        groups = {row["key"] for row in payload.get("groups", [])}
        if len(groups) < 2:
            yield _("There are fewer than two groups.")
        if len(payload.get("items", [])) < 2:
            yield _("There are fewer than two things to sort.")
        if any(row["group"] not in groups for row in payload.get("items", [])):
            yield _("A thing has no group: write the number of its group.")
        if any(not row["text"].get("kk") for name in ("groups", "items") for row in payload.get(name, [])):
            yield _("An answer is not written in Kazakh.")

    def table(self, payload: Payload, name: str) -> list[dict[str, Any]]:
        rows = super().table(payload, name)
        if name == "items":
            places = {row["key"]: place for place, row in enumerate(payload.get("groups", []), start=1)}
            rows = [{**row, "place": places.get(row.get("group", ""))} for row in rows]
        return rows

    def compose(self, form: KindForm) -> dict[str, Any]:
        groups = keyed(form.table("groups"))
        items = keyed(form.table("items"))
        for row in items:
            place = row.pop("place") or 0
            row["group"] = groups[place - 1]["key"] if 1 <= place <= len(groups) else ""
        return {"groups": groups, "items": items}
