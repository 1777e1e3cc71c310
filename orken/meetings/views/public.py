"""What everybody reads: the programme in her language and zone, a talk, the programme on paper; and links without an account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from orken.discussion import selectors as discussions
from orken.discussion.writing import PostForm
from orken.kit.files import services as files
from orken.kit.files.services import FileRefused
from orken.meetings import forms, guest_parts, keys, policy, printed, selectors, talk_parts, threads
from orken.meetings import services as meetings
from orken.meetings.models import Speaker, Talk, TalkFile
from orken.meetings.selectors.talks import FILES
from orken.meetings.views.common import account_of, actor, found_or_404, public_or_404, told
from orken.training import policy as training


def zone_of(request: HttpRequest) -> str:
    """The zone that the reader asked for, else the country's."""
    asked = request.GET.get("zone", "")
    return asked if asked in dict(selectors.ZONES) else selectors.ZONES[0][0]


@login_not_required
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """The released programme, its versions, who takes part from where."""
    run = public_or_404(request, code)
    releases, zone = selectors.releases(run), zone_of(request)
    release = releases[0] if releases else None
    meeting = selectors.meeting_of(run)
    context = {
        "run": run, "meeting": meeting, "release": release, "zone": zone, "zones": selectors.ZONES,
        "blocks": selectors.blocks(release, zone) if release else [],
        "releases": releases,
        "figures": selectors.figures(meeting),
    }  # fmt: skip
    return render(request, "meetings/programme.html", context)


