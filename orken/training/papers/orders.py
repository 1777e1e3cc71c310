"""Orders about a run: what each says, out of the run's facts of the day."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.people.models import Person
from orken.records.kinds import Block, Built, Head, Lines, Words, point
from orken.records.models import Paper
from orken.training.models import CostLine, Enrolment, Outcome, Result, ResultSheet, Run, Stop, Trainer
from orken.training.papers import phrases as say
from orken.training.results import commission as commissions

PREFIX = "training.run:"
E = Enrolment.State
NUMBER, PERSON, WORKPLACE = (
    Head("№", "№", 9, "right"),
    Head("Аты-жөні", "Фамилия, имя, отчество", share=3),
    Head("Кітапхана, лауазымы", "Библиотека, должность", share=4),
)


def source_of(run: Run) -> str:
    return f"{PREFIX}{run.code}"


def run_of(paper: Paper) -> Run:
    rows = Run.objects.select_related("host", "place", "version__programme")
    return rows.get(code=paper.source.removeprefix(PREFIX))


def _people(*more: Head) -> Lines:
    return Lines([NUMBER, PERSON, WORKPLACE, *more])


def _list(rows: list[Enrolment]) -> Block:
    lines = _people()
    lines.rows = [[str(place), say.name(one.person), say.workplace(one)] for place, one in enumerate(rows, start=1)]
    return lines.block()


def enrolled(run: Run, *states: str) -> list[Enrolment]:
    rows = Enrolment.objects.filter(run=run, state__in=states).select_related("person", "unit", "post")
    return list(rows.order_by("person__sort_kk", "pk"))


def _cancelled(run: Run) -> list[str | Promise]:
    return [_("The run is cancelled: only an order to cancel can be written.")] if run.state == Run.State.CANCELLED else []  # fmt: skip


def conduct(paper: Paper) -> Built:
    """To hold the run: what, when, where, how many, by which programme, who teaches and who answers for it."""
    run = run_of(paper)
    kk, ru = say.named(run, "accusative", "genitive")
    what_kk, what_ru = say.named(run, "nominative", "accusative")
    days, place, form = say.days(run.starts_on, run.ends_on), say.place(run), say.both(Run.Form(run.form).label)
    hours = say.hours(say.minutes_of(run), run.starts_on)
    points = [
        point(
            f"{what_kk} өткізілсін. Өтетін күні: {days.kk}; өтетін орны: {place.kk}; оқыту нысаны: {form.kk}; көлемі: {hours.kk}; орын саны: {run.capacity}.",
            f"Провести {what_ru}. Дни: {days.ru}; место: {place.ru}; форма обучения: {form.ru}; объём: {hours.ru}; число мест: {run.capacity}.",
        )
    ]  # fmt: skip
    if run.version is not None:
        code, number = run.version.programme.code, run.version.number
        points.append(
            point(
                f"Оқыту {code} «{run.version.title_kk}» бағдарламасы ({number}-нұсқа) бойынша жүргізілсін.",
                f"Обучение вести по программе {code} «{run.version.title_ru or run.version.title_kk}» (версия {number}).",
            )
        )
    teaching = [one.person for one in trainers(run)]
    if teaching:
        said = say.names(teaching)
        points.append(point(f"Оқытушылар бекітілсін: {said.kk}.", f"Утвердить преподавателей: {said.ru}."))
    answers_for = Person.objects.filter(pk=paper.answers.get("responsible") or 0).first()
    if answers_for is not None:
        said = say.names([answers_for])
        points.append(point(f"Ұйымдастыруға жауапты: {said.kk}.", f"Ответственный за организацию: {said.ru}."))
    problems = _cancelled(run)
    if not run.title_kk:
        problems.append(_("The run has no title in Kazakh. An official paper needs one."))
    subject = Words(f"{kk} өткізу туралы", f"О проведении {ru}", f"Holding: {run.title_en or run.title_kk}")
    return Built(
        subject, [{"type": "points", "items": points}], people=[*teaching, *([answers_for] if answers_for else [])],
        problems=problems,
    )  # fmt: skip


def trainers(run: Run) -> list[Trainer]:
    rows = Trainer.objects.filter(run=run, state=Trainer.State.ACCEPTED).select_related("person")
    return list(rows.order_by("person__sort_kk", "pk"))


def enrol(paper: Paper) -> Built:
    """To enrol everybody who has a seat on the day of the order."""
    run = run_of(paper)
    rows = enrolled(run, *Enrolment.LIVE)
    kk, ru = say.named(run, "dative", "accusative")
    days = say.days(run.starts_on, run.ends_on)
    points = [
        point(
            say.sentence(f"Қосымшаға сәйкес {len(rows)} адам тыңдаушылар қатарына қабылдансын. Оқу күндері: {days.kk}"),
            say.sentence(f"Зачислить слушателями {len(rows)} чел. согласно приложению. Дни обучения: {days.ru}"),
        )
    ]
    problems = _cancelled(run) or ([] if rows else [_("Nobody has a seat in this run yet.")])
    subject = Words(f"{kk} тыңдаушылар қабылдау туралы", f"О зачислении слушателей на {ru}", f"Enrolment: {run.title_en or run.title_kk}")  # fmt: skip
    return Built(
        subject, [{"type": "points", "items": points}], [_list(rows)] if rows else [],
        [one.person for one in rows], problems,
    )  # fmt: skip


def expel(paper: Paper) -> Built:
    """To expel those who were chosen out of those who are not there any more, each with her reason."""
    run = run_of(paper)
    wanted = set(paper.answers.get("people", []))
    rows = [one for one in enrolled(run, E.WITHDRAWN, E.EXCUSED, E.NO_SHOW, E.FAILED) if one.pk in wanted]
    kk, ru = say.named(run, "genitive", "genitive")
    lines = _people(Head("Себебі", "Причина", share=3))
    for place, one in enumerate(rows, start=1):
        lines.rows.append([str(place), say.name(one.person), say.workplace(one), one.reason or say.cell(say.both(one.get_state_display()))])  # fmt: skip
    points = [
        point(
            f"Қосымшаға сәйкес {len(rows)} адам тыңдаушылар қатарынан шығарылсын.",
            f"Отчислить из числа слушателей {len(rows)} чел. согласно приложению.",
        )
    ]
    problems = [] if rows else [_("Choose who is expelled.")]
    subject = Words(f"{kk} тыңдаушыларын шығару туралы", f"Об отчислении слушателей {ru}", f"Expulsion: {run.title_en or run.title_kk}")  # fmt: skip
    return Built(subject, [{"type": "points", "items": points}], [lines.block()], [one.person for one in rows], problems)  # fmt: skip


def newest_sheet(run: Run) -> ResultSheet | None:
    return ResultSheet.objects.filter(run=run).order_by("-number").first()


def standing(run: Run) -> list[Result]:
    """The results that stand: of every sheet, the newest for each."""
    rows = Result.objects.filter(sheet__run=run, superseded_at=None).select_related("enrolment__person")
    return list(rows.order_by("enrolment__person__sort_kk", "pk"))


def _results(rows: list[Result]) -> Block:
    lines = Lines([NUMBER, PERSON, WORKPLACE])
    for place, one in enumerate(rows, start=1):
        lines.rows.append([str(place), {"kk": one.name_kk, "ru": one.name_ru}, say.worked(one)])
    return lines.block()


def complete(paper: Paper) -> Built:
    """To complete the run: who passed by the confirmed sheet and gets a document, and who did not."""
    run = run_of(paper)
    sheet = newest_sheet(run)
    kk, ru = say.named(run, "accusative", "genitive")
    subject = Words(f"{kk} аяқтау туралы", f"О завершении {ru}", f"Completion: {run.title_en or run.title_kk}")
    if sheet is None:
        return Built(subject, problems=_cancelled(run) or [_("No result sheet is confirmed yet.")])
    rows = standing(run)
    passed = [one for one in rows if one.outcome == Outcome.PASSED]
    others = [one for one in rows if one.outcome != Outcome.PASSED]
    on = say.day(sheet.on)
    points = [
        point(
            f"{on.kk} № {sheet} қорытынды ведомость негізінде {len(passed)} тыңдаушы оқуды аяқтаған деп танылсын (1-қосымша).",
            f"На основании итоговой ведомости № {sheet} от {on.ru} считать завершившими обучение {len(passed)} чел. (приложение\u00a01).",
        ),
        point("Оларға белгіленген үлгідегі құжат берілсін.", "Выдать им документы установленного образца."),
    ] if passed else []  # fmt: skip
    if others:
        where = 2 if passed else 1
        points.append(
            point(
                f"{len(others)} тыңдаушы оқуды аяқтамаған деп танылсын ({where}-қосымша).",
                f"Считать не завершившими обучение {len(others)} чел. (приложение\u00a0{where}).",
            )
        )
    annexes = [_results(found) for found in (passed, others) if found]
    return Built(subject, [{"type": "points", "items": points}], annexes, [one.enrolment.person for one in rows], _cancelled(run))  # fmt: skip


def commission(paper: Paper) -> Built:
    """To make the commission that judges: its chair and its members, out of those who teach and organise."""
    run = run_of(paper)
    people = {one.pk: one for one in commissions.candidates(run)}
    chair = people.get(paper.answers.get("chair") or 0)
    members = [people[pk] for pk in paper.answers.get("members", []) if pk in people and (chair is None or pk != chair.pk)]  # fmt: skip
    kk, ru = say.named(run, "genitive", "genitive")
    subject = Words(f"{kk} қорытынды аттестаттау комиссиясын құру туралы", f"О создании комиссии по итоговой аттестации {ru}", f"Commission: {run.title_en or run.title_kk}")  # fmt: skip
    problems = _cancelled(run)
    if chair is None or not members:
        problems.append(_("Choose a chair and at least one other member of the commission."))
    lines = Lines([Head("Міндеті", "Обязанность", share=1), PERSON])
    if chair is not None:
        lines.rows.append([{"kk": "Төраға", "ru": "Председатель"}, say.name(chair)])
    lines.rows += [[{"kk": "Комиссия мүшесі", "ru": "Член комиссии"}, say.name(one)] for one in members]
    points = [
        point("Комиссия мынадай құрамда құрылсын (қосымша).", "Создать комиссию в следующем составе (приложение)."),
        point("Комиссия қорытынды ведомость жасасын.", "Комиссии составить итоговую ведомость."),
    ]
    named = [*([chair] if chair else []), *members]
    return Built(subject, [{"type": "points", "items": points}], [lines.block()], named, problems)


def trip(paper: Paper) -> Built:
    """To send the trainers on a business trip along the route of a travelling run, or to its place."""
    run = run_of(paper)
    wanted = set(paper.answers.get("people", []))
    people = [one.person for one in trainers(run) if one.person_id in wanted]
    kk, ru = say.named(run, "accusative", "genitive")
    days = say.days(run.starts_on, run.ends_on)
    points = [
        point(
            f"Төмендегі қызметкерлер іссапарға жіберілсін ({days.kk}): {say.names(people).kk}.",
            f"Командировать ({days.ru}): {say.names(people).ru}.",
        )
    ]
    spent = sum(CostLine.objects.filter(run=run, kind__in=[CostLine.Kind.TRAVEL, CostLine.Kind.PER_DIEM]).values_list("estimate", flat=True))  # fmt: skip
    if spent:
        money = say.money(spent)
        points.append(
            point(
                f"Жол жүру және тәуліктік шығындар смета бойынша төленсін: {money.kk}.",
                f"Оплатить проезд и суточные по смете: {money.ru}.",
            )
        )
    route = Lines(
        [NUMBER, Head("Орны", "Место", share=3), Head("Күндері", "Дни", share=2)], title=Words("Бағыт", "Маршрут")
    )
    stops = list(Stop.objects.filter(run=run).select_related("unit"))
    for place, stop in enumerate(stops, start=1):
        route.rows.append([str(place), say.cell(say.unit(stop.unit)), say.cell(say.days(stop.starts_on, stop.ends_on))])
    if not stops:
        route.rows.append(["1", say.cell(say.place(run)), say.cell(days)])
    problems = _cancelled(run) + ([] if people else [_("Choose who travels.")])
    subject = Words(f"{kk} өткізу үшін іссапарға жіберу туралы", f"О командировании для проведения {ru}", f"Business trip: {run.title_en or run.title_kk}")  # fmt: skip
    return Built(subject, [{"type": "points", "items": points}, route.block()], people=people, problems=problems)


def _older(paper: Paper) -> list[Paper]:
    rows = paper.changes.select_related("paper").order_by("paper__on", "paper__code")
    return [one.paper for one in rows]


def cited(paper: Paper) -> tuple[str, str]:
    """The day and the number of another paper, as a text in each language names it."""
    assert paper.on is not None
    on = say.day(paper.on)
    return f"{on.kk} № {paper.code}", f"№ {paper.code} от {on.ru}"


def amend(paper: Paper) -> Built:
    """To change an older order: each line of the answer is a point, in both languages."""
    older = _older(paper)
    named = [cited(one) for one in older]
    lines = {code: [line.strip() for line in str(paper.answers.get(f"text_{code}", "")).splitlines() if line.strip()] for code in ("kk", "ru")}  # fmt: skip
    problems = [] if older else [_("Say which order is changed.")]
    if not lines["kk"] or len(lines["kk"]) != len(lines["ru"]):
        problems.append(_("Write the changes in Kazakh and in Russian, as many lines in each."))
    items = [point(kk, ru) for kk, ru in zip(lines["kk"], lines["ru"], strict=False)]
    subject = Words(
        "; ".join(f"{kk} бұйрыққа өзгеріс енгізу туралы ({old.subject_kk})" for (kk, _ru), old in zip(named, older, strict=True)),
        "; ".join(f"О внесении изменений в приказ {ru} ({old.subject_ru})" for (_kk, ru), old in zip(named, older, strict=True)),
        f"Amends {', '.join(str(one) for one in older)}",
    )  # fmt: skip
    return Built(subject, [{"type": "points", "items": items}], problems=problems)


def cancel(paper: Paper) -> Built:
    """To cancel orders: of a run that is cancelled it says so, with the reason."""
    run, older = run_of(paper), _older(paper)
    points = []
    for old in older:
        kk, ru = cited(old)
        points.append(
            point(f"{kk} бұйрықтың ({old.subject_kk}) күші жойылды деп танылсын.", f"Признать утратившим силу приказ {ru} ({old.subject_ru}).")
        )  # fmt: skip
    if run.state == Run.State.CANCELLED:
        kk, ru = say.named(run)
        points.insert(
            0, point(f"{kk} өткізілмейді. Себебі: {run.reason}", f"Не проводить: {ru}. Причина: {run.reason}")
        )
    subject_kk = " және ".join(f"№ {one.code}" for one in older)
    subject_ru = " и ".join(f"№ {one.code}" for one in older)
    many = len(older) > 1
    subject = Words(
        f"{subject_kk} {'бұйрықтардың' if many else 'бұйрықтың'} күшін жою туралы",
        f"Об отмене {'приказов' if many else 'приказа'} {subject_ru}",
        f"Cancels {', '.join(str(one) for one in older)}",
    )
    problems = [] if older else [_("Say which order is cancelled.")]
    return Built(subject, [{"type": "points", "items": points}], problems=problems)
