"""Checking a detached CMS signature (.p7s, .cms) over the PDF of a paper.

What is proved: these very bytes were signed with the key of this certificate, and the certificate was valid then.
Whether the certificate leads to a root that the operator trusts (ORKEN_SIGNING_ROOTS) is said apart; without
roots it is «not checked». Keys of RSA and of elliptic curves; national GOST keys are refused with a sentence.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import cms, pem
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from django.utils.translation import gettext_lazy as _

DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512(),
}  # fmt: skip
UNCHECKED, TRUSTED, UNKNOWN_ROOT = "unchecked", "trusted", "unknown_root"
LONGEST_CHAIN = 6
CLOCKS_DIFFER = timedelta(hours=1)


class CmsRefused(Exception):
    """The file does not prove a signature over this paper; the text is a sentence for the one who sent it."""


@dataclass(frozen=True)
class Proof:
    """What was found. `signed_at` as the signer's own clock wrote it, empty when it did not."""

    signer: str
    organisation: str
    issuer: str
    serial: str
    signed_at: str
    digest: str
    fingerprint: str
    chain: str

    def data(self) -> dict[str, Any]:
        return asdict(self)


def check(
    signature: bytes, content: bytes, *, roots: Sequence[x509.Certificate] = (), now: datetime | None = None
) -> Proof:
    """Prove that `signature` is over `content`. Raises CmsRefused."""
    try:
        return _check(signature, content, roots, now or datetime.now(UTC))
    except CmsRefused:
        raise
    except Exception as broken:  # whatever two parsers raise over damaged bytes: the file is none
        raise CmsRefused(_("This is not a signature file (.p7s or .cms).")) from broken


def _check(signature: bytes, content: bytes, roots: Sequence[x509.Certificate], today: datetime) -> Proof:
    data = _signed_data(signature)
    if len(data["signer_infos"]) != 1:
        raise CmsRefused(_("The file holds several signatures or none. One is needed."))
    inside = data["encap_content_info"]["content"].native
    if inside is not None and inside != content:
        raise CmsRefused(_("The file carries another document inside. Sign the PDF of this paper."))
    signer = data["signer_infos"][0]
    certificates = [x509.load_der_x509_certificate(one.chosen.dump()) for one in data["certificates"] or [] if one.name == "certificate"]  # fmt: skip
    own = _certificate_of(signer, certificates)
    name = str(signer["digest_algorithm"]["algorithm"].native)
    if name not in DIGESTS:
        raise CmsRefused(_("This kind of signature is not known here. RSA and ECDSA with SHA-2 are."))
    digest = _digest(DIGESTS[name], content)
    signed_at = _attributes(signer, digest)
    _verify(own, signer, _signed_bytes(signer, content), DIGESTS[name])
    moment = signed_at or today
    if moment > today + CLOCKS_DIFFER:
        raise CmsRefused(_("The signature says that it was made in the future."))
    if not own.not_valid_before_utc <= moment <= own.not_valid_after_utc:
        raise CmsRefused(_("The certificate was not valid when it signed."))
    return Proof(
        signer=_named(own.subject, x509.NameOID.COMMON_NAME), organisation=_named(own.subject, x509.NameOID.ORGANIZATION_NAME),
        issuer=_named(own.issuer, x509.NameOID.COMMON_NAME), serial=f"{own.serial_number:x}",
        signed_at=signed_at.isoformat() if signed_at else "", digest=digest.hex(),
        fingerprint=own.fingerprint(hashes.SHA256()).hex(), chain=_chain(own, certificates, roots, moment),
    )  # fmt: skip


def _signed_data(signature: bytes) -> Any:
    """From DER, BER, PEM or the base64 text that signing programs give."""
    if pem.detect(signature):
        _kind, _headers, signature = pem.unarmor(signature)
    elif not signature.startswith(b"\x30"):
        signature = base64.b64decode(b"".join(signature.split()), validate=True)
    info = cms.ContentInfo.load(signature, strict=True)
    if info["content_type"].native != "signed_data":
        raise CmsRefused(_("This is not a signature file (.p7s or .cms)."))
    return info["content"]


def _certificate_of(signer: Any, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    wanted = signer["sid"]
    for one in certificates:
        if wanted.name == "issuer_and_serial_number":
            found = wanted.chosen
            if (
                one.serial_number == found["serial_number"].native
                and one.issuer.public_bytes() == found["issuer"].dump()
            ):
                return one
        else:
            try:
                key = one.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
            except x509.ExtensionNotFound:
                continue
            if key == wanted.chosen.native:
                return one
    raise CmsRefused(_("The certificate of the signer is not in the file. Save the signature together with it."))


def _digest(algorithm: hashes.HashAlgorithm, content: bytes) -> bytes:
    made = hashes.Hash(algorithm)
    made.update(content)
    return made.finalize()


def _attributes(signer: Any, digest: bytes) -> datetime | None:
    """The digest that was signed must be that of this paper; answers the signer's own time."""
    attributes = signer["signed_attrs"]
    if not attributes:
        return None
    found = {one["type"].native: one["values"] for one in attributes}
    if "message_digest" not in found or found["message_digest"][0].native != digest:
        raise CmsRefused(_("The signature is over another file. Sign the PDF of this paper as it stands here."))
    at = found["signing_time"][0].native if "signing_time" in found else None
    return at if isinstance(at, datetime) else None


def _signed_bytes(signer: Any, content: bytes) -> bytes:
    attributes = signer["signed_attrs"]
    return bytes(attributes.untag().dump(force=True)) if attributes else content


def _verify(own: x509.Certificate, signer: Any, signed: bytes, algorithm: hashes.HashAlgorithm) -> None:
    value = signer["signature"].native
    try:
        key = own.public_key()
        if isinstance(key, rsa.RSAPublicKey):
            pss = signer["signature_algorithm"]["algorithm"].native == "rsassa_pss"
            scheme = padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO) if pss else padding.PKCS1v15()
            key.verify(value, signed, scheme, algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, signed, ec.ECDSA(algorithm))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(value, signed)
        else:
            raise UnsupportedAlgorithm("key")
    except InvalidSignature as false:
        raise CmsRefused(_("The signature is false: the paper or the signature was changed.")) from false
    except (UnsupportedAlgorithm, ValueError) as unknown:
        raise CmsRefused(_("This kind of signature is not known here. RSA and ECDSA with SHA-2 are.")) from unknown


def _named(name: x509.Name, attribute: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(attribute)
    return str(found[0].value)[:300] if found else ""


def _chain(own: x509.Certificate, given: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], moment: datetime) -> str:  # fmt: skip
    """Whether it leads to a trusted root through certificates that the file carries, all valid at that moment."""
    if not roots:
        return UNCHECKED
    trusted = {one.fingerprint(hashes.SHA256()) for one in roots}
    current = own
    for _step in range(LONGEST_CHAIN):
        if current.fingerprint(hashes.SHA256()) in trusted:
            return TRUSTED
        above = next((one for one in (*roots, *given) if one is not current and _issued(one, current, moment)), None)
        if above is None:
            return UNKNOWN_ROOT
        current = above
    return UNKNOWN_ROOT


def _issued(above: x509.Certificate, below: x509.Certificate, moment: datetime) -> bool:
    if not above.not_valid_before_utc <= moment <= above.not_valid_after_utc:
        return False
    try:
        if not above.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
        below.verify_directly_issued_by(above)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
