"""Talks and speakers as the organiser and those who look at proposals see them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.files.services import FileRefused
from orken.kit.i18n.content import LANGUAGES, current_language
from orken.meetings import forms, keys, letters, policy, selectors, states
from orken.meetings import services as meetings
from orken.meetings.models import Speaker, Talk, TalkFile
from orken.meetings.views.common import actor, looked_or_404, managed_or_404, says_why, told
from orken.network.models import Appointment
from orken.network.tables import name_contains
from orken.training import policy as training
from orken.training.models import Run

FOUND = 20  # people of a search that are shown at once


def talks(request: HttpRequest, code: str) -> HttpResponse:
    """Every talk with its state; for the organiser also what is lacking before the day."""
    run = looked_or_404(request, code)
    manages = training.manages(actor(request), run)
    meeting = selectors.meeting_of(run)
    found = selectors.talks_of(meeting)
    context = {
        "run": run, "meeting": meeting, "talks": found, "manages": manages, "tab": "programme", "part": "talks",
        "remarks": selectors.remarks(meeting, found, selectors.speakers_of(meeting)) if manages else [],
    }  # fmt: skip
    return render(request, "meetings/talks.html", context)


@says_why("meetings:talks")
def talk(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One talk: what it says, who looked and what they think, the ways to decide it, its files."""
    run, account = looked_or_404(request, code), actor(request)
    meeting = selectors.meeting_of(run)
    found = next((one for one in selectors.talks_of(meeting) if one.pk == pk), None)
    if found is None:
        raise Http404
    manages, hers = training.manages(account, run), policy.is_hers(account, found)
    if hers and not manages:
        return redirect("meetings:my_talk", pk=pk)
    own = next((look for look in found.looks.all() if look.by_id == account.pk), None)
    start = {"verdict": own.verdict, "remark": own.remark, "inner": own.inner} if own else None
    form = forms.LookForm(request.POST if "verdict" in request.POST else None, initial=start)
    upload = forms.FileForm(request.POST if "kind" in request.POST else None, request.FILES or None)
    if request.method == "POST" and form.is_bound and form.is_valid():
        meetings.look_at(talk=found, by=account, **form.cleaned_data)
        told(request, _("Noted."))
        return redirect("meetings:talk_desk", code=code, pk=pk)
    if request.method == "POST" and upload.is_bound and upload.is_valid():
        try:
            meetings.add_file(talk=found, upload=upload.cleaned_data["file"], kind=upload.cleaned_data["kind"], by=account)  # fmt: skip
        except FileRefused as refusal:
            upload.add_error("file", str(refusal))
        else:
            told(request, _("Saved."))
            return redirect("meetings:talk_desk", code=code, pk=pk)
    context: dict[str, Any] = {
        "run": run, "talk": found, "manages": manages, "form": form, "upload": upload, "tab": "programme", "part": "talks",
        "looks": found.looks.all(), "may_look": not hers and found.state in Talk.OPEN and run.is_live,
        "ways": selectors.decidable(found) if manages else [], "live": run.is_live,
    }  # fmt: skip
    wrong = (form.is_bound and form.errors) or (upload.is_bound and upload.errors)
    return render(request, "meetings/talk_desk.html", context, status=422 if wrong else 200)


@says_why("meetings:talks")
def decide(request: HttpRequest, code: str, pk: int, way: str) -> HttpResponse:
    """Take one of the ways of a talk; a reason is asked for on a page."""
    run = managed_or_404(request, code)
    talk = get_object_or_404(Talk, pk=pk, meeting=run.pk)
    found = next((one for one in states.TALK.ways if one.name == way and way != "look"), None)
    if found is None:
        raise Http404
    form = forms.ReasonForm(request.POST or None) if found.needs_reason else None
    if request.method == "POST" and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form is not None else ""
        done = meetings.decide(talk=talk, way=way, by=actor(request), reason=reason)
        told(request, _("The talk is %(state)s now.") % {"state": done.get_state_display()})
        return redirect("meetings:talk_desk", code=code, pk=pk)
    if form is None:
        return redirect("meetings:talk_desk", code=code, pk=pk)
    context = {"run": run, "form": form, "title": found.label, "about": talk.title, "tab": "programme", "part": "talks", "back": reverse("meetings:talk_desk", args=[code, pk])}  # fmt: skip
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


