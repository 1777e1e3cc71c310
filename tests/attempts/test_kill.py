"""The server is killed in the middle of two hundred sittings: every answer that was acknowledged is there."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest

from tests import snapshot
from tests.journeys.conftest import ROOT, Site, _free_port, _listening, shell, wait_for
from tests.outside import outside

MANY, HANDS = 200, 8
BEGUN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from orken.attempts import services
from orken.people.models import Account, Person
from orken.questions.models import Exercise
exercise = Exercise.objects.get(code="SAFE-TEST")
people = list(Person.objects.filter(account=None, merged_into=None, erased_at=None).order_by("pk")[:{many}])
with transaction.atomic():
    for n, person in enumerate(people):
        account = Account.objects.create(login=f"kill-{{n}}", person=person, language="kk")
        attempt = services.open_attempt(exercise=exercise, person=person, context="training.run:NL-2026-41", by=None)
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        print(session.session_key, attempt.uid)
"""
KEPT = """
from orken.attempts.models import Step
from orken.kit.audit import invariants
print(" ".join(str(op) for op in Step.objects.filter(item__attempt__exercise__code="SAFE-TEST", kind="save").values_list("client_op_id", flat=True)))
print(sum(len(rows) for rule, rows in invariants.run("attempts.")))
"""


def _save(port: int, session: str, attempt: str, turn: int, acknowledged: list[str]) -> None:
    """One answer; noted only when the centre has said that it is written."""
    op, token = str(uuid4()), "t" * 32
    body = json.dumps({"op": op, "item": turn % 11 + 1, "base": "0", "answer": {"text": f"{turn}"}})
    ask = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    head = {
        "Host": f"localhost:{port}", "Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token,
        "Content-Type": "application/json", "Referer": f"http://localhost:{port}/",
    }  # fmt: skip
    ask.request("POST", f"/kk/attempts/{attempt}/save/", body, head)
    answer = ask.getresponse()
    if answer.status == 200 and json.loads(answer.read())["state"] == "done":
        acknowledged.append(op)


@pytest.mark.django_db
def test_every_acknowledged_answer_survives_a_kill_of_the_server() -> None:
    data = snapshot.site(Path(tempfile.mkdtemp(prefix="orken-killed-")))
    port = _free_port()
    own = outside()
    own |= {"ORKEN_DATA": str(data), "ORKEN_ENV": "development"}
    subprocess.run([sys.executable, "-m", "orken", "django", "collectstatic", "--noinput", "--verbosity", "0"], cwd=ROOT, env=own, check=True)  # fmt: skip
    site = Site(f"http://localhost:{port}", data, 0)
    begun = [line.split() for line in shell(site, BEGUN.format(many=MANY)) if line]
    assert len(begun) == MANY
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "orken.config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"],
        cwd=ROOT, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    acknowledged: list[str] = []
    over = threading.Event()

    def answer(hand: int) -> None:
        turn = 0
        while not over.is_set():
            for session, attempt in begun[hand::HANDS]:
                try:
                    _save(port, session, attempt, turn, acknowledged)
                except (OSError, http.client.HTTPException, ValueError):
                    if over.is_set():
                        return
            turn += 1

    try:
        wait_for(f"{site.address}/health/")
        hands = [threading.Thread(target=answer, args=(hand,)) for hand in range(HANDS)]
        for one in hands:
            one.start()
        until = time.monotonic() + 60
        while len(acknowledged) < 60 and time.monotonic() < until:
            time.sleep(0.05)
        os.killpg(server.pid, signal.SIGKILL)  # the server that this test started, with its workers
        over.set()
        for one in hands:
            one.join()
        server.wait(timeout=30)
        kept, broken, *_rest = shell(site, KEPT)
    finally:
        over.set()
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        if listening := _listening.pop(site.address, None):
            listening.terminate()
            listening.wait(timeout=60)
        shutil.rmtree(data, ignore_errors=True)
    assert len(acknowledged) >= 60
    assert set(acknowledged) <= set(kept.split()), "what was acknowledged is on the disk"
    assert broken == "0"
