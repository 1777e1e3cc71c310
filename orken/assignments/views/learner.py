"""The learner's pages: what is asked and by what it is looked at, the draft, handing in, what was said."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from orken.assignments import forms, owners, policy, rubrics, selectors, services, showing
from orken.assignments.models import Assignment, Part, Work
from orken.assignments.services import REFUSALS
from orken.assignments.views.common import actor, own_work, revision_of, said, work_or_404
from orken.kit.files.services import FileRefused
from orken.kit.offline.views import context_of
from orken.kit.text.marking import marks

LARGEST = 500_000  # bytes of one saved text on its way


def mine(request: HttpRequest) -> HttpResponse:
    """Her works, and those of others that she is asked to review."""
    account = actor(request)
    rows = list(selectors.own(account.person)[:100])
    names = owners.titles(row.context for row in rows)
    context = {"rows": [(row, names.get(row.context)) for row in rows], "reviews": list(selectors.to_review(account))}
    return render(request, "assignments/mine.html", context)


def start(request: HttpRequest, code: str) -> HttpResponse:
    """What is to be done and by what it is looked at, before she begins. `?context=` says where she learns."""
    context = str(request.GET.get("context", ""))[:120]
    assignment = Assignment.objects.filter(code=code).select_related("published", "unit").first()
    owner = owners.of(context)
    if assignment is None or owner is None or assignment.published is None:
        raise Http404
    account, refused = actor(request), ""
    seat = owner.seat(owners.key_of(context), assignment, account.person)
    tries = selectors.tries(account.person, assignment, context)
    if request.method == "POST":
        try:
            return redirect(services.begin(assignment=assignment, person=account.person, context=context, by=account))
        except services.Refused as why:
            refused = why.says
    version = tries[0].version if tries else assignment.published
    standing = selectors.standings([account.person], [assignment], [context])[account.person_id, assignment.pk, context]
    shown = {
        "assignment": assignment, "version": version, "criteria": rubrics.read(version.rubric), "seat": seat, "tries": tries, "standing": standing,
        "place": selectors.place_of(context), "refused": refused,
        "may_begin": seat.sits and (not tries or tries[0].state in (Work.State.RETURNED, Work.State.DRAFT)),
    }  # fmt: skip
    return render(request, "assignments/start.html", shown, status=409 if refused else 200)


@never_cache
def work(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Her draft, or what became of the work that she handed in."""
    found = own_work(request, uid)
    if not found.is_draft:
        return _handed(request, found)
    refused: list[str] = []
    form = forms.WorkForm(version=found.version, initial={"revision": found.revision, "text": found.text})
    clash: Work | None = None
    if request.method == "POST":
        data = request.POST.copy()
        try:
            found, refused = _write(request, found)
        except services.EditedMeanwhile as meanwhile:
            clash = meanwhile.version
            data["revision"] = str(clash.revision)
        if clash is None and not refused:
            if request.POST.get("do") == "hand_in":
                return redirect("assignments:hand_in", uid)
            said(request, _("Saved."))
            return redirect(found)
        form = forms.WorkForm(data, version=found.version)
    parts = list(found.parts.select_related("file"))
    context = {
        "work": found, "version": found.version, "form": form, "body": showing.body(found, parts, []), "refused": refused, "clash": clash,
        "criteria": rubrics.read(found.version.rubric), "place": selectors.place_of(found.context), "parts": parts,
        "counted": json.dumps({"left": _("Characters left: %(n)s"), "over": _("Too long. Characters over: %(n)s")}),
        "savings": list(found.savings.exclude(text=found.text)[:10]), "tries": selectors.tries(found.person, found.assignment, found.context),
        "words": json.dumps({"save": f"{found.get_absolute_url()}save/", "saved": _("Saved at %(when)s."), "kept": _("There is no connection: the text is kept on this device and is sent by itself."), "full": _("There is no connection and no room on this device: do not close this page."), "work": str(found.uid),"beside": _("Another device had written since. This text is kept under “Earlier saves” of the work: bring them together."),  "says": _("Text of the work “%(title)s”") % {"title": found.version.title}}),
        **context_of(request),
    }  # fmt: skip
    return render(request, "assignments/draft.html", context, status=409 if clash else 422 if refused else 200)


