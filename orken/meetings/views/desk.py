"""The organiser's side of the programme: occasion and call, sections, places, releases."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.meetings import forms, printed, selectors
from orken.meetings import services as meetings
from orken.meetings.models import Section, Slot, Talk
from orken.meetings.views.common import actor, managed_or_404, says_why, told
from orken.training.models import Run


def desk(request: HttpRequest, code: str) -> HttpResponse:
    """The programme as it is being made, what stands against a release, and its versions."""
    run = managed_or_404(request, code)
    meeting = selectors.meeting_of(run)
    draft = selectors.draft(meeting)
    context = {
        "run": run, "meeting": meeting, "draft": draft, "releases": selectors.releases(run), "form": forms.ReleaseForm(),
        "call_open": meeting.call_is_open(timezone.localdate()), "tab": "programme", "part": "programme",
    }  # fmt: skip
    return render(request, "meetings/desk.html", context)


@says_why("meetings:desk")
def about(request: HttpRequest, code: str) -> HttpResponse:
    """The occasion and the call."""
    run = managed_or_404(request, code)
    meeting = selectors.meeting_of(run)
    names = [name for name in forms.AboutForm.base_fields if name not in ("occasion_unit",)]
    start = {name: getattr(meeting, name) for name in names}
    start["occasion_unit"] = meeting.occasion_unit.code if meeting.occasion_unit else ""
    form = forms.AboutForm(request.POST or None, initial=start, run=run)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        try:
            meetings.tell_of(run=run, revision=answers.pop("revision"), values=answers, by=actor(request))
        except meetings.EditedMeanwhile:
            form.add_error(None, _("Somebody else changed it meanwhile. Open the page again to see how it stands now."))
        else:
            told(request, _("Saved."))
            return redirect("meetings:desk", code=code)
    return _form(request, run, form, _("The occasion and the call"))


def _form(request: HttpRequest, run: Run, form: Any, title: str, **more: Any) -> HttpResponse:
    context = {"run": run, "form": form, "title": title, "tab": "programme", "part": "programme", "back": reverse("meetings:desk", args=[run.code]), **more}  # fmt: skip
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


@says_why("meetings:desk")
def section(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Add a section, or change one."""
    run = managed_or_404(request, code)
    meeting = selectors.meeting_of(run)
    found = get_object_or_404(Section, pk=pk, meeting=run.pk) if pk else None
    start: dict[str, Any] = {}
    if found is not None:
        start = {name: getattr(found, name) for name in ("title_kk", "title_ru", "title_en")}
        start |= {"moderators": list(found.moderators.all()), "sessions": list(found.sittings.values_list("session", flat=True))}  # fmt: skip
    form = forms.SectionForm(request.POST or None, initial=start, meeting=meeting, section=found)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        try:
            meetings.put_section(
                run=run, section=found, moderators=list(answers.pop("moderators")), sessions=list(answers.pop("sessions")),
                titles=answers, by=actor(request),
            )  # fmt: skip
        except meetings.SectionStands:
            form.add_error("title_kk", _("There is a section of this title already."))
        else:
            told(request, _("Saved."))
            return redirect("meetings:desk", code=code)
    drop = reverse("meetings:section_drop", args=[code, pk]) if pk else ""
    title = _("Change the section") if found else _("Add a section")
    return _form(request, run, form, title, drop=drop, drop_label=_("Take the section out"))


@require_POST
@says_why("meetings:desk")
def drop_section(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    run = managed_or_404(request, code)
    meetings.drop_section(section=get_object_or_404(Section, pk=pk, meeting=run.pk), by=actor(request))
    told(request, _("The section is taken out; its sessions stay."))
    return redirect("meetings:desk", code=code)


@says_why("meetings:desk")
def slot(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Put something into the programme, or move it. `?talk=` and `?session=` say what and where to begin with."""
    run = managed_or_404(request, code)
    meeting = selectors.meeting_of(run)
    found = get_object_or_404(Slot.objects.select_related("talk"), pk=pk, meeting=run.pk) if pk else None
    form = forms.SlotForm(request.POST or None, initial=_start(request, meeting, found), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        titles = {name: answers[name] for name in ("title_kk", "title_ru", "title_en")}
        try:
            saved = meetings.place(
                run=run, session=answers["session"], starts_at=form.starts_at(), minutes=answers["minutes"], talk=answers["talk"],
                kind=answers["kind"] or Slot.Kind.OTHER, titles=titles, slot=found, by=actor(request),
            )  # fmt: skip
        except meetings.NotAccepted:
            form.add_error("talk", _("Only an accepted talk has a place in the programme."))
        except meetings.WrongSession:
            form.add_error("session", _("This session is no longer in the timetable."))
        else:
            badly = " ".join(map(str, selectors.problems_at(selectors.draft(meeting), saved.pk)))
            told(request, _("Saved. Everybody reads it once you release the programme.") if not badly else _("Saved, but it cannot be released like this.") + f" {badly}", wrong=bool(badly))  # fmt: skip
            return redirect("meetings:desk", code=code)
    drop = reverse("meetings:slot_drop", args=[code, pk]) if pk else ""
    title = _("Move it or change it") if found else _("Put into the programme")
    return _form(request, run, form, title, drop=drop, drop_label=_("Take it out of the programme"))


def _start(request: HttpRequest, meeting: Any, found: Slot | None) -> dict[str, Any]:
    if found is not None:
        names = ("session", "minutes", "talk", "kind", "title_kk", "title_ru", "title_en")
        return {name: getattr(found, name) for name in names} | {"from_time": timezone.localtime(found.starts_at).time()}  # fmt: skip
    sat = selectors.draft(meeting).sittings
    asked = request.GET.get("session", "")
    one = next((sitting for sitting in sat if str(sitting.session.pk) == asked), sat[0] if sat else None)
    talk = request.GET.get("talk", "")
    chosen = Talk.objects.filter(pk=int(talk), meeting=meeting.pk).first() if talk.isdecimal() and len(talk) < 18 else None  # fmt: skip
    start: dict[str, Any] = {"talk": chosen, "minutes": chosen.minutes if chosen else 15}
    if one is not None:
        start |= {"session": one.session, "from_time": timezone.localtime(selectors.next_start(one)).time()}
    return start


@require_POST
@says_why("meetings:desk")
def drop_slot(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    run = managed_or_404(request, code)
    meetings.take_out(slot=get_object_or_404(Slot, pk=pk, meeting=run.pk), by=actor(request))
    told(request, _("It is taken out of the programme."))
    return redirect("meetings:desk", code=code)


@require_POST
@says_why("meetings:desk")
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Let everybody read the programme as it stands."""
    run = managed_or_404(request, code)
    form = forms.ReleaseForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        made = meetings.release(run=run, note=note, by=actor(request))
    except meetings.NotReady as refusal:
        told(request, " ".join(dict.fromkeys(str(one.text) for one in refusal.problems)), wrong=True)
    except meetings.NothingChanged:
        told(request, _("Nothing has changed since the last version."), wrong=True)
    else:
        told(request, _("Version %(n)s is released. Those whose own places changed are told.") % {"n": made.number})
    return redirect("meetings:desk", code=code)


def cards(request: HttpRequest, code: str) -> HttpResponse:
    """Name plates for the table, one for everybody who speaks or moderates."""
    run = managed_or_404(request, code)
    meeting = selectors.meeting_of(run)
    answer = HttpResponse(printed.cards(meeting, selectors.speakers_of(meeting)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{run.code}-cards.pdf"'
    return answer
