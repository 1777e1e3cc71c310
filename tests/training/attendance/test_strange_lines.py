"""Lines with strange letters, of strangers, and very long ones: they harm nobody and hold up nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.audit.models import AuditEvent
from orken.kit.offline.models import Device, Operation
from orken.training.attendance.refusals import MARK, POINTS, WALK_IN
from orken.training.models import Trainer, WalkIn
from tests.training.attendance.conftest import Held
from tests.training.attendance.phones import Making
from tests.training.conftest import Accounts

Browse = Callable[[str], Client]
HALF = "\ud83d"  # of a letter that two halves make: a browser that cuts a text may leave it


def say(client: Client, payload: dict[str, Any], kind: str = MARK, **more: Any) -> Any:
    account = client.get(reverse("offline:hello")).json()["account"]
    line = {"uid": str(uuid4()), "sequence": 1, "kind": kind, "base": "", "payload": payload, "made_at": timezone.now().isoformat(), **more}  # fmt: skip
    body = {"account": account, "device": str(uuid4()), "name": f"телефон{HALF}", "clock": timezone.now().isoformat(), "lines": [line]}  # fmt: skip
    return client.post(reverse("offline:send"), json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("text", [HALF, "\0", f"Айгүл{HALF}", "\udc00\ud83d"])
@pytest.mark.parametrize("where", ["says", "kind", "base", "state"])
def test_half_a_letter_fells_no_page_and_holds_up_no_line(text: str, where: str, held: Making, browse: Browse) -> None:
    made = held()
    payload = {"run": made.run.code, "session": 0, "who": made.who(), "state": "present", "says": "Айгүл"}
    told: dict[str, Any] = {where: f"x{text}"} if where in ("kind", "base") else {}
    if where in payload:
        payload[where] = text
    answer = say(browse("trainer"), payload, **told)
    assert answer.status_code == 200 and answer.json()["answers"][0]["state"] == "refused"
    assert Device.objects.get(operations__uid=answer.json()["answers"][0]["uid"]).name.startswith("телефон")
    for login in ("national", "trainer"):
        assert browse(login).get(reverse("training:attendance", args=[made.run.code])).status_code == 200


def test_half_a_letter_in_a_name_is_mended_and_she_is_on_the_sheet(held: Making, browse: Browse) -> None:
    made = held()
    answer = say(browse("trainer"), {"run": made.run.code, "name": f"Сейтқали{HALF}", "library": "\0Ақсу"}, WALK_IN)
    assert answer.json()["answers"][0]["state"] == "done"
    guest = WalkIn.objects.get(run=made.run)
    assert (guest.name, guest.library) == ("Сейтқали\ufffd", "Ақсу")
    assert browse("national").get(reverse("training:attendance", args=[made.run.code])).status_code == 200


@pytest.mark.parametrize("kind", [MARK, WALK_IN, POINTS])
def test_lines_of_a_stranger_are_in_the_log_and_not_on_the_page_of_a_run(
    kind: str, held: Making, browse: Browse, account: Accounts
) -> None:
    made = held()
    spam = {"run": made.run.code, "says": "Бөгде сөз", "name": "Бөгде сөз"}
    answer = say(browse("village"), spam, kind)
    assert answer.json()["answers"][0]["state"] == "refused"
    line = Operation.objects.get(uid=answer.json()["answers"][0]["uid"])
    assert (line.reason, line.about) == ("rights", "")
    page = browse("national").get(reverse("training:attendance", args=[made.run.code])).content.decode()
    assert "Бөгде сөз" not in page


def test_a_refused_line_leaves_the_list_when_somebody_has_seen_it(held: Making, browse: Browse) -> None:
    made = held()
    say(browse("trainer"), {"run": made.run.code, "session": 0, "who": made.who(), "state": "present", "says": "Айгүл: қатысты"})  # fmt: skip
    line = Operation.objects.get(about=made.run.code)
    where = reverse("training:line_looked_at", args=[made.run.code, line.uid])
    page = reverse("training:attendance", args=[made.run.code])
    assert where in browse("national").get(page).content.decode()
    for login in ("village", "pavlodar", "director"):
        assert browse(login).post(where).status_code == 404
    for _press in range(2):
        assert browse("national").post(where)["Location"] == page
    assert where not in browse("national").get(page).content.decode()
    assert AuditEvent.objects.filter(verb="device.line_looked_at", note="Айгүл: қатысты").count() == 1
    assert Operation.objects.get(pk=line.pk).payload["says"] == "Айгүл: қатысты", "the log keeps it"


def test_who_taught_it_once_is_still_heard(held: Making, browse: Browse) -> None:
    made: Held = held()
    Trainer.objects.filter(run=made.run).update(state=Trainer.State.DECLINED)
    say(browse("trainer"), {"run": made.run.code, "says": "Айгүл: қатысты"})
    page = browse("national").get(reverse("training:attendance", args=[made.run.code])).content.decode()
    assert "Айгүл: қатысты" in page


def test_the_longest_reason_over_the_longest_title_is_a_line_like_any_other(held: Making, browse: Browse) -> None:
    made = held()
    said = {"run": made.run.code, "session": made.sessions[0].pk, "who": made.who(), "state": "present", "minutes": 90}
    answer = say(browse("trainer"), {**said, "reason": "ұ" * 300, "says": "қ" * 900})
    assert answer.status_code == 200 and answer.json()["answers"][0]["state"] == "done"
