"""Her devices and lines; and the two addresses that scripts speak to: hello and send."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Mapping
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
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from orken.kit.offline import registry, sealing, services
from orken.kit.offline.models import Device, Operation

WORKER = Path(__file__).parent / "static" / "offline" / "js" / "worker.js"
SHELL = (
    "ui/orken.css", "ui/fonts/golos-400.woff2", "ui/fonts/golos-600.woff2", "ui/mark.svg", "offline/js/away.js", "offline/js/outbox.js", "offline/js/lock.js", "offline/js/queue.js",
)  # fmt: skip
LARGEST = 4 * 1024 * 1024
BEGAN = "orken.began"  # the moment at which the making of a page began, beside what the server told of the request


def key_of(request: HttpRequest) -> str:
    """What names the account in a browser: its outbox is hers alone. Empty when nobody is signed in."""
    if not request.user.is_authenticated:
        return ""
    return hmac.digest(settings.SECRET_KEY.encode(), f"orken.account:{request.user.pk}".encode(), "sha256").hex()[:16]


def keys_of(request: HttpRequest) -> list[str]:
    """What closes her outbox to whoever sits at the browser after her, the newest first.

    They stand on her own pages alone: when those leave the browser, only a page that the centre gives her opens it.
    """
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    name = f"orken.outbox:{request.user.pk}".encode()
    return [base64.b64encode(hmac.digest(one.encode(), name, "sha256")).decode() for one in secrets]


def _forms(says: Callable[[int], str]) -> dict[str, str]:
    """A sentence with a number in all forms that our languages have, by the names that browsers have for them."""
    return {form: says(n) for form, n in (("one", 1), ("few", 2), ("many", 5), ("other", 5))}


def _of_others() -> dict[str, str]:
    return _forms(
        lambda n: ngettext(
            "%(n)s line of somebody else waits here: she must sign in on this device to send it.",
            "%(n)s lines of somebody else wait here: she must sign in on this device to send them.",
            n,
        )
    )


def words() -> dict[str, Any]:
    """What the scripts say, in the language of the page."""
    return {
        "waiting": _forms(lambda n: ngettext("%(n)s line waits to be sent.", "%(n)s lines wait to be sent.", n)),
        "others": _of_others(),
        "loose": _forms(
            lambda n: ngettext(
                "There is no room left in this browser: %(n)s line stands only on this page. Do not close it.",
                "There is no room left in this browser: %(n)s lines stand only on this page. Do not close it.",
                n,
            )
        ),
        "still_full": _("There is still no room. Send the lines or save them as a sealed file before you leave."),
        "no_key": _("This device has not reached the centre yet, so it cannot make a sealed file."),
        "sent": _("Everything is sent."),
        "reached": _("The centre was last reached: %(when)s."),
        "claimed": _("by the clock of this device: %(when)s"),
        "never": _("The centre was not reached from this device yet."),
        "no_line": _("There is no connection to the centre now. Go on working: it is sent by itself later."),
        "sign_in": _("Sign in again: then the waiting lines are sent."),
        "other": _("Somebody else is signed in here. Her lines wait for her."),
        "revoked": _("This device was taken off the list. Its lines can be read here; they are not sent."),
        "differs": _forms(lambda n: ngettext("%(n)s difference is to be decided.", "%(n)s differences are to be decided.", n)),
        "refused": _forms(lambda n: ngettext("%(n)s line could not be written.", "%(n)s lines could not be written.", n)),
        "taking": _("Being taken along…"),
        "taken": _("Taken along: %(n)s pages, %(when)s. They open without a connection."),
        "not_taken": _("It could not be taken along: there is no connection now."),
        "no_room": _("It could not be taken along: this browser has no room left. Free some space on the device and try again."),
        "cannot": _("This browser cannot work without a connection."),
        "closed": _("A line that cannot be opened here any more"),
        "phone": pgettext("a device", "telephone"),
        "computer": pgettext("a device", "computer"),
        "state_waiting": _("waits"),
        "state_loose": _("not saved"),
        **{f"state_{state}": str(label) for state, label in Operation.Outcome.choices},
        "this": _("this device"),
        "nothing": _("Nothing waits and nothing was sent yet."),
    }  # fmt: skip


def context_of(request: HttpRequest) -> dict[str, Any]:
    """What a page needs to work without a line: `{% include "offline/queue.html" %}` reads it."""
    return {
        "offline": {
            "account": key_of(request), "keys": keys_of(request), "hello": reverse("offline:hello"), "send": reverse("offline:send"),
            "worker": reverse("worker"), "made": request.META[BEGAN].isoformat(), "words": words(),
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
    return render(request, "offline/away.html", {"others": json.dumps(_of_others())})


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
    # After the commit: a page made before this moment may not show these lines yet, one made after it does.
    return JsonResponse({"answers": answers, "last": receipt.last, "at": timezone.now().isoformat(), "key": key})


def _name(told: Mapping[str, Any]) -> str:
    return " ".join(str(sealing.whole(told.get("name", ""))).split())[:120] or "?"


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
    code = WORKER.read_text(encoding="utf-8")
    known = {
        "SHELL": [static(name) for name in SHELL], "AWAY": _everywhere("offline:away"), "OUT": _everywhere("account_logout"),
        "HELLO": _everywhere("offline:hello"), "QUEUE": _everywhere("offline:own"),
    }  # fmt: skip
    version = sha256(json.dumps([code, known]).encode()).hexdigest()[:12]
    told = ",".join(f"{name}={json.dumps(what)}" for name, what in {"VERSION": version, **known}.items())
    return f"const {told};\n{code}"


def _everywhere(name: str) -> list[str]:
    """The address of a page in every language."""
    found = []
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            found.append(reverse(name))
    return found
