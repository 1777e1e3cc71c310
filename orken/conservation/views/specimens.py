"""The lab: the list of specimens, a specimen to try, its tiles."""

from __future__ import annotations

import json
from typing import Any, TypeVar
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from orken.conservation.annotations import AnnotationRefused
from orken.conservation.imaging import pyramids
from orken.conservation.kinds import regions
from orken.conservation.models import CardPicture, Light, Specimen
from orken.conservation.plain import CellsUnreadable
from orken.conservation.policy import pictures as policy
from orken.conservation.selectors import pictures as selectors
from orken.conservation.views.lab import feedback, lab
from orken.conservation.vocabulary import BY_CODE, DAMAGES, SEVERITIES, VERSION, Group, ObjectClass
from orken.kit.files import services as files
from orken.network.views.common import actor

Answer = TypeVar("Answer", bound=HttpResponseBase)
PAGE = 24
DAY = 24 * 3600


@require_GET
def specimens(request: HttpRequest) -> HttpResponse:
    """The specimens that can be tried; what is still being drawn is told."""
    account = actor(request)
    found = selectors.shown(account)
    script = request.GET.get("script", "")
    if script in ("arab", "latn", "cyrl"):
        found = found.filter(script=script)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "script": script, "counts": selectors.being_prepared(), "to_mark": selectors.to_mark(account),
        "keeps": bool(policy.keeps(account)),
    }  # fmt: skip
    return render(request, "conservation/specimens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def specimen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a specimen: draw, hand in, and see what the experts saw. Nothing is kept: this is no attempt."""
    account = actor(request)
    found = get_object_or_404(Specimen.objects.filter(policy.seen(account)), pk=pk)
    if not found.ready:
        return render(request, "conservation/preparing.html", {"specimen": found})
    context: dict[str, Any] = {"asked": [Group(one).words for one in found.groups]}
    if request.method != "POST":
        return render(request, "conservation/specimen.html", {**context, **lab(request, found)})
    if found.state != Specimen.State.PUBLISHED and not selectors.reference(found):
        raise Http404
    try:
        document = sent(request, found)
        marked = regions.judge(found, document)
    except (AnnotationRefused, CellsUnreadable, regions.NotReady) as refused:
        context |= {"refused": str(refused), **lab(request, found, marks=_again(request))}
        return render(request, "conservation/specimen.html", context, status=422)
    said = feedback(marked)
    context |= {"feedback": said, **lab(request, found, marks=said["shapes"], readonly=True)}
    return render(request, "conservation/specimen.html", context)


def sent(request: HttpRequest, specimen: Specimen) -> Any:
    """The document of the answer: drawn in the lab, or typed as cells of the grid. Raises AnnotationRefused, CellsUnreadable."""
    return regions.sent(request.POST, request.FILES, selectors.canvas(specimen))


def _again(request: HttpRequest) -> list[Any]:
    try:
        found = json.loads(regions.raw_document(request.POST, request.FILES) or "{}")
    except (ValueError, RecursionError):
        return []
    marks = found.get("annotations") if isinstance(found, dict) else None
    return marks if isinstance(marks, list) else []


@require_GET
def tile(request: HttpRequest, pk: UUID, light: str, level: int, x: int, y: int) -> HttpResponse:
    """One tile, cut now: only for those who may see the picture."""
    found = selectors.pyramid(pk, light, actor(request))
    if found is None:
        raise Http404
    path, width, height = found
    content = pyramids.tile(path, width, height, level=level, x=x, y=y)
    if content is None:
        raise Http404
    return _for_a_day(HttpResponse(content, content_type="image/jpeg"))


@require_GET
def preview(request: HttpRequest, pk: UUID, light: str) -> HttpResponse:
    kept = selectors.preview(pk, light, actor(request)) if light in Light.values else None
    if kept is None:
        raise Http404
    return _for_a_day(HttpResponse(selectors.opened(kept), content_type="image/jpeg"))


URGENCY = {0: _("watch it"), 1: _("within the year's plan"), 2: _("within weeks"), 3: _("today")}


@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """The vocabulary as cards: signs, first aid, kin and look-alikes, and how each severity looks."""
    pictures = selectors.card_pictures()
    groups = []
    for group in Group:
        of_group = [
            {
                "damage": one, "name": selectors.sentence(str(one.name)), "signs": selectors.sentence(str(one.signs)),
                "urgency": [URGENCY[step] for step in sorted(set(one.urgency))],
                "geometry": [form.words for form in one.geometry],
                "kin": [BY_CODE[code] for code in one.kin], "lookalikes": [BY_CODE[code] for code in one.lookalikes],
                "pictures": [(step, SEVERITIES[step].name) for step in sorted(pictures.get(one.code, {}))],
            }
            for one in DAMAGES
            if one.group is group
        ]  # fmt: skip
        groups.append((selectors.sentence(str(group.words)), of_group))
    context = {
        "groups": groups,
        "severities": list(SEVERITIES.values()),
        "classes": list(ObjectClass),
        "version": VERSION,
    }
    return render(request, "conservation/cards.html", context)


@require_GET
def card_picture(request: HttpRequest, code: str, severity: int) -> HttpResponseBase:
    """The detail that shows a damage; drawn apart from every specimen, so it tells no answer."""
    found = get_object_or_404(CardPicture.objects.select_related("picture"), code=code, severity=severity)
    return _for_a_day(FileResponse(files.read(found.picture), content_type="image/jpeg"))


def _for_a_day(answer: Answer) -> Answer:
    patch_cache_control(answer, private=True, max_age=DAY)
    return answer
