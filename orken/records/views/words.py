"""The words of an issuer's papers: letterhead with signatories, what stands around the points; in versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.network.models import Unit
from orken.records import composing, forms, kinds, selectors, wording
from orken.records.models import TemplateVersion
from orken.records.views.common import actor, pdf

LETTERHEAD_WORD = "letterhead"  # how the letterhead is named in addresses


def _issuer_or_404(request: HttpRequest, code: str) -> Unit:
    return get_object_or_404(selectors.issuers(actor(request)), code=code)


def _kind_or_404(word: str) -> str:
    if word == LETTERHEAD_WORD:
        return wording.LETTERHEAD
    if word not in {kind.code for kind in kinds.all_kinds()}:
        raise Http404
    return word


def issuers(request: HttpRequest) -> HttpResponse:
    """Whose words she writes."""
    found = list(selectors.issuers(actor(request)))
    if not found:
        raise Http404
    chosen = next(
        (one for one in found if one.code == request.GET.get("issuer")), found[0] if len(found) == 1 else None
    )
    lines: list[dict[str, Any]] = []
    if chosen is not None:
        written = selectors.versions_by_kind(chosen)
        lines = [{"word": LETTERHEAD_WORD, "label": _("Letterhead and signatories"), "number": written.get("")}] + [
            {"word": kind.code, "label": kind.label, "number": written.get(kind.code)} for kind in kinds.all_kinds()
        ]
    return render(request, "records/issuers.html", {"issuers": found, "chosen": chosen, "lines": lines})


def words(request: HttpRequest, code: str, word: str) -> HttpResponse:
    """One template of an issuer: its words to be edited, its versions beside; saved as the next version."""
    issuer, kind = _issuer_or_404(request, code), _kind_or_404(word)
    standing = wording.letterhead(issuer) if not kind else wording.of_kind(issuer, kinds.of(kind))
    seen = standing.version.number if standing.version else 0
    form = forms.WordsForm(request.POST or None, kind=kind, start=standing.words, seen=seen)
    clash = False
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "preview":
            return _preview(issuer, kind, form.words())
        try:
            made = wording.write(issuer=issuer, kind=kind, words=form.words(), by=actor(request), seen=form.cleaned_data["seen"])  # fmt: skip
        except wording.WrittenMeanwhile:
            clash = True
            form.add_error(
                None, _("Somebody else wrote a version meanwhile. Look at it below, then write yours again.")
            )
        else:
            messages.success(request, _("Saved as version %(n)s. Papers made before keep theirs.") % {"n": made.number})
            return redirect("records:words", code=issuer.code, word=word)
    versions = list(selectors.versions(issuer, kind))
    context = {
        "issuer": issuer, "word": word, "label": _("Letterhead and signatories") if not kind else kinds.of(kind).label,
        "form": form, "versions": [(one, forms.told(one.words, kind)) for one in versions], "standing": seen,
    }  # fmt: skip
    return render(request, "records/words.html", context, status=409 if clash else 422 if form.errors else 200)


@require_POST
def restore(request: HttpRequest, code: str, word: str, number: int) -> HttpResponse:
    """An older wording again, as the next version."""
    issuer, kind = _issuer_or_404(request, code), _kind_or_404(word)
    rows = TemplateVersion.objects.select_related("template__issuer")
    version = get_object_or_404(rows, template__issuer=issuer, template__kind=kind, number=number)
    made = wording.restore(version=version, by=actor(request))
    messages.success(request, _("Saved as version %(n)s. Papers made before keep theirs.") % {"n": made.number})
    return redirect("records:words", code=issuer.code, word=word)


def _preview(issuer: Unit, kind: str, written: dict[str, Any]) -> HttpResponse:
    """A paper with these words, the longest name of a person and the longest title that the register knows."""
    found = kinds.of(kind) if kind else kinds.all_kinds()[0]
    letterhead = written if not kind else wording.letterhead(issuer).words
    said = written if kind else wording.of_kind(issuer, found).words
    day: date = timezone.localdate()
    data = composing.specimen(issuer, found, letterhead, said, on=day, long=selectors.longest())
    return pdf(composing.drawn(data, timezone.now()), "preview")
