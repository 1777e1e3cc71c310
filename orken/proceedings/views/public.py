"""What everybody reads and watches: a recording with captions and chapters, the proceedings as a page and as a PDF."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.files import services as files
from orken.kit.files import streaming
from orken.meetings.views.common import account_of, actor, found_or_404, public_or_404
from orken.proceedings import selectors, services, watching
from orken.proceedings.models import Captions
from orken.proceedings.services.watching import Line
from orken.training import policy as training

MOST_LINES = 40


@login_not_required
def recording(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The player, its chapters and what is said in it."""
    run, account = public_or_404(request, code), account_of(request)
    found = found_or_404(selectors.recording_for(account, run, pk))
    context = {
        "run": run, "recording": found, "transcript": selectors.transcript(found), "watched": selectors.watched(account, found),
        "counts_from": watching.COUNTS_FROM, "manages": account is not None and training.manages(account, run),
        "others": [one for one in selectors.recordings_for(account, run) if one.pk != found.pk],
    }  # fmt: skip
    return render(request, "proceedings/recording.html", context)


@login_not_required
def played(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The file itself, in parts, for whoever may watch it."""
    run, account = public_or_404(request, code), account_of(request)
    found = found_or_404(selectors.recording_for(account, run, pk))
    return streaming.respond(request, found_or_404(found.file))


@login_not_required
def captions(request: HttpRequest, code: str, pk: int, language: str) -> HttpResponse:
    """The captions of a language as WebVTT."""
    run, account = public_or_404(request, code), account_of(request)
    found = found_or_404(selectors.recording_for(account, run, pk))
    kept = get_object_or_404(Captions, recording=found, language=language)
    answer = HttpResponse(kept.text, content_type="text/vtt; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=60"
    return answer


@require_POST
def watch(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The browser tells which seconds were played: `{"lines": [{"uid": …, "begins": 0, "ends": 30}]}`."""
    run, account = public_or_404(request, code), actor(request)
    found = found_or_404(selectors.recording_for(account, run, pk))
    found_or_404(found.file_id)
    try:
        told: Any = json.loads(request.body[:20_000])
        lines = [
            Line(UUID(str(one["uid"])), int(one["begins"]), int(one["ends"])) for one in told["lines"][:MOST_LINES]
        ]
        if any(not 0 <= number < 2**31 for one in lines for number in (one.begins, one.ends)):
            raise ValueError
    except (ValueError, KeyError, TypeError, OverflowError):
        return JsonResponse({"why": _("These lines cannot be read.")}, status=400)
    percent = services.watch(recording=found, lines=lines, by=account)
    return JsonResponse({"percent": percent, "minutes": selectors.watched(account, found).minutes})


@login_not_required
def proceedings(request: HttpRequest, code: str) -> HttpResponse:
    """The newest volume; before the first one, what there is of the run."""
    run, account = public_or_404(request, code), account_of(request)
    volumes = selectors.volumes(run)
    context = {
        "run": run, "volume": volumes[0] if volumes else None, "volumes": volumes,
        "recordings": list(selectors.recordings_for(account, run)),
        "talks": {part["talk"]: part["title"] for part in volumes[0].data["parts"] if part["talk"]} if volumes else {},
        "manages": account is not None and training.manages(account, run),
    }  # fmt: skip
    return render(request, "proceedings/proceedings.html", context)


@login_not_required
def volume_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A volume as one PDF with contents."""
    run = public_or_404(request, code)
    found = get_object_or_404(run.volumes.select_related("file"), number=number)
    return redirect(files.address(found.file))
