"""Where a browser fetches files itself stands in the policy of every page; a store of our own adds nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from orken.config.files import origin, storage
from tests import snapshot
from tests.outside import outside

STORE = "s3://key:s3cret@files.example.kz:9000/orken?region=kz-1"
SCRIPT = """
import django; django.setup()
from django.test import Client
print(Client(headers={"host": "localhost"}).get("/kk/about-nothing/").headers["Content-Security-Policy"])
"""


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", ""),
        ("file:///srv/files", ""),
        (STORE, "https://files.example.kz:9000"),
        ("s3+http://key:s3cret@10.0.0.5/orken", "http://10.0.0.5"),
    ],
)
def test_the_origin_of_a_store_is_its_host_and_never_its_key(address: str, found: str) -> None:
    assert origin(address) == found
    options = storage(address, Path("files"))["OPTIONS"]
    assert options.get("endpoint_url", "") == found


def test_a_page_lets_pictures_and_recordings_come_from_the_store_and_from_nowhere_else(tmp_path: Path) -> None:
    environment = outside() | {
        "ORKEN_ENV": "test", "ORKEN_DATA": str(snapshot.site(tmp_path, bare=True)), "DJANGO_SETTINGS_MODULE": "orken.config.settings",
        "ORKEN_FILES_URL": STORE,
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    policy = dict(line.strip().split(" ", 1) for line in done.stdout.strip().split(";") if " " in line.strip())
    for name in ("img-src", "media-src"):
        assert "https://files.example.kz:9000" in policy[name].split() and "s3cret" not in policy[name]
    assert "files.example.kz" not in policy["default-src"] + policy.get("script-src", "") + policy["connect-src"]
