"""One question: as the learner sees it, its draft, its versions, its place in the bank."""

from __future__ import annotations

import random
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from orken.kit.media.pictures import PictureRefused
from orken.questions import comparing, forms, kinds, policy, selectors, services, showing, tables
from orken.questions.models import Published, Question, QuestionVersion
from orken.questions.services.writing import NotReady
from orken.questions.views.common import actor, bank_or_404, drop_page, form_page, question_or_404, said, scope_or_404


def new(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a question of a kind; without a kind, choose one."""
    bank = bank_or_404(request, code)
    asked = request.GET.get("kind", "")
    if asked not in kinds.BY_CODE:
        return render(request, "questions/kinds.html", {"bank": bank, "kinds": kinds.ALL})
    kind = kinds.of(asked)
    form = kind.form(request.POST if request.method == "POST" else None, more=_more(request))
    if request.method == "POST" and not _more(request) and form.is_valid() and not form.says_something:
        form.add_error(
            None, _("Nothing is written yet, so no draft was begun. Write the question in one language at least.")
        )
    elif request.method == "POST" and not _more(request) and form.is_valid():
        made = services.create_question(bank=bank, kind=asked, payload=form.payload, by=actor(request))
        said(request, _("The draft is begun."))
        return redirect(made)
    context = {"bank": bank, "form": form, "kind": kind, "title": kind.label, "back": bank.get_absolute_url()}
    return render(request, "questions/edit.html", context, status=422 if _bad(request, form) else 200)


def _more(request: HttpRequest) -> list[str]:
    """Which rows of the form get some more: a press that saves nothing."""
    return request.POST.getlist("more")


def _bad(request: HttpRequest, form: object) -> bool:
    return request.method == "POST" and not _more(request) and bool(getattr(form, "errors", None))


def question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The question with its draft, what stops publishing, its versions, its story, and who uses it."""
    found = question_or_404(request, uid)
    version = found.standing or found.versions.order_by("-number").first()
    assert version is not None, "a question begins with a draft"
    version.question = found
    context = {
        "question": found, "version": version, "writing": found.draft_id == version.pk, "state": tables.STATES[tables.state_of(found)],
        "kind": kinds.of(found.kind), "item": showing.item(found.kind, version.payload, found.pk, None, "preview", shut=True),
        "verdict": showing.judge(found.kind, version.payload, found.pk, None),
        "problems": services.question_problems(version) if found.draft_id == version.pk else [],
        "versions": list(found.versions.order_by("-number")), "story": selectors.story(found), "used": selectors.used_in(found),
        "may_publish": policy.may_publish(actor(request), found.bank.unit), "tags": list(found.tags.all()),
        "outcomes": list(found.outcomes.select_related("competency")),
    }  # fmt: skip
    return render(request, "questions/question.html", context)


def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = question_or_404(request, uid)
    draft = found.draft
    if draft is None:
        messages.warning(request, _("There is no draft: begin a new one to go on."))
        return redirect(found)
    kind = kinds.of(found.kind)
    form = kind.form(request.POST if request.method == "POST" else None, standing=draft.payload, more=_more(request), revision=draft.revision)  # fmt: skip
    status = 0
    if request.method == "POST" and not _more(request) and form.is_valid():
        try:
            services.write_question(version=draft, payload=form.payload, by=actor(request), revision=form.cleaned_data["revision"])  # fmt: skip
        except services.EditedMeanwhile as clash:
            data = request.POST.copy()
            data["revision"] = str(clash.version.revision)
            form = kind.form(data, standing=draft.payload, revision=clash.version.revision)
            status = 409
        except Published:
            messages.warning(request, _("The draft was published meanwhile. Begin a new one to go on."))
            return redirect(found)
        else:
            said(request, _("Saved in the draft."))
            return redirect(found)
    context = {"bank": found.bank, "question": found, "form": form, "kind": kind, "standing": draft.payload, "title": kind.label, "back": found.get_absolute_url(), "meanwhile": status == 409}  # fmt: skip
    return render(request, "questions/edit.html", context, status=status or (422 if _bad(request, form) else 200))


def put_picture(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The picture of a hot spot."""
    found = question_or_404(request, uid)
    if found.kind != "question.hotspot" or found.draft is None:
        raise Http404
    form = forms.PictureForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            made = services.add_picture(bank=found.bank, file=form.cleaned_data["picture"], by=actor(request))
        except PictureRefused as refused:
            form.add_error("picture", str(refused))
        else:
            told = {**found.draft.payload, "picture": str(made.uid), "width": made.width, "height": made.height}
            services.write_question(version=found.draft, payload=told, by=actor(request), revision=found.draft.revision)
            said(request, _("The picture is %(width)s by %(height)s points. Now say where its regions are.") % {"width": made.width, "height": made.height})  # fmt: skip
            return redirect("questions:edit", found.uid)
    return form_page(
        request, form, title=pgettext("of a question", "Picture"), back=found.get_absolute_url(), multipart=True
    )


def attempt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Try it as a learner would; nothing is kept."""
    found = question_or_404(request, uid)
    version = found.standing
    if version is None:
        raise Http404
    told = request.POST.get("seed", "")
    seed = int(told) if told.isdecimal() and len(told) < 10 else random.randrange(1, 10**6)
    raw = showing.raw_of(found.kind, request.POST, "try") if request.method == "POST" else None
    verdict, refused = None, ""
    if request.method == "POST":
        try:
            verdict = showing.judge(found.kind, version.payload, seed, raw)
        except showing.AnswerRefused as problem:
            refused = str(problem)
    item = showing.item(found.kind, version.payload, seed, raw, "try")
    context = {"question": found, "version": version, "item": item, "verdict": verdict, "refused": refused, "seed": seed, "kind": kinds.of(found.kind)}  # fmt: skip
    return render(request, "questions/try.html", context, status=422 if refused else 200)


def place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tags, category, competencies."""
    found = question_or_404(request, uid)
    start = {
        "tags": ", ".join(one.name for one in found.tags.all()), "category": found.category.name if found.category else "",
        "competencies": [row.competency.code for row in found.outcomes.select_related("competency")],
    }  # fmt: skip
    form = forms.PlaceForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        services.tag(question=found, tags=form.cleaned_data["tags"], category=form.cleaned_data["category"], outcomes=form.cleaned_data["competencies"], by=actor(request))  # fmt: skip
        said(request, _("Saved."))
        return redirect(found)
    return form_page(request, form, title=_("Place in the bank"), back=found.get_absolute_url())


@require_POST
def start(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin a draft of the next version; with `number` it begins from that version."""
    found = question_or_404(request, uid)
    told = request.POST.get("number", "")
    source = get_object_or_404(found.versions, number=int(told)) if told.isdecimal() and len(told) < 9 else None
    services.start_draft(question=found, by=actor(request), source=source)
    said(request, _("The draft is begun. Exercises keep the published version until you publish."))
    return redirect(found)


def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = question_or_404(request, uid, publishing=True)
    if found.draft is None:
        return redirect(found)
    form = forms.PublishForm(request.POST if request.method == "POST" else None, initial={"revision": found.draft.revision})  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            services.publish_question(question=found, by=actor(request), **form.cleaned_data)
        except NotReady as refused:
            form.add_error(None, " ".join(refused.problems))
        except services.EditedMeanwhile:
            form.add_error(None, _("Somebody changed the draft meanwhile. Look at it again, then publish."))
        else:
            said(request, _("Published. Exercises can draw it."))
            return redirect(found)
    text = _("A published version is never changed again: a change makes the next version. Exercises that are published keep the version they pinned.")  # fmt: skip
    return form_page(request, form, title=_("Publish the question"), back=found.get_absolute_url(), action=_("Publish"), text=text)  # fmt: skip


def go_back(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    found = question_or_404(request, uid, publishing=True)
    version = get_object_or_404(found.versions.exclude(published_at=None), number=number)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.return_question(version=version, reason=form.cleaned_data["reason"], by=actor(request))
        said(request, _("Version %(n)s stands again.") % {"n": number})
        return redirect(found)
    title = _("Return to version %(n)s") % {"n": number}
    return form_page(request, form, title=title, back=found.get_absolute_url(), action=title)


def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = question_or_404(request, uid, publishing=True)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.withdraw_question(question=found, reason=form.cleaned_data["reason"], by=actor(request))
        said(request, _("It is taken out. Exercises that pinned it keep it."))
        return redirect(found)
    text = _("Nobody draws it any more. You can return to any version later.")
    return form_page(request, form, title=_("Take the question out"), back=found.get_absolute_url(), action=_("Take out"), text=text, grave=True)  # fmt: skip


@require_POST
def drop_many(request: HttpRequest, code: str) -> HttpResponse:
    """Drafts of a bank that were ticked are named, then go; what stands in an exercise stays and is counted."""
    bank = bank_or_404(request, code)
    picked = [int(value) for value in request.POST.getlist("pick")[:500] if value.isdecimal() and len(value) < 18]
    found = list(Question.objects.filter(bank=bank, pk__in=picked).exclude(draft=None).order_by("pk"))
    if not found:
        messages.warning(request, _("Tick drafts first: a published question has none."))
        return redirect(bank)
    if "sure" not in request.POST:
        versions = QuestionVersion.objects.filter(question__in=found, published_at=None).select_related("created_by__person").order_by("pk")  # fmt: skip
        return render(request, "questions/drop_many.html", {"bank": bank, "drafts": versions})
    gone = services.drop_drafts(questions=found, by=actor(request))
    if gone:
        said(request, ngettext("%(n)s draft is thrown away.", "%(n)s drafts are thrown away.", gone) % {"n": gone})
    if left := len(found) - gone:
        messages.warning(request, ngettext("%(n)s stands in an exercise: take it out there first.", "%(n)s stand in exercises: take them out there first.", left) % {"n": left})  # fmt: skip
    return redirect(bank)


def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Asked first: nothing of a draft that was thrown away comes back."""
    found = question_or_404(request, uid)
    bank = found.bank
    if request.method != "POST" and found.draft is not None:
        alone = not found.versions.exclude(pk=found.draft.pk).exists()
        text = _("The question was never published and goes with its draft: nothing of it can be brought back.") if alone else _("What was written in the draft cannot be brought back; published versions stay.")  # fmt: skip
        return drop_page(request, found.draft, back=found.get_absolute_url(), text=text)
    if not services.drop_draft(question=found, by=actor(request)):
        messages.warning(request, _("It stands in an exercise: take it out there first."))
        return redirect(found)
    said(request, _("The draft is thrown away."))
    return redirect(found if Question.objects.filter(uid=uid).exists() else bank)


def compare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Two versions side by side; by default the newest and the one before it."""
    found = question_or_404(request, uid)
    versions = list(found.versions.order_by("-number"))
    by_number = {str(one.number): one for one in versions}
    new = by_number.get(request.GET.get("new", "")) or versions[0]
    old = by_number.get(request.GET.get("old", "")) or versions[min(1, len(versions) - 1)]
    context = {"thing": found, "title": new.label, "versions": versions, "old": old, "new": new, "lines": comparing.questions(old, new)}  # fmt: skip
    return render(request, "questions/compare.html", context)


def copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = question_or_404(request, uid)
    form = forms.CopyForm(request.POST if request.method == "POST" else None, banks=selectors.banks(scope_or_404(request)))  # fmt: skip
    if form.is_bound and form.is_valid():
        made = services.copy_question(question=found, bank=form.cleaned_data["bank"], by=actor(request))
        said(request, _("The copy is a draft of its own: both go their own way from now on."))
        return redirect(made)
    return form_page(request, form, title=_("Copy to another bank"), back=found.get_absolute_url(), action=_("Copy"))
