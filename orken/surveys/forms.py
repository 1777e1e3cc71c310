"""Small forms of the workshop, one thing a page; and the sheet itself, made out of the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from json import dumps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.i18n.content import LANGUAGES
from orken.kit.text.plain import visible
from orken.kit.ui.forms import DateField, not_far
from orken.network.models import Unit
from orken.people.accounts import codes
from orken.surveys import questions
from orken.surveys.models import Questionnaire
from orken.surveys.questions import WITH_ENDS, WITH_OPTIONS, Kind, Question, Words

LABELS = {"kk": _("Question in Kazakh"), "ru": _("Question in Russian"), "en": _("Question in English")}
HINTS = {"kk": _("Hint in Kazakh"), "ru": _("Hint in Russian"), "en": _("Hint in English")}
ANSWERS = {"kk": _("Answers in Kazakh"), "ru": _("Answers in Russian"), "en": _("Answers in English")}
LINES = {"kk": _("Lines in Kazakh"), "ru": _("Lines in Russian"), "en": _("Lines in English")}
LOW = {"kk": _("What 1 means, in Kazakh"), "ru": _("What 1 means, in Russian"), "en": _("What 1 means, in English")}
HIGH = {"kk": _("What 5 means, in Kazakh"), "ru": _("What 5 means, in Russian"), "en": _("What 5 means, in English")}
LONGEST_SURVEY = timedelta(days=366)


class Line(forms.CharField):
    """One line of words: signs that nobody sees, among them those that turn a line round, are taken out."""

    def to_python(self, value: Any) -> str:
        return visible(super().to_python(value) or "")


def _line(label: Any, length: int = 300, *, required: bool = False, **more: Any) -> forms.CharField:
    return Line(label=label, max_length=length, required=required, **more)


def _area(label: Any, length: int, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, widget=forms.Textarea({"rows": rows}), **more
    )


class NewForm(forms.Form):
    """Whose questionnaire, what for, its code and title."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Whose questionnaire it is"),
        empty_label=pgettext_lazy("an empty choice", "Choose"),
    )
    purpose = forms.ChoiceField(
        label=_("What it is for"), choices=Questionnaire.Purpose.choices, widget=forms.RadioSelect
    )
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Latin letters, figures and hyphens, for example NL-REACTION"),
        validators=[RegexValidator(r"^[A-Z0-9][A-Z0-9-]*$", _("Only Latin capitals, figures and hyphens."))],
    )  # fmt: skip
    title_kk = _line(_("Title in Kazakh"), 200, required=True)
    title_ru = _line(_("Title in Russian"), 200)
    title_en = _line(_("Title in English"), 200)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Questionnaire.objects.filter(code=code).exists():
            raise ValidationError(_("This code is taken. Choose another."))
        return code


