"""The author's form of a question: texts in three languages side by side, then rows of whatever the kind has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.kit.i18n.content import LANGUAGES, current_language
from orken.kit.ui.forms import asked_together
from orken.questions import texts

if TYPE_CHECKING:
    from orken.questions.kinds.base import QuestionKind

MOST_ROWS = 40
SPARE = 2
IN: dict[str, str | Promise] = {"kk": gettext_lazy("in Kazakh"), "ru": gettext_lazy("in Russian"), "en": gettext_lazy("in English")}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One thing that a row says: `three` in each language, else once."""

    name: str
    label: str | Promise
    three: bool = False
    field: type[forms.Field] = forms.CharField
    options: Mapping[str, Any] | None = None
    rare: bool = False  # folded on the page until it says something


@dataclass(frozen=True)
class Rows:
    """Rows of a kind: its answers, its pairs, its gaps."""

    name: str
    label: str | Promise
    one: str | Promise
    columns: tuple[Column, ...]
    fresh: int = 4  # empty rows of a new question


@dataclass(frozen=True)
class Drawn:
    """A row on the page."""

    called: str
    fields: list[forms.BoundField]
    rare: list[forms.BoundField]
    open: bool = False  # what is rare says something or is refused


class KindForm(forms.Form):
    """The form of one question of any kind; the kind says what it asks and makes a payload of the answers."""

    def __init__(
        self, data: Any = None, *, kind: QuestionKind, standing: Mapping[str, Any], more: Collection[str] = (), revision: int = 0
    ) -> None:  # fmt: skip
        self.kind, self.standing = kind, standing
        super().__init__(data, initial={"revision": revision})
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, initial=revision)
        for code in LANGUAGES:
            self._add(f"text_{code}", _("Question %(language)s") % {"language": IN[code]}, standing.get("text", {}).get(code, ""), long=True)  # fmt: skip
        for name, field in kind.extra_fields().items():
            field.initial = kind.spread(standing).get(name, field.initial)
            self.fields[name] = field
        self.count: dict[str, int] = {}
        for rows in kind.rows:
            self._rows(rows, rows.name in more)
        for field in self.fields.values():
            asked_together(field)  # what is needed is said once, above
        for code in LANGUAGES:
            self._add(f"feedback_{code}", _("What the learner is told afterwards, %(language)s") % {"language": IN[code]}, standing.get("feedback", {}).get(code, ""), long=True)  # fmt: skip

    def _add(self, name: str, label: Any, initial: Any, *, long: bool = False) -> None:
        widget = forms.Textarea({"rows": 2}) if long else forms.TextInput()
        self.fields[name] = forms.CharField(label=label, required=False, max_length=20_000 if long else 1000, widget=widget, initial=initial)  # fmt: skip

    def _rows(self, rows: Rows, more: bool) -> None:
        standing = self.kind.table(self.standing, rows.name)
        asked = str(self.data.get(f"{rows.name}-n", "")) if self.is_bound else ""
        count = int(asked) if asked.isdecimal() and len(asked) < 4 else max(rows.fresh, len(standing) + 1)
        count = min(MOST_ROWS, count + (SPARE if more else 0))
        self.count[rows.name] = count
        for number in range(count):
            row = standing[number] if number < len(standing) else {}
            self.fields[f"{rows.name}-{number}-key"] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput, initial=row.get("key", ""))  # fmt: skip
            for column in rows.columns:
                at = f"{rows.name}-{number}-{column.name}"
                if column.three:
                    for code in LANGUAGES:
                        self._add(f"{at}_{code}", f"{column.label}, {IN[code]}", (row.get(column.name) or {}).get(code, ""))  # fmt: skip
                else:
                    field = column.field(label=str(column.label), required=False, initial=row.get(column.name), **(column.options or {}))  # fmt: skip
                    self.fields[at] = field

    @property
    def says_something(self) -> bool:
        """Whether anything is written: a text in some language, or a row. A tick or a number alone is no question."""
        if any(
            self.cleaned_data.get(f"{name}_{code}", "").strip() for name in ("text", "feedback") for code in LANGUAGES
        ):
            return True
        if any(self.table(rows.name) for rows in self.kind.rows):
            return True
        texts_of_kind = [name for name in self.kind.extra_fields() if type(self.fields[name]) is forms.CharField]
        return any(self.cleaned_data.get(name) for name in texts_of_kind)

    @property
    def head(self) -> list[forms.BoundField]:
        """Fields that stand before the rows."""
        return [self[name] for name in self.fields if "-" not in name and not name.startswith("feedback_") and name != "revision"]  # fmt: skip

    @property
    def tail(self) -> list[forms.BoundField]:
        return [self[f"feedback_{code}"] for code in LANGUAGES]

    @property
    def tail_open(self) -> bool:
        return _speak(self.tail)

    @property
    def groups(self) -> list[tuple[Rows, int, list[Drawn]]]:
        found = []
        for rows in self.kind.rows:
            drawn = []
            for number in range(self.count[rows.name]):
                begin = f"{rows.name}-{number}-"
                rare = {column.name for column in rows.columns if column.rare}
                fields = [self[name] for name in self.fields if name.startswith(begin)]
                folded = [one for one in fields if one.name.removeprefix(begin).rpartition("_")[0] in rare]
                drawn.append(
                    Drawn(
                        _called(rows, number + 1), [one for one in fields if one not in folded], folded, _speak(folded)
                    )
                )
            found.append((rows, self.count[rows.name], drawn))
        return found

    def words(self, name: str) -> dict[str, str]:
        """A text in the languages that were written; cleaned where the question is HTML."""
        found = texts.three(**{code: str(self.cleaned_data.get(f"{name}_{code}") or "").strip() for code in LANGUAGES})
        return {code: texts.clean(text) for code, text in found.items()} if self.standing.get("html") else found

    def table(self, name: str) -> list[dict[str, Any]]:
        """The rows that say something."""
        rows = next(one for one in self.kind.rows if one.name == name)
        found = []
        for number in range(self.count[name]):
            row: dict[str, Any] = {"key": self.cleaned_data.get(f"{name}-{number}-key", "")}
            for column in rows.columns:
                at = f"{name}-{number}-{column.name}"
                row[column.name] = self.words(at) if column.three else self.cleaned_data.get(at)
            if any(row[column.name] not in (None, "", {}, False) for column in rows.columns if column.three or column.field is forms.CharField):  # fmt: skip
                found.append(row)
        return found

    @property
    def payload(self) -> dict[str, Any]:
        """The question as it is kept."""
        made: dict[str, Any] = {"text": self.words("text"), **self.kind.compose(self)}
        if feedback := self.words("feedback"):
            made["feedback"] = feedback
        if self.standing.get("html"):
            made["html"] = True
        return made


def _called(rows: Rows, number: int) -> str:
    """«1-аймақ», «Область 1»: Kazakh counts before the word."""
    return f"{number}-{str(rows.one).lower()}" if current_language() == "kk" else f"{rows.one} {number}"


def _speak(fields: list[forms.BoundField]) -> bool:
    """Whether one of them says something or was refused: then nothing of it is folded away."""
    return any(one.errors or one.value() for one in fields)
