"""The page on which somebody looks at a work: a trainer, or a learner who reviews. The work on the left, the rubric beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from orken.assignments import forms, policy, rubrics, selectors, services, showing, turns
from orken.assignments.models import Marking, Part, Remark, Review, Work
from orken.assignments.services import REFUSALS, Place
from orken.assignments.views.common import actor, said, work_or_404
from orken.kit.files import services as files
from orken.kit.i18n.numbers import percent

# The field of a remark that a refusal is about.
REMARK_FAULTS = {"quote": "quote", "place": "place", "point": "left", "words": "remark", "many_remarks": "remark"}


@never_cache
def mark(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The trainer's page. Whose work it is, is said when it is decided."""
    found = work_or_404(uid)
    if not policy.marks(actor(request), found):
        raise Http404
    return _page(request, found, peer=None)


@never_cache
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A learner reviews the work of another: names are hidden both ways."""
    found = work_or_404(uid)
    hers = policy.reviews(actor(request), found)
    if hers is None:
        raise Http404
    return _page(request, found, peer=hers)


def _page(request: HttpRequest, found: Work, *, peer: Review | None) -> HttpResponse:
    account, now = actor(request), timezone.now()
    known = selectors.reviews_of(found)
    if peer is not None:
        shut = "given" if peer.state == Review.State.GIVEN or found.state != Work.State.MARKING else ""
        role = "" if shut else Review.Role.PEER
    else:
        role, shut = turns.role_for(found, known, account.person_id, now)
    hers = next((one for one in known if one.reviewer_id == account.person_id and one.state in (Review.State.ASKED, Review.State.BEGUN)), None)  # fmt: skip
    parts = list(found.parts.select_related("file"))
    criteria = rubrics.read(found.version.rubric)
    reasoned = peer is None and not shut and turns.needs_reason(found)
    start: dict[str, Any] = {f"level-{key}": str(level) for key, level in (hers.levels if hers else {}).items()}
    start |= {"words": hers.words if hers else "", "place": "whole"}
    form = forms.LookForm(request.POST if request.method == "POST" else None, work=found, parts=parts, criteria=criteria, reasoned=reasoned, whole=request.POST.get("do", "give") in ("give", "again"), initial=start)  # fmt: skip
    refused = ""
    if request.method == "POST":
        if form.is_valid():
            try:
                return _did(request, found, form, peer)
            except services.Refused as why:
                name = REMARK_FAULTS.get(why.why, "")
                if name in form.fields:
                    form.add_error(name, why.says)
                else:
                    refused = why.says
        if form.errors:
            refused = _("Please check what is marked below.")
            if form.unadded() and request.POST.get("do", "give") in ("give", "again"):
                refused = _("The mark is not given yet: the remark that you have written cannot be added as it stands.")
    given = _read(found, known, account.person_id, peer)
    remarks = [pair for one in given for pair in one.remarks]
    own = [(len(remarks) + n, one) for n, one in enumerate(hers.remarks.all() if hers else [], start=1)]
    context = {
        "work": found, "version": found.version, "form": form, "peer": peer, "shut": _shut(found, known, shut, account.person_id), "role": Review.Role(role).label if role else "",
        "faults": form.faults() if form.is_bound else [], "given": given, "own": own, "body": showing.body(found, parts, [*remarks, *own]), "refused": refused, "criteria": criteria,
        "who": found.person if found.is_closed and peer is None else None, "place": selectors.place_of(found.context),
        "may_return": role in (Review.Role.TRAINER, Review.Role.THIRD) and found.version.resubmissions - (found.number - 1) > 0,
        "may_agree": peer is None and found.state == Work.State.DISPUTED and shut == "given",
        "flags": selectors.alike(found) if peer is None else 0, "mine": any(one.reviewer_id == account.person_id for one in known),
    }  # fmt: skip
    return render(request, "assignments/look.html", context, status=422 if refused else 200)


def _read(found: Work, known: list[Review], person: int, peer: Review | None) -> list[selectors.Said]:
    """What she may read of others' marks: a learner only her own; a marker only hers until both have marked."""
    if peer is not None or turns.blind(found):
        return selectors.said_of(one for one in known if one.reviewer_id == person)
    return selectors.said_of(known)


