"""The organiser's side: how each room works, polls prepared, who was there, appeals."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from orken.kit.sheets.writing import XLSX, Column, Table, write_xlsx
from orken.live_room import forms, policy, providers, services
from orken.live_room.models import Appeal, Participant, Poll, Room
from orken.live_room.selectors import evidence
from orken.live_room.selectors import rooms as reading
from orken.live_room.views.common import actor, managed_or_404, run_or_404, session_or_404, told
from orken.live_room.views.showing import place_of
from orken.meetings.models import Speaker
from orken.training import policy as training
from orken.training.attendance.services import DIFFERS
from orken.training.models import Run, Session


def rooms(request: HttpRequest, code: str) -> HttpResponse:
    """The sessions of a run and their rooms."""
    run = managed_or_404(request, code)
    context = {"run": run, "sessions": reading.sessions_of(run), "tab": "live_room"}
    return render(request, "live_room/rooms.html", context)


def _managed(request: HttpRequest, code: str, pk: int) -> tuple[Run, Session, Room]:
    run = managed_or_404(request, code)
    session = get_object_or_404(Session, pk=pk, run=run, cancelled_at=None)
    session.run = run
    return run, session, reading.room_of(session)


def set_up(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """How the room works, its slides and polls, and what the checks of its speakers found."""
    run, session, room = _managed(request, code, pk)
    form = forms.RoomForm.of(room, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.arrange(session=session, values=form.cleaned_data, by=actor(request))
        except services.Refused as refusal:
            form.add_error("address", str(refusal.text))
        else:
            told(request, _("Saved."))
            return redirect("live_room:set_up", code=code, pk=pk)
    speaking = Speaker.objects.filter(meeting=run.pk)
    theirs = Q(person__in=speaking.values("person")) | Q(guest__speaker__in=speaking)
    context = {
        "run": run, "session": session, "room": room, "form": form, "tab": "live_room", "providers": providers.all_of(),
        "health": providers.of(room).health(), "polls": reading.polls(room, (Poll.State.DRAFT, Poll.State.OPEN, Poll.State.CLOSED), desk=True),
        "decks": reading.decks(room), "doing": place_of(session).doing, "checks": evidence.checks(session, theirs),
    }  # fmt: skip
    return render(request, "live_room/set_up.html", context, status=422 if form.errors else 200)


def poll(request: HttpRequest, code: str, pk: int, poll: int | None = None) -> HttpResponse:
    """Prepare a poll, or change a draft."""
    run, session, room = _managed(request, code, pk)
    row = get_object_or_404(Poll, pk=poll, room=room.pk, state=Poll.State.DRAFT) if poll else None
    start: dict[str, Any] = {}
    if row is not None:
        options = list(row.options.order_by("place"))
        start = {"anonymous": row.anonymous, "many": row.many}
        for language in ("kk", "ru", "en"):
            start[f"text_{language}"] = getattr(row, f"text_{language}")
            start[f"options_{language}"] = "\n".join(text for one in options if (text := getattr(one, f"text_{language}")))  # fmt: skip
    form = forms.PollForm(request.POST or None, initial=start or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.put_poll(
                session=session, texts=form.texts, options=form.options, anonymous=form.cleaned_data["anonymous"],
                many=form.cleaned_data["many"], by=actor(request), poll=poll,
            )  # fmt: skip
        except services.Refused as refusal:
            form.add_error(None, str(refusal.text))
        else:
            told(request, _("Saved. It is opened from the desk."))
            return redirect("live_room:set_up", code=code, pk=pk)
    title = _("Change the poll") if row else _("Prepare a poll")
    return _form(request, run, session, form, title)


def _form(request: HttpRequest, run: Run, session: Session, form: Any, title: str, **more: Any) -> HttpResponse:
    back = more.pop("back", reverse("live_room:set_up", args=[run.code, session.pk]))
    context = {"run": run, "session": session, "form": form, "title": title, "tab": "live_room", "back": back, **more}
    return render(request, "live_room/form.html", context, status=422 if form.errors else 200)


# --- evidence ---


def _seen(request: HttpRequest, code: str, pk: int) -> tuple[Run, Session, Room]:
    """Whoever organises or teaches the run reads who was there."""
    session, room = session_or_404(request, code, pk)
    if not policy.seen(actor(request), session.run):
        raise Http404
    return session.run, session, room


def presence(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Who was there and how long, by what it is known, what the rule asks; appeals that wait."""
    run, session, room = _seen(request, code, pk)
    context = {
        "run": run, "session": session, "room": room, "tab": "live_room", "rows": evidence.of_session(session),
        "need": evidence.need_of(run), "demands": evidence.demands(run), "appeals": evidence.appeals(session), "ASKED": Appeal.State.ASKED,
        "manages": training.manages(actor(request), run), "guests": evidence.guests(session),
        "outside": evidence.outside(session),
    }  # fmt: skip
    return render(request, "live_room/presence.html", context)


