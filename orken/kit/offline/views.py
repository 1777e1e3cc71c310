"""Her devices and lines; and the two addresses that scripts speak to: hello and send."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from orken.kit.offline import registry, sealing, services
from orken.kit.offline.models import Device, Operation

WORKER = Path(__file__).parent / "static" / "offline" / "js" / "worker.js"
SHELL = ("ui/orken.css", "ui/fonts/golos-400.woff2", "ui/fonts/golos-600.woff2", "ui/mark.svg", "offline/js/away.js")
LARGEST = 4 * 1024 * 1024


def key_of(request: HttpRequest) -> str:
    """What names the account in a browser: its outbox is hers alone. Empty when nobody is signed in."""
    if not request.user.is_authenticated:
        return ""
    return hmac.digest(settings.SECRET_KEY.encode(), f"orken.account:{request.user.pk}".encode(), "sha256").hex()[:16]


def words() -> dict[str, str]:
    """What the scripts say, in the language of the page."""
    return {
        "here": _("Saved on this device."),
        "waiting": _("Lines waiting to be sent: %(n)s."),
        "sent": _("Everything is sent."),
        "reached": _("The centre was last reached: %(when)s."),
        "never": _("The centre was not reached from this device yet."),
        "no_line": _("There is no connection to the centre now. Go on working: it is sent by itself later."),
        "sign_in": _("Sign in again: then the waiting lines are sent."),
        "other": _("Somebody else is signed in here. Her lines wait for her."),
        "revoked": _("This device was taken off the list. Its lines can be read here; they are not sent."),
        "full": _("This device has no room left: this is NOT saved. Free some space or write it on paper."),
        "differs": _("Differences to be decided: %(n)s."),
        "refused": _("Lines that could not be written: %(n)s."),
        "taking": _("Being taken along…"),
        "taken": _("Taken along: %(n)s pages, %(when)s. They open without a connection."),
        "not_taken": _("It could not be taken along: there is no connection now, or no room."),
        "cannot": _("This browser cannot work without a connection."),
        "phone": pgettext("a device", "telephone"),
        "computer": pgettext("a device", "computer"),
        "state_waiting": _("waits"),
        **{f"state_{state}": str(label) for state, label in Operation.Outcome.choices},
        "this": _("this device"),
        "nothing": _("Nothing waits and nothing was sent yet."),
    }


def context_of(request: HttpRequest) -> dict[str, Any]:
    """What a page needs to work without a line: `{% include "offline/queue.html" %}` reads it."""
    return {
        "offline": {
            "account": key_of(request), "hello": reverse("offline:hello"), "send": reverse("offline:send"),
            "worker": reverse("worker"), "made": timezone.now().isoformat(), "words": words(),
        }
    }  # fmt: skip


@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """The lines that wait, her devices, and the sealed file."""
    devices = Device.objects.filter(account_id=request.user.pk or 0).order_by("revoked_at", "-last_seen_at")
    return render(request, "offline/own.html", {"devices": devices, **context_of(request)})


@login_not_required
@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """What opens when there is no line and the page was not taken along. Holds nothing of anybody."""
    return render(request, "offline/away.html")


@never_cache
@login_not_required
@require_GET
def hello(request: HttpRequest) -> HttpResponse:
    """Is there a line, who is signed in, and the token for sending."""
    account = key_of(request)
    return JsonResponse({"account": account, "token": get_token(request) if account else ""})


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Lines of a device; answers what became of each."""
    if len(request.body) > LARGEST:
        return _problem("large", 413)
    try:
        told = json.loads(request.body)
        device, lines = UUID(str(told["device"])), sealing.lines_of(told["lines"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return _problem("unreadable", 400)
    if told.get("account") != key_of(request):
        return _problem("other", 409)
    try:
        receipt = services.receive(
            device=device, name=_name(told), lines=lines, clock=sealing.moment(told.get("clock")), by=request.user
        )
    except services.NotHers:
        return _problem("other", 409)
    except services.Revoked:
        return _problem("revoked", 403)
    except services.TooMany:
        return _problem("large", 413)
    answers = [
        {"uid": str(one.uid), "state": one.state, "says": registry.says(one.kind, one.reason), **one.told}
        for one in receipt.answers
    ]
    key = base64.b64encode(sealing.key_of(device)).decode()
    return JsonResponse({"answers": answers, "last": receipt.last, "at": receipt.at.isoformat(), "key": key})


def _name(told: Mapping[str, Any]) -> str:
    return " ".join(str(told.get("name", "")).replace("\0", "").split())[:120] or "?"


def _problem(word: str, status: int) -> JsonResponse:
    return JsonResponse({"problem": word}, status=status)


@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    device = get_object_or_404(Device, pk=pk, account_id=request.user.pk)
    services.revoke(device=device, by=request.user)
    messages.success(
        request, _("%(device)s is off the list: nothing is taken in from it any more.") % {"device": device}
    )
    return redirect("offline:own")


@require_POST
def carried(request: HttpRequest) -> HttpResponse:
    """A sealed file brought from a device that found no line."""
    upload = request.FILES.get("file")
    if upload is None or (upload.size or 0) > sealing.LARGEST:
        messages.error(request, _("Choose the file that the device gave you."))
        return redirect("offline:own")
    try:
        receipt = services.receive_file(content=upload.read(), by=request.user)
    except sealing.CannotOpen:
        messages.error(request, _("This is no sealed file of this centre, or it was changed on the way."))
    except services.Revoked:
        messages.error(request, _("The device of this file was taken off the list."))
    except (services.NotHers, services.TooMany):
        messages.error(request, _("The file cannot be taken in."))
    else:
        done = sum(one.state in (Operation.Outcome.DONE, Operation.Outcome.SAME) for one in receipt.answers)
        text = _("Lines in the file: %(all)s. Written: %(done)s, to be looked at: %(rest)s.")
        messages.success(
            request, text % {"all": len(receipt.answers), "done": done, "rest": len(receipt.answers) - done}
        )
    return redirect("offline:own")


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it may keep any page; the browser asks for it anew each time."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@lru_cache(maxsize=1)
def _worker() -> str:
    pages = []
    for code, _name_of_it in settings.LANGUAGES:
        with translation.override(code):
            pages.append(reverse("offline:away"))
    code = WORKER.read_text(encoding="utf-8")
    shell = [static(name) for name in SHELL]
    version = sha256(json.dumps([code, shell]).encode()).hexdigest()[:12]
    return f"const VERSION={json.dumps(version)},SHELL={json.dumps(shell)},AWAY={json.dumps(pages)};\n{code}"