def _shut(found: Work, known: list[Review], why: str, person: int) -> str:
    """Why she cannot mark now. Who has marked is told which marks stand and whose is awaited."""
    if why != "given":
        return str(REFUSALS[why]) if why else ""
    if found.state == Work.State.DISPUTED:
        scores = sorted((one.score for one in known if one.score is not None and one.role in (Review.Role.FIRST, Review.Role.SECOND)), reverse=True)  # fmt: skip
        told = {"one": percent(scores[0]), "other": percent(scores[-1]), "by": percent(scores[0] - scores[-1])}
        return _("The two marks stand at %(one)s and %(other)s. They differ by %(by)s: a third marker decides, or you agree to the other's.") % told  # fmt: skip
    if found.state == Work.State.MARKING and found.version.marking == Marking.TWO:
        return _("Your mark is given. The other marker's is awaited; until then neither is shown the other's.")
    if all(one.state != Review.State.GIVEN for one in known if one.reviewer_id == person):
        return _("The work is decided: your review is not awaited any more.")
    return _("Your mark is given, and the work is decided.") if found.is_closed else _("Your mark is given. Others' are awaited.")  # fmt: skip


def _did(request: HttpRequest, found: Work, form: forms.LookForm, peer: Review | None) -> HttpResponse:
    """The button that was pressed. Raises Refused."""
    account, told = actor(request), form.cleaned_data
    what, _dash, number = request.POST.get("do", "").partition("-")
    here = reverse("assignments:review" if peer is not None else "assignments:mark", args=[found.uid])
    levels, words = form.levels(), str(told.get("words") or "")
    remark = (told.get("remark") or "").strip()
    pending = (_place(told), remark) if remark or what == "remark" else None
    if what in ("give", "again"):
        services.give(work=found, levels=levels, words=words, by=account, again=what == "again", reason=str(told.get("reason") or ""), pending=pending)  # fmt: skip
        said(request, _("Your mark is given. Thank you."))
        if peer is not None:
            return redirect("assignments:mine")
        following = next((one for one in selectors.to_mark(account) if one.role and one.work.pk != found.pk), None)
        return redirect("assignments:mark", following.work.uid) if following else redirect("assignments:marking")
    services.keep(work=found, levels=levels, words=words, by=account)
    if pending is not None:  # also beside «Take out» and «Keep»: what is written is not lost
        services.remark(work=found, place=pending[0], words=pending[1], by=account)
    if what == "drop" and number.isdecimal() and len(number) < 6:
        services.drop_remark(work=found, number=int(number), by=account)
    elif pending is not None:
        said(request, _("The remark stands. It is seen when you give your mark."))
        return redirect(f"{here}#remarks")
    else:
        said(request, _("Kept. You can go on later."))
    return redirect(here)


def _place(told: dict[str, Any]) -> Place:
    place = told.get("place") or "whole"
    if place == "whole":
        return Place()
    if place == "text":
        return Place(kind=Remark.Kind.TEXT, quote=told.get("quote") or "", near=told.get("near") or 0)
    pk = int(place.removeprefix("part-"))
    if not Part.objects.filter(pk=pk, kind=Part.Kind.PHOTO).exists():
        return Place(kind=Remark.Kind.FILE, part=pk, page=told.get("page"))
    if told.get("left") is None or told.get("top") is None:
        raise services.Refused("point")
    left, top, wide, high = (round((told.get(name) or 0) * 10) for name in ("left", "top", "wide", "high"))
    return Place(kind=Remark.Kind.PHOTO, part=pk, x=left, y=top, wide=min(1000, max(0, wide)), high=min(1000, max(0, high)))  # fmt: skip


def part(request: HttpRequest, uid: UUID, pk: int) -> HttpResponseBase:
    """A photograph in the page, a file to be saved: for her, for whoever marks, for learners who review it."""
    found, account = work_or_404(uid), actor(request)
    if not (policy.is_hers(account, found) or policy.marks(account, found) or policy.reviews(account, found)):
        raise Http404
    one = get_object_or_404(found.parts.select_related("file"), pk=pk)
    if one.file is None:
        raise Http404
    if not one.is_photo:
        return redirect(files.address(one.file))
    answer = FileResponse(files.read(one.file), content_type="image/webp")
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Content-Disposition"] = "inline"
    return answer
