"""The learner's pages: the rules before she begins, the sheet, handing in, looking at it afterwards."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from orken.attempts import operations, owners, selectors, services, showing
from orken.attempts.models import Attempt
from orken.attempts.services import Line
from orken.kit.files.services import FileRefused
from orken.kit.i18n.content import current_language
from orken.kit.offline.views import context_of
from orken.network.policy import OutOfScope
from orken.network.views.common import actor, said
from orken.questions import selectors as questions
from orken.questions.models import Behaviour, Exercise
from orken.questions.showing import AnswerRefused, raw_of

LARGEST = 300_000  # bytes of one saved answer on its way


def mine(request: HttpRequest) -> HttpResponse:
    """Her sittings, newest first."""
    rows = list(selectors.own(actor(request).person)[:200])
    names = owners.titles(row.context for row in rows)
    return render(request, "attempts/mine.html", {"rows": [(row, names.get(row.context)) for row in rows]})


def start(request: HttpRequest, code: str) -> HttpResponse:
    """The rules in words, and the button. `?context=` says where she sits."""
    context = str(request.GET.get("context", ""))[:120]
    exercise = Exercise.objects.filter(code=code).select_related("published", "unit").first()
    owner = owners.of(context)
    if exercise is None or owner is None or exercise.published is None:
        raise Http404
    account = actor(request)
    standing = selectors.standing(account.person, exercise, context)
    if request.method == "POST":
        try:
            return redirect(
                services.open_attempt(exercise=exercise, person=account.person, context=context, by=account)
            )
        except (services.CannotSit, services.NoAttemptLeft):
            pass  # the page below says why
    seat = owner.seat(context.partition(":")[2], exercise, account.person)
    minutes, _more = selectors.allowance(account.person, exercise, context)
    version = exercise.published
    many = questions.drawn(version, 1)
    shown = {
        "exercise": exercise, "version": version, "standing": standing, "seat": seat, "many": len(many), "place": owners.titles([context]).get(context),
        "minutes": version.minutes + minutes if version.minutes else None, "more": minutes, "by_hand": any(one.kind in ("question.essay", "question.file") for one in many),
    }  # fmt: skip
    status = 409 if request.method == "POST" else 200
    return render(request, "attempts/start.html", shown, status=status)


def _own(request: HttpRequest, uid: UUID) -> Attempt:
    rows = Attempt.objects.select_related("version", "exercise__unit")
    found = rows.filter(uid=uid, person=actor(request).person_id).first()
    if found is None:
        raise Http404
    return found


@never_cache
def attempt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The sheet. Without script its buttons save; with it every change is saved by itself."""
    found = _own(request, uid)
    if found.state != Attempt.State.OPEN:
        return redirect("attempts:review", uid)
    refused: dict[int, str] = {}
    if request.method == "POST":
        written = _write_form(request, found)
        refused = {line.item: one.says or str(operations.REASONS[one.reason]) for line, one in written if one.says or one.reason}  # fmt: skip
        if "finish" in request.POST and not refused:
            return redirect("attempts:finish", uid)
        found = _own(request, uid)
        if found.state != Attempt.State.OPEN:
            return redirect("attempts:review", uid)
        if not refused:
            said(request, _("Saved."))
            return redirect(f"{found.get_absolute_url()}{_anchor(request)}")
    rows = selectors.items(found)
    shown = showing.sheet(found, rows, shut=False)
    words = _words(found, request) | {"beside": [one.row.position for one in shown if one.beside]}
    context = {
        "attempt": found, "version": found.version, "shown": shown, "refused": refused,
        "left": (found.deadline_at - timezone.now()).total_seconds() if found.deadline_at else None, "words": words,
        "answered": sum(1 for row in rows if row.answer is not None), "at_once": found.version.behaviour in (Behaviour.IMMEDIATE, Behaviour.RETRY),
        "place": owners.titles([found.context]).get(found.context), "pages": json.dumps([request.path]), **context_of(request),
    }  # fmt: skip
    return render(request, "attempts/sheet.html", context, status=422 if refused else 200)


def _anchor(request: HttpRequest) -> str:
    told = request.POST.get("check", "") or request.POST.get("save", "")
    return f"#q{told}" if told.isdecimal() and len(told) < 4 else ""


def _write_form(request: HttpRequest, found: Attempt) -> list[tuple[Line, services.Written]]:
    """Every answer of the form that changed; `check` names the one that is checked at once."""
    lines = []
    told = request.POST.get("check", "")
    for row in selectors.items(found):
        base = request.POST.get(f"base-q{row.position}")
        if base is None or not showing.is_own(row) or showing.takes_files(row):
            continue
        answer = raw_of(row.kind, request.POST, showing.name_of(row))
        check = told == str(row.position)
        if check or answer != row.answer:
            lines.append(Line(uuid4(), row.position, base, answer, check=check))
    return list(zip(lines, services.write(attempt=found, lines=lines, by=actor(request)), strict=True))


