"""An outside identity provider: nothing of it without the variable; with it, people who have an account come in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from orken.config import env, single_sign_on

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
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ORKEN_")} | {
        "ORKEN_ENV": "test", "ORKEN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "orken.config.settings",
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
        "saml+https://id.example.kz/metadata.xml",
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
    assert single_sign_on.providers(saml)["saml"]["APPS"][0]["settings"]["idp"] == {
        "entity_id": "urn:x", "metadata_url": "https://id.example.kz/metadata.xml",
    }  # fmt: skip
