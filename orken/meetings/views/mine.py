"""What a speaker and a library find on their own pages: talks, invitations."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from orken.kit.files.services import FileRefused
from orken.meetings import forms, policy, selectors, states
from orken.meetings import services as meetings
from orken.meetings.models import Institution, Speaker, Talk, TalkFile
from orken.meetings.views.common import actor, public_or_404, says_why, told


def mine(request: HttpRequest) -> HttpResponse:
    """Her talks, the meetings that ask her to speak, proposals that wait for her look, invitations to her libraries."""
    account = actor(request)
    context = {
        "talks": selectors.mine(account), "asked": selectors.asked(account),
        "to_look": list(selectors.waiting_for_her_look(account)[:50]),
        "invitations": list(selectors.invitations_of(account)[:50]),
    }  # fmt: skip
    return render(request, "meetings/mine.html", context)


@never_cache
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the call with a talk of one's own."""
    run = public_or_404(request, code)
    meeting = selectors.meeting_of(run)
    open_now = meeting.call_is_open(timezone.localdate())
    data = request.POST if request.method == "POST" else None
    form = forms.ProposeForm(data, initial={"press": uuid4().hex}, longest=selectors.longest_session(run))
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        try:
            talk = meetings.propose(run=run, press=answers.pop("press"), values=answers, by=actor(request))
        except meetings.CallIsClosed:
            form.add_error(None, _("The call is closed: talks are not taken any more. You may apply as a listener."))
        except meetings.TooMany:
            form.add_error(None, _("You have proposed as many talks to this meeting as one person may. Withdraw one first."))  # fmt: skip
        else:
            told(request, _("Your talk is sent. Two look at it; the answer comes by letter."))
            return redirect("meetings:my_talk", pk=talk.pk)
    context = {"run": run, "meeting": meeting, "form": form, "open": open_now}
    return render(request, "meetings/propose.html", context, status=422 if form.errors else 200)


def _hers(request: HttpRequest, pk: int) -> Talk:
    """Her own talk; for everybody else the page does not exist."""
    rows = Talk.objects.filter(policy.hers(actor(request))).select_related("meeting__run__host", "slot__session")
    return get_object_or_404(rows.distinct(), pk=pk)


