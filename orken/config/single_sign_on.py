"""Sign-in by an outside identity provider, out of one address; nothing of it exists without the variable.

oidc+https://CLIENT_ID:SECRET@id.example.kz/realms/main?name=Ведомство
saml+https://id.example.kz/metadata.xml?name=Ведомство&entity=https://id.example.kz/

A SAML provider seldom says whether it has verified an address: `&addresses=verified` says it for a provider that gives
out the addresses itself. Of an answer the assertion must be signed, whatever else is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

ID = "outside"  # stands in the addresses that the provider has to know


@dataclass(frozen=True)
class SignOn:
    """The judged address: what kind of provider, where, and how our sign-in page calls it."""

    kind: str  # oidc or saml; empty: none
    server: str = ""
    client: str = ""
    secret: str = ""
    name: str = ""
    entity: str = ""
    vouches: bool = False  # for the addresses that it tells

    @property
    def origin(self) -> str:
        """Where the browser is sent: a form of ours may lead there."""
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}" if self.kind else ""


def read(address: str) -> SignOn:
    """The parts of the address; env.py has judged its scheme."""
    if not address:
        return SignOn("")
    parts = urlsplit(address)
    kind, _plus, scheme = parts.scheme.partition("+")
    host = f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    server = urlunsplit((scheme, host, parts.path.rstrip("/"), "", ""))
    return SignOn(
        kind, server, unquote(parts.username or ""), unquote(parts.password or ""), query.get("name", host),
        query.get("entity", server), query.get("addresses") == "verified",
    )  # fmt: skip


def apps(sign_on: SignOn) -> list[str]:
    """Installed apps; allauth shows its pages only when they are here."""
    if not sign_on.kind:
        return []
    provider = {"oidc": "openid_connect", "saml": "saml"}[sign_on.kind]
    return ["allauth.socialaccount", f"allauth.socialaccount.providers.{provider}"]


def providers(sign_on: SignOn) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS."""
    if sign_on.kind == "oidc":
        app = {
            "provider_id": ID, "name": sign_on.name, "client_id": sign_on.client, "secret": sign_on.secret,
            "settings": {"server_url": sign_on.server, "oauth_pkce_enabled": True},
        }  # fmt: skip
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    if sign_on.kind == "saml":
        app = {
            "provider_id": ID, "name": sign_on.name, "client_id": ID,
            "settings": {
                "idp": {"entity_id": sign_on.entity, "metadata_url": sign_on.server},
                "advanced": {"want_assertion_signed": True}, "verified_email": sign_on.vouches,
            },
        }  # fmt: skip
        return {"saml": {"APPS": [app]}}
    return {}
