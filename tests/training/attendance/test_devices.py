"""Lines from devices: nothing is lost, nothing counts twice, whatever the line does."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orken.kit.offline import sealing, services
from orken.kit.offline.models import Device, Operation
from orken.kit.offline.registry import Sent
from orken.training import services as training
from orken.training.attendance import selectors
from orken.training.attendance.refusals import MARK
from orken.training.models import Mark, Trainer, WalkIn
from tests.training.attendance.conftest import Held
from tests.training.attendance.phones import Making, Outcome, Phone, as_json, proved, undone
from tests.training.conftest import Accounts


def test_three_days_of_lines_are_taken_in_once(phones: tuple[Held, Phone, Phone]) -> None:
    made, phone, _other = phones
    for place in range(3):
        phone.note("present", place=place)
    phone.note("late", place=1)
    guest = phone.walk_in("Сейтқали Гүлнәр")
    phone._line(MARK, {"run": made.run.code, "session": made.sessions[0].pk, "who": f"w{guest.uid}", "state": "present"}, "")  # fmt: skip
    phone.send(heard=False)
    phone.send(heard=False)
    receipt = phone.send()
    assert [one.state for one in receipt.answers] == ["done"] * 6 and receipt.last == 6
    assert not phone.waiting and Operation.objects.filter(device=phone.id).count() == 6
    assert WalkIn.objects.filter(run=made.run).count() == 1
    assert [selectors.minutes_of(made.run)[seat.pk].there for seat in made.seats] == [90, 30, 90]
    proved()


def test_a_gap_is_answered_early_and_a_number_used_twice_gets_another(phones: tuple[Held, Phone, Phone]) -> None:
    _made, phone, _other = phones
    first, second = phone.note("present"), phone.note("absent", place=1)
    assert [one.state for one in phone.send([second]).answers] == ["early"]
    assert not Operation.objects.exists()
    phone.send([first])
    stranger = Sent(uuid4(), 1, MARK, "", second.payload, second.made_at)
    assert [one.state for one in phone.send([stranger]).answers] == ["renumber"]
    assert [one.state for one in phone.send([second]).answers] == ["done"]
    proved()


def test_two_devices_for_one_sheet_are_both_kept(phones: tuple[Held, Phone, Phone]) -> None:
    made, phone, other = phones
    for place, (mine, hers) in enumerate((("present", "present"), ("present", "absent"), ("late", "excused"))):
        phone.note(mine, place=place)
        other.note(hers, place=place)
    phone.send()
    assert [one.state for one in other.send().answers] == ["same", "differs", "differs"]
    assert [(one.standing.state, one.aside.state) for one in selectors.differences(made.run) if one.standing] == [
        ("present", "absent"),
        ("late", "excused"),
    ]
    # Who said what stood already has seen it: her correction is no difference.
    other.note("late", place=0)
    assert [one.state for one in other.send().answers] == ["done"]
    proved()


STATES = st.sampled_from(["present", "late", "absent", "excused"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 1), st.integers(0, 1), STATES),
        st.tuples(st.just("send"), st.integers(0, 1), st.integers(0, 3), st.sampled_from(["heard", "lost", "backwards"])),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_interleaving_from_two_devices_loses_nothing_and_counts_nothing_twice(
    phones: tuple[Held, Phone, Phone], steps: list[tuple[str, int, int, str]]
) -> None:
    made, *owners = phones
    with undone():
        pair = [Phone(made, one.by) for one in owners]
        for verb, which, number, word in steps:
            phone = pair[which]
            if verb == "write":
                phone.note(word, place=number)
            elif word == "backwards":
                phone.send(list(reversed(phone.lines))[: number + 1], heard=False)
            else:
                phone.send(phone.waiting[: number + 1] + phone.lines[:1], heard=word == "heard")
        for phone in (*pair, *pair):
            phone.send(list(phone.lines))
        _all_there(made, pair)


def _all_there(made: Held, pair: list[Phone]) -> None:
    log = {one.uid: one for one in Operation.objects.filter(device__in=[phone.id for phone in pair])}
    written = [line for phone in pair for line in phone.lines]
    assert sorted(log) == sorted(line.uid for line in written)
    marks = list(Mark.objects.filter(session__run=made.run))
    by_uid = {mark.uid: mark for mark in marks}
    for line in written:
        told = log[line.uid]
        # Every line stands in the history with what it said: as its own mark, or as one that says the same.
        kept = by_uid.get(line.uid) or next(mark for mark in marks if mark.pk == told.told.get("mark"))
        if told.outcome != Outcome.REFUSED:
            assert kept.state == line.payload["state"]
        else:
            raise AssertionError(told.reason)
    for place in (0, 1):
        mine = [mark for mark in marks if mark.enrolment_id == made.seats[place].pk]
        standing = [mark for mark in mine if mark.superseded_at is None and not mark.aside]
        said = any(line.payload["who"] == made.who(place) for line in written)
        assert len(standing) == (1 if said else 0)
        counted = selectors.minutes_of(made.run)[made.seats[place].pk].there
        assert counted == sum(mark.minutes for mark in standing)
    proved()


def test_what_changed_meanwhile_is_refused_with_words_and_shown_to_the_organiser(
    phones: tuple[Held, Phone, Phone], account: Accounts, browse: Callable[[str], Client]
) -> None:
    made, phone, _other = phones
    phone.note("present", says="Айгүл: қатысты")
    phone.note("present", session=1)
    training.cancel_session(session=made.sessions[0], by=account("national"))
    receipt = phone.send()
    assert [(one.state, one.reason) for one in receipt.answers] == [("refused", "session"), ("done", "")]
    page = browse("national").get(reverse("training:attendance", args=[made.run.code])).content.decode()
    assert "Айгүл: қатысты" in page


def test_a_trainer_who_was_taken_off_writes_no_more_and_her_lines_stay_in_the_log(
    phones: tuple[Held, Phone, Phone],
) -> None:
    made, phone, _other = phones
    phone.note("present")
    Trainer.objects.filter(run=made.run).update(state=Trainer.State.DECLINED)
    assert [one.reason for one in phone.send().answers] == ["rights"]
    assert not Mark.objects.filter(session__run=made.run).exists()
    assert Operation.objects.get(device=phone.id).payload["state"] == "present"


def test_a_line_that_cannot_be_read_holds_up_no_other(phones: tuple[Held, Phone, Phone]) -> None:
    made, phone, _other = phones
    phone.note("present")
    for payload in ({}, {"run": made.run.code, "session": 2**70, "who": ["e1"]}, {"run": 7, "session": "x"}):
        phone._line(MARK, payload, "")
    phone._line("attendance.unknown", {}, "")
    phone.note("absent", place=1)
    states = [one.state for one in phone.send().answers]
    assert states == ["done", "refused", "refused", "refused", "refused", "done"]
    proved()


def test_a_revoked_device_and_one_of_somebody_else_send_nothing(phones: tuple[Held, Phone, Phone]) -> None:
    _made, phone, other = phones
    phone.note("present")
    phone.send()
    other.id = phone.id
    with pytest.raises(services.NotHers):
        other.send()
    services.revoke(device=Device.objects.get(pk=phone.id), by=phone.by)
    phone.note("late")
    with pytest.raises(services.Revoked):
        phone.send()
    assert Operation.objects.filter(device=phone.id).count() == 1


# --- the addresses that scripts speak to ---


@pytest.fixture
def speaking(browse: Callable[[str], Client]) -> Iterator[Callable[..., Any]]:
    client = browse("trainer")

    def post(lines: list[dict[str, Any]], device: UUID, **more: Any) -> Any:
        account = client.get(reverse("offline:hello")).json()["account"]
        body = {"account": account, "device": str(device), "name": "телефон", "clock": timezone.now().isoformat(), "lines": lines, **more}  # fmt: skip
        return client.post(reverse("offline:send"), json.dumps(body), content_type="application/json")

    yield post


def test_the_browser_is_answered_line_by_line(phones: tuple[Held, Phone, Phone], speaking: Callable[..., Any]) -> None:
    _made, phone, _other = phones
    line = phone.note("present")
    answer = speaking([as_json(line)], phone.id)
    told = answer.json()
    assert answer.status_code == 200 and told["last"] == 1
    (one,) = told["answers"]
    assert (one["uid"], one["state"], one["says"]) == (str(line.uid), "done", "")
    assert base64.b64decode(told["key"]) == sealing.key_of(phone.id)


@pytest.mark.parametrize(
    "lines",
    [["x"], [{"uid": "no"}], [{"uid": str(uuid4()), "sequence": 0, "kind": MARK, "payload": {}}], "lines",
     [{"uid": str(uuid4()), "sequence": 1, "kind": MARK, "payload": {"says": "ұ" * (sealing.LONGEST + 1)}}]],
)  # fmt: skip
def test_what_is_no_list_of_lines_is_refused_whole(speaking: Callable[..., Any], lines: Any, db: None) -> None:
    assert speaking(lines, uuid4()).status_code == 400
    assert not Operation.objects.exists()


def test_another_account_and_too_many_lines(
    phones: tuple[Held, Phone, Phone], speaking: Callable[..., Any], browse: Callable[[str], Client]
) -> None:
    _made, phone, _other = phones
    line = as_json(phone.note("present"))
    assert speaking([line], phone.id, account="0" * 16).json() == {"problem": "other"}
    many = [{**line, "uid": str(uuid4()), "sequence": n} for n in range(1, 502)]
    assert speaking(many, phone.id).status_code == 413
    assert browse("").get(reverse("offline:hello")).json() == {"account": "", "token": ""}
    assert browse("").post(reverse("offline:send"), "{}", content_type="application/json").status_code == 302


def test_a_device_is_revoked_only_by_its_owner(
    phones: tuple[Held, Phone, Phone], browse: Callable[[str], Client]
) -> None:
    _made, phone, _other = phones
    phone.note("present")
    phone.send()
    address = reverse("offline:revoke", args=[phone.id])
    assert browse("national").post(address).status_code == 404
    assert browse("trainer").post(address).status_code == 302
    assert Device.objects.get(pk=phone.id).revoked_at is not None
    assert "телефон" in browse("trainer").get(reverse("offline:own")).content.decode()


# --- the sealed file ---


def _sealed(phone: Phone, lines: list[Sent], key: bytes | None = None) -> bytes:
    inside = {"name": "телефон", "clock": timezone.now().isoformat(), "lines": [as_json(line) for line in lines]}
    nonce = os.urandom(12)
    closed = AESGCM(key or sealing.key_of(phone.id)).encrypt(nonce, json.dumps(inside).encode(), phone.id.bytes)
    outside = {"shape": sealing.SHAPE, "device": str(phone.id), "sealed": base64.b64encode(nonce + closed).decode()}
    return json.dumps(outside).encode()


def test_a_sealed_file_is_carried_by_somebody_else_and_counts_once(
    phones: tuple[Held, Phone, Phone], account: Accounts
) -> None:
    made, phone, _other = phones
    phone.send([])  # the device got its key while there was a line
    phone.note("present")
    phone.note("absent", place=1)
    content, village = _sealed(phone, phone.waiting), account("village")
    receipt = services.receive_file(content=content, by=village)
    assert [one.state for one in receipt.answers] == ["done", "done"]
    assert Mark.objects.filter(session__run=made.run, by=phone.by).count() == 2
    assert set(Operation.objects.filter(device=phone.id).values_list("carried_by_id", flat=True)) == {village.pk}
    services.receive_file(content=content, by=village)
    assert [one.state for one in phone.send().answers] == ["done", "done"]  # the phone found a line after all
    assert Mark.objects.filter(session__run=made.run).count() == 2


def test_a_file_that_was_changed_or_sealed_elsewhere_is_not_opened(
    phones: tuple[Held, Phone, Phone], account: Accounts
) -> None:
    _made, phone, _other = phones
    phone.send([])
    phone.note("present")
    good = json.loads(_sealed(phone, phone.waiting))
    raw = bytearray(base64.b64decode(good["sealed"]))
    raw[-1] ^= 1
    stranger = json.loads(_sealed(Phone(phone.held, phone.by), phone.waiting))
    for content in (
        b"", b"[]", b"{}", b'{"shape": 1}', b"\xff\xfe", json.dumps({**good, "sealed": base64.b64encode(raw).decode()}).encode(),
        json.dumps({**good, "device": str(uuid4())}).encode(), _sealed(phone, phone.waiting, key=b"k" * 32), json.dumps(stranger).encode(),
    ):  # fmt: skip
        with pytest.raises(sealing.CannotOpen):
            services.receive_file(content=content, by=account("village"))
    assert not Operation.objects.exists()


def test_the_page_takes_a_file_in_and_says_what_it_held(
    phones: tuple[Held, Phone, Phone], browse: Callable[[str], Client]
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    _made, phone, _other = phones
    phone.send([])
    phone.note("present")
    client = browse("village")
    upload = SimpleUploadedFile("2026-11-25.orken", _sealed(phone, phone.waiting))
    page = client.post(reverse("offline:carried"), {"file": upload}, follow=True).content.decode()
    assert "1" in page and Operation.objects.count() == 1
    assert client.post(reverse("offline:carried"), {}, follow=True).status_code == 200


def test_runs_of_two_codes_in_one_sending(held: Making) -> None:
    one, two = held("HELD-1"), held("HELD-2")
    phone = Phone(one, one.trainer)
    phone.note("present")
    phone.held = two
    phone.last.clear()
    phone.note("absent")
    assert [answer.state for answer in phone.send().answers] == ["done", "done"]
    for made in (one, two):
        assert Mark.objects.filter(session__run=made.run).count() == 1