def presence_file(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """The same as a workbook: people, and every interval as it was recorded."""
    _run, session, _room = _seen(request, code, pk)
    found = evidence.of_session(session)
    people = [Column(pgettext("of a person", "Name"), 40), Column(_("Role"), 16), Column(_("Minutes"), 10), Column(_("Of"), 10), Column(_("Percent"), 10), Column(_("Needed, percent"), 16), Column(_("Prompts answered"), 18), Column(_("Mark in the sheet"), 24)]  # fmt: skip
    spans = [Column(pgettext("of a person", "Name"), 40), Column(_("From"), 18), Column(_("Till"), 18), Column(_("Source"), 36), Column(_("Recorded"), 18), Column(_("By"), 30), Column(_("Reason"), 50)]  # fmt: skip
    roles = dict(Participant.Role.choices)
    outside = [Column(pgettext("of a person", "Name"), 40), Column(_("Institution"), 40), Column(_("Minutes"), 10), Column(_("From"), 18), Column(_("Till"), 18)]  # fmt: skip
    tables = [
        Table(_("Who was there"), people, ([str(one.person), str(roles.get(one.role, "")), one.minutes, one.of, one.share, one.need, f"{one.confirmed}/{one.prompts}", _mark(one)] for one in found)),
        Table(_("Intervals"), spans, ([str(one.person), row.begun_at, row.ended_at, str(row.get_source_display()), row.recorded_at, row.by.person.short_name() if row.by else "", row.reason] for one in found for row in one.rows)),
        Table(_("Guests from outside"), outside, ([one.guest.called(), one.guest.institution, one.minutes, begin, end] for one in evidence.guests(session) for begin, end in one.spans)),
    ]  # fmt: skip
    return FileResponse(write_xlsx(tables), as_attachment=True, filename=f"{code}-presence.xlsx", content_type=XLSX)


def _mark(one: evidence.Evidence) -> str:
    if one.mark is None:
        return ""
    label = str(one.mark.get_state_display())
    return f"{label}, {one.mark.minutes}" if one.mark.minutes else label


@require_POST
def feed(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Write the minutes into the attendance sheet."""
    _run, session, _room = _seen(request, code, pk)
    try:
        written = services.feed(session=session, by=actor(request))
    except services.Refused as refusal:
        told(request, refusal.text, wrong=True)
        return redirect("live_room:presence", code=code, pk=pk)
    differs = sum(one.outcome == DIFFERS for one in written)
    told(request, ngettext("%(n)s line is written into the attendance sheet.", "%(n)s lines are written into the attendance sheet.", len(written)) % {"n": len(written)})  # fmt: skip
    if differs:
        told(request, ngettext("%(n)s differs from what a hand had written: decide it on the sheet.", "%(n)s differ from what a hand had written: decide them on the sheet.", differs) % {"n": differs}, wrong=True)  # fmt: skip
    return redirect("live_room:presence", code=code, pk=pk)


def by_hand(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Add an interval by hand, with its reason."""
    run, session, _room = _seen(request, code, pk)
    people, guests = evidence.may_be_added(session)
    form = forms.ByHandForm(request.POST or None, session=session, people=people, guests=guests)
    back = reverse("live_room:presence", args=[code, pk])
    if request.method == "POST" and form.is_valid():
        try:
            services.add_presence(
                session=session, of=form.cleaned_data["person"], begins=form.moment("begins"), ends=form.moment("ends"),
                reason=form.cleaned_data["text"], by=actor(request),
            )  # fmt: skip
        except services.Refused as refusal:
            form.add_error(None, str(refusal.text))
        else:
            told(request, _("Added. The attendance sheet and the list of guests follow within a minute."))
            return redirect(back)
    return _form(request, run, session, form, _("Add presence by hand"), back=back)


def decide(request: HttpRequest, code: str, pk: int, appeal: int) -> HttpResponse:
    """Answer «I was there»."""
    run, session, _room = _seen(request, code, pk)
    row = get_object_or_404(Appeal.objects.select_related("person", "room__session"), pk=appeal, room=session.pk)
    form = forms.DecideForm(request.POST or None)
    back = reverse("live_room:presence", args=[code, pk])
    if request.method == "POST" and form.is_valid():
        try:
            services.decide_appeal(appeal=row, by=actor(request), **form.cleaned_data)
        except services.Refused as refusal:
            form.add_error(None, str(refusal.text))
        else:
            told(request, _("The answer is noted; she reads it on her page."))
            return redirect(back)
    return _form(request, run, session, form, _("“I was there”"), back=back, appeal=row)


def mine(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What is known of her own presence, and what she says against it."""
    run = run_or_404(request, code)
    session = get_object_or_404(Session, pk=pk, run=run)
    session.run = run
    account = actor(request)
    form = forms.SpanForm(request.POST or None, session=session)
    takes_part = bool(policy.role_of(account, session))
    if request.method == "POST" and form.is_valid() and takes_part:
        try:
            services.appeal(session=session, begins=form.moment("begins"), ends=form.moment("ends"), text=form.cleaned_data["text"], by=account)  # fmt: skip
        except services.Refused as refusal:
            form.add_error(None, str(refusal.text))
        else:
            told(request, _("It is sent to the organiser. The answer stands here."))
            return redirect("live_room:mine", code=code, pk=pk)
    appeals = evidence.appeals(session, person=account.person_id)
    context = {
        "run": run, "session": session, "row": evidence.own(session, account), "demands": evidence.demands(run), "form": form,
        "appeals": appeals, "waits": any(one.state == Appeal.State.ASKED for one in appeals), "takes_part": takes_part,
        "need": evidence.need_of(run), "place": place_of(session), "goes_on": timezone.now() < session.ends_at,
    }  # fmt: skip
    return render(request, "live_room/mine.html", context, status=422 if form.errors else 200)