def _write(request: HttpRequest, found: Work) -> tuple[Work, list[str]]:
    """Text first, then files: what can be kept is kept, and what cannot is said. Raises EditedMeanwhile."""
    account, refused = actor(request), []
    if found.version.text_most and "text" in request.POST:
        try:
            found = services.save(work=found, text=request.POST["text"], revision=revision_of(request), by=account)
        except services.Refused as why:
            refused.append(why.says)
    for name, kind in (("photos", Part.Kind.PHOTO), ("files", Part.Kind.FILE)):
        uploads = [one for one in request.FILES.getlist(name) if one.name]
        if not uploads:
            continue
        try:
            services.add_parts(work=found, kind=kind, uploads=uploads, by=account)
        except services.Refused as why:
            refused.append(why.says)
        except FileRefused as why_not:
            refused.append(str(why_not))
    what, _dash, number = request.POST.get("do", "").partition("-")
    if what == "back" and number.isdecimal() and len(number) < 6:
        try:
            found = services.put_back(work=found, number=int(number), by=account)
        except services.Refused as why:
            refused.append(why.says)
    if what == "drop" and number.isdecimal() and len(number) < 19:
        services.drop_part(work=found, part=int(number), by=account)
    return found, refused


def _handed(request: HttpRequest, found: Work) -> HttpResponse:
    """What was handed in, and what was said once it is decided. What she sent from a page that was still open as a draft
    is not in the work any more: it is shown to her, so that she can copy it.
    """
    late = request.method == "POST"
    typed = services.clean(request.POST.get("text", "")) if late else ""
    unsent = (
        [one.name for name in ("photos", "files") for one in request.FILES.getlist(name) if one.name] if late else []
    )
    given = selectors.said_of(selectors.reviews_of(found)) if found.is_closed else []
    remarks = [pair for one in given for pair in one.remarks]
    parts = list(found.parts.select_related("file"))
    tries = selectors.tries(found.person, found.assignment, found.context)
    context = {
        "work": found, "version": found.version, "given": given, "body": showing.body(found, parts, remarks), "tries": tries, "newest": tries[0],
        "place": selectors.place_of(found.context), "criteria": rubrics.read(found.version.rubric),
        "names": found.version.marking != "peers" or found.to_trainer,
        "late": late, "typed": typed if typed != found.text else "", "unsent": unsent,
    }  # fmt: skip
    return render(request, "assignments/handed.html", context, status=409 if late else 200)


def compare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A try beside the one before it, or another that she names: what was added, what was taken out. Hers, or for whoever marks it."""
    found, account = work_or_404(uid), actor(request)
    if not (policy.is_hers(account, found) or policy.marks(account, found)):
        raise Http404
    tries = [one for one in selectors.tries(found.person, found.assignment, found.context) if one.number < found.number]
    asked = request.GET.get("with", "")
    before = next((one for one in tries if str(one.number) == asked), tries[0] if tries else None)
    if before is None:
        raise Http404
    was, now = marks(before.text, found.text)
    context = {"work": found, "before": before, "tries": tries, "was": was, "now": now, "same": before.text == found.text, "hers": policy.is_hers(account, found)}  # fmt: skip
    return render(request, "assignments/compare.html", context)


@require_POST
def save(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The text as JSON while she writes: {"text", "revision"}; answers the new revision, or a sentence."""
    found = own_work(request, uid)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return JsonResponse({"says": str(REFUSALS["long"])}, status=413)
    try:
        told = json.loads(request.body)
        text, revision = str(told["text"]), int(told["revision"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"says": _("The answer cannot be read. Open the page again.")}, status=400)
    try:
        found = services.save(work=found, text=text, revision=revision, by=actor(request))
    except services.EditedMeanwhile:
        return JsonResponse({"says": _("Another device has written since. Press Save: both texts are shown.")}, status=409)  # fmt: skip
    except services.Refused as why:
        return JsonResponse({"says": why.says}, status=422)
    return JsonResponse({"revision": found.revision})


def hand_in(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is in it, and the button after which nothing changes any more."""
    found = own_work(request, uid)
    if not found.is_draft:
        return redirect(found)
    refused = ""
    if request.method == "POST":
        try:
            services.hand_in(work=found, by=actor(request))
        except services.Refused as why:
            refused = why.says
        else:
            said(request, _("Handed in."))
            return redirect(found)
    parts = list(found.parts.all())
    photos, papers = [one for one in parts if one.is_photo], [one for one in parts if not one.is_photo]
    context = {"work": found, "version": found.version, "photos": photos, "files": papers, "refused": refused}  # fmt: skip
    return render(request, "assignments/hand_in.html", context, status=409 if refused else 200)
