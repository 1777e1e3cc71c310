"""What the pages of papers share."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from orken.network.views.common import actor
from orken.records import selectors
from orken.records.models import Paper
from orken.records.services import Text

__all__ = ["actor", "asked", "named", "paper_or_404", "pdf"]


def paper_or_404(request: HttpRequest, pk: UUID) -> Paper:
    found = selectors.seen_or_none(actor(request), pk)
    if found is None:
        raise Http404
    return found


def named(answer: HttpResponse, name: str, *, saved: bool = False) -> HttpResponse:
    """The file under its name, which may have Kazakh letters; `saved`: it is kept, not shown."""
    answer["Content-Disposition"] = content_disposition_header(as_attachment=saved, filename=name) or "inline"
    return answer


def pdf(content: bytes, name: str) -> HttpResponse:
    return named(HttpResponse(content, content_type="application/pdf"), f"{name}.pdf")


def asked(request: HttpRequest, paper: Paper, form: object, *, title: Text, button: Text, problems: list[Text], note: Text = "", grave: bool = False, files: bool = False) -> HttpResponse:  # fmt: skip
    """One question about a paper: a page with a form and its button."""
    bad = bool(problems) or bool(getattr(form, "errors", None))
    context = {"paper": paper, "form": form, "title": title, "button": button, "problems": problems, "note": note, "grave": grave, "files": files}  # fmt: skip
    return render(request, "records/form.html", context, status=422 if bad else 200)
