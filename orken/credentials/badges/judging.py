"""Judging a badge that somebody shows: is it ours, untouched, within its days, and does its certificate still hold?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orken.credentials.badges import keys, linked, token
from orken.credentials.models import Certificate, SigningKey


@dataclass(frozen=True)
class Verdict:
    """`status` is that of the certificate, empty when the badge is not one of ours."""

    valid: bool
    status: str
    why: str

    def as_json(self) -> dict[str, Any]:
        return {"valid": self.valid, "status": self.status or None, "why": self.why}


class NotABadge(ValueError):
    """The text is neither a JSON-LD credential nor a VC-JWT."""


def judge(text: str, now: datetime | None = None) -> Verdict:
    """The verdict over a badge in either form. Raises NotABadge."""
    text = text.strip()
    if text.count(".") == 2 and not text.startswith("{"):
        return _token(text, now or timezone.now())
    try:
        document = json.loads(text)
    except ValueError as problem:
        raise NotABadge(text[:40]) from problem
    if not isinstance(document, dict) or not isinstance(document.get("proof"), dict):
        raise NotABadge(text[:40])
    method = str(document["proof"].get("verificationMethod", ""))
    key = _key(method)
    if key is None:
        return Verdict(False, "", _("It is signed by a key that is not of this register."))
    try:
        good = linked.verified(document, keys.public_key(key.public))
    except linked.UnknownContext:
        good = False
    return _judged(document if good else None, method, key, now or timezone.now())


def _token(text: str, now: datetime) -> Verdict:
    try:
        method = token.method_of(text)
    except token.NotOurs as problem:
        raise NotABadge(text[:40]) from problem
    key = _key(method)
    if key is None:
        return Verdict(False, "", _("It is signed by a key that is not of this register."))
    try:
        document: dict[str, Any] | None = token.opened(text, keys.public_key(key.public))
    except token.NotOurs:
        document = None
    return _judged(document, method, key, now)


def _key(method: str) -> SigningKey | None:
    """The key of the register that a verification method names: did:key:z…#z… or did:web:…#z…."""
    did, _sign, public = method.partition("#")
    key = SigningKey.objects.filter(public=public).select_related("issuer").first()
    if key is None or (did.startswith("did:key:") and did != f"did:key:{public}"):
        return None
    return key


def _judged(document: dict[str, Any] | None, method: str, key: SigningKey, now: datetime) -> Verdict:
    if document is None:
        return Verdict(False, "", _("It was changed after it was signed."))
    issuer = document.get("issuer")
    if not isinstance(issuer, dict) or issuer.get("id") != method.partition("#")[0]:
        return Verdict(False, "", _("The issuer that it names is not the one whose key signed it."))
    number = str(document.get("id", "")).rstrip("/").rsplit("/", 1)[-1]
    found = (
        Certificate.objects.filter(number=number, prefix__issuer=key.issuer_id).select_related("replaced_by").first()
    )
    if found is None:
        return Verdict(False, "", _("The register knows no such certificate."))
    if "validUntil" in document and datetime.fromisoformat(str(document["validUntil"]).replace("Z", "+00:00")) < now:
        return Verdict(False, found.state, _("Its days are over."))
    if found.state == Certificate.State.ISSUED:
        return Verdict(True, found.state, _("Signed by the issuer and unchanged; the certificate holds."))
    if found.state == Certificate.State.REPLACED:
        return Verdict(
            False,
            found.state,
            _("The certificate was replaced by %(number)s.") % {"number": found.replaced_by.number_kk},
        )
    return Verdict(False, found.state, _("The certificate was revoked: %(reason)s") % {"reason": found.reason})
