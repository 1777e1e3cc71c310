"""Small forms, one thing a page; the form of a block is made of the questions of its kind, in three languages side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orken.courseware import blocks
from orken.courseware.blocks import Kind, Question
from orken.courseware.models import Block, CourseVersion, Lesson, Module, code_validator
from orken.curriculum.models import Programme
from orken.kit.i18n.content import text_of
from orken.network.models import Unit

LANGUAGES = (("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English")))
PICTURE_TYPES = "image/jpeg,image/png,image/webp,image/tiff"
ACCEPTS = {"picture": PICTURE_TYPES, "pictures": PICTURE_TYPES, "sound": "audio/*", "film": "video/*", "slides": "application/pdf", "paper": ".pdf,.docx,.xlsx,.odt,.ods"}  # fmt: skip


def _line(label: Any, length: int = 300, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **more)


class Revised(forms.Form):
    """A change of a piece that another author may change at the same time."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class ProgrammeChoice(forms.ModelChoiceField[Programme]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {text_of(obj.published, 'title').value}"


class NewForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("Whose course it is"), queryset=Unit.objects.none(), empty_label=_("Choose"))
    programme = ProgrammeChoice(
        label=_("Programme that it teaches"), queryset=Programme.objects.none(), required=False, empty_label=_("no programme"), help_text=_("Runs of this programme can open the course.")
    )  # fmt: skip
    code = forms.CharField(label=_("Code"), max_length=20, validators=[code_validator], help_text=_("It never changes; runs and readers name the course by it. Capital Latin letters, digits and hyphens. For example ECAT-2."))  # fmt: skip
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=300)
    title_ru = _line(_("Title in Russian"))
    title_en = _line(_("Title in English"))
    source = forms.ChoiceField(label=_("Language of the original"), choices=CourseVersion.Source.choices, widget=forms.RadioSelect, initial="kk")  # fmt: skip

    def __init__(self, *args: Any, units: QuerySet[Unit], programmes: QuerySet[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]  # a choice of rows


class TitlesForm(Revised):
    title_kk = _line(_("Title in Kazakh"))
    title_ru = _line(_("Title in Russian"))
    title_en = _line(_("Title in English"))
    summary_kk = _line(_("Summary in Kazakh"), 1500, widget=forms.Textarea({"rows": 3}))
    summary_ru = _line(_("Summary in Russian"), 1500, widget=forms.Textarea({"rows": 3}))
    summary_en = _line(_("Summary in English"), 1500, widget=forms.Textarea({"rows": 3}))


class RuleForm(Revised):
    source = forms.ChoiceField(
        label=_("Language of the original"), choices=CourseVersion.Source.choices, widget=forms.RadioSelect,
        help_text=_("When it changes, the other languages get a mark."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages in which the course is whole"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    lessons_needed = forms.IntegerField(
        label=_("Lessons to be read, in percent"), min_value=0, max_value=100, help_text=_("100: all of them.")
    )
    exercises_needed = forms.BooleanField(label=_("All exercises are to be passed"), required=False)

    @property
    def values(self) -> dict[str, Any]:
        given = super().values
        chosen = given.pop("languages")
        return given | {f"in_{code}": code in chosen for code, _name in LANGUAGES}


class ModuleForm(Revised):
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=300)
    title_ru = _line(_("Title in Russian"))
    title_en = _line(_("Title in English"))
    week = forms.IntegerField(
        label=_("Opens in week"), min_value=1, max_value=52,
        help_text=_("Counted from the first day of the run. A run at one's own pace has everything open at once."),
    )  # fmt: skip


class LessonForm(Revised):
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=300)
    title_ru = _line(_("Title in Russian"))
    title_en = _line(_("Title in English"))
    minutes = forms.IntegerField(label=_("Minutes to read it"), min_value=1, max_value=600)


def start_of(row: Module | Lesson | None, form: type[Revised]) -> dict[str, Any]:
    """The answers as they stand; of a new piece the usual ones."""
    names = [name for name in form.base_fields if name != "revision"]
    if row is not None:
        return {name: getattr(row, name) for name in names} | {"revision": row.revision}
    return {"revision": 0, "week": 1, "minutes": 20}


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several of one upload."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        found = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(FilesField, self).clean(one) for one in found if one]


class Listed(forms.TextInput):
    """A line with a list of what may be chosen below it."""

    template_name = "courseware/listed.html"

    def __init__(self, offers: Sequence[tuple[str, str]]) -> None:
        super().__init__({"autocomplete": "off"})
        self.offers = offers

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["offers"] = self.offers
        context["list"] = context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_list"
        return context


