"""What protects the reader: headers, cookies, no inline script, production that refuses the demo."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from orken.people.models import Account
from tests import snapshot
from tests.outside import outside

ROOT = settings.BASE_DIR / "orken"
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_template_holds_inline_script_or_style(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    # A block of data («application/ld+json») is no script: the browser never runs it (decision 0043).
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|\btype=\"application/ld\+json\"))", source)
    assert not re.search(r"\sstyle=|<style|\son[a-z]{3,}=", source)  # no handler of an event is shorter than «oncut»
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", source), "nothing loads from another host"


def test_every_page_carries_the_strict_policy(browse: Callable[[str], Client]) -> None:
    answer = browse("").get("/kk/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe-inline" not in policy and "object-src 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_pages_go_over_the_line_compressed(browse: Callable[[str], Client]) -> None:
    plain = browse("national").get("/kk/network/")
    packed = browse("national").get("/kk/network/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) * 4 < len(plain.content)


def production(code: str, tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = outside()
    environment |= {
        "ORKEN_DATA": str(snapshot.site(tmp_path, bare=True)), "ORKEN_ENV": "production", "ORKEN_HOSTS": "orken.example", "DJANGO_SETTINGS_MODULE": "orken.config.settings",
        "ORKEN_SECRET_KEY": "k3y-" + "".join(chr(97 + n % 26) for n in range(60)), "ORKEN_DATABASE_URL": f"sqlite:///{tmp_path}/orken.sqlite3",
    } | variables  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({}, "max-age=31536000"),
        ({"ORKEN_HSTS": "subdomains"}, "max-age=31536000; includeSubDomains"),
        ({"ORKEN_HSTS": "preload"}, "max-age=31536000; includeSubDomains; preload"),
    ],
)
def test_production_speaks_only_https_and_its_cookies_too(chosen: dict[str, str], told: str, tmp_path: Path) -> None:
    code = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("check", deploy=True, fail_level="WARNING")
from orken.config.start import collect
collect()
from django.test import Client
plain = Client(headers={"host": "orken.example"}).get("/kk/")
print(plain.status_code, plain.headers["Location"])
safe = Client(headers={"host": "orken.example", "x-forwarded-proto": "https"})
answer = safe.get("/kk/account/login/")
print(answer.headers["Strict-Transport-Security"], all(cookie["secure"] and cookie["httponly"] for cookie in answer.cookies.values()), len(answer.cookies))
print(safe.get("/kk/demo/").status_code, safe.get("/kk/", headers={"host": "evil.example"}).status_code)
from django.contrib.auth.hashers import get_hasher
print(get_hasher().algorithm, get_hasher().iterations >= 1_000_000)
"""
    done = production(code, tmp_path, **chosen)
    assert done.stdout.splitlines()[1:] == [
        "301 https://orken.example/kk/", f"{told} True 2", "404 400", "pbkdf2_sha256 True",
    ], done.stderr[-3000:]  # fmt: skip


def test_production_refuses_the_demo_command(tmp_path: Path) -> None:
    done = production("import sys; from orken.config.cli import call; sys.exit(call(['demo']))", tmp_path)
    assert done.returncode == 1
    assert "switched off" in done.stderr and "Traceback" not in done.stderr


def test_a_form_without_its_token_writes_nothing(
    country: Callable[[str], object], account: Callable[[str], object]
) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/kk/demo/", {"login": "pavlodar"}).status_code == 403
    assert "_auth_user_id" not in client.session


def test_the_demo_signs_in_only_as_its_personas(browse: Callable[[str], Client]) -> None:
    client = browse("")
    assert client.post("/kk/demo/", {"login": "nobody"}).status_code == 404
    assert client.post("/kk/demo/", {"login": "pavlodar"}).status_code == 302
    assert client.get("/kk/desk/").status_code == 200


def test_signing_up_is_closed(browse: Callable[[str], Client]) -> None:
    page = browse("").get("/kk/account/signup/").content.decode()
    assert "Тіркелу жабық" in page
    assert "<input" not in page.split("<main")[1].split("</main")[0].replace('type="hidden"', "")


@pytest.mark.parametrize("name", ["network:undo", "network:apply", "portal:tour_end"])
def test_verbs_answer_only_to_post(name: str, browse: Callable[[str], Client]) -> None:
    from uuid import uuid4

    arguments = [] if name == "portal:tour_end" else [uuid4()]
    assert browse("national").get(reverse(name, args=arguments)).status_code == 405


def test_signing_in_leads_on_only_inside(browse: Callable[[str], Client], account: Callable[[str], Account]) -> None:
    hers = account("village")
    hers.set_password("ұзын құпиясөз 2026")
    hers.save()
    client = browse("")
    answers = {"login": "village", "password": "ұзын құпиясөз 2026"}
    assert client.post("/kk/account/login/", {**answers, "password": "басқа"}).status_code == 200
    answer = client.post("/kk/account/login/?next=https://evil.example/", {**answers, "next": "https://evil.example/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kk/desk/")
