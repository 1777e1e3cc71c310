"""The sealed file: lines of a device, encrypted with a key that only the device and the centre have."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from orken.kit.offline.registry import Sent

SHAPE = "orken-lines-1"
LARGEST = 5 * 1024 * 1024
NONCE = 12  # bytes
LONGEST = 70_000  # letters of what a line says: an essay of twelve pages


class CannotOpen(Exception):
    """It is no file of ours, was changed on the way, or was sealed for another centre."""


class Unreadable(ValueError):
    """What was sent is no list of lines."""


def key_of(device: UUID, secret: str | None = None) -> bytes:
    """The device's key, 32 bytes. It follows from the secret of the installation, so nothing is stored."""
    return hmac.digest((secret or settings.SECRET_KEY).encode(), b"orken.offline:" + device.bytes, hashlib.sha256)


def opened(content: bytes) -> tuple[UUID, str, list[Sent], datetime | None]:
    """The device, its name, its lines and its clock. Raises CannotOpen."""
    try:
        outside = json.loads(content)
        if outside["shape"] != SHAPE:
            raise CannotOpen
        device = UUID(outside["device"])
        sealed = base64.b64decode(outside["sealed"], validate=True)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError):
        raise CannotOpen from None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            inside = AESGCM(key_of(device, secret)).decrypt(sealed[:NONCE], sealed[NONCE:], device.bytes)
            told = json.loads(inside)
            return device, str(told.get("name", "")), lines_of(told["lines"]), moment(told.get("clock"))
        except InvalidTag:
            continue
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise CannotOpen from None
    raise CannotOpen


def lines_of(told: Any) -> list[Sent]:
    """Lines out of JSON. Raises Unreadable: the browser writes them, so a false one is no honest mistake."""
    if not isinstance(told, Sequence) or isinstance(told, str):
        raise Unreadable("not a list")
    return [_line(one) for one in told]


def whole(told: Any) -> Any:
    """JSON as a database and a page can hold it: halves of a letter and null characters are mended, not refused.

    One line that cannot be kept would hold up all that wait behind it, and one half of a letter would fell every page
    that shows it.
    """
    if isinstance(told, str):
        return told.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(told, Mapping):
        return {whole(key): whole(value) for key, value in told.items()}
    if isinstance(told, list):
        return [whole(one) for one in told]
    return told


def _line(told: Any) -> Sent:
    told = whole(told)
    if not isinstance(told, Mapping) or not isinstance(told.get("payload"), Mapping):
        raise Unreadable("not a line")
    sequence, kind = told.get("sequence"), told.get("kind")
    if isinstance(sequence, bool) or not isinstance(sequence, int) or not 1 <= sequence < 2**53:
        raise Unreadable("sequence")
    if not isinstance(kind, str) or not 0 < len(kind) <= 60:
        raise Unreadable("kind")
    if len(json.dumps(told["payload"], ensure_ascii=False)) > LONGEST:
        raise Unreadable("payload")
    claimed_at = moment(told.get("made_at"))
    made_at = claimed_at or datetime.now(UTC)
    if claimed_at is not None and not 1900 <= claimed_at.year < 3000:
        claimed_at = None  # no calendar shows it
    try:
        uid = UUID(str(told.get("uid")))
    except ValueError:
        raise Unreadable("uid") from None
    base = str(told.get("base") or "")[:80]
    return Sent(uid, sequence, kind, base, told["payload"], made_at, claimed_at)


def moment(text: Any) -> datetime | None:
    """A moment with its zone; None when it cannot be read (a clock may show anything)."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    if found.tzinfo is None:
        return None
    try:
        return found.astimezone(UTC)
    except OverflowError:
        return None
