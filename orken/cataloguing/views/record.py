"""One record: read, checked, shown; two compared; one graded. Anyone signed in may try; nothing is kept."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from orken.cataloguing import compare as comparing
from orken.cataloguing import display, examples, forms, intake, marking, profiles, selectors
from orken.cataloguing.calibration import agreement
from orken.cataloguing.elements import describe
from orken.cataloguing.grading import Expert
from orken.cataloguing.grading.where import titles
from orken.cataloguing.models import PROFILES
from orken.cataloguing.policy import may_check_files, may_edit_profile, may_teach
from orken.cataloguing.tasks import material
from orken.cataloguing.views.common import actor, crumbs, known_profile, laid_out, not_too_often, text_of

VIEWS = ("lines", "form", "coded")
MOST_EXPERTS = 5


def home(request: HttpRequest) -> HttpResponse:
    """The tools of the school, each with what it is for."""
    account = actor(request)
    context = {
        "may_check": may_check_files(account),
        "may_teach": may_teach(account),
        "may_edit": may_edit_profile(account),
        "examples": examples.EXAMPLES,
        "books": len(material.books()),
        "formats": PROFILES[:3],
        "waiting": selectors.marks_that_wait() if may_teach(account) else 0,
    }
    return render(request, "cataloguing/home.html", context)


@not_too_often
def record(request: HttpRequest) -> HttpResponse:
    """Paste, upload or open a record; see its lines with messages, its form, its coded fields, its card."""
    if request.method != "POST":
        opened = examples.get(request.GET.get("example", ""))
        if opened is not None:
            found = opened.record
            initial = {"text": text_of(found), "profile": opened.format}
            return _shown(
                request, forms.RecordForm(initial=initial), found, opened.format, request.GET.get("view", "lines")
            )
        return render(request, "cataloguing/record.html", _asked(forms.RecordForm()))
    form = forms.RecordForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "cataloguing/record.html", _asked(form), status=422)
    answers = form.cleaned_data
    number = request.POST.get("number", "1")
    file = answers["file"] or (io.BytesIO(answers["again"]) if answers["again"] else None)
    try:
        taken = intake.take(
            text=answers["text"] or "", file=file, encoding=answers["encoding"],
            number=int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1,
        )  # fmt: skip
    except intake.Refused as refusal:
        form.add_error("file" if answers["file"] else "text", str(refusal))
        return render(request, "cataloguing/record.html", _asked(form), status=422)
    code = intake.profile_of(taken.record, answers["profile"])
    whole = (
        answers["text"] if file is None else "\n\n".join(text_of(item.record) for item in taken.items if item.record)
    )
    guessed = taken.encoding != "utf-8" or bool(answers["encoding"])
    again = _carried_bytes(file, answers["encoding"], guessed=guessed) if file is not None else {}
    return _shown(request, form, taken.record, code, request.POST.get("view", "lines"), taken, whole, again)


def _carried_bytes(file: Any, encoding: str, *, guessed: bool) -> dict[str, Any]:
    """The bytes of a small file, carried by the page, so that its next record or view is read from them as they are.

    A guessed encoding is confirmed by whoever sees the letters.
    """
    file.seek(0)
    content = file.read(forms.MOST_AGAIN + 1)
    if len(content) > forms.MOST_AGAIN:
        return {}
    carried = {"again": base64.b64encode(content).decode(), "said": encoding}
    return {**carried, "encodings": forms.ENCODINGS[1:]} if guessed else carried


def _asked(form: forms.RecordForm) -> dict[str, Any]:
    return {"form": form, "examples": examples.EXAMPLES, "crumbs": crumbs((_("A record"), ""))}


def _shown(
    request: HttpRequest,
    form: forms.RecordForm,
    found: Any,
    code: str,
    view: str,
    taken: intake.Taken | None = None,
    whole: str = "",
    again: dict[str, Any] | None = None,
) -> HttpResponse:
    profile = known_profile(code)
    view = view if view in VIEWS else "lines"
    context = {
        **laid_out(found, profile, taken.item if taken else None),
        "form": form,
        "view": view,
        "views": _tabs(view),
        "carried": whole or text_of(found),
        "taken": taken,
        "numbers": range(1, len(taken.items) + 1) if taken and len(taken.items) > 1 else (),
        "examples": examples.EXAMPLES,
        "crumbs": crumbs((_("A record"), "")),
        "profile_choices": forms.PROFILE_CHOICES[1:],
        **(again or {}),
    }
    if view == "form":
        context["fields"] = display.form(found, profile)
    if view == "coded":
        context["coded"] = display.coded(found, profile)
    return render(request, "cataloguing/record.html", context)


def _tabs(view: str) -> list[tuple[str, str, bool]]:
    names = {"lines": _("Lines"), "form": _("Form"), "coded": _("Coded fields")}
    return [(code, names[code], code == view) for code in VIEWS]


@not_too_often
def compare(request: HttpRequest) -> HttpResponse:
    """Two records element by element, whatever their formats."""
    form = forms.ComparedForm(request.POST, request.FILES) if request.method == "POST" else forms.ComparedForm()
    context: dict[str, Any] = {"form": form, "crumbs": crumbs((_("Two records"), ""))}
    if request.method != "POST" or not form.is_valid():
        return render(request, "cataloguing/compare.html", context, status=422 if form.is_bound else 200)
    answers = form.cleaned_data
    both = []
    for name in ("first", "second"):
        try:
            both.append(intake.take(text=answers[name] or "", file=answers[f"{name}_file"]).record)
        except intake.Refused as refusal:
            form.add_error(name, str(refusal))
    if len(both) < 2:
        return render(request, "cataloguing/compare.html", context, status=422)
    first, second = both
    codes = [profiles.detect(one) for one in both]
    lines = comparing.lines(describe(first, codes[0]), describe(second, codes[1]))
    states = [
        (state, sum(line.state == state for line in lines))
        for state in ("same", "variant", "wrong", "extra", "missing")
    ]
    context |= {
        "areas": list(comparing.by_area(lines)),
        "states": states,
        "first": laid_out(first, known_profile(codes[0])),
        "second": laid_out(second, known_profile(codes[1])),
    }
    return render(request, "cataloguing/compare.html", context)


@not_too_often
def grade(request: HttpRequest) -> HttpResponse:
    """One's own record against experts: of the school's books or one's own."""
    asked = request.method == "POST" and request.POST.get("do") != "ask"
    if asked:
        form = forms.GradedForm(request.POST, request.FILES)
    else:  # the record page hands its record over and the experts are still to be chosen
        form = forms.GradedForm(initial={"text": request.POST.get("text", ""), "book": request.GET.get("book", "")})
    context: dict[str, Any] = {"form": form, "crumbs": crumbs((_("Grade a record"), ""))}
    if not asked or not form.is_valid():
        return render(request, "cataloguing/grade.html", context, status=422 if form.is_bound else 200)
    try:
        taken = intake.take(text=form.cleaned_data["text"] or "", file=form.cleaned_data["file"])
    except intake.Refused as refusal:
        form.add_error("text", str(refusal))
        return render(request, "cataloguing/grade.html", context, status=422)
    if len(taken.items) == 1 and form.cleaned_data["book"] != forms.ALL_BOOKS:
        _one(form, taken, context)
    else:
        graded = _many(form, taken)
        alone = graded[0] if len(graded) == 1 else None
        if alone is not None and alone.marked is not None:
            context |= {"marked": alone.marked, **laid_out(alone.record, known_profile(alone.format))}
        else:
            context["many"] = graded
    return render(request, "cataloguing/grade.html", context, status=422 if form.errors else 200)