class ListedField(forms.CharField):
    """A code, or a name that stands for one; small letters are as good as capitals."""

    def __init__(self, *, offers: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(widget=Listed(offers), **more)
        self.offers = offers

    def clean(self, value: Any) -> str:
        given: str = super().clean(value)
        asked = given.casefold()
        found = [code for code, called in self.offers if asked in (code.casefold(), called.casefold(), f"{code} · {called}".casefold())]  # fmt: skip
        return found[0] if len(found) == 1 else given.upper()[:40]


class BlockForm(Revised):
    """What one block says: what is the same everywhere first, then the three languages beside one another."""

    def __init__(self, *args: Any, kind: Kind, standing: Block | None, source: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.source, self.standing = kind, source, standing
        self.stale = blocks.stale(standing, source) if standing is not None else []
        for question in kind.shared:
            self.fields[f"shared_{question.name}"] = _asked(question, needed=question.needed)
        if kind.takes:
            many = kind.takes == "pictures"
            widget: forms.Widget = (ManyFiles if many else forms.FileInput)({"accept": ACCEPTS[kind.takes]})
            kept = standing is not None and bool(standing.shared.get("assets"))
            several = FilesField(label=_("Files") if many else _("File"), required=False, widget=widget, help_text=_("A new file takes the place of the old one.") if kept else "")  # fmt: skip
            if not kept:
                several.later = _("it may come later, nothing is shown without it")  # type: ignore[attr-defined]  # read by the template of a field
            self.fields["files"] = several
        for code, _name in LANGUAGES:
            for question in kind.said:
                # Only the original is asked for: a translation may come later, and the check list says what is lacking.
                field = _asked(question, needed=question.needed and code == source)
                field.widget.attrs["lang"] = code
                self.fields[f"{code}_{question.name}"] = field
            if code in self.stale:
                self.fields[f"follows_{code}"] = forms.BooleanField(label=_("I have compared it: the translation fits the original of today"), required=False)  # fmt: skip

    def sides(self) -> Iterator[tuple[str, Any, bool, bool, list[forms.BoundField]]]:
        """For each language: its code, name, whether it is the original, whether the original has changed since, its fields."""
        order = sorted(LANGUAGES, key=lambda pair: pair[0] != self.source)
        for code, name in order:
            fields = [self[f"{code}_{question.name}"] for question in self.kind.said]
            if f"follows_{code}" in self.fields:
                fields.append(self[f"follows_{code}"])
            yield code, name, code == self.source, code in self.stale, fields

    def common(self) -> list[forms.BoundField]:
        names = [f"shared_{question.name}" for question in self.kind.shared] + (["files"] if self.kind.takes else [])
        return [self[name] for name in names]

    @property
    def shared(self) -> dict[str, Any]:
        kept = dict(self.standing.shared) if self.standing is not None else {}
        return kept | {question.name: self.cleaned_data[f"shared_{question.name}"] for question in self.kind.shared}

    @property
    def said(self) -> dict[str, Any]:
        return {
            code: {question.name: self.cleaned_data[f"{code}_{question.name}"].replace("\r\n", "\n").strip() for question in self.kind.said}
            for code, _name in LANGUAGES
        }  # fmt: skip

    @property
    def follows(self) -> dict[str, bool]:
        return {code: bool(self.cleaned_data.get(f"follows_{code}")) for code in self.stale}


def start_of_block(block: Block | None) -> dict[str, Any]:
    if block is None:
        return {"revision": 0}
    start: dict[str, Any] = {f"shared_{name}": value for name, value in block.shared.items()}
    for code, said in block.said.items():
        start |= {f"{code}_{name}": value for name, value in said.items()}
    return start | {"revision": block.revision}


def _asked(question: Question, *, needed: bool) -> forms.Field:
    label: Any = question.label
    hint: Any = question.hint
    if question.shape == "choice":
        return forms.ChoiceField(label=label, choices=question.choices, required=needed, help_text=hint)
    if question.offers is not None:
        return ListedField(offers=question.offers(), label=label, max_length=question.most, required=needed, help_text=hint)  # fmt: skip
    widget = forms.Textarea({"rows": question.rows}) if question.shape == "text" else None
    more: Mapping[str, Any] = {"widget": widget} if widget else {}
    return forms.CharField(label=label, max_length=question.most, required=needed, help_text=hint, **more)


class AskForm(forms.Form):
    note = forms.CharField(
        label=_("What is new in this version"), max_length=300, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Learners and the next author read it."),
    )  # fmt: skip


class RemarkForm(forms.Form):
    remark = forms.CharField(label=_("What is to be mended"), max_length=1500, widget=forms.Textarea({"rows": 4}))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))
