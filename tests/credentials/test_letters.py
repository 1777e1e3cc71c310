"""Letters of certificates and what they show of competencies: told once, by a worker, and taken back when they hold no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from orken.competencies import selectors as competencies
from orken.competencies.models import Evidence
from orken.credentials import services
from orken.credentials.models import Batch, Certificate, LedgerRow
from orken.kit.audit.models import AuditEvent
from orken.kit.jobs.models import Work
from orken.notices.models import Notice
from tests.credentials.conftest import DATED, broken, lead, row, some, whose
from tests.credentials.past import worked_off

Asked = Callable[..., Batch]
Issued = Callable[..., list[Certificate]]
SHOWS = [{"competency": "C1", "level": 3}, {"competency": "C2", "level": 2}]


def told(kind: str, *about: Certificate) -> list[Notice]:
    return list(Notice.objects.filter(kind=f"credentials.{kind}", about_kind="credentials.certificate", about_id__in=[str(one.pk) for one in about]))  # fmt: skip


def sent() -> None:
    worked_off("credentials.letters")


def test_a_batch_queues_one_work_for_its_letters_and_a_worker_writes_them_once(asked: Asked) -> None:
    waiting = Work.objects.filter(kind="credentials.letters").count()
    found = lead(asked(4))
    assert Work.objects.filter(kind="credentials.letters").count() == waiting + 1  # not a letter in the transaction
    assert told("issued", *found) == []
    sent()
    letters = told("issued", *found)
    assert sorted(one.person_id for one in letters) == sorted(whose(one).pk for one in found)
    assert all(one.page == f"/certificates/{cert.number}/" for one in letters for cert in found if str(cert.pk) == one.about_id)  # fmt: skip
    assert found[0].number_kk in told("issued", found[0])[0].body_kk and "72" in told("issued", found[0])[0].body_ru
    services.letters.queue("issued", [one.pk for one in found], by=None)  # a worker that died and began again
    sent()
    assert len(told("issued", *found)) == 4


def test_whoever_was_revoked_before_her_letter_went_gets_only_the_second(issued: Issued) -> None:
    found = issued(1)[0]
    services.revoke(certificate=found, reason="Нәтиже түзетілді", by=None)
    sent()
    assert told("issued", found) == [] and "Нәтиже түзетілді" in told("revoked", found)[0].body_kk


def test_a_replacement_and_a_duplicate_are_told(issued: Issued, browse: Callable[[str], Client]) -> None:
    first, second = issued(2)
    successor = services.replace(certificate=first, reason="Тегі қате", by=None, dated_on=DATED)
    services.draw(batch=successor.batch)
    services.sign(batch=successor.batch, on=DATED, by=None)
    services.issue(batch=successor.batch, by=None)
    copy = services.duplicate(certificate=second, reason="Жоғалды", by=None)
    sent()
    letter = told("replaced", successor)[0]
    assert first.number_kk in letter.body_kk and successor.number_kk in letter.body_kk and "Тегі қате" in letter.body_ru
    assert told("issued", successor) == [] and told("duplicate", second) == []  # made, not handed over yet
    address = f"/kk/certificates/{second.number}/copies/{copy.number}/hand/"
    today = timezone.localdate()
    answers = {"way": "post", "on_day": today.day, "on_month": today.month, "on_year": today.year}
    assert browse("pavlodar").post(address, answers).status_code == 404  # not hers to hand over
    assert browse("registrar").get(address).status_code == 200
    assert browse("registrar").post(address, {"way": "post"}).status_code == 422
    assert browse("registrar").post(address, answers).status_code == 302
    assert browse("registrar").post(address, answers).status_code == 422  # once
    sent()
    assert "пошта арқылы" in told("duplicate", second)[0].body_kk.lower()


def test_a_certificate_shows_what_its_programme_leads_to_and_takes_it_back(asked: Asked) -> None:
    post = some(1)[0]
    before = timezone.now()
    found = lead(asked([row(post, shows=SHOWS)]))[0]
    shown = Evidence.objects.filter(kind="certificate", source_address=f"/certificates/{found.number}/")
    assert sorted(shown.values_list("competency__code", "level", "shown_on")) == [("C1", 3, found.ends_on), ("C2", 2, found.ends_on)]  # fmt: skip
    assert LedgerRow.objects.get(certificate=found, superseded_at=None).domain is not None  # the area goes along
    assert (
        AuditEvent.objects.filter(verb="competency.shown", target_id=str(post.person_id), at__gte=before).count() == 2
    )
    issued_at = timezone.now()
    services.revoke(certificate=found, reason="Қате берілген", by=None)
    assert not shown.filter(superseded_at=None).exists()
    assert all(found.number_kk in one.struck_out_because and "Қате берілген" in one.struck_out_because for one in shown)
    standing = competencies.profile(post.person, timezone.localdate(), issued_at + timedelta(microseconds=1))
    known = {line.code: line.evidence for part in standing.parts for line in part.lines if line.evidence}
    assert known["C1"].level == 3  # as it was known then
    now = competencies.profile(post.person, timezone.localdate(), timezone.now())
    later = {line.code: line.evidence for part in now.parts for line in part.lines if line.evidence}
    assert "C1" not in later or later["C1"].source_address != f"/certificates/{found.number}/"
    assert broken() == set()


def test_a_replacement_shows_it_in_place_of_the_first(asked: Asked) -> None:
    post = some(1)[0]
    found = lead(asked([row(post, shows=SHOWS)]))[0]
    successor = services.replace(certificate=found, reason="Тегі қате", by=None, dated_on=DATED)
    services.draw(batch=successor.batch)
    services.sign(batch=successor.batch, on=DATED, by=None)
    services.issue(batch=successor.batch, by=None)
    live = Evidence.objects.filter(person=post.person, kind="certificate", superseded_at=None)
    assert set(live.filter(source_address__contains=successor.number).values_list("competency__code", flat=True)) == {"C1", "C2"}  # fmt: skip
    assert not live.filter(source_address__contains=found.number).exists()


def test_a_note_of_attendance_shows_no_competency(asked: Asked) -> None:
    found = lead(asked([row(some(1)[0], minutes=6 * 45, final=False, shows=SHOWS)]))[0]
    assert found.kind == "note"
    assert not Evidence.objects.filter(source_address__contains=found.number).exists()