def _one(form: forms.GradedForm, taken: intake.Taken, context: dict[str, Any]) -> None:
    """One record against the experts she named."""
    code = profiles.detect(taken.record)
    experts = _experts(form, code)
    if not experts:
        return
    own = agreement(experts) if not form.cleaned_data["book"] and len(experts) > 1 else None
    marked = marking.mark(taken.record, known_profile(code), experts)
    context |= {"marked": marked, "agreement": own, **laid_out(taken.record, known_profile(code))}


def _experts(form: forms.GradedForm, code: str) -> tuple[Expert, ...]:
    """The experts to grade by; none with the reason on the form."""
    answers = form.cleaned_data
    if answers["book"]:
        # The experts of the same family as the answer: both write the same elements.
        return marking.experts_of(answers["book"], "marc21" if code == "marc21" else "rusmarc")
    experts = _given(form)
    return experts if len(experts) <= MOST_EXPERTS else experts[:MOST_EXPERTS]


def _given(form: forms.GradedForm) -> tuple[Expert, ...]:
    """The experts whose records she gave."""
    try:
        found = intake.take(text=form.cleaned_data["experts"])
    except intake.Refused as refusal:
        form.add_error("experts", str(refusal))
        return ()
    records = [item.record for item in found.items if item.record is not None]
    experts = tuple(marking.expert(one, known_profile(profiles.detect(one))) for one in records)
    if any(titles(one.description) != 1 for one in experts):
        form.add_error("experts", _("An expert's record needs exactly one title field."))
        return ()
    return experts


def _many(form: forms.GradedForm, taken: intake.Taken) -> list[marking.Graded]:
    """Each record of the file against the experts who described the same book."""
    book = form.cleaned_data["book"]

    def pool(code: str) -> Sequence[Expert]:
        format = "marc21" if code == "marc21" else "rusmarc"
        if book == forms.ALL_BOOKS:
            return marking.school_experts(format)
        return marking.experts_of(book, format) if book else given

    given = _given(form) if not book else ()
    records = [(item.number, item.record) for item in taken.items if item.record is not None]
    return marking.mark_many(records, pool, known_profile)
