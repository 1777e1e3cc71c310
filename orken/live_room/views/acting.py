"""Everything that is pressed in a room: one address, a verb in it, an answer as a page or as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from orken.live_room import services
from orken.live_room.selectors import said
from orken.live_room.services.common import OutOfScope
from orken.live_room.views.common import Asked, actor, session_or_404, told
from orken.live_room.who import Comer
from orken.training.models import Session

Act = Callable[[Session, Asked, Any], Any]
PAGES = {"room": "live_room:room", "desk": "live_room:desk", "captions": "live_room:captions", "set_up": "live_room:set_up", "check": "live_room:check"}  # fmt: skip
# Verb: what it does, and what is said of it where nothing on the page would tell.
VERBS: dict[str, tuple[Act, str | Promise]] = {
    "ask": (lambda s, a, by: services.ask(session=s, text=a.text("text"), anonymous=a.flag("anonymous"), press=a.press(), by=by), _("Your question is sent.")),
    "vote": (lambda s, a, by: services.vote(session=s, question=a.number("id"), wants=not a.flag("back"), by=by), ""),
    "withdraw": (lambda s, a, by: services.withdraw(session=s, question=a.number("id"), by=by), _("Your question is taken back.")),
    "opine": (lambda s, a, by: services.opine(session=s, text=a.text("text"), press=a.press(), by=by), _("Your opinion stands in the minutes.")),
    "answer-poll": (lambda s, a, by: services.answer_poll(session=s, poll=a.number("id"), options=a.numbers("option"), by=by), _("Your answer is counted.")),
    "raise": (lambda s, a, by: services.raise_hand(session=s, by=by), _("Your hand is raised.")),
    "lower": (lambda s, a, by: services.lower_hand(session=s, by=by), _("Your hand is lowered.")),
    "say": (lambda s, a, by: services.say(session=s, text=a.text("text"), press=a.press(), by=by), ""),
    "react": (lambda s, a, by: services.react(session=s, kind=a.text("kind"), by=by), ""),
    "confirm": (lambda s, a, by: services.confirm(session=s, prompt=a.number("id"), by=by), _("Thank you: it is noted that you are here.")),
    "knock": (lambda s, a, by: services.knock(session=s, by=by), _("A moderator sees that you wait.")),
    "turn": (lambda s, a, by: services.turn(session=s, to=a.number("to"), by=by), ""),
    "deck": (lambda s, a, by: services.take_deck(session=s, deck=a.number("id"), by=by), ""),
    "answer": (lambda s, a, by: services.answer(session=s, question=a.number("id"), text=a.text("text"), by=by), _("The answer is written down.")),
    "caption": (lambda s, a, by: services.caption(session=s, language=a.text("language"), text=a.text("text"), speaker=a.text("speaker"), press=a.press(), by=by), ""),
    "go": (lambda s, a, by: services.go(session=s, way=_way(a, ("green", "open", "end", "reopen")), by=by), ""),
    "put-on": (lambda s, a, by: services.put_on(session=s, uid=a.text("uid"), by=by), ""),
    "slides": (lambda s, a, by: _slides(services.prepare(session=s, by=by)), _("Slides are being prepared. Load the page again in a minute.")),
    "question": (lambda s, a, by: services.moderate(session=s, question=a.number("id"), way=_way(a, ("show", "hold", "stage", "leave", "live", "archive", "reopen")), by=by), ""),
    "merge": (lambda s, a, by: services.merge(session=s, question=a.number("id"), into=said.numbered(s, a.number("into")), by=by), _("The questions are joined.")),
    "hide-opinion": (lambda s, a, by: services.hide_opinion(session=s, opinion=a.number("id"), reason=a.text("reason"), by=by), _("The opinion is taken out of the minutes.")),
    "poll": (lambda s, a, by: services.go_poll(session=s, poll=a.number("id"), way=_way(a, ("open", "close", "archive")), by=by), ""),
    "show-poll": (lambda s, a, by: services.show_poll(session=s, poll=a.number("id"), shown=not a.flag("back"), by=by), ""),
    "quick-poll": (lambda s, a, by: services.put_poll(session=s, texts=_in_every(a.text("text")), options=[_in_every(one) for one in a.text("options").splitlines() if one.strip()], anonymous=a.flag("anonymous"), many=a.flag("many"), open_now=True, by=by), _("The poll is open.")),
    "floor": (lambda s, a, by: services.give_floor(session=s, hand=a.number("id"), minutes=a.number("minutes"), over=a.number("over") if a.has("over") else None, by=by), ""),
    "floor-end": (lambda s, a, by: services.end_floor(session=s, hand=a.number("id"), by=by), ""),
    "hide-line": (lambda s, a, by: services.hide_line(session=s, line=a.number("id"), by=by), _("The line is hidden.")),
    "silence": (lambda s, a, by: services.silence(session=s, person=a.text("person"), minutes=max(0, a.number("minutes")), by=by), ""),
    "admit": (lambda s, a, by: services.admit(session=s, participant=a.number("id") if a.text("id") else None, by=by), ""),
    "remove": (lambda s, a, by: services.remove(session=s, participant=a.number("id"), reason=a.text("reason"), by=by), _("Removed from the room.")),
    "captioner": (lambda s, a, by: services.let_caption(session=s, participant=a.number("id"), writes=not a.flag("back"), by=by), ""),
    "peer-join": (lambda s, a, by: services.join_peer(session=s, tab=a.text("tab"), sends=a.flag("sends"), by=by), ""),
    "peer-stay": (lambda s, a, by: services.stay_peer(session=s, tab=a.text("tab"), by=by), ""),
    "peer-voice": (lambda s, a, by: services.voice_peer(session=s, tab=a.text("tab"), muted=a.flag("muted"), by=by), ""),
    "peer-leave": (lambda s, a, by: services.leave_peer(session=s, tab=a.text("tab"), by=by), ""),
    "signal": (lambda s, a, by: services.signal(session=s, tab=a.text("tab"), to=a.text("to"), text=a.text("text"), by=by), ""),
    "mute": (lambda s, a, by: services.mute(session=s, person=a.text("person"), by=by), _("Muted on every page.")),
    "prompt": (lambda s, a, by: services.prompt(session=s, by=by), _("Everybody is asked to press within three minutes.")),
}  # fmt: skip


def _way(asked: Asked, known: tuple[str, ...]) -> str:
    """A way that the page offers; anything else is an address that does not exist."""
    way = asked.text("way")
    if way not in known:
        raise Http404
    return way


def _slides(begun: int) -> dict[str, str]:
    return {} if begun else {"said": str(_("Every PDF of these talks is made into slides already."))}


def _in_every(text: str) -> dict[str, str]:
    """What is put on the spot is put in the language of whoever puts it, and shown to all in that one."""
    from orken.kit.i18n.content import current_language

    return {current_language(): " ".join(text.split())}


@require_POST
def act(request: HttpRequest, code: str, pk: int, verb: str) -> HttpResponse:
    """Do what a button asks. A script gets `{"ok": true, "said": …}` or `{"error": …}`, everybody else the page again."""
    session, _room = session_or_404(request, code, pk)
    back = reverse(PAGES.get(request.POST.get("page", ""), PAGES["room"]), args=[code, pk])
    return do(request, session, verb, actor(request), back)


def do(request: HttpRequest, session: Session, verb: str, by: Comer, back: str) -> HttpResponse:
    """The verb, done by somebody of the house or by a guest; `back`: the page on which it was pressed."""
    if verb not in VERBS:
        raise Http404
    act, said = VERBS[verb]
    data = request.headers.get("accept", "").startswith("application/json")
    try:
        found = act(session, Asked(request), by)
    except services.Refused as refusal:
        return _refused(request, back, str(refusal.text), data)
    except services.WayIsClosed as refusal:
        return _refused(request, back, " ".join(map(str, refusal.reasons)), data)
    except OutOfScope:
        if data:
            return _refused(request, back, str(_("You are not in this room, or may not do this here. Load the page again.")), data)  # fmt: skip
        raise
    more = found if isinstance(found, dict) else {}
    said = more.get("said") or said
    if data:
        return JsonResponse({"ok": True, **more, "said": str(said)})
    if said:
        told(request, said)
    return _back(request, back)


def _refused(request: HttpRequest, back: str, text: str, data: bool) -> HttpResponse:
    if data:
        return JsonResponse({"error": text}, status=422)
    told(request, text, wrong=True)
    return _back(request, back)


def _back(request: HttpRequest, back: str) -> HttpResponse:
    answer = redirect(back)
    place = request.POST.get("place", "")
    if place.isascii() and place.replace("-", "").isalnum():
        answer["Location"] += f"#{place}"
    return answer
