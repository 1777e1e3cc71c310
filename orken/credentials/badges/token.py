"""The same credential as a VC-JWT (EdDSA): one line of text that any library of JWTs checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "EdDSA"


class NotOurs(ValueError):
    """The token is not signed by this key, is out of its days, or is no token."""


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def sign(document: Mapping[str, Any], *, key: Ed25519PrivateKey, method: str) -> str:
    """The credential itself is the payload, with the registered claims beside it (OB 3.0, VC-JWT)."""
    claims: dict[str, Any] = {**document, "iss": document["issuer"]["id"], "jti": document["id"], "nbf": _seconds(document["validFrom"])}  # fmt: skip
    if "validUntil" in document:
        claims["exp"] = _seconds(document["validUntil"])
    subject = document["credentialSubject"].get("id")
    if subject:
        claims["sub"] = subject
    return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": method, "typ": "JWT"})


def method_of(token: str) -> str:
    """Which key it says it is signed by. Raises NotOurs."""
    try:
        return str(jwt.get_unverified_header(token).get("kid", ""))
    except jwt.InvalidTokenError as problem:
        raise NotOurs(str(problem)) from problem


def opened(token: str, key: Ed25519PublicKey) -> dict[str, Any]:
    """What it says, when the key signed it; days are judged by whoever asks. Raises NotOurs."""
    try:
        found: dict[str, Any] = jwt.decode(
            token, key, algorithms=[ALGORITHM], options={"verify_exp": False, "verify_nbf": False, "verify_aud": False}
        )
    except jwt.InvalidTokenError as problem:
        raise NotOurs(str(problem)) from problem
    return found
