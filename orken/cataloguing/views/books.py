"""The invented books: their pages, a try at describing them, the experts for those who teach."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from orken.cataloguing import forms, hinting, intake, marking, selectors, services
from orken.cataloguing.kinds import PAGE_NAMES, DescribeBook
from orken.cataloguing.models import PROFILES, Publication
from orken.cataloguing.policy import may_teach
from orken.cataloguing.tasks import drawing, material
from orken.cataloguing.tasks.books import Book
from orken.cataloguing.tries import Try
from orken.cataloguing.views.common import actor, crumbs, known_profile, laid_out, not_too_often
from orken.curriculum.kinds import AnswerRefused

KINDS = {
    "monograph": gettext_lazy("Book"),
    "serial": gettext_lazy("Serial"),
    "article": gettext_lazy("Article"),
    "eresource": gettext_lazy("Electronic resource"),
    "set": gettext_lazy("Set of volumes"),
    "volume": gettext_lazy("Volume of a set"),
}
LANGUAGES = {"kaz": gettext_lazy("Kazakh"), "rus": gettext_lazy("Russian"), "eng": gettext_lazy("English")}


def books(request: HttpRequest) -> HttpResponse:
    kind, language = request.GET.get("kind", ""), request.GET.get("language", "")
    context = {
        "shelf": [(one, drawing.svg(one.book, "front", one.book.experts[0].title), KINDS[one.book.kind]) for one in selectors.shelf(kind, language)],
        "kinds": KINDS.items(), "tongues": LANGUAGES.items(), "kind": kind, "language": language,
        "crumbs": crumbs((_("Books to describe"), "")),
    }  # fmt: skip
    return render(request, "cataloguing/books.html", context)


def _book(code: str) -> Book:
    try:
        return material.book(code)
    except KeyError:
        raise Http404 from None


@not_too_often
def book(request: HttpRequest, code: str) -> HttpResponse:
    """The pages of the book and a place to describe it: checked, graded, hinted at step by step; the record is not kept."""
    one = _book(code)
    asked = request.GET.get("format", "")
    format = asked if asked in material.FORMATS else "rusmarc"
    if request.method == "POST":
        form = forms.AnswerForm(request.POST)
    else:
        form = forms.AnswerForm(initial={"format": format, "text": _start(one, format)})
    context: dict[str, Any] = {
        "book": one,
        "form": form,
        "public": DescribeBook().public_payload({"book": code, "format": format}),
        "page_names": PAGE_NAMES,
        "kind": KINDS[one.kind],
        "formats": [(name, label, name == format) for name, label in PROFILES[:2]],
        "may_teach": may_teach(actor(request)),
        "own": Try(request.session, code),
        "crumbs": crumbs((_("Books to describe"), _address("books")), (one.experts[0].title, "")),
    }
    if request.method == "POST" and form.is_valid():
        _answered(request, form, one, context)
    return render(request, "cataloguing/book.html", context, status=422 if form.is_bound and form.errors else 200)


def _answered(request: HttpRequest, form: forms.AnswerForm, one: Book, context: dict[str, Any]) -> None:
    kind, format = DescribeBook(), form.cleaned_data["format"]
    do = request.POST.get("do")
    own = Try(request.session, one.code)
    context["own"] = own
    if do == "anew":
        own.begin_anew()
        messages.success(request, _("The hints and tries of this book are forgotten. Begin anew."))
    try:
        answer = kind.parse(form.cleaned_data["text"])
        if do in ("grade", "hint"):
            payload = {"book": one.code, "format": format}
            kind.grade(payload, answer)  # refuses another format
            marked = marking.mark(answer, known_profile(format), marking.experts_of(one.code, format))
            if do == "grade":
                own.grade(kind.fingerprint(answer)[:16])
            elif request.POST.get("taken") == str(len(own.taken)) and not hinting.paid(marked, own.taken).passed:
                # The page sent twice takes one hint, and work that is good enough needs none.
                offered = kind.hint(payload, marked, own.taken)
                if offered is not None:
                    own.take(offered.taken)
            left = hinting.paid(marked, own.taken)
            revealed = left.passed or not own.left
            context |= {
                "marked": left, "revealed": revealed, "may_send": bool(left.review) or (revealed and not left.passed),
                "waits": selectors.waiting_mark(actor(request), one.code, format), "plain_caps": hinting.plain_caps(left),
                "hints": kind.hints(payload, marked, own.taken), "offered": kind.hint(payload, marked, own.taken),
            }  # fmt: skip
    except AnswerRefused as refusal:
        form.add_error("text", str(refusal))
        return
    context |= laid_out(answer, known_profile(intake.profile_of(answer, format)))


def _start(one: Book, format: str) -> str:
    """An empty record to begin with: the leader as a template gives it, and nothing of the answer."""
    if format == "marc21":
        return "=LDR  00000nam\\a2200000\\i\\4500\n=245  \\\\$a"
    return "=LDR  \\\\\\\\\\nam0\\22\\\\\\\\\\\\\\\\450\\\n=200  1\\$a"


def _address(name: str) -> str:
    from django.urls import reverse

    return reverse(f"cataloguing:{name}")


def experts(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """The experts' records and how they agree, for those who teach."""
    if not may_teach(actor(request)):
        raise Http404
    one = _book(code)
    if format not in material.FORMATS:
        raise Http404
    profile = known_profile(format)
    records = [laid_out(record, profile) for record in material.experts(code, format)]
    judged = next(found for found in selectors.judged(code) if found.format == format)
    context = {
        "book": one, "format": format, "format_name": dict(PROFILES)[format], "records": records, "judged": judged,
        "marks": list(enumerate(judged.agreement.marks, start=1)),
        "formats": [(name, label, name == format) for name, label in PROFILES[:2]],
        "crumbs": crumbs((_("Books to describe"), _address("books")), (one.experts[0].title, _book_address(code)), (_("Experts"), "")),
    }  # fmt: skip
    return render(request, "cataloguing/experts.html", context)


def _book_address(code: str) -> str:
    from django.urls import reverse

    return reverse("cataloguing:book", args=[code])


@require_POST
def publish(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """Publish the task in this format, or take it back."""
    account = actor(request)
    if not may_teach(account) or format not in material.FORMATS:
        raise Http404
    one = _book(code)
    if request.POST.get("do") == "withdraw":
        standing = get_object_or_404(Publication, book=code, format=format, withdrawn_at=None)
        services.withdraw(publication=standing, by=account)
        messages.success(request, _("The task is taken back. Marks given by it stay."))
        return redirect("cataloguing:experts", code=code, format=format)
    try:
        services.publish(book=one.code, format=format, by=account)
        messages.success(request, _("The task is published."))
    except services.ExpertsDisagree:
        messages.error(request, _("The experts do not agree well enough: each needs 85 against the others."))
    except services.PublishedAlready:
        messages.warning(request, _("The task is published already."))
    return redirect("cataloguing:experts", code=code, format=format)
