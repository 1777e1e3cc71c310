"""An outside identity provider: nothing of it without the variable; with it, people who have an account come in."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.test import Client

from orken.config import env, single_sign_on
from tests import snapshot
from tests.outside import outside

PEOPLE = {
    "good": ("aigul@example.kz", True),
    "unverified": ("aigul@example.kz", False),
    "stranger": ("who@example.kz", True),
}


class Provider(BaseHTTPRequestHandler):
    """A small OpenID Connect provider: the code that it is given names the person who comes."""

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _answer(self, found: dict[str, Any]) -> None:
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        if self.path.endswith("openid-configuration"):
            self._answer(
                {
                    "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo", "jwks_uri": f"{here}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )  # fmt: skip
        else:
            who = self.headers["Authorization"].removeprefix("Bearer ")
            email, verified = PEOPLE[who]
            self._answer({"sub": who, "email": email, "email_verified": verified})

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert "client_secret=s3cret" in asked and "code_verifier=" in asked
        who = asked.split("code=")[1].split("&")[0]
        self._answer({"access_token": who, "token_type": "Bearer"})


@pytest.fixture
def provider() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


SCRIPT = """
import django; django.setup()
from urllib.parse import parse_qs, urlsplit
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from orken.people.models import Account, Person
person = Person.objects.create(surname_kk="Жұмабекова", given_kk="Айгүл")
account = Account(person=person, login="a", email="aigul@example.kz"); account.set_unusable_password(); account.save()
for who in ("unverified", "stranger", "good"):
    client = Client(headers={"host": "localhost"})
    page = client.get("/kk/account/login/")
    form = page.content.decode()
    assert "Ведомство" in form and "/account/outside/outside/login/" in form
    asked = client.post("/account/outside/outside/login/")
    state = parse_qs(urlsplit(asked.headers["Location"]).query)["state"][0]
    answer = client.get("/account/outside/outside/login/callback/", {"code": who, "state": state}, follow=True)
    print(who, "_auth_user_id" in client.session, Account.objects.count())
print("form-action" in page.headers["Content-Security-Policy"] and "http://127.0.0.1" in page.headers["Content-Security-Policy"])
"""


def test_who_has_an_account_comes_in_and_nobody_signs_up(provider: str, tmp_path: Path) -> None:
    environment = outside() | {
        "ORKEN_ENV": "test", "ORKEN_DATA": str(snapshot.site(tmp_path, bare=True)), "DJANGO_SETTINGS_MODULE": "orken.config.settings",
        "ORKEN_SIGN_ON": f"oidc+http://orken:s3cret@{provider}?name=Ведомство",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["unverified False 1", "stranger False 1", "good True 1", "True"], done.stderr[
        -3000:
    ]


def test_without_the_variable_there_is_no_page_of_it(db: None) -> None:
    assert settings.SIGN_ON.kind == ""
    assert not any(app.startswith("allauth.socialaccount") for app in settings.INSTALLED_APPS)
    assert Client().get("/account/outside/outside/login/").status_code == 404
    assert "outside" not in Client().get("/kk/account/login/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "https://id.example.kz",
        "oidc+https://id.example.kz",
        "oidc+ftp://a:b@id.example.kz",
        "saml+ftp://id.example.kz/metadata.xml",
    ],
)
def test_an_address_that_cannot_work_is_refused_with_a_sentence(address: str, tmp_path: Path) -> None:
    with pytest.raises(env.EnvironmentProblem, match="ORKEN_SIGN_ON"):
        env.read({"ORKEN_SIGN_ON": address}, tmp_path)


def test_plain_http_is_only_for_trying_out(tmp_path: Path) -> None:
    assert env.read({"ORKEN_SIGN_ON": "oidc+http://a:b@127.0.0.1:9"}, tmp_path).sign_on
    production = {
        "ORKEN_ENV": "production", "ORKEN_HOSTS": "orken.example", "ORKEN_DATABASE_URL": "postgres://orken@db/orken",
        "ORKEN_SECRET_KEY": "k3y-" + "".join(chr(97 + n % 26) for n in range(60)),
        "ORKEN_SIGN_ON": "oidc+http://a:b@id.example.kz",
    }  # fmt: skip
    with pytest.raises(env.EnvironmentProblem, match="ORKEN_SIGN_ON"):
        env.read(production, tmp_path)


def test_the_address_is_taken_apart() -> None:
    found = single_sign_on.read("oidc+https://orken:s%40cret@id.example.kz:8443/realms/main/?name=Министрлік")
    assert (found.kind, found.server, found.client, found.secret, found.name, found.origin) == (
        "oidc", "https://id.example.kz:8443/realms/main", "orken", "s@cret", "Министрлік", "https://id.example.kz:8443",
    )  # fmt: skip
    saml = single_sign_on.read("saml+https://id.example.kz/metadata.xml?entity=urn:x&name=М")
    told = single_sign_on.providers(saml)["saml"]["APPS"][0]["settings"]
    assert told["idp"] == {"entity_id": "urn:x", "metadata_url": "https://id.example.kz/metadata.xml"}
    assert told["advanced"]["want_assertion_signed"] and not told["verified_email"]


# --- SAML: a provider with a key of its own signs what it says ---

METADATA = """<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:test:provider">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">
<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
</md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{here}/sign-on"/>
</md:IDPSSODescriptor></md:EntityDescriptor>"""

ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a{n}" Version="2.0" IssueInstant="{now}">
<saml:Issuer>urn:test:provider</saml:Issuer><saml:Subject><saml:NameID>{mail}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{later}" Recipient="{ours}" InResponseTo="{asked}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{now}" NotOnOrAfter="{later}"><saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_s{n}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement><saml:Attribute Name="urn:oid:0.9.2342.19200300.100.1.3"><saml:AttributeValue>{mail}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"""

RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r{n}" Version="2.0" IssueInstant="{now}" Destination="{ours}" InResponseTo="{asked}">
<saml:Issuer>urn:test:provider</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>"""

SAML_SCRIPT = """
import base64, re, sys, zlib
import django; django.setup()
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from onelogin.saml2.utils import OneLogin_Saml2_Utils as saml
from orken.people.models import Account, Person
from tests.people.test_single_sign_on import ASSERTION, RESPONSE
keys = Path(sys.argv[1])
key, certificate = (keys / "key.pem").read_text(), (keys / "certificate.pem").read_text()
person = Person.objects.create(surname_kk="Жұмабекова", given_kk="Айгүл")
account = Account(person=person, login="a", email="aigul@example.kz"); account.set_unusable_password(); account.save()
OURS = "http://localhost/account/outside/saml/outside/"
now, later = (f"{datetime.now(timezone.utc) + timedelta(seconds=shift):%Y-%m-%dT%H:%M:%SZ}" for shift in (-5, 300))
for n, (case, mail) in enumerate([("unsigned", "aigul@example.kz"), ("changed", "who@example.kz"), ("stranger", "who@example.kz"), ("unasked", "aigul@example.kz"), ("good", "aigul@example.kz")]):
    client = Client(headers={"host": "localhost"})
    form = client.get("/kk/account/login/").content.decode()
    assert "Ведомство" in form and "/account/outside/saml/outside/login/" in form
    going = client.post("/account/outside/saml/outside/login/").headers["Location"]
    request = zlib.decompress(base64.b64decode(parse_qs(urlsplit(going).query)["SAMLRequest"][0]), -15).decode()
    asked = "_nobody" if case == "unasked" else re.search(r'ID="([^"]+)"', request)[1]
    about = {"n": n, "now": now, "later": later, "ours": OURS + "acs/", "audience": OURS + "metadata/", "asked": asked}
    said = ASSERTION.format(mail=mail, **about)
    if case != "unsigned":
        said = saml.add_sign(said, key, certificate)
        said = said.decode() if isinstance(said, bytes) else said
    if case == "changed":
        said = said.replace("who@example.kz", "aigul@example.kz")
    answer = RESPONSE.format(assertion=said, **about)
    page = client.post("/account/outside/saml/outside/acs/", {"SAMLResponse": base64.b64encode(answer.encode()).decode()}, follow=True)
    print(case, "_auth_user_id" in client.session, Account.objects.count(), page.status_code)
"""


@pytest.fixture
def saml_provider(tmp_path: Path) -> Iterator[str]:
    """A provider's page of metadata; its key lies in `tmp_path`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "provider")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (tmp_path / "key.pem").write_bytes(key.private_bytes(pem, plain, serialization.NoEncryption()))
    (tmp_path / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    told = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()

    class Metadata(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(METADATA.format(certificate=told, here=f"http://{self.headers['Host']}").encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Metadata)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}/metadata.xml"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("vouches", [True, False])
def test_by_saml_too_only_a_signed_answer_about_somebody_of_ours_comes_in(
    saml_provider: str, tmp_path: Path, vouches: bool
) -> None:
    environment = outside() | {
        "ORKEN_ENV": "test", "ORKEN_DATA": str(snapshot.site(tmp_path / "data", bare=True)), "DJANGO_SETTINGS_MODULE": "orken.config.settings",
        "ORKEN_SIGN_ON": f"saml+http://{saml_provider}?name=Ведомство&entity=urn:test:provider{'&addresses=verified' * vouches}",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SAML_SCRIPT, str(tmp_path)], env=environment, cwd=settings.BASE_DIR, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    lines = [line.rsplit(" ", 1)[0] for line in done.stdout.splitlines()]
    expected = [f"{case} False 1" for case in ("unsigned", "changed", "stranger", "unasked")]
    assert lines == [*expected, f"good {vouches} 1"], done.stderr[-3000:]
    assert not any(line.endswith(" 500") for line in done.stdout.splitlines()), done.stdout
