"""Lines that are put in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from orken.curriculum.kinds import AnswerRefused, Grade, Payload, Reason
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


class Ordering(QuestionKind):
    """Payload: {"text", "items": [{"key", "text"}] in the right order}. Answer: {"places": {key: "1"…}}.

    Worth the longest run of lines that stand in the right order: one line carried to a false place costs one
    line, not all that moved up behind it.
    """

    code = "question.ordering"
    label: str | Promise = gettext_lazy("Put in order")
    hint: str | Promise = gettext_lazy("Write the lines in the right order; the learner gets them mixed.")
    template = "questions/kinds/ordering.html"
    rows = (Rows("items", gettext_lazy("Lines in the right order"), pgettext_lazy("of a question", "Line"), (Column("text", pgettext_lazy("of a question", "Line"), three=True),)),)  # fmt: skip

    def draw(self, payload: Payload, seed: int) -> Payload:
        order = [row["key"] for row in payload["items"]]
        mixed = shuffled(order, seed, "items")
        if mixed == order and len(order) > 1:
            mixed.reverse()  # mixed by chance into the right order it would ask nothing
        return {**payload, "order": mixed}

    def asked(self, payload: Payload) -> dict[str, Any]:
        by_key = {row["key"]: row for row in payload["items"]}
        order = payload.get("order") or sorted(by_key)
        return {
            "items": [{"key": key, **row_text(payload, by_key[key])} for key in order],
            "places": [str(place) for place in range(1, len(order) + 1)],
        }

    def parse(self, raw: Any) -> dict[str, Any]:
        places = pairs_of(mapping(raw, "places"))
        if any(not place.isdecimal() or not 1 <= int(place) <= 100 for place in places.values() if len(place) < 4):
            raise AnswerRefused(_("A place is a number: 1 for the first line."))
        if any(len(place) > 3 for place in places.values()):
            raise AnswerRefused(_("A place is a number: 1 for the first line."))
        return {"places": {key: str(int(place)) for key, place in places.items()}}

    def grade(self, payload: Payload, answer: dict[str, Any]) -> Grade:
        right = {row["key"]: place for place, row in enumerate(payload["items"])}
        # Two lines on one place are in no order: only the first of them counts.
        seen: set[int] = set()
        line = []
        for key, place in sorted(answer["places"].items(), key=lambda one: (int(one[1]), right.get(one[0], 0))):
            if key in right and int(place) not in seen:
                seen.add(int(place))
                line.append(right[key])
        run = _longest_run(line)
        share = (run - 1) / (len(right) - 1) if len(right) > 1 and run > 1 else 0.0
        words = _("%(n)s of %(all)s lines stand in the right order.") % {"n": run if line else 0, "all": len(right)}
        return of_share(share, [Reason("order", pgettext("of a question", "Order"), share, 1.0, words)])

    def raw(self, data: QueryDict, name: str) -> Any | None:
        return {"places": found} if (found := fields_of(data, name)) else None

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        chosen = (raw or {}).get("places", {})
        items = [{**one, "places": [{"n": place, "chosen": chosen.get(one["key"]) == place} for place in public["places"]]} for one in public["items"]]  # fmt: skip
        return {**public, "items": items}

    def shown(self, payload: Payload, answer: dict[str, Any]) -> list[str]:
        by_key = {row["key"]: row for row in payload["items"]}
        placed = sorted((int(place), key) for key, place in answer["places"].items() if key in by_key)
        return [f"{place}. {in_words(payload, by_key[key])}" for place, key in placed]

    def right(self, payload: Payload) -> list[str]:
        return [f"{place}. {in_words(payload, row)}" for place, row in enumerate(payload["items"], start=1)]

    def problems(self, payload: Payload) -> Iterator[str]:
        yield from super().problems(payload)
        items = payload.get("items", [])
        if len(items) < 3:
            yield _("There are fewer than three lines to put in order.")
        if any(not row["text"].get("kk") for row in items):
            yield _("An answer is not written in Kazakh.")

    def compose(self, form: KindForm) -> dict[str, Any]:
        return {"items": keyed(form.table("items"))}


def _longest_run(line: Sequence[int]) -> int:
    """How many of these stand in rising order."""
    tails: list[int] = []
    for one in line:
        at = bisect_left(tails, one)
        tails[at : at + 1] = [one]
    return len(tails)