def my_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Where her talk stands, what those who looked remarked, her files; and what she may change."""
    account = actor(request)
    talk = _hers(request, pk)
    live = states.as_it_stands(talk.meeting) is None and talk.state in (*Talk.OPEN, Talk.State.ACCEPTED)
    start = {name: getattr(talk, name) for name in forms.ChangeTalkForm.base_fields}
    form = forms.ChangeTalkForm(request.POST if "revision" in request.POST else None, initial=start)
    upload = forms.FileForm(request.POST if "kind" in request.POST else None, request.FILES or None)
    if request.method == "POST" and form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        try:
            meetings.change_talk(talk=talk, revision=answers.pop("revision"), values=answers, by=account)
        except meetings.EditedMeanwhile:
            form.add_error(None, _("Somebody else changed the talk meanwhile. Open it again to see how it stands now."))
        except meetings.WayIsClosed as refusal:
            form.add_error(None, " ".join(map(str, refusal.reasons)))
        else:
            told(request, _("Saved."))
            return redirect("meetings:my_talk", pk=pk)
    if request.method == "POST" and upload.is_bound and upload.is_valid() and _stored(talk, upload, request):
        return redirect("meetings:my_talk", pk=pk)
    ways = {one.way.name: one for one in selectors.decidable(talk)}
    context: dict[str, Any] = {
        "talk": talk, "run": talk.meeting.run, "form": form, "upload": upload, "live": live, "withdraw": ways.get("withdraw"),
        "files": list(talk.files.filter(gone_at=None).select_related("file")),
        "remarks": [look.remark for look in talk.looks.all() if look.remark],
        "speaker": Speaker.objects.filter(meeting=talk.meeting, person=account.person_id).first(),
    }  # fmt: skip
    wrong = (form.is_bound and form.errors) or (upload.is_bound and upload.errors)
    return render(request, "meetings/my_talk.html", context, status=422 if wrong else 200)


def _stored(talk: Talk, upload: forms.FileForm, request: HttpRequest) -> bool:
    try:
        meetings.add_file(talk=talk, upload=upload.cleaned_data["file"], kind=upload.cleaned_data["kind"], by=actor(request))  # fmt: skip
    except FileRefused as refusal:
        upload.add_error("file", str(refusal))
    except meetings.WayIsClosed as refusal:
        upload.add_error("file", " ".join(map(str, refusal.reasons)))
    else:
        told(request, _("The file has come. The organiser shows it."))
        return True
    return False


@require_POST
@says_why("meetings:mine")
def drop_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    talk = _hers(request, pk)
    row = get_object_or_404(TalkFile, pk=file, talk=talk, gone_at=None)
    meetings.drop_file(row=row, by=actor(request))
    told(request, _("The file is taken back."))
    return redirect("meetings:my_talk", pk=pk)


@says_why("meetings:mine")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    talk = _hers(request, pk)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        meetings.decide(talk=talk, way="withdraw", by=actor(request), reason=form.cleaned_data["reason"])
        told(request, _("The talk is withdrawn."))
        return redirect("meetings:mine")
    context = {"form": form, "title": _("Withdraw the talk"), "about": talk.title, "action": _("Withdraw"), "back": "meetings:mine"}  # fmt: skip
    return render(request, "meetings/own_form.html", context, status=422 if form.errors else 200)


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether she speaks at a meeting that asks her, and whether she may be recorded."""
    account = actor(request)
    speaker = get_object_or_404(Speaker.objects.select_related("meeting__run__host"), pk=pk, person=account.person_id)
    start = {"comes": {"comes": "yes", "declines": "no"}.get(speaker.answer), "consent": speaker.consent or None}
    form = forms.AnswerForm(request.POST or None, initial=start, over=selectors.is_over(speaker.meeting.run))
    if request.method == "POST" and form.is_valid():
        meetings.answer_as_speaker(speaker=speaker, comes=form.said, consent=form.cleaned_data["consent"], by=account)  # fmt: skip
        told(request, _("Thank you, your answer is noted."))
        return redirect("meetings:mine")
    context = {
        "form": form, "title": _("An invitation to speak"), "about": speaker.meeting.run.title, "action": _("Answer"),
        "back": "meetings:mine",
    }  # fmt: skip
    return render(request, "meetings/own_form.html", context, status=422 if form.errors else 200)


@says_why("meetings:mine")
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """A library's answer to its invitation; after the day, how many sat in its room."""
    account = actor(request)
    rows = Institution.objects.filter(policy.answers_for(account)).exclude(state=Institution.State.LISTED)
    found = get_object_or_404(rows.select_related("meeting__run__host", "unit"), pk=pk)
    run, today = found.meeting.run, timezone.localdate()
    counts = run.starts_on <= today and found.state == Institution.State.COMES
    start = {"comes": {"comes": "yes", "declines": "no"}.get(found.state), "delegation": found.delegation, "contact": found.contact, "reach": found.reach, "reason": found.reason}  # fmt: skip
    form = forms.InvitationForm(request.POST if "comes" in request.POST else None, initial=start)
    heads = forms.HeadcountForm(request.POST if "headcount" in request.POST else None, initial={"headcount": found.headcount})  # fmt: skip
    if request.method == "POST" and form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        meetings.answer_for_institution(institution=found, comes=answers.pop("comes") == "yes", by=account, **answers)
        told(request, _("Thank you, your answer is noted."))
        return redirect("meetings:invitation", pk=pk)
    if request.method == "POST" and heads.is_bound and heads.is_valid():
        meetings.count_heads(institution=found, headcount=heads.cleaned_data["headcount"], by=account)
        told(request, _("Saved."))
        return redirect("meetings:invitation", pk=pk)
    context = {"institution": found, "run": run, "form": form, "heads": heads, "counts": counts, "live": run.is_live}
    wrong = (form.is_bound and form.errors) or (heads.is_bound and heads.errors)
    return render(request, "meetings/invitation.html", context, status=422 if wrong else 200)
