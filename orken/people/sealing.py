"""Numbers of persons at rest: sealed so that the database alone tells nothing, found by a keyed hash.

Two keys follow from each secret key of the installation, one for sealing (AES-256-GCM), one for the
hash (HMAC-SHA-256). A new secret key seals from now on; the old ones, kept in SECRET_KEY_FALLBACKS,
still open, until `orken people reseal` has sealed everything anew and they can go (decision 0015).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes


class CannotOpen(Exception):
    """None of the known keys opens it: the secret key was changed without keeping the old one."""


@dataclass(frozen=True)
class KeyPair:
    """The two keys of one secret; `name` says which sealed a text, and tells nothing about the key."""

    name: str
    cipher: AESGCM
    hashing: bytes


def seal(text: str) -> str:
    """`text` as a token that only this installation opens."""
    key = _keys()[0]
    nonce = os.urandom(NONCE)
    sealed = nonce + key.cipher.encrypt(nonce, text.encode(), key.name.encode())
    return f"{key.name}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(token: str) -> str:
    """The text of a token. Raises CannotOpen."""
    name, _, body = token.partition(".")
    for key in _keys():
        if key.name == name:
            try:
                sealed = base64.urlsafe_b64decode(body)
                return key.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], name.encode()).decode()
            except (InvalidTag, ValueError) as problem:
                raise CannotOpen(name) from problem
    raise CannotOpen(name)


def sealed_now(token: str) -> bool:
    """Whether the newest key sealed it."""
    return token.startswith(f"{_keys()[0].name}.")


_others: list[Callable[[], int]] = []


def register_other(reseal: Callable[[], int]) -> None:
    """An app above keeps sealed texts of its own: what seals them anew and answers how many."""
    if reseal not in _others:
        _others.append(reseal)


def reseal_others() -> int:
    return sum(reseal() for reseal in _others)


def blind(text: str) -> str:
    """The keyed hash by which an equal text is found again."""
    return _hash(_keys()[0], text)


def blinds(text: str) -> list[str]:
    """The hashes under every known key, newest first: rows that wait for resealing are found too."""
    return [_hash(key, text) for key in _keys()]


def _hash(key: KeyPair, text: str) -> str:
    return hmac.new(key.hashing, text.encode(), hashlib.sha256).hexdigest()


def _keys() -> tuple[KeyPair, ...]:
    return _derived((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _derived(secrets: tuple[str, ...]) -> tuple[KeyPair, ...]:
    return tuple(_pair(secret) for secret in secrets)


def _pair(secret: str) -> KeyPair:
    def derive(purpose: str) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=f"orken.people.{purpose}".encode()).derive(secret.encode())

    return KeyPair(derive("name").hex()[:8], AESGCM(derive("seal")), derive("blind"))
