"""Sheets, reports and referrals: the facts of a run as tables that are signed and filed."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.records.kinds import Built, Head, Lines, Words, point
from orken.records.models import Paper
from orken.training import selectors as training
from orken.training.attendance import selectors as attendance
from orken.training.models import Applicant, Component, CostLine, Enrolment, Mark, Outcome, Run
from orken.training.papers import orders
from orken.training.papers import phrases as say
from orken.training.papers.orders import NUMBER, PERSON, WORKPLACE, run_of

APPLICANT = "training.applicant:"
SHORT = {Mark.State.PRESENT: "+", Mark.State.ABSENT: "–"}
ACROSS = 12  # sessions that fit beside one another; more stand as their sum alone


def _subject(run: Run, kk: str, ru: str, en: str) -> Words:
    title_kk, title_ru = say.named(run)
    return Words(
        f"{title_kk}: {kk}", f"{title_ru[0].upper()}{title_ru[1:]}: {ru}", f"{run.title_en or run.title_kk}: {en}"
    )


def sheet_of_attendance(paper: Paper) -> Built:
    """Who was there: session × person, minutes where she was late, and the share of all minutes."""
    run = run_of(paper)
    grid = attendance.grid(run)
    sessions = grid.sessions if len(grid.sessions) <= ACROSS else []
    enrolments = {
        f"e{one.pk}": one for one in Enrolment.objects.filter(run=run).select_related("person", "unit", "post")
    }
    heads = [NUMBER, PERSON, *(_session_head(one.starts_at) for one in sessions), Head("Минут", "Минут", 15, "right"), Head("%", "%", 11, "right")]  # fmt: skip
    lines = Lines(heads)
    rows = [row for row in grid.rows if not row.gone or row.marks]
    for place, row in enumerate(rows, start=1):
        one = enrolments.get(row.who)
        cells: list[Any] = [str(place), say.name(one.person) if one else row.name]
        cells += [_mark(row.marks.get(session.pk)) for session in sessions]
        lines.rows.append([*cells, str(row.minutes), "" if row.share is None else str(row.share)])
    key = {"kk": "«+» қатысты; сан — кешіккендегі минут; «с» себепті; «–» болмады.", "ru": "«+» была; число — минуты при опоздании; «с» по уважительной причине; «–» не была."}  # fmt: skip
    problems = [] if grid.held and any(row.marks for row in rows) else [_("Nothing is noted yet: there is nothing to sign.")]  # fmt: skip
    people = [enrolments[row.who].person for row in rows if row.who in enrolments]
    subject = _subject(run, "қатысу есебі", "учёт посещаемости", "attendance")
    return Built(subject, [lines.block(), {"type": "text", **key}], people=people, problems=problems, signatories=_teachers(run), wide=len(sessions) > 4)  # fmt: skip


def _session_head(at: Any) -> Head:
    moment = timezone.localtime(at)
    text = f"{moment:%d.%m %H:%M}"
    return Head(text, text, 14, "center")


def _mark(cell: attendance.Cell | None) -> str:
    if cell is None:
        return ""
    if cell.state == Mark.State.LATE:
        return str(cell.minutes)
    return SHORT.get(Mark.State(cell.state), "с")


def _teachers(run: Run) -> list[dict[str, Any]]:
    """The trainers sign beside the issuer."""
    post = {"kk": "Тренер", "ru": "Тренер"}
    return [{"post": post, "name": say.name(one.person)} for one in orders.trainers(run)]


def sheet_of_results(paper: Paper) -> Built:
    """The sheet that the commission confirmed last, with the parts of each result, signed by its members."""
    run = run_of(paper)
    sheet = orders.newest_sheet(run)
    subject = _subject(run, "қорытынды нәтижелер", "итоги обучения", "results")
    if sheet is None:
        return Built(subject, problems=[_("No result sheet is confirmed yet.")])
    parts = (Component.ATTENDANCE, Component.PRE_TEST, Component.POST_TEST, Component.PRACTICAL, Component.FINAL)
    rows = orders.standing(run)
    shown = [name for name in parts if any(name in one.facts for one in rows)]
    labels = {name: say.capital(say.both(Component(name).label)) for name in shown}
    heads = [NUMBER, PERSON, WORKPLACE, *(Head(labels[name].kk, labels[name].ru, 25, "right") for name in shown), Head("Нәтижесі", "Результат", 26)]  # fmt: skip
    lines = Lines(heads)
    for place, one in enumerate(rows, start=1):
        marks = [" / ".join(map(str, one.facts[name])) if name in one.facts else "" for name in shown]
        lines.rows.append([str(place), {"kk": one.name_kk, "ru": one.name_ru}, say.worked(one), *marks, say.cell(say.both(Outcome(one.outcome).label))])  # fmt: skip
    counts = {name: sum(one.outcome == name for one in rows) for name in Outcome.values}
    on = say.day(sheet.on)
    text = point(
        f"Комиссия {on.kk} бекіткен № {sheet} ведомость. Барлығы: {len(rows)}; аяқтағаны: {counts[Outcome.PASSED]}; аяқтамағаны: {counts[Outcome.FAILED]}; келмегені: {counts[Outcome.ABSENT]}.",
        say.sentence(f"Ведомость № {sheet}, утверждена комиссией {on.ru}") + f" Всего: {len(rows)}; завершили: {counts[Outcome.PASSED]}; не завершили: {counts[Outcome.FAILED]}; не явились: {counts[Outcome.ABSENT]}.",
    )  # fmt: skip
    chair, member = {"kk": "Комиссия төрағасы", "ru": "Председатель комиссии"}, {"kk": "Комиссия мүшесі", "ru": "Член комиссии"}  # fmt: skip
    signs = [{"post": chair if one.chair else member, "name": {"kk": one.name_kk, "ru": one.name_ru}} for one in sheet.members.all()]  # fmt: skip
    people = [one.enrolment.person for one in rows] + [one.person for one in sheet.members.select_related("person")]
    return Built(subject, [{"type": "text", **text}, lines.block()], people=people, signatories=signs, wide=True)


def report(paper: Paper) -> Built:
    """The report of a run that is over: what was held, how many came and from where, what came of it, what it cost."""
    run = run_of(paper)
    days, place, form = say.days(run.starts_on, run.ends_on), say.place(run), say.both(Run.Form(run.form).label)
    enrolled = orders.enrolled(run, *Enrolment.State.values)
    there = attendance.grid(run)
    came = sum(bool(row.minutes) for row in there.rows)
    results = orders.standing(run)
    passed = sum(one.outcome == Outcome.PASSED for one in results)
    volume = say.hours(say.minutes_of(run), run.starts_on)
    costs = training.costs(run)
    applied = Applicant.objects.filter(run=run, person__isnull=False).exclude(state=Applicant.State.REPLACED).count()
    rows: list[list[Any]] = [
        [_fact("Өткен күндері", "Дни"), say.cell(days)],
        [_fact("Өткен орны", "Место"), say.cell(place)],
        [_fact("Оқыту нысаны, көлемі", "Форма, объём"), {"kk": f"{form.kk}, {volume.kk}", "ru": f"{form.ru}, {volume.ru}"}],
        [_fact("Өтінім берген", "Подали заявки"), str(applied)],
        [_fact("Орын алған", "Зачислены"), str(len(enrolled))],
        [_fact("Қатысқан", "Участвовали"), str(came)],
        [_fact("Оқуды аяқтаған", "Завершили обучение"), str(passed) if results else "—"],
        [_fact("Адам-сағат", "Человеко-часов"), say.cell(say.hours(sum(row.minutes for row in there.rows), run.starts_on))],
    ]  # fmt: skip
    if costs.lines:
        spent = say.money(costs.actual if costs.actual is not None else costs.estimate)
        rows.append([_fact("Шығыны", "Расходы"), say.cell(spent)])
    blocks: list[dict[str, Any]] = [{"type": "facts", "rows": rows}]
    by_region = _by_region(run)
    if by_region.rows:
        blocks.append(by_region.block())
    for name, kk, ru in (("went", "Қорытынды", "Итоги"), ("proposals", "Ұсыныстар", "Предложения")):
        if paper.answers.get(f"{name}_kk"):
            blocks.append({"type": "text", "kk": f"{kk}: {paper.answers[f'{name}_kk']}", "ru": f"{ru}: {paper.answers.get(f'{name}_ru') or paper.answers[f'{name}_kk']}"})  # fmt: skip
    problems = [] if timezone.localdate() >= run.ends_on else [_("The run is not over yet.")]
    return Built(_subject(run, "есеп", "отчёт", "report"), blocks, problems=problems)


def _fact(kk: str, ru: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru}


def _by_region(run: Run) -> Lines:
    """How many came from each library."""
    found = (
        Enrolment.objects.filter(run=run)
        .values("unit__name_kk", "unit__name_ru", "unit__sort_kk")
        .annotate(many=Count("pk"), completed=Count("pk", filter=Q(state=Enrolment.State.COMPLETED)))
        .order_by("unit__sort_kk", "unit__name_kk")
    )
    lines = Lines(
        [Head("Кітапхана", "Библиотека", share=4), Head("Тыңдаушы", "Слушателей", 26, "right"), Head("Аяқтағаны", "Завершили", 26, "right")],
        title=Words("Кітапханалар бойынша", "По библиотекам"),
    )  # fmt: skip
    for row in found:
        name = {"kk": row["unit__name_kk"], "ru": row["unit__name_ru"] or row["unit__name_kk"]}
        lines.rows.append([name, str(row["many"]), str(row["completed"])])
    return lines


def costs(paper: Paper) -> Built:
    """The estimate of a run and what it came to, line by line, with the sum."""
    run = run_of(paper)
    found = training.costs(run)
    lines = Lines([NUMBER, Head("Шығын түрі", "Вид расходов", share=4), Head("Смета, теңге", "Смета, тенге", 32, "right"), Head("Нақты, теңге", "Фактически, тенге", 32, "right")])  # fmt: skip
    for place, one in enumerate(found.lines, start=1):
        what = say.capital(say.both(CostLine.Kind(one.kind).label))
        label = {"kk": f"{what.kk}: {one.note}" if one.note else what.kk, "ru": f"{what.ru}: {one.note}" if one.note else what.ru}  # fmt: skip
        lines.rows.append([str(place), label, _sum(one.estimate), "" if one.actual is None else _sum(one.actual)])
    lines.rows.append(["", {"kk": "Барлығы", "ru": "Итого"}, _sum(found.estimate), "" if found.actual is None else _sum(found.actual)])  # fmt: skip
    problems = [] if found.lines else [_("No costs are written down for this run.")]
    return Built(_subject(run, "шығын сметасы және акт", "смета и акт расходов", "costs"), [lines.block()], problems=problems)  # fmt: skip


def _sum(tenge: int) -> str:
    return say.money(tenge).ru.removesuffix(" тенге")


# --- referral ---


def applicant_of(paper: Paper) -> Applicant:
    rows = Applicant.objects.select_related(
        "run__host", "run__place", "run__version__programme", "person", "unit", "post"
    )
    return rows.get(pk=int(paper.source.removeprefix(APPLICANT)))


def referral(paper: Paper) -> Built:
    """The employer sends its person to learn: who, to what, when and where; who pays for the way."""
    one = applicant_of(paper)
    run, person = one.run, one.person
    days, place = say.days(run.starts_on, run.ends_on), say.place(run)
    title_kk, title_ru = say.named(run, "dative", "accusative")
    subject = Words(
        f"{title_kk} жіберу туралы", f"О направлении на {title_ru}", f"Referral: {run.title_en or run.title_kk}"
    )
    if person is None:
        return Built(subject, problems=[_("The seat has no name yet.")])
    rows: list[list[Any]] = [
        [_fact("Жіберілуші", "Направляется"), say.name(person)],
        [_fact("Кітапхана, лауазымы", "Библиотека, должность"), say.workplace(one)],
        [_fact("Қайда", "Куда"), {"kk": say.named(run)[0], "ru": say.named(run)[1]}],
        [_fact("Ұйымдастырушы", "Организатор"), say.cell(say.unit(run.host))],
        [_fact("Күндері", "Дни"), say.cell(days)],
        [_fact("Орны", "Место"), say.cell(place)],
    ]
    if minutes := say.minutes_of(run):  # a run that is being planned may have no timetable yet
        rows.append([_fact("Көлемі", "Объём"), say.cell(say.hours(minutes, run.starts_on))])
    if paper.answers.get("pays_kk"):
        rows.append([_fact("Жол шығынын төлейді", "Расходы на проезд"), {"kk": paper.answers["pays_kk"], "ru": paper.answers.get("pays_ru") or paper.answers["pays_kk"]}])  # fmt: skip
    gone = one.state not in Applicant.LIVE or run.state == Run.State.CANCELLED
    problems = [_("The application does not stand any more.")] if gone else []
    return Built(subject, [{"type": "facts", "rows": rows}], people=[person], problems=problems)
