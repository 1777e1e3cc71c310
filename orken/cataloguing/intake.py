"""Taking a record from a person: pasted text, a file of any format, or one of the school's own.

What arrives is read as it stands; nothing is mended. A bomb, an empty file or an unknown format is refused
with a sentence.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _

from orken.cataloguing import codecs, profiles
from orken.cataloguing.codecs import typed
from orken.cataloguing.record import Record
from orken.kit.i18n.content import current_language

MOST_RECORDS = 200  # of a file on the record page; a whole catalogue goes through the background check
MOST_BYTES = 5 * 1024 * 1024


class Refused(Exception):
    """Nothing could be read; the text is a sentence for the person."""


@dataclass(frozen=True)
class Taken:
    """Records read from what a person gave; `number` is the one she looks at, from 1."""

    items: tuple[codecs.Item, ...]
    number: int
    more: bool
    encoding: str
    format: str

    @property
    def item(self) -> codecs.Item:
        return self.items[self.number - 1]

    @property
    def record(self) -> Record:
        assert self.item.record is not None, "take() refuses what has no record"
        return self.item.record


def take(*, text: str = "", file: IO[bytes] | Any | None = None, encoding: str = "", number: int = 1) -> Taken:
    """Read pasted `text` or an open `file`. Raises Refused."""
    content = _bytes(text, file)
    try:
        opened = codecs.open_file(io.BytesIO(content), encoding=encoding or None)
        items = tuple(islice(opened.items, MOST_RECORDS + 1))
    except codecs.FileRefused as refusal:
        raise Refused(say(refusal.texts)) from refusal
    more = len(items) > MOST_RECORDS
    items = items[:MOST_RECORDS]
    if not items:
        raise Refused(_("There is no record in it."))
    number = min(max(number, 1), len(items))
    if items[number - 1].record is None:
        raise Refused(
            _("Nothing of record %(number)s could be read: it is cut off or is no record.") % {"number": number}
        )
    return Taken(items, number, more, opened.encoding, opened.format)


def _bytes(text: str, file: Any | None) -> bytes:
    if file is not None:
        content: bytes = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise Refused(_("The file is larger than 5 MB. Send it to the check of whole files."))
        return content
    if len(text) > MOST_BYTES // 4:
        raise Refused(_("The text is too long for one record. Send it as a file."))
    return typed.to_mrk(text).encode("utf-8", errors="replace")


def say(texts: Any) -> str:
    """A sentence kept in three languages, in the reader's."""
    found: str = texts.get(current_language()) or texts.get("ru") or texts.get("en") or ""
    return found


def profile_of(record: Record, wanted: str = "") -> str:
    """The profile a person chose, or the one the record looks like."""
    return wanted if wanted in profiles.CODES else profiles.detect(record)
