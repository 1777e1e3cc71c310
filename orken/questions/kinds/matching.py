"""What belongs to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from orken.curriculum.kinds import Grade, Payload, Reason
from orken.questions import texts
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


class Matching(QuestionKind):
    """Payload: {"text", "pairs": [{"key", "left", "right", "right_key"}]}; a row without «left» is a right side too many.

    Equal right sides are one. Answer: {"pairs": {left key: right key}}; each right pair is worth the same.
    """

    code = "question.matching"
    label: str | Promise = gettext_lazy("What belongs to what")
    hint: str | Promise = gettext_lazy(
        "Each line on the left gets its counterpart; a row with only a right side is a decoy."
    )
    template = "questions/kinds/matching.html"
    rows = (
        Rows(
            "pairs", gettext_lazy("Pairs"), gettext_lazy("Pair"),
            (Column("left", pgettext_lazy("of a question", "Left"), three=True), Column("right", pgettext_lazy("of a question", "Right"), three=True)),
        ),
    )  # fmt: skip

    def draw(self, payload: Payload, seed: int) -> Payload:
        return {**payload, "pairs": shuffled(payload["pairs"], seed, "pairs"), "order": shuffled(_rights(payload["pairs"]), seed, "rights")}  # fmt: skip

    def asked(self, payload: Payload) -> dict[str, Any]:
        rights = {row["right_key"]: row_text(payload, row, "right") for row in payload["pairs"]}
        order = payload.get("order") or sorted(rights)
        return {
            "lefts": [{"key": row["key"], **row_text(payload, row, "left")} for row in payload["pairs"] if row.get("left")],
            "rights": [{"key": key, **rights[key]} for key in order],
        }  # fmt: skip

    def parse(self, raw: Any) -> dict[str, Any]:
        return {"pairs": pairs_of(mapping(raw, "pairs"))}

    def grade(self, payload: Payload, answer: dict[str, Any]) -> Grade:
        lines = [row for row in payload["pairs"] if row.get("left")]
        reasons = []
        for row in lines:
            got = answer["pairs"].get(row["key"]) == row["right_key"]
            reasons.append(Reason(row["key"], in_words(payload, row, "left"), float(got), 1.0))
        return of_share(sum(one.score for one in reasons) / max(1, len(lines)), reasons)

    def raw(self, data: QueryDict, name: str) -> Any | None:
        return {"pairs": found} if (found := fields_of(data, name)) else None

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        chosen = (raw or {}).get("pairs", {})
        lefts = [{**one, "rights": [{**right, "chosen": chosen.get(one["key"]) == right["key"]} for right in public["rights"]]} for one in public["lefts"]]  # fmt: skip
        return {**public, "lefts": lefts}

    def shown(self, payload: Payload, answer: dict[str, Any]) -> list[str]:
        rights = {row["right_key"]: in_words(payload, row, "right") for row in payload["pairs"]}
        return [
            f"{in_words(payload, row, 'left')} — {rights.get(answer['pairs'].get(row['key'], ''), '…')}"
            for row in payload["pairs"] if row.get("left")
        ]  # fmt: skip

    def right(self, payload: Payload) -> list[str]:
        return [f"{in_words(payload, row, 'left')} — {in_words(payload, row, 'right')}" for row in payload["pairs"] if row.get("left")]  # fmt: skip

    def problems(self, payload: Payload) -> Iterator[str]:
        yield from super().problems(payload)
        lines = [row for row in payload.get("pairs", []) if row.get("left")]
        if len(lines) < 2:
            yield _("There are fewer than two pairs.")
        if any(not row.get("right") for row in lines):
            yield _("A line on the left has no counterpart.")
        if any(not row[side].get("kk") for row in payload.get("pairs", []) for side in ("left", "right") if row.get(side)):  # fmt: skip
            yield _("An answer is not written in Kazakh.")

    def compose(self, form: KindForm) -> dict[str, Any]:
        return {"pairs": with_right_keys(form.table("pairs"), self.standing_rights(form))}

    def standing_rights(self, form: KindForm) -> Mapping[str, str]:
        return {row["key"]: row["right_key"] for row in form.standing.get("pairs", [])}


def with_right_keys(rows: list[dict[str, Any]], standing: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Pairs with a key for each side: that of the left tells nothing of the right. Equal right sides share theirs."""
    made = keyed([{**row, "both": [row.get("left"), row.get("right")]} for row in rows], of="both")
    rights: dict[str, str] = {}
    for row in made:
        del row["both"]
        told = texts.said(row.get("right") or {}, "kk").strip()
        if told not in rights:
            own = (standing or {}).get(row["key"])
            rights[told] = own if own and own not in rights.values() else keyed([{"text": ["right", told]}])[0]["key"]
        row["right_key"] = rights[told]
    return made


def _rights(pairs: Any) -> list[str]:
    return sorted({row["right_key"] for row in pairs if row.get("right")})