@says_why("meetings:talks")
def put(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Ask for a talk, or put right what is written of one."""
    run = managed_or_404(request, code)
    meeting = selectors.meeting_of(run)
    talk = get_object_or_404(Talk, pk=pk, meeting=run.pk) if pk else None
    form: forms.InvitedTalkForm | forms.DeskTalkForm
    if talk is None:
        chosen = [int(one) for one in request.GET.getlist("speaker") if one.isdecimal() and len(one) < 18]
        form = forms.InvitedTalkForm(request.POST or None, initial={"speakers": chosen}, meeting=meeting)
    else:
        start = {name: getattr(talk, name) for name in forms.ChangeTalkForm.base_fields}
        start["speakers"] = [row.speaker_id for row in talk.given_by.all()]
        form = forms.DeskTalkForm(request.POST or None, initial=start, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        speakers = list(answers.pop("speakers"))
        try:
            if talk is None:
                talk = meetings.invite_talk(run=run, values=answers, speakers=speakers, by=actor(request))
            else:
                meetings.change_talk(talk=talk, revision=answers.pop("revision"), values=answers, speakers=speakers, by=actor(request))  # fmt: skip
        except meetings.EditedMeanwhile:
            form.add_error(None, _("Somebody else changed the talk meanwhile. Open it again to see how it stands now."))
        else:
            told(request, _("Saved."))
            return redirect("meetings:talk_desk", code=code, pk=talk.pk)
    title = _("Change the talk") if pk else _("An invited talk")
    back = reverse("meetings:talk_desk", args=[code, pk]) if pk else reverse("meetings:talks", args=[code])
    context = {"run": run, "form": form, "title": title, "tab": "programme", "part": "talks", "back": back}
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


@require_POST
def show_file(request: HttpRequest, code: str, pk: int, file: int) -> HttpResponse:
    run = managed_or_404(request, code)
    row = get_object_or_404(TalkFile.objects.select_related("talk"), pk=file, talk=pk, talk__meeting=run.pk, gone_at=None)  # fmt: skip
    shown = request.POST.get("shown") == "yes"
    meetings.show_file(row=row, shown=shown, by=actor(request))
    told(request, _("Everybody reads the file now.") if shown else _("The file is hidden."))
    return redirect("meetings:talk_desk", code=code, pk=pk)


# --- speakers ---


def speakers(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who stands in the programme; finding somebody in the register of staff."""
    run = managed_or_404(request, code)
    meeting = selectors.meeting_of(run)
    form = forms.FindForm(request.GET or None)
    found: list[Appointment] = []
    more = False
    if form.is_bound and form.is_valid():
        # Speakers come from the whole country: their post is public with the programme that names them.
        condition = name_contains("person__sort_kk", "person__sort_ru")(form.cleaned_data["q"])
        rows = Appointment.objects.at().filter(condition, employment=Appointment.Employment.MAIN)
        found = list(rows.select_related("person", "post", "unit").order_by("person__sort_kk")[: FOUND + 1])
        found, more = found[:FOUND], len(found) > FOUND
    if request.method == "POST":
        return _named(request, run)
    context = {
        "run": run, "speakers": selectors.speakers_of(meeting), "form": form, "found": found, "more": more, "tab": "programme", "part": "speakers",
    }  # fmt: skip
    return render(request, "meetings/speakers.html", context)


@says_why("meetings:speakers")
def _named(request: HttpRequest, run: Run) -> HttpResponse:
    pick = request.POST.get("pick", "")
    rows = Appointment.objects.at().filter(pk=int(pick) if pick.isdecimal() and len(pick) < 18 else 0)
    row = rows.select_related("person").first()
    if row is None:
        raise Http404
    meetings.name_person(run=run, person=row.person, by=actor(request))
    told(request, _("Named: %(name)s.") % {"name": row.person})
    return redirect("meetings:speakers", code=run.code)


@says_why("meetings:speakers")
def speaker(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Name somebody whom the register does not know, or put right what the programme says of a speaker."""
    run = managed_or_404(request, code)
    found = get_object_or_404(Speaker.objects.select_related("unit", "person"), pk=pk, meeting=run.pk) if pk else None
    start: dict[str, Any] = {}
    if found is not None:
        start = {name: getattr(found, name) for name in forms.SpeakerForm.base_fields if name != "unit"}
        start["unit"] = found.unit.code if found.unit else ""
    form = forms.SpeakerForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        if found is None:
            meetings.name_speaker(run=run, values=form.cleaned_data, by=actor(request))
        else:
            meetings.change_speaker(speaker=found, values=form.cleaned_data, by=actor(request))
        told(request, _("Saved."))
        return redirect("meetings:speakers", code=code)
    link = f"{settings.SITE_ADDRESS}/{current_language()}/speaker/{keys.of_speaker(found)}/" if found and not found.person_id else ""  # fmt: skip
    context = {
        "run": run, "form": form, "title": str(found) if found else _("Name a speaker"), "tab": "programme", "speaker": found,
        "back": reverse("meetings:speakers", args=[code]), "part": "speakers", "link": link,
        "text": letters.to_outsider("speaker", run, {one: found.full_name(one) for one in LANGUAGES}, link)[1] if found and link else "",
    }  # fmt: skip
    return render(request, "meetings/speaker.html", context, status=422 if form.errors else 200)


@require_POST
@says_why("meetings:speakers")
def speaker_verb(request: HttpRequest, code: str, pk: int, verb: str) -> HttpResponse:
    """Ask her, give another link, note her answer, read the register anew, or take her out."""
    run, by = managed_or_404(request, code), actor(request)
    found = get_object_or_404(Speaker.objects.select_related("meeting__run__host"), pk=pk, meeting=run.pk)
    if verb in ("ask", "ask-anew"):
        meetings.ask_speaker(speaker=found, by=by, anew=verb == "ask-anew")
        told(request, _("Asked: %(name)s.") % {"name": found})
    elif verb in ("comes", "declines"):
        meetings.answer_as_speaker(speaker=found, comes=verb == "comes", consent=None, by=by)
        told(request, _("Noted."))
    elif verb == "register":
        meetings.read_register(speaker=found, by=by)
        told(request, _("Taken from the register of the meeting's day."))
    elif verb == "drop":
        gone = meetings.drop_speaker(speaker=found, by=by)
        told(request, _("Taken out.") if gone else _("She gives a talk or moderates. Change that first."), wrong=not gone)  # fmt: skip
    else:
        raise Http404
    return redirect("meetings:speakers", code=code)
