"""The pages of climate: rooms, charts, readings."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from orken.conservation.climate import chart, loggers
from orken.conservation.climate.alarms import Point
from orken.conservation.forms import papers as forms
from orken.conservation.models import Reading, Room
from orken.conservation.selectors import papers as selectors
from orken.conservation.services import climate as services
from orken.kit.sheets.writing import XLSX, Column, Table, write_xlsx
from orken.network import policy
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.network.views.common import actor, scope_or_404


def rooms(request: HttpRequest) -> HttpResponse:
    """Every room of her scope, the endangered first."""
    scope = scope_or_404(request, Permission.CONDITION_VIEW)
    found = sorted(selectors.rooms_now(scope), key=lambda one: not one.grave)
    may_edit = bool(policy.scope(actor(request), Permission.CONDITION_EDIT))
    return render(
        request,
        "conservation/rooms.html",
        {"rooms": found, "may_edit": may_edit, "closed": list(selectors.closed_rooms(scope))},
    )


def new(request: HttpRequest) -> HttpResponse:
    """Begin to watch a room."""
    scope = scope_or_404(request, Permission.CONDITION_EDIT)
    top = Unit.objects.filter(path=scope.paths[0]).exclude(kind__in=["country", "region"]).first()
    form = forms.NewRoomForm(request.POST if request.method == "POST" else None, scope=scope, initial={"unit": top.code if top else ""})  # fmt: skip
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        unit = answers.pop("unit")
        if Room.objects.filter(unit=unit, name_kk=answers["name_kk"]).exists():
            form.add_error("name_kk", _("This library has a room of this name."))
        else:
            return redirect(services.open_room(unit=unit, values=answers, by=actor(request)))
    return render(request, "conservation/room_form.html", {"form": form, "title": _("A new room")}, status=422 if form.errors else 200)  # fmt: skip


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the names of a room, its instrument or its norm set."""
    room = _room(request, pk, Permission.CONDITION_EDIT)
    initial = {name: getattr(room, name) for name in services.ROOM_FIELDS}
    form = forms.RoomForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        twin = Room.objects.filter(unit=room.unit, name_kk=form.cleaned_data["name_kk"]).exclude(pk=room.pk)
        if twin.exists():
            form.add_error("name_kk", _("This library has a room of this name."))
        else:
            services.set_room(room=room, values=form.cleaned_data, by=actor(request))
            messages.success(request, _("Saved."))
            return redirect(room)
    return render(request, "conservation/room_form.html", {"form": form, "room": room, "title": room.name}, status=422 if form.errors else 200)  # fmt: skip


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch the room no more."""
    found = services.close_room(room=_room(request, pk, Permission.CONDITION_EDIT), by=actor(request))
    messages.success(request, _("The room is closed: it takes no readings and raises no alarm. What was recorded stays."))  # fmt: skip
    return redirect(found)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch it again."""
    found = services.reopen_room(room=_room(request, pk, Permission.CONDITION_EDIT), by=actor(request))
    messages.success(request, _("The room is watched again."))
    return redirect(found)


