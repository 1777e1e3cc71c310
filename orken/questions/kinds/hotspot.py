"""A place in a picture: numbered regions that are chosen by name, by number or by a press on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from orken.curriculum.kinds import Grade, Payload, Reason
from orken.questions import texts
from orken.questions.kinds.base import QuestionKind, in_words, keyed, mapping, of_share, row_text, short_text
from orken.questions.kinds.form import Column, KindForm, Rows

CORNERS = re.compile(r"^\s*(\d{1,5})\s*[,; ]\s*(\d{1,5})\s*[,; ]\s*(\d{1,5})\s*[,; ]\s*(\d{1,5})\s*$")


class HotSpot(QuestionKind):
    """Payload: {"text", "picture": id, "width", "height", "alt": words, "regions": [{"key", "text", "box": [x, y, w, h], "right": bool, "feedback"?}]}.

    Regions are numbered on the picture and listed beside it, so whoever sees no picture chooses by name. Answer: {"key"}.
    """

    code = "question.hotspot"
    label: str | Promise = gettext_lazy("A place in a picture")
    hint: str | Promise = gettext_lazy("Numbered regions of a picture; each has a name for whoever does not see it.")
    template = "questions/kinds/hotspot.html"
    above = "questions/kinds/hotspot_edit.html"
    rows = (
        Rows(
            "regions", pgettext_lazy("of a question", "Regions"), pgettext_lazy("of a question", "Region"),
            (
                Column("text", gettext_lazy("What is seen there"), three=True),
                Column("corners", gettext_lazy("Left, top, width, height in points of the picture")),
                Column("right", gettext_lazy("This is the right place"), field=forms.BooleanField),
                Column("feedback", gettext_lazy("What is said to whoever answers so"), three=True, rare=True),
            ),
            fresh=3,
        ),
    )  # fmt: skip

    def asked(self, payload: Payload) -> dict[str, Any]:
        regions = [
            {"key": row["key"], "n": place, "box": row["box"], "at": [row["box"][0] + row["box"][2] // 2, row["box"][1] + row["box"][3] // 2], **row_text(payload, row)}
            for place, row in enumerate(payload["regions"], start=1)
        ]  # fmt: skip
        known = ("picture", "width", "height")
        return {**{name: payload.get(name, "") for name in known}, "alt": texts.public(payload.get("alt", {})), "regions": regions}  # fmt: skip

    def parse(self, raw: Any) -> dict[str, str]:
        return {"key": short_text(mapping(raw, "key"), 40)}

    def grade(self, payload: Payload, answer: dict[str, str]) -> Grade:
        row = next((one for one in payload["regions"] if one["key"] == answer["key"]), None)
        if row is None:
            return of_share(0)
        share = 1.0 if row.get("right") else 0.0
        return of_share(share, [Reason(row["key"], in_words(payload, row), share, 1.0, in_words(payload, row, "feedback"))])  # fmt: skip

    def raw(self, data: QueryDict, name: str) -> Any | None:
        return {"key": data[name]} if data.get(name) else None

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        chosen = (raw or {}).get("key")
        return {**public, "regions": [{**one, "chosen": one["key"] == chosen} for one in public["regions"]]}

    def shown(self, payload: Payload, answer: dict[str, str]) -> list[str]:
        return [f"{place}. {in_words(payload, row)}" for place, row in enumerate(payload["regions"], start=1) if row["key"] == answer["key"]]  # fmt: skip

    def right(self, payload: Payload) -> list[str]:
        return [f"{place}. {in_words(payload, row)}" for place, row in enumerate(payload["regions"], start=1) if row.get("right")]  # fmt: skip

    def problems(self, payload: Payload) -> Iterator[str]:
        yield from super().problems(payload)
        regions = payload.get("regions", [])
        if not payload.get("picture"):
            yield _("The picture is wanting.")
        if not payload.get("alt", {}).get("kk"):
            yield _("The picture is not described in Kazakh for those who do not see it.")
        if len(regions) < 2:
            yield _("There are fewer than two regions.")
        if not any(row.get("right") for row in regions):
            yield _("No region is the right one.")
        if any(not row["text"].get("kk") for row in regions):
            yield _("A region is not named in Kazakh.")
        width, height = payload.get("width") or 0, payload.get("height") or 0
        if any(not row["box"] or row["box"][0] + row["box"][2] > width or row["box"][1] + row["box"][3] > height for row in regions):  # fmt: skip
            yield _("A region lies outside the picture, or its four numbers are wanting.")

    def extra_fields(self) -> dict[str, Any]:
        names = {"kk": _("The picture in words, in Kazakh"), "ru": _("The picture in words, in Russian"), "en": _("The picture in words, in English")}  # fmt: skip
        return {f"alt_{code}": forms.CharField(label=name, required=False, max_length=500) for code, name in names.items()}  # fmt: skip

    def spread(self, payload: Payload) -> dict[str, Any]:
        return {f"alt_{code}": payload.get("alt", {}).get(code, "") for code in ("kk", "ru", "en")}

    def table(self, payload: Payload, name: str) -> list[dict[str, Any]]:
        return [{**row, "corners": ", ".join(map(str, row["box"]))} for row in payload.get(name, [])]

    def compose(self, form: KindForm) -> dict[str, Any]:
        rows = []
        for row in form.table("regions"):
            found = CORNERS.match(row.pop("corners") or "")
            kept = {**row, "box": [int(one) for one in found.groups()] if found else [], "right": bool(row.get("right"))}  # fmt: skip
            rows.append({key: value for key, value in kept.items() if value != {}})
        known = {name: form.standing[name] for name in ("picture", "width", "height") if name in form.standing}
        return {**known, "alt": form.words("alt"), "regions": keyed(rows)}