class Revised(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class TitlesForm(Revised):
    """The words above the questions."""

    title_kk = _line(_("Title in Kazakh"), 200)
    title_ru = _line(_("Title in Russian"), 200)
    title_en = _line(_("Title in English"), 200)
    intro_kk = _area(_("What it is about, in Kazakh"), 1000, 3)
    intro_ru = _area(_("What it is about, in Russian"), 1000, 3)
    intro_en = _area(_("What it is about, in English"), 1000, 3)


class QuestionForm(Revised):
    """One question of a kind that is chosen before: only what this kind needs is asked."""

    def __init__(self, *args: Any, kind: Kind, standing: Question | None = None, **kwargs: Any) -> None:
        self.kind, self.standing = kind, standing
        super().__init__(*args, **{**kwargs, "initial": {**self._start(), **kwargs.get("initial", {})}})
        for language in LANGUAGES:
            self.fields[f"text_{language}"] = _line(LABELS[language], 500, required=language == "kk")
        if kind in WITH_OPTIONS:
            for language in LANGUAGES:
                self.fields[f"options_{language}"] = _area(
                    (LINES if kind == Kind.MATRIX else ANSWERS)[language], 4000, 5,
                    help_text=_("One on a line, in the same order in every language."),
                )  # fmt: skip
        if kind in WITH_ENDS:
            for name, labels in (("low", LOW), ("high", HIGH)):
                for language in LANGUAGES:
                    self.fields[f"{name}_{language}"] = _line(labels[language], 80)
        for language in LANGUAGES:
            self.fields[f"hint_{language}"] = _line(HINTS[language], 300)
        self.fields["required"] = forms.BooleanField(label=_("It must be answered"), required=False)

    def _start(self) -> dict[str, Any]:
        held = self.standing
        if held is None:
            return {"required": True}
        start: dict[str, Any] = {"required": held.required}
        for language in LANGUAGES:
            for name in ("text", "hint", "low", "high"):
                start[f"{name}_{language}"] = getattr(getattr(held, name), language)
            start[f"options_{language}"] = "\n".join(getattr(one.text, language) for one in held.options)
        return start

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.kind in WITH_OPTIONS:
            lists = {language: self._lines(language) for language in LANGUAGES}
            longest = max(len(lines) for lines in lists.values())
            if longest > questions.MOST_OPTIONS:
                self.add_error("options_kk", _("At most %(n)s lines.") % {"n": questions.MOST_OPTIONS})
            for language, lines in lists.items():
                if lines and len(lines) != longest:
                    self.add_error(
                        f"options_{language}", _("Every language needs as many lines as the others, or none at all.")
                    )
                if len(set(lines)) != len(lines):
                    self.add_error(f"options_{language}", _("The same line stands twice."))
        return cleaned

    def _lines(self, language: str) -> list[str]:
        text = str(self.cleaned_data.get(f"options_{language}") or "")
        return [line for raw in text.splitlines() if (line := visible(raw)[:300])]

    def _words(self, name: str) -> Words:
        return Words(**{language: str(self.cleaned_data.get(f"{name}_{language}") or "") for language in LANGUAGES})

    @property
    def question(self) -> Question:
        """The question as it was written; its options keep their keys."""
        base = self.standing or Question(key="", kind=self.kind, text=Words())
        made = replace(
            base, text=self._words("text"), hint=self._words("hint"), low=self._words("low"), high=self._words("high"),
            required=bool(self.cleaned_data.get("required")),
        )  # fmt: skip
        if self.kind not in WITH_OPTIONS:
            return made
        return questions.with_options(made, {language: self._lines(language) for language in LANGUAGES})


class OpenForm(forms.Form):
    """A survey: with which questionnaire, by which unit, about what, from when till when."""

    questionnaire = forms.ModelChoiceField(
        Questionnaire.objects.none(),
        label=_("Questionnaire"),
        to_field_name="code",
        empty_label=pgettext_lazy("an empty choice", "Choose"),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Who asks"),
        to_field_name="code",
        empty_label=pgettext_lazy("an empty choice", "Choose"),
    )
    about_kk = _line(_("What about, in Kazakh"), required=True, help_text=_("For example, the title of the course."))
    about_ru = _line(_("What about, in Russian"))
    about_en = _line(_("What about, in English"))
    opens_on = DateField(label=_("First day"), validators=[not_far])
    closes_on = DateField(label=_("Last day"))
    press = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: QuerySet[Questionnaire], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("questionnaire", choices), ("unit", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if last and last < timezone.localdate():
            self.add_error("closes_on", _("This day is over."))
        elif first and last and last < first:
            self.add_error("closes_on", _("The last day comes before the first."))
        elif first and last and last - first > LONGEST_SURVEY:
            self.add_error("closes_on", _("A survey lasts a year at most."))
        return cleaned

    @property
    def source(self) -> str:
        """The same answers pressed twice, or sent again after going back, open one survey."""
        said = {name: str(value) for name, value in self.cleaned_data.items()}
        return f"page:{sha256(dumps(said, sort_keys=True).encode()).hexdigest()[:40]}" if said.get("press") else ""

    @property
    def about(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"about_{language}"] for language in LANGUAGES}


class SlipsForm(forms.Form):
    number = forms.IntegerField(
        label=_("How many slips"), min_value=1, max_value=200,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Each is good for one sheet and carries no name. Eight on a page of A4."),
    )  # fmt: skip


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code on the slip"), max_length=60, help_text=_("Sixteen figures, for example 4817 0032 9954 1206"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        code = codes.read(str(self.cleaned_data["code"]))
        if code is None:
            raise ValidationError(_("This is no code of ours: a figure is wrong or wanting. Look at the slip again."))
        return code


# --- the sheet ---


class SheetForm(forms.Form):
    """The questions as fields. A matrix and a ranking are as many fields as they have lines."""

    def __init__(self, *args: Any, asked: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for place, question in enumerate(asked, start=1):
            for name, field in _fields(place, question):
                self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for question in self.asked:
            if question.kind != Kind.RANKING:
                continue
            names = [f"{question.key}.{option.key}" for option in question.options]
            given = [cleaned[name] for name in names if cleaned.get(name)]
            if given and (len(given) < len(names) or len(set(given)) < len(given)):
                wrong = next((name for name in names if given.count(cleaned.get(name, "")) != 1), names[0])
                if wrong not in self.errors:
                    self.add_error(wrong, _("Give every place once."))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """Answers by the key of the question; what was left empty is not there."""
        found = {question.key: _answer(question, self.cleaned_data) for question in self.asked}
        return {key: value for key, value in found.items() if value not in (None, "", [], {})}


class Scale(forms.RadioSelect):
    """1 to 5 in a row; what the ends mean stands above it as the hint."""

    template_name = "surveys/scale.html"


STEPS = [(str(step), str(step)) for step in range(1, questions.STEPS + 1)]


def _ends(question: Question, hint: str) -> str:
    said = f"1 – {question.low} · {questions.STEPS} – {question.high}" if question.low and question.high else ""
    return " · ".join(part for part in (hint, said) if part)


def _fields(place: int, question: Question) -> list[tuple[str, forms.Field]]:
    text, hint, needed = f"{place}. {question.text}", str(question.hint), question.required
    common: dict[str, Any] = {"label": text, "help_text": hint, "required": needed}
    options = [(option.key, str(option.text)) for option in question.options]
    match question.kind:
        case Kind.SCALE:
            return [
                (
                    question.key,
                    forms.ChoiceField(choices=STEPS, widget=Scale, **{**common, "help_text": _ends(question, hint)}),
                )
            ]
        case Kind.CHOICE:
            return [(question.key, forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common))]
        case Kind.SEVERAL:
            boxes = forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
            return [(question.key, boxes)]
        case Kind.TEXT:
            area = forms.Textarea({"rows": 4})
            return [(question.key, forms.CharField(max_length=questions.LONGEST_TEXT, widget=area, **common))]
        case Kind.MATRIX:
            return [
                (f"{question.key}.{key}", forms.ChoiceField(
                    choices=STEPS, widget=Scale, label=f"{text} – {line}", help_text=_ends(question, hint), required=needed,
                ))
                for key, line in options
            ]  # fmt: skip
    places = [("", pgettext_lazy("an empty choice", "Choose")), *((str(n), str(n)) for n in range(1, len(options) + 1))]
    return [
        (f"{question.key}.{key}", forms.ChoiceField(
            choices=places, label=f"{text} – {line}", required=needed,
            help_text=hint or pgettext_lazy("a ranking", "Which place? 1 is the first."),
        ))
        for key, line in options
    ]  # fmt: skip


def _answer(question: Question, cleaned: Mapping[str, Any]) -> Any:
    if question.kind == Kind.SCALE:
        return int(cleaned[question.key]) if cleaned.get(question.key) else None
    if question.kind == Kind.MATRIX:
        rows = {option.key: cleaned.get(f"{question.key}.{option.key}") for option in question.options}
        return {key: int(value) for key, value in rows.items() if value}
    if question.kind == Kind.RANKING:
        given = {option.key: cleaned.get(f"{question.key}.{option.key}") for option in question.options}
        if not all(given.values()):
            return []
        return sorted(given, key=lambda key: int(given[key] or 0))
    if question.kind == Kind.TEXT:
        return str(cleaned.get(question.key) or "").strip()
    return cleaned.get(question.key)
