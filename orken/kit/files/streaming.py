"""Playing a kept recording in the page: a browser asks for parts of it, so that somebody can go to the tenth minute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect

from orken.kit.files import services
from orken.kit.files.models import StoredFile

RANGE = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")
CHUNK = 256 * 1024
PIECE = 1024 * 1024
HOURS = 4  # so long an address of the store plays


def respond(request: HttpRequest, kept: StoredFile) -> HttpResponseBase:
    """The file, whole or the asked part (one range), to be played and not saved; or the way to the store that has it.

    A player asks for all from some byte on and then reads no faster than it plays, so that one viewer would hold a
    worker of pages for as long as she watches. Whoever leaves the end open gets a piece at most (RFC 9110, 14.2 and
    15.3.7: the answer says which part it is), and asks for the next when she needs it.

    The caller has asked whether the reader may have it, and keeps files that play (sound, moving pictures) only:
    they run nothing, and the page's own policy keeps anything else from it.
    """
    if settings.ENVIRONMENT.files_url.startswith("s3"):
        address = default_storage.url(  # type: ignore[call-arg]  # the S3 storage takes parameters and a lifetime
            kept.stored_as, parameters={"ResponseContentDisposition": "inline", "ResponseContentType": kept.media_type},
            expire=HOURS * 3600,
        )  # fmt: skip
        return redirect(str(address))
    asked = request.headers.get("Range", "")
    begins, ends = 0, kept.size - 1
    answer: HttpResponseBase
    if asked:
        found = _asked(asked, kept.size)
        if found is None:
            answer = HttpResponse(status=416)
            answer["Content-Range"] = f"bytes */{kept.size}"
            return answer
        begins, ends = found
    answer = StreamingHttpResponse(
        _part(services.read(kept), begins, ends), status=206 if asked else 200, content_type=kept.media_type
    )
    if asked:
        answer["Content-Range"] = f"bytes {begins}-{ends}/{kept.size}"
    answer["Content-Length"] = str(ends - begins + 1)
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


def _asked(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of the one range that is asked for; None when there is no such part."""
    found = RANGE.match(header.strip())
    if found is None or (not found[1] and not found[2]) or size == 0:
        return None
    if not found[1]:  # the last so many
        begins, ends = max(0, size - int(found[2])), size - 1
    else:
        begins = int(found[1])
        ends = min(int(found[2]) if found[2] else begins + PIECE - 1, size - 1)
    return (begins, ends) if begins <= ends and begins < size else None


def _part(source: IO[bytes], begins: int, ends: int) -> Iterator[bytes]:
    with source:
        source.seek(begins)
        left = ends - begins + 1
        while left > 0 and (chunk := source.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
