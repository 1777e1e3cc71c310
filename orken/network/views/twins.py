"""Two records that may be one person: suggestions, side by side, joined or told apart, taken apart again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from orken.network import persons
from orken.network.models import Appointment
from orken.network.persons import Twins
from orken.network.roles import Permission
from orken.network.views.common import actor, done_before, said, scope_or_404
from orken.people import duplicates
from orken.people.models import Look, Person
from orken.people.services import merging, rights

LABELS = {
    "name_kk": gettext_lazy("Full name in Kazakh"), "name_ru": gettext_lazy("Full name in Russian"), "name_en": gettext_lazy("Full name in Latin letters"),
    "birth_on": gettext_lazy("Date of birth"), "sex": gettext_lazy("Sex"), "phone": gettext_lazy("Telephone"), "email": gettext_lazy("E-mail"),
}  # fmt: skip


def twins(request: HttpRequest) -> HttpResponse:
    """Pairs worth a look, and what was joined before."""
    scope = scope_or_404(request, Permission.PERSON_MERGE)
    found, total = persons.suggested(scope)
    context = {
        "twins": found,
        "total": total,
        "more": max(0, total - len(found)),
        "posts": _posts([person for pair in found for person in (pair.one, pair.other)]),
        "merges": persons.merges_in(scope)[:20],
    }
    return render(request, "network/twins.html", context)


def _posts(people: list[Person]) -> dict[int, list[Appointment]]:
    held: dict[int, list[Appointment]] = {}
    for row in Appointment.objects.at().filter(person__in=people).select_related("unit", "post"):
        held.setdefault(row.person_id, []).append(row)
    return held


def compare(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Side by side: what agrees, what differs, what has to be chosen."""
    scope = scope_or_404(request, Permission.PERSON_MERGE)
    kept, gone = persons.person_in(scope, one), persons.person_in(scope, other)
    if kept.pk == gone.pk:
        return redirect("network:person", pk=kept.pk)
    account = actor(request)
    if request.method == "POST":
        return _decided(request, kept, gone)
    for person in (kept, gone):
        rights.note_look(person=person, by=account, what=Look.What.COMPARED)
    held = _posts([kept, gone])
    faces = {face.pk: face for face in duplicates.faces(Person.objects.filter(pk__in=[kept.pk, gone.pk]))}
    context = {
        "pair": Twins(duplicates.compare(faces[kept.pk], faces[gone.pk]), kept, gone),
        "kept": kept,
        "gone": gone,
        "sides": [(kept, held.get(kept.pk, [])), (gone, held.get(gone.pk, []))],
        "differences": [(LABELS[one.key], one) for one in merging.differences(kept, gone)],
        "collisions": merging.collisions(kept, gone),
        "swap": reverse("network:compare", args=[gone.pk, kept.pk]),
    }
    return render(request, "network/compare.html", context)


def _decided(request: HttpRequest, kept: Person, gone: Person) -> HttpResponse:
    account = actor(request)
    if request.POST.get("verdict") == "apart":
        persons.keep_apart(one=kept, other=gone, by=account)
        said(request, _("Remembered: they are two people. Nobody is asked again."))
        return redirect("network:twins")
    answers = {key[2:]: str(value) for key, value in request.POST.items() if key.startswith("a-")}
    try:
        merge = persons.merge(kept=kept, gone=gone, answers=answers, by=account)
    except merging.CannotMerge:
        messages.error(request, _("Choose between the rows that cannot both stand, then join."))
        return redirect("network:compare", one=kept.pk, other=gone.pk)
    messages.success(
        request, _("Joined: %(name)s.") % {"name": merge.kept}, extra_tags=reverse("network:unmerge", args=[merge.pk])
    )
    return redirect("network:person", pk=merge.kept_id)


@require_POST
def unmerge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the two apart again."""
    scope = scope_or_404(request, Permission.PERSON_MERGE)
    merge = get_object_or_404(persons.merges_in(scope, undone=True), pk=pk)
    if merge.undone_at is not None:
        return done_before(
            request, merge, persons.place_of(merge.kept), reverse("network:twins"), merge.pk, "person.merge_undone"
        )
    try:
        persons.unmerge(merge=merge, by=actor(request))
    except merging.CannotUndoMerge as refusal:
        messages.error(
            request, _("It was changed after the joining, so they stay joined: %(what)s.") % {"what": refusal.what}
        )
    else:
        said(request, _("They are two records again."))
    return redirect("network:twins")
