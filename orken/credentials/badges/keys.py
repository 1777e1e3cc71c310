"""The keys of issuers: one signs, those before it still verify; the secret halves lie sealed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from orken.credentials import policy
from orken.credentials.badges import multibase
from orken.credentials.models import Prefix, SigningKey
from orken.kit.audit import services as audit
from orken.network.models import Unit
from orken.people import sealing
from orken.people.models import Account

SECRET_BYTES = 32


@dataclass(frozen=True)
class Signer:
    """A key that signs, with the names under which others find its public half."""

    row: SigningKey
    did: str

    @property
    def method(self) -> str:
        return f"{self.did}#{self.row.public}"

    @cached_property
    def key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(sealing.unseal(self.row.sealed)))


def did_of(issuer: Unit, public: str) -> str:
    """did:web when the house is public under an address of its own, else did:key, which needs no server."""
    if settings.ENVIRONMENT.did == "web":
        host = settings.ENVIRONMENT.site_url.removeprefix("https://").replace(":", "%3A")
        return f"did:web:{host}:issuers:{issuer.code}"
    return f"did:key:{public}"


@transaction.atomic
def signer(issuer: Unit) -> Signer:
    """The key that signs for `issuer` today; the first is made when it is first asked for."""
    row = SigningKey.objects.filter(issuer=issuer, retired_at=None).first()
    if row is None:
        Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=issuer.pk)
        row = SigningKey.objects.filter(issuer=issuer, retired_at=None).first() or _made(issuer)
    return Signer(row, did_of(issuer, row.public))


def made_of(secret: bytes, issuer: Unit) -> SigningKey:
    """A key whose secret half is given, 32 bytes: of the demo, which is the same every time on one installation."""
    return _made(issuer, Ed25519PrivateKey.from_private_bytes(secret))


def _made(issuer: Unit, key: Ed25519PrivateKey | None = None) -> SigningKey:
    key = key or Ed25519PrivateKey.generate()
    public = multibase.encode(multibase.ED25519 + key.public_key().public_bytes_raw())
    row: SigningKey = SigningKey.objects.create(
        issuer=issuer, public=public, sealed=sealing.seal(key.private_bytes_raw().hex())
    )
    return row


@transaction.atomic
def rotate(*, prefix: Prefix, by: Account | None) -> SigningKey:
    """A new key signs from now on; the public half of the old one stays known, so its badges still verify."""
    policy.require_issuing(by, prefix)
    issuer = Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=prefix.issuer_id)
    SigningKey.objects.filter(issuer=issuer, retired_at=None).update(retired_at=timezone.now())
    row = _made(issuer)
    audit.record("badge.key_rotated", row, by=by, scope_path=issuer.path, after={"public": row.public})
    return row


def public_key(public: str) -> Ed25519PublicKey:
    """Raises ValueError when it is not the multibase of an Ed25519 key."""
    content = multibase.decode(public)
    if not content.startswith(multibase.ED25519) or len(content) != SECRET_BYTES + len(multibase.ED25519):
        raise ValueError("not an Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(content[len(multibase.ED25519) :])


def did_document(issuer: Unit) -> dict[str, object]:
    """What did:web leads to: every key that ever signed, so that old badges verify; only the newest asserts from now on."""
    did = did_of(issuer, "")
    rows = list(SigningKey.objects.filter(issuer=issuer).order_by("-made_at", "-pk"))
    methods = [
        {"id": f"{did}#{one.public}", "type": "Multikey", "controller": did, "publicKeyMultibase": one.public}
        for one in rows
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did, "verificationMethod": methods, "assertionMethod": [one["id"] for one in methods],
    }  # fmt: skip


@transaction.atomic
def reseal() -> int:
    """Seal every secret half by the newest secret key of the installation; answers how many were sealed anew."""
    done = 0
    for row in SigningKey.objects.select_for_update().order_by("pk"):
        if not sealing.sealed_now(row.sealed):
            row.sealed = sealing.seal(sealing.unseal(row.sealed))
            row.save(update_fields=["sealed"])
            done += 1
    return done
