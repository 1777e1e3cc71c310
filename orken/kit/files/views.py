"""Handing out files that lie in a folder."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest

from orken.kit.files import services


@login_not_required
def download(request: HttpRequest, word: str) -> FileResponse:
    """The signed address is the right to the file; it is always saved, never shown inside a page of ours."""
    kept = services.kept_by(word)
    if kept is None:
        raise Http404
    answer = FileResponse(services.read(kept), as_attachment=True, filename=kept.name, content_type=kept.media_type)
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "sandbox"
    return answer
