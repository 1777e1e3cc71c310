"""Certificates of the demo: a seminar whose certificates are handed over, a course just issued, one that waits for signatures.

With what happens in life: one replaced after a mistake in the name, one revoked, one copied, a surname that changed
between the result sheet and the certificate.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from orken.credentials import services as credentials
from orken.credentials.demo import let_letters_be, settle, sign_as_always
from orken.credentials.models import Batch, Certificate
from orken.credentials.services.preparing import prefix_for
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.people.models import Account, PreviousName
from orken.people.services import record
from orken.training.certifying import rows
from orken.training.models import ResultSheet, Run

MOST = 40  # people of a run, so that the demo is made quickly
DIRECTOR = {
    "name": {"kk": "Қ. Мұратбеков", "ru": "К. Муратбеков"},
    "post": {"kk": "Ұлттық кітапхана директоры", "ru": "Директор Национальной библиотеки"},
}
CURATOR = {
    "name": {"kk": "Б. Тоқтарова", "ru": "Б. Токтарова"},
    "post": {"kk": "Каталогтаушы мектебінің кураторы", "ru": "Куратор Школы каталогизатора"},
}
REGION = {
    "name": {"kk": "С. Әбдірахманова", "ru": "С. Абдрахманова"},
    "post": {"kk": "Бас әдіскер", "ru": "Главный методист"},
}


def build(stage: Stage) -> None:
    registrar: Account | None = stage.made.get("accounts", {}).get("registrar")
    seminar = Run.objects.filter(code="PVL-2026-01").select_related("host", "place", "version__programme__unit").first()
    if registrar is None or seminar is None or rows.confirmed_on(seminar) is None:
        return
    for issuer in dict.fromkeys(prefix_for(rows.unit_of(run)).issuer for run in (seminar, *_runs("NL-CATALOGUER"))):
        sign_as_always(issuer)
    order = rows.order_of(seminar)
    assert order is not None, "the papers of the demo come before its certificates"
    held = _issued(seminar, registrar, [REGION], order=order.code)
    _handed(held, registrar)
    _life(held, registrar)
    schools = _runs("NL-CATALOGUER")
    if schools:
        _married(schools[0], registrar)
        _issued(schools[0], registrar, [DIRECTOR, CURATOR], order="41-О")
    if len(schools) > 1:
        _asked(schools[1], registrar, [DIRECTOR, CURATOR], order="44-О")
    let_letters_be()
    settle(stage)


def _married(run: Run, by: Account) -> None:
    """One of them married after the sheet was confirmed: the certificate bears her name of today."""
    result = rows.candidates(run)[2].result
    record.rename(
        person=result.enrolment.person, names={"surname_kk": "Сәбитова", "surname_ru": "Сабитова", "surname_en": "Sabitova"},
        on=result.sheet.on, reason=PreviousName.Reason.MARRIAGE, by=by, scope_path=result.enrolment.unit.path,
    )  # fmt: skip
    at = timezone.make_aware(datetime.combine(result.sheet.on, time(11)))
    PreviousName.objects.filter(person=result.enrolment.person, valid_to=result.sheet.on).update(recorded_at=at)
    trail = AuditEvent.objects.filter(target_kind="people.person", target_id=str(result.enrolment.person_id))
    trail.filter(verb="person.renamed", after__surname_kk="Сәбитова").update(at=at)


def _runs(school: str) -> list[Run]:
    """Runs of a school's programmes with a confirmed sheet, the newest first."""
    confirmed = ResultSheet.objects.values("run")
    found = Run.objects.filter(version__programme__unit__code=school, pk__in=confirmed).order_by("-ends_on", "code")
    return [
        run
        for run in found.select_related("host", "place", "version__programme__unit")
        if 3 <= len(rows.candidates(run)) <= MOST
    ][:2]


def _asked(run: Run, by: Account, signed: list[dict[str, dict[str, str]]], *, order: str) -> Batch:
    """Numbered and drawn, as the background does it."""
    sheet = rows.confirmed_on(run)
    assert sheet is not None, "chosen by its sheet"
    found = rows.candidates(run)
    batch = credentials.issue_batch(
        unit=rows.unit_of(run), source=rows.source_of(run), source_address=f"/training/{run.code}/certificates/",
        title={code: getattr(run, f"title_{code}") or run.title_kk for code in rows.LANGUAGES},
        common=rows.common(run, dated_on=sheet, signed=signed, order=order, ordered_on=sheet), rows=rows.rows(run, found), by=by,
    )  # fmt: skip
    credentials.prepare(batch=batch)
    credentials.draw(batch=batch)
    return batch


def _issued(run: Run, by: Account, signed: list[dict[str, dict[str, str]]], *, order: str) -> list[Certificate]:
    batch = _asked(run, by, signed, order=order)
    credentials.sign(batch=batch, on=date.fromisoformat(batch.common["dated_on"]), by=by)
    credentials.issue(batch=batch, by=by)
    return list(batch.certificates.order_by("sort_kk", "pk"))


def _handed(held: list[Certificate], by: Account) -> None:
    first, last = held[:-2], held[-2:]
    on = held[0].dated_on + timedelta(5)
    credentials.hand_over(
        batch=held[0].batch, certificates=[one.pk for one in first], way="library", on=on, signed=True, by=by
    )
    credentials.hand_over(
        batch=held[0].batch, certificates=[last[0].pk], way="post", on=on, signed=False, note="RR 145 220 113 KZ", by=by
    )


def _life(held: list[Certificate], by: Account) -> None:
    """What happens to papers: lost, misspelt, given by mistake."""
    credentials.duplicate(
        certificate=held[0], reason="Кітапханадағы өрттен кейін жоғалған", by=by, on=held[0].dated_on + timedelta(60)
    )
    wrong = held[1]
    successor = credentials.replace(
        certificate=wrong, reason="Аты-жөнінде қате болған", by=by, dated_on=wrong.dated_on + timedelta(9)
    )
    credentials.draw(batch=successor.batch)
    credentials.sign(batch=successor.batch, on=successor.dated_on, by=by)
    credentials.issue(batch=successor.batch, by=by)
    credentials.revoke(certificate=held[2], reason="Нәтиже ведомосі кейін түзетілген: қатысуы жеткіліксіз", by=by)