def room(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One room over a period: chart, alarms, days, and the files that its readings came from."""
    found = _room(request, pk, Permission.CONDITION_VIEW)
    asked = request.GET.get("days", "90")
    length = selectors.PERIODS.get(asked, 90)
    period = selectors.period(found, length)
    norm = selectors.norm_of(found)
    if request.GET.get("format") == "xlsx":
        return _sheet(found, period.points)
    labels = chart.Labels(
        _("Temperature and humidity of %(room)s") % {"room": found.name}, _("Relative humidity, %"),
        _("Temperature, °C"), _("norm"), _("danger"),
    )  # fmt: skip
    context = {
        "room": found,
        "norm": norm,
        "period": period,
        "within": round(period.within * 100) if period.within is not None else None,
        "length": str(length),
        "lengths": selectors.PERIODS,
        "chart": mark_safe(chart.svg(period.points, norm, period.alarms, labels)),
        "batches": _batches(found),
        "may_edit": policy.allows(actor(request), Permission.CONDITION_EDIT, found.unit),
    }
    return render(request, "conservation/room.html", context)


def _batches(found: Room) -> list[Any]:
    rows = Reading.objects.filter(room=found, superseded_at=None).values("batch", "source")
    rows = rows.annotate(count=Count("pk"), since=Min("at"), until=Max("at"), on=Max("recorded_at")).order_by("-on")
    return list(rows[:10])


def _sheet(found: Room, points: list[Point]) -> FileResponse:
    columns = [Column(_("Time"), 18), Column(_("Temperature, °C"), 14), Column(_("Relative humidity, %"), 14)]
    rows = ([point.at, point.temperature, point.humidity] for point in points)
    file = write_xlsx([Table(found.name, columns, rows)])
    return FileResponse(file, as_attachment=True, filename=f"climate-{found.pk}.xlsx", content_type=XLSX)


def readings(request: HttpRequest, pk: int) -> HttpResponse:
    """Type a reading, or send the file of a logger."""
    found = _room(request, pk, Permission.CONDITION_EDIT)
    if found.closed_on is not None:
        return redirect(found)
    now = timezone.localtime()
    typed = forms.ReadingForm(request.POST if "humidity" in request.POST else None, initial={"on": now.date(), "time": now.time()})  # fmt: skip
    sent = forms.LogForm(*((request.POST, request.FILES) if request.method == "POST" and "humidity" not in request.POST else ()))  # fmt: skip
    if typed.is_bound and typed.is_valid():
        answers = typed.cleaned_data
        point = Point(answers["at"], float(answers["temperature"]), float(answers["humidity"]))
        return _kept(request, found, [point], "typed", [])
    skipped: list[loggers.Skipped] = []
    if sent.is_bound and sent.is_valid():
        try:
            log = loggers.read(io.BytesIO(sent.cleaned_data["file"].read()), now.replace(tzinfo=None))
            return _kept(request, found, log.points, "file", log.skipped)
        except loggers.LogRefused as refused:
            sent.add_error("file", str(refused))
    context = {"room": found, "typed": typed, "sent": sent, "skipped": skipped}
    return render(request, "conservation/readings.html", context, status=422 if typed.errors or sent.errors else 200)


def _kept(
    request: HttpRequest, found: Room, points: list[Point], source: str, skipped: list[loggers.Skipped]
) -> HttpResponse:
    try:
        batch, count = services.record(room=found, points=points, source=source, by=actor(request))
        text = ngettext("%(n)s reading is kept.", "%(n)s readings are kept.", count) % {"n": count}
        messages.success(request, text, extra_tags=reverse("conservation:take_back", args=[found.pk, batch]))
    except services.RoomClosed:
        messages.error(request, _("The room was closed meanwhile: nothing was kept."))
    except services.NothingNew:
        messages.warning(request, _("All of it stands already: nothing new was kept."))
    for one in skipped[:5]:
        messages.warning(request, _("Row %(row)s was left out: %(why)s.") % {"row": one.row, "why": one.why})
    if len(skipped) > 5:
        more = len(skipped) - 5
        messages.warning(
            request, ngettext("%(n)s more row was left out.", "%(n)s more rows were left out.", more) % {"n": more}
        )
    return redirect(found)


@require_POST
def take_back(request: HttpRequest, pk: int, batch: UUID) -> HttpResponse:
    """Take one file or one typing back."""
    found = _room(request, pk, Permission.CONDITION_EDIT)
    gone = services.take_back(room=found, batch=batch, by=actor(request))
    if not gone:
        raise Http404
    messages.success(
        request, ngettext("%(n)s reading is taken back.", "%(n)s readings are taken back.", gone) % {"n": gone}
    )
    return redirect(found)


def _room(request: HttpRequest, pk: int, permission: Permission) -> Room:
    found = selectors.room(scope_or_404(request, permission), pk)
    if found is None:
        raise Http404
    return found
