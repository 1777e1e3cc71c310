"""The environment is judged whole and refused with a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from orken.config import env
from tests.outside import outside

KEY = "k3y-" + "".join(chr(97 + n % 26) for n in range(60))
PRODUCTION = {
    "ORKEN_ENV": "production",
    "ORKEN_SECRET_KEY": KEY,
    "ORKEN_HOSTS": "orken.example",
    "ORKEN_DATABASE_URL": "postgres://orken@db/orken",
}


def test_one_machine_needs_no_variable(tmp_path: Path) -> None:
    found = env.read({}, tmp_path)
    assert found.database_url.startswith("sqlite:///")
    assert found.demo
    assert len(found.secret_key) >= 50


def test_the_kept_key_is_the_same_at_the_next_start_and_private(tmp_path: Path) -> None:
    assert env.read({}, tmp_path).secret_key == env.read({}, tmp_path).secret_key
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o077 == 0


def test_production_starts_when_everything_is_named(tmp_path: Path) -> None:
    assert env.read(PRODUCTION, tmp_path).hosts == ("orken.example",)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"ORKEN_DEMO": "1"}, "ORKEN_DEMO"),
        ({"ORKEN_SECRET_KEY": ""}, "ORKEN_SECRET_KEY"),
        ({"ORKEN_SECRET_KEY": "a" * 60}, "ORKEN_SECRET_KEY"),
        ({"ORKEN_HOSTS": ""}, "ORKEN_HOSTS"),
        ({"ORKEN_HOSTS": "*"}, "ORKEN_HOSTS"),
        ({"ORKEN_DATABASE_URL": ""}, "ORKEN_DATABASE_URL"),
    ],
)
def test_production_refuses_what_is_only_good_for_a_demo(change: dict[str, str], named: str, tmp_path: Path) -> None:
    with pytest.raises(env.EnvironmentProblem, match=named):
        env.read({**PRODUCTION, **change}, tmp_path)


@pytest.mark.parametrize(
    "variables",
    [
        {"ORKEN_DATABASEURL": "x"},
        {"ORKEN_ENV": "prod"},
        {"ORKEN_DEMO": "yes"},
        {"ORKEN_DATABASE_URL": "mysql://x"},
        {"ORKEN_REDIS_URL": "127.0.0.1:6379"},
    ],
)
def test_an_unknown_or_malformed_variable_is_named(variables: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(env.EnvironmentProblem, match=next(iter(variables))):
        env.read(variables, tmp_path)


def test_a_password_in_an_address_is_never_shown(tmp_path: Path) -> None:
    with pytest.raises(env.EnvironmentProblem) as caught:
        env.read({"ORKEN_DATABASE_URL": "mysql://me:secret-word@db/x"}, tmp_path)
    assert "secret-word" not in str(caught.value)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"ORKEN_MAIL_URL": "smtp://h:port"}, "ORKEN_MAIL_URL holds an address that cannot be read"),
        ({"ORKEN_DATA": "/etc/passwd"}, "must be a folder"), ({"ORKEN_DATA": " "}, "ORKEN_DATA is empty"),
        ({"ORKEN_HOSTS": "http://a.kz/"}, "is not the name of a host"), ({"ORKEN_DATA": "/proc/nothing/here"}, "cannot be made"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_in_a_sentence(variables: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(env.EnvironmentProblem, match=said):
        env.read(variables, tmp_path)


@pytest.mark.parametrize(
    ("words", "variables", "said"),
    [
        (["audit", "invariants"], {}, "The database is empty"),
        (["audit", "invariants"], {"ORKEN_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, "does not answer"),
        (["backup", "/tmp"], {}, "is a folder"), (["backup", "/nonexistent/x.zip"], {}, "There is no folder"),
    ],
)  # fmt: skip
def test_an_operators_slip_is_a_sentence_and_no_traceback(
    words: list[str], variables: dict[str, str], said: str, tmp_path: Path
) -> None:
    clean = outside()
    done = subprocess.run(
        [sys.executable, "-m", "orken", *words], cwd=settings.BASE_DIR, env={**clean, "ORKEN_DATA": str(tmp_path), **variables},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr, done.stderr[-1500:]
