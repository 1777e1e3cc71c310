"""The organiser's page: recordings, captions, chapters, and the proceedings before they are published."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.files.services import FileRefused
from orken.kit.i18n.content import LANGUAGES
from orken.meetings.views.common import actor, managed_or_404, told
from orken.proceedings import chapters, forms, gathering, policy, selectors, services, states
from orken.proceedings.models import Recording
from orken.training.models import Run


def _recording_or_404(request: HttpRequest, code: str, pk: int) -> tuple[Run, Recording]:
    run = managed_or_404(request, code)
    found = get_object_or_404(Recording.objects.select_related("file", "talk", "session").prefetch_related("captions"), pk=pk, run=run)  # fmt: skip
    found.run = run
    return run, found


def desk(request: HttpRequest, code: str) -> HttpResponse:
    """Everything of the run that stays, and what is missing before a volume can be published."""
    run, account = managed_or_404(request, code), actor(request)
    prepared = selectors.proceedings_of(run)
    gathered = gathering.gather(run, prepared)
    left_out = set(prepared.left_out)
    recordings = list(selectors.recordings_for(account, run))
    context = {
        "run": run, "recordings": [(one, policy.without_consent(policy.heard_in(one)) if one.state != "shown" else []) for one in recordings],
        "form": forms.SummaryForm(initial={"revision": prepared.revision, **{f"summary_{code}": getattr(prepared, f"summary_{code}") for code in LANGUAGES}}),
        "words": [(one, one.mark not in left_out) for one in gathered.words], "lacks": [_lack(one) for one in gathered.lacks],
        "unbegun": run.state == run.State.CONFIRMED and run.starts_on <= timezone.localdate(),
        "volumes": selectors.volumes(run), "note": forms.NoteForm(), "data": gathered.data, "prepared": prepared,
        "was": gathered.was, "by_stage": any(one.seen is not None for one in gathered.was.places),
    }  # fmt: skip
    return render(request, "proceedings/desk.html", context)


def _lack(name: str) -> str:
    return {
        "programme": _("The programme is not released yet."), "over": _("The meeting has not been held yet."),
        "goes_on": _("The meeting still goes on. Wait for the end of its last session, or end the meeting in its live room."),
        "note": _("Say what this volume corrects."),
    }[name]  # fmt: skip


def add(request: HttpRequest, code: str) -> HttpResponse:
    run = managed_or_404(request, code)
    form = forms.RecordingForm(request.POST or None, request.FILES or None, run=run, initial={"spoken": run.languages[0] if len(run.languages) == 1 else ""})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            row = services.add_recording(
                run=run, values=form.values(), upload=form.cleaned_data["file"], by=actor(request)
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            told(request, _("The recording is kept. Nobody else sees it until you show it."))
            return redirect("proceedings:edit", code=run.code, pk=row.pk)
    context = {"run": run, "form": form, "title": _("A recording"), "upload": True}
    return render(request, "proceedings/form.html", context, status=422 if form.errors else 200)


def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What is said about a recording, its chapters and captions, and the buttons of its states."""
    run, row = _recording_or_404(request, code, pk)
    form = forms.ChangeForm(request.POST or None, run=run, recording=row, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            services.change_recording(recording=row, values=form.values(), chapters=form.read, revision=answers["revision"], by=actor(request))  # fmt: skip
        except services.EditedMeanwhile:
            form.add_error(None, _("Somebody else changed it meanwhile. Open the page again and repeat your change."))
        except services.WayIsClosed as refusal:
            form.add_error("of", " ".join(map(str, refusal.reasons)))
        else:
            told(request, _("Saved."))
            return redirect("proceedings:edit", code=run.code, pk=row.pk)
    context: dict[str, Any] = {
        "run": run, "recording": row, "form": form, "title": row.title, "silent": policy.without_consent(policy.heard_in(row)),
        "ways": list(states.RECORDING.from_here(row)), "captions": list(row.captions.all()), "captions_form": forms.CaptionsForm(initial={"language": row.spoken}),
    }  # fmt: skip
    return render(request, "proceedings/edit.html", context, status=422 if form.errors else 200)


def _initial(row: Recording) -> dict[str, Any]:
    of = f"{forms.TALK}{row.talk_id}" if row.talk_id else f"{forms.SESSION}{row.session_id}"
    begins = f"{timezone.localtime(row.begins_at):%H:%M}" if row.begins_at else None
    return {
        "of": of, "address": row.address, "length": chapters.clock(row.seconds), "spoken": row.spoken, "audience": row.audience,
        "begins_at": begins, "revision": row.revision, "chapters": chapters.written(row.chapters, "kk"),
        **{f"title_{code}": getattr(row, f"title_{code}") for code in LANGUAGES},
    }  # fmt: skip


@require_POST
def caption(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    run, row = _recording_or_404(request, code, pk)
    form = forms.CaptionsForm(request.POST, request.FILES)
    if form.is_valid():
        services.set_captions(recording=row, language=form.cleaned_data["language"], cues=form.cues, by=actor(request))
        told(request, _("The captions are kept."))
        return redirect("proceedings:edit", code=run.code, pk=row.pk)
    context = {"run": run, "form": form, "title": _("Captions"), "upload": True, "recording": row}
    return render(request, "proceedings/form.html", context, status=422)


@require_POST
def uncaption(request: HttpRequest, code: str, pk: int, language: str) -> HttpResponse:
    run, row = _recording_or_404(request, code, pk)
    services.set_captions(recording=row, language=language, cues=[], by=actor(request))
    told(request, _("The captions are gone."))
    return redirect("proceedings:edit", code=run.code, pk=row.pk)


@require_POST
def room_captions(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    run, row = _recording_or_404(request, code, pk)
    taken = services.take_captions(recording=row, by=actor(request))
    told(request, _("The captions are those of the live room.") if taken else _("Nothing was typed in the live room during this recording."), wrong=not taken)  # fmt: skip
    return redirect("proceedings:edit", code=run.code, pk=row.pk)


@require_POST
def programme_chapters(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    run, row = _recording_or_404(request, code, pk)
    services.take_chapters(recording=row, by=actor(request))
    told(request, _("The chapters are those of the programme."))
    return redirect("proceedings:edit", code=run.code, pk=row.pk)


def lead(request: HttpRequest, code: str, pk: int, way: str) -> HttpResponse:
    """Show it, or take it back with a reason."""
    run, row = _recording_or_404(request, code, pk)
    found = next((one for one in states.RECORDING.ways if one.name == way), None)
    if found is None:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and (not found.needs_reason or form.is_valid()):
        try:
            services.lead(recording=row, way=way, by=actor(request), reason=form.cleaned_data["reason"] if found.needs_reason else "")  # fmt: skip
        except services.WayIsClosed as refusal:
            told(request, " ".join(map(str, refusal.reasons)), wrong=True)
        else:
            told(
                request, _("It is shown now.") if way == "show" else _("It is taken back; nobody watches it any more.")
            )
        return redirect("proceedings:edit", code=run.code, pk=row.pk)
    context = {"run": run, "form": form if found.needs_reason else None, "title": f"{found.label}: {row.title}", "action": found.label, "grave": found.grave, "recording": row}  # fmt: skip
    return render(request, "proceedings/form.html", context, status=422 if form.errors else 200)


@require_POST
def summary(request: HttpRequest, code: str) -> HttpResponse:
    """The summary, and which words do not go in."""
    run, account = managed_or_404(request, code), actor(request)
    form = forms.SummaryForm(request.POST)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        goes_in = set(request.POST.getlist("in"))
        left_out = [one.mark for one in gathering.words_of(run) if one.mark not in goes_in]
        try:
            services.change_summary(
                run=run, values=answers, left_out=left_out, by=account, revision=answers["revision"]
            )
            told(request, _("Saved."))
        except services.EditedMeanwhile:
            told(
                request,
                _("Somebody else changed it meanwhile. Open the page again and repeat your change."),
                wrong=True,
            )
    else:
        told(request, _("The summary is too long."), wrong=True)
    return redirect("proceedings:desk", code=run.code)


@require_POST
def held(request: HttpRequest, code: str) -> HttpResponse:
    """Which talks were held, in the organiser's word."""
    run, account = managed_or_404(request, code), actor(request)
    revision = request.POST.get("revision", "")
    try:
        services.say_held(
            run=run,
            held=request.POST.getlist("held"),
            by=account,
            revision=int(revision) if revision.isdecimal() else None,
        )
        told(request, _("Saved."))
    except services.EditedMeanwhile:
        told(request, _("Somebody else changed it meanwhile. Open the page again and repeat your change."), wrong=True)
    return redirect("proceedings:desk", code=run.code)


@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    run = managed_or_404(request, code)
    try:
        services.publish(run=run, note=request.POST.get("note", ""), by=actor(request))
        told(request, _("The proceedings are published."))
    except services.NothingToPublish as refusal:
        told(request, " ".join(map(_lack, refusal.lacks)), wrong=True)
    return redirect("proceedings:desk", code=run.code)