@login_not_required
def programme_file(request: HttpRequest, code: str) -> HttpResponse:
    """The released programme on paper, Kazakh beside Russian."""
    run = public_or_404(request, code)
    release = found_or_404(selectors.latest(run))
    return _pdf(printed.programme(selectors.meeting_of(run), release), f"{run.code}-programme.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@login_not_required
def talk(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A talk: who gives it, what it is about, its files."""
    run, account = public_or_404(request, code), account_of(request)
    found = found_or_404(selectors.talk_for(account, pk))
    if found.meeting_id != run.pk:
        raise Http404
    found.meeting.run = run  # the same row, with what was asked of it already
    hers = account is not None and policy.gives(account, found)
    manages = account is not None and training.manages(account, run)
    shown = selectors.told(found.places, pk)
    if shown is None and not (hers or manages or (account is not None and policy.looks_at(account, run))):
        raise Http404  # placed meanwhile: everybody reads it with the next version
    thread = discussions.thread_of(threads.of_talk(found.pk)) if account is not None else None
    if thread is not None:
        threads.about(thread, run)
    context = {
        "run": run, "talk": found, "shown": shown, "differs": (hers or manages) and _differs(found, shown), "hers": hers, "manages": manages, "post_form": PostForm(told=threads.Owner.told),
        "view": discussions.view(thread, account) if thread is not None and account is not None else None,
        "files": [one for one in found.kept if one.shown or hers or manages],
        "parts": talk_parts.parts_of(run, found, account),
    }  # fmt: skip
    return render(request, "meetings/talk.html", context)


def _differs(talk: Talk, shown: selectors.Told | None) -> bool:
    """Whether the talk says something else by now than everybody reads."""
    if shown is None:
        return False
    return talk.title != shown.title or (shown.abstract is not None and talk.abstract != shown.abstract)


@login_not_required
def talk_file(request: HttpRequest, code: str, pk: int, file: int) -> HttpResponse:
    """A file of a talk, for whoever may read it."""
    run, account = public_or_404(request, code), account_of(request)
    found = found_or_404(selectors.talk_for(account, pk))
    row = get_object_or_404(TalkFile.objects.select_related("file"), pk=file, talk=found, gone_at=None)
    if found.meeting_id != run.pk:
        raise Http404
    if not row.shown and (account is None or not (policy.is_hers(account, found) or policy.looks_at(account, run))):
        raise Http404
    return redirect(files.address(row.file))


def discussion(request: HttpRequest, code: str) -> HttpResponse:
    """The meeting's own thread, and the way to that of each talk."""
    run, account = public_or_404(request, code), actor(request)
    thread = found_or_404(discussions.thread_of(threads.of_meeting(run)))
    threads.about(thread, run)
    release = found_or_404(selectors.latest(run))
    talks = [slot for block in selectors.blocks(release, selectors.ZONES[0][0]) for slot in block.slots if slot.talk]
    counts = discussions.counts([threads.of_talk(slot.talk) for slot in talks if slot.talk])
    context = {
        "run": run, "view": discussions.view(thread, account), "post_form": PostForm(told=threads.Owner.told),
        "talks": [(slot, counts.get(threads.of_talk(slot.talk), 0)) for slot in talks if slot.talk],
    }  # fmt: skip
    return render(request, "meetings/discussion.html", context)


# --- links without an account ---


@never_cache
@login_not_required
def speaker(request: HttpRequest, word: str) -> HttpResponse:
    """Her own link: she answers, sends slides, says whether she is recorded, and takes the row into her account."""
    found = found_or_404(keys.speaker_of(word))
    run, account = found.meeting.run, account_of(request)
    start = {"comes": {"comes": "yes", "declines": "no"}.get(found.answer), "consent": found.consent or None}
    over = selectors.is_over(run)
    answers = request.method == "POST" and bool({"comes", "consent"} & set(request.POST))
    form = forms.AnswerForm(request.POST if answers else None, initial=start, over=over)
    upload = forms.FileForm(request.POST or None, request.FILES or None) if "kind" in request.POST else forms.FileForm()
    if request.method == "POST" and form.is_bound and form.is_valid():
        meetings.answer_as_speaker(speaker=found, comes=form.said, consent=form.cleaned_data["consent"], by=None)  # fmt: skip
        told(request, _("Thank you, your answer is noted."))
        return redirect(request.path)
    if request.method == "POST" and upload.is_bound and upload.is_valid():
        given = found_or_404(found.talks.filter(pk=_number(request.POST.get("talk"))).first())
        try:
            meetings.add_file(talk=given, upload=upload.cleaned_data["file"], kind=upload.cleaned_data["kind"], by=None, speaker=found)  # fmt: skip
        except FileRefused as refusal:
            upload.add_error("file", str(refusal))
        except meetings.WayIsClosed as refusal:
            upload.add_error("file", " ".join(map(str, refusal.reasons)))
        else:
            told(request, _("The file has come. The organiser shows it."))
            return redirect(request.path)
    if request.method == "POST" and "drop" in request.POST:
        return _taken_back(request, found)
    hers = account is not None and account.person_id == found.person_id
    context: dict[str, Any] = {
        "run": run, "speaker": found, "over": over, "form": form, "upload": upload, "account": account, "hers": hers, "word": word, "certificates": selectors.certificates_of(found),
        "may_claim": account is not None and found.person_id is None,
        "parts": guest_parts.parts_of(run, request.path) if found.person_id is None else [],
        "talks": list(found.talks.exclude(state__in=("declined", "withdrawn")).prefetch_related(FILES).order_by("pk")),
    }  # fmt: skip
    wrong = (form.is_bound and form.errors) or (upload.is_bound and upload.errors)
    return render(request, "meetings/speaker_link.html", context, status=422 if wrong else 200)


def _taken_back(request: HttpRequest, speaker: Speaker) -> HttpResponse:
    """A file of her talk that she sent by her link, and takes back by it."""
    rows = TalkFile.objects.select_related("talk").filter(talk__in=speaker.talks.all(), gone_at=None)
    row = found_or_404(rows.filter(pk=_number(request.POST.get("drop"))).first())
    try:
        meetings.drop_file(row=row, by=None, speaker=speaker)
    except meetings.WayIsClosed as refusal:
        told(request, " ".join(map(str, refusal.reasons)), wrong=True)
    else:
        told(request, _("The file is taken back."))
    return redirect(request.path)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0


@never_cache
def claim(request: HttpRequest, word: str) -> HttpResponse:
    """Whoever is signed in makes the speaker of the link herself."""
    found = found_or_404(keys.speaker_of(word))
    if request.method != "POST":
        return redirect("meetings:speaker_link", word=word)
    try:
        meetings.claim(speaker=found, by=actor(request))
    except meetings.TakenAlready:
        told(request, _("This place is somebody else's, or you stand in this programme already. Write to the organiser."), wrong=True)  # fmt: skip
        return redirect("meetings:speaker_link", word=word)
    except meetings.WayIsClosed as refusal:
        told(request, " ".join(map(str, refusal.reasons)), wrong=True)
        return redirect("meetings:speaker_link", word=word)
    told(request, _("From now on it stands on your page."))
    return redirect("meetings:mine")


@never_cache
@login_not_required
def guest(request: HttpRequest, word: str) -> HttpResponse:
    """The link of somebody from outside: the programme, and whether she comes."""
    if (shut := keys.shut_guest_of(word)) is not None:
        return render(request, "meetings/guest_shut.html", {"guest": shut, "run": shut.meeting.run}, status=410)
    found = found_or_404(keys.guest_of(word))
    run = found.meeting.run
    if request.method == "POST":
        try:
            meetings.guest_answers(guest=found, comes=request.POST.get("comes") == "yes")
        except meetings.WayIsClosed as refusal:
            told(request, " ".join(map(str, refusal.reasons)), wrong=True)
        else:
            told(request, _("Thank you, your answer is noted."))
        return redirect(request.path)
    release, zone = selectors.latest(run), zone_of(request)
    context = {
        "run": run, "guest": found, "meeting": selectors.meeting_of(run), "release": release, "zone": zone, "zones": selectors.ZONES,
        "blocks": selectors.blocks(release, zone) if release else [], "live": run.is_live and not selectors.is_over(run), "over": selectors.is_over(run), "parts": guest_parts.parts_of(run, request.path),
    }  # fmt: skip
    return render(request, "meetings/guest_link.html", context)