def _words(found: Attempt, request: HttpRequest) -> dict[str, Any]:
    """What the script needs, in the language of the page."""
    return {
        "attempt": str(found.uid), "deadline": found.deadline_at.isoformat() if found.deadline_at else "", "now": timezone.now().isoformat(),
        "review": f"{found.get_absolute_url()}review/", "save": f"{found.get_absolute_url()}save/",
        "line": _("Question %(n)s: %(what)s"), "handing": _("handed in"), "saved": _("Saved at %(when)s."), "kept": _("Kept on this device; it is sent when there is a connection."),
        "full": _("There is no room left in this browser: the answer stands only on this page."),
        "differs": _("Another answer to this question stands at the centre: yours is kept beside it. Open the page again to choose."),
        "minutes": _("Minutes left: %(n)s."), "over": _("The time is up. What you wrote in time counts."), "saving": _("Being saved…"),
        "empty": _("%(n)s of %(all)s questions are not answered:"), "whole": _("Every question is answered."),
    }  # fmt: skip


@require_POST
def save(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One change as JSON: {"op", "item", "base", "answer", "check"?}; answers what became of it."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return JsonResponse({"state": "refused", "says": str(operations.REASONS["large"])}, status=413)
    try:
        told = json.loads(request.body)
        position = told["item"]
        line = Line(UUID(str(told["op"])), position if isinstance(position, int) else 0, str(told.get("base", ""))[:80], told.get("answer"), check=bool(told.get("check")))  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"state": "refused", "says": str(operations.REASONS["unreadable"])}, status=400)
    try:
        one = services.write(attempt=uid, lines=[line], by=actor(request))[0]
    except OutOfScope:
        raise Http404 from None
    answer = {"state": one.outcome, "seq": one.seq, "now": one.state, "says": one.says}
    if one.reason:
        answer["says"] = str(operations.REASONS[one.reason])
    return JsonResponse(answer, status=409 if one.outcome == "refused" else 200)


def finish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is still open, and the button that hands in."""
    found = _own(request, uid)
    if request.method == "POST":
        services.hand_in(attempt=found, by=actor(request))
    if request.method == "POST" or found.state != Attempt.State.OPEN:
        return redirect("attempts:review", uid)
    rows = selectors.items(found)
    context = {
        "attempt": found, "version": found.version, "empty": [row for row in rows if row.answer is None],
        "unread": [row for row in rows if row.state == "invalid"], "beside": [row for row in rows if row.branches], "many": len(rows),
    }  # fmt: skip
    return render(request, "attempts/finish.html", context)


@never_cache
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The score and what the rules let her see."""
    found = _own(request, uid)
    if found.state == Attempt.State.OPEN:
        return redirect(found)
    standing = selectors.standing(found.person, found.exercise, found.context)
    rows = selectors.items(found)
    reveal = showing.reveals(found, standing)
    lines = [(one, showing.verdict_of(one.row) if reveal else None) for one in showing.sheet(found, rows, shut=True)]
    context = {
        "attempt": found, "version": found.version, "standing": standing, "lines": lines, "reveal": reveal,
        "place": owners.titles([found.context]).get(found.context),
    }  # fmt: skip
    return render(request, "attempts/review.html", context)


def item(request: HttpRequest, uid: UUID, position: int) -> HttpResponse:
    """One question on a page of its own: an instrument of a school, or files that are handed in."""
    found = _own(request, uid)
    row = found.items.select_related("question").filter(position=position).first()
    if row is None:
        raise Http404
    if found.state != Attempt.State.OPEN:
        return redirect("attempts:review", uid)
    refused = ""
    if request.method == "POST":
        refused = _write_item(request, found, row)
        if not refused:
            said(request, _("Saved."))
            return redirect(f"{found.get_absolute_url()}#q{position}")
    if refused and not showing.takes_files(row):
        row.answer = _typed(request, row) or row.answer  # what she wrote stays in its field; nothing of it is saved
    shown = showing.on_its_page(showing.sheet(found, [row], shut=False)[0])
    context = {"attempt": found, "version": found.version, "one": shown, "refused": refused, "files": showing.takes_files(row)}  # fmt: skip
    return render(request, "attempts/item.html", context, status=422 if refused else 200)


def _typed(request: HttpRequest, row: Any) -> Any:
    try:
        return raw_of(row.kind, request.POST, showing.name_of(row), payload=row.asked, seed=row.seed, files=request.FILES)  # fmt: skip
    except AnswerRefused:
        return None


def _write_item(request: HttpRequest, found: Attempt, row: Any) -> str:
    """Why it was not written, in words; empty when it was."""
    if showing.takes_files(row):
        uploads = request.FILES.getlist(showing.name_of(row))
        if not uploads:
            return _("Choose a file first.")
        try:
            one = services.hand_in_files(attempt=found, position=row.position, uploads=uploads, by=actor(request))
        except FileRefused as refusal:
            return str(refusal)
    else:
        try:
            answer = raw_of(row.kind, request.POST, showing.name_of(row), payload=row.asked, seed=row.seed, files=request.FILES)  # fmt: skip
        except AnswerRefused as refusal:
            return str(refusal)
        base = request.POST.get("base") or str(row.head)
        one = services.write(attempt=found, lines=[Line(uuid4(), row.position, base, answer)], by=actor(request))[0]
    return one.says or (str(operations.REASONS[one.reason]) if one.reason else "")


@require_POST
def choose(request: HttpRequest, uid: UUID, position: int) -> HttpResponse:
    """Which of two answers holds."""
    found = _own(request, uid)
    told = request.POST.get("take", "")
    if not told.isdecimal() or len(told) > 9:
        raise Http404
    services.choose(attempt=found, position=position, take=int(told), by=actor(request))
    said(request, _("Chosen. The other answer stays in the log."))
    return redirect(f"/{current_language()}/attempts/{uid}/#q{position}")
