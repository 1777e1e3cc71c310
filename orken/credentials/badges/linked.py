"""JSON-LD signed by eddsa-rdfc-2022 (W3C Data Integrity): the meaning is signed, not the bytes.

Contexts come from installed packages and from nowhere else: nothing is ever fetched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from orken.credentials.badges import multibase

VC = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SUITE = "eddsa-rdfc-2022"


class UnknownContext(ValueError):
    """The document names a vocabulary that is not among ours."""


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def sign(
    document: Mapping[str, Any], *, key: Ed25519PrivateKey, method: str, created: str, statements: str | None = None
) -> dict[str, Any]:  # fmt: skip
    """The document with its proof. `method` is the address of the key, `created` a moment in UTC.

    `statements`: its canonical form where that is known already (`statements.canonical`).
    """
    options = {"type": "DataIntegrityProof", "cryptosuite": SUITE, "created": created, "verificationMethod": method, "proofPurpose": "assertionMethod"}  # fmt: skip
    contexts = tuple(document["@context"])
    said = canonical(document) if statements is None else statements
    signature = key.sign(_options_hash(contexts, created, method) + hashlib.sha256(said.encode()).digest())
    return {**document, "proof": {**options, "proofValue": multibase.encode(signature)}}


def verified(document: Mapping[str, Any], key: Ed25519PublicKey) -> bool:
    """Whether the proof is of this key over exactly this document. Raises UnknownContext."""
    proof = document.get("proof")
    if (
        not isinstance(proof, dict)
        or proof.get("cryptosuite") != SUITE
        or proof.get("proofPurpose") != "assertionMethod"
    ):
        return False
    body = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = multibase.decode(str(proof.get("proofValue", "")))
        key.verify(signature, _hash({**options, "@context": body.get("@context")}) + _hash(body))
    except (InvalidSignature, ValueError) as problem:
        if isinstance(problem, UnknownContext):
            raise
        return False
    return True


@lru_cache(maxsize=64)
def _options_hash(contexts: tuple[str, ...], created: str, method: str) -> bytes:
    """The same for all badges of a batch: they share moment and key."""
    return _hash(
        {
            "@context": list(contexts), "type": "DataIntegrityProof", "cryptosuite": SUITE, "created": created,
            "verificationMethod": method, "proofPurpose": "assertionMethod",
        }
    )  # fmt: skip


def _hash(document: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(canonical(document).encode()).digest()


def canonical(document: Mapping[str, Any]) -> str:
    """The statements of the document in their canonical order (RDFC-1.0)."""
    from pyld import jsonld

    try:
        found: str = jsonld.normalize(
            dict(document), {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
        )
    except jsonld.JsonLdError as problem:
        raise UnknownContext(str(problem)) from problem
    return found


def _load(address: str, options: Any) -> dict[str, Any]:
    return {
        "contextUrl": None,
        "documentUrl": address,
        "contentType": "application/ld+json",
        "document": context(address),
    }


@lru_cache(maxsize=16)
def context(address: str) -> dict[str, Any]:
    """A vocabulary by its address, as the installed package carries it. Raises UnknownContext."""
    from openbadgeslib.ob3.contexts import UnknownContextError, load_context

    try:
        found: dict[str, Any] = load_context(address)
    except UnknownContextError as problem:
        raise UnknownContext(address) from problem
    return found
