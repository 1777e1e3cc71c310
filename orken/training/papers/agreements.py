"""Agreements about a run: with the library that receives it, with whoever teaches, with an intern and her institution.

The other side signs beside the issuer. What the sides agreed beyond these points is written as one more point, and an
agreement that is in force is changed only by a further agreement (the rule of all papers).
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.network.models import Unit
from orken.records import wording
from orken.records.kinds import Built, Words, point
from orken.records.models import Paper
from orken.training.models import Enrolment, Run, Session
from orken.training.papers import orders
from orken.training.papers import phrases as say
from orken.training.results import commission as commissions

SCHOOLS = (Unit.Kind.COLLEGE, Unit.Kind.UNIVERSITY)
LAW = point(
    "Жеке деректер «Дербес деректер және оларды қорғау туралы» Қазақстан Республикасының Заңына сәйкес оқуды ұйымдастыру үшін ғана өңделеді.",
    "Персональные данные обрабатываются только для организации обучения, по Закону Республики Казахстан «О персональных данных и их защите».",
)  # fmt: skip
TERM = point(
    "Шарт барлық тарап қол қойған күннен бастап күшіне енеді және тараптар міндеттерін орындағанға дейін қолданылады.",
    "Договор вступает в силу со дня подписания всеми сторонами и действует до исполнения ими своих обязанностей.",
)
COPIES = {
    2: point(
        "Шарт қазақ және орыс тілдерінде, заңды күші бірдей екі данада, әр тарапқа бір данадан жасалды.",
        "Договор составлен на казахском и русском языках в двух экземплярах равной силы, по одному для каждой стороны.",
    ),
    3: point(
        "Шарт қазақ және орыс тілдерінде, заңды күші бірдей үш данада, әр тарапқа бір данадан жасалды.",
        "Договор составлен на казахском и русском языках в трёх экземплярах равной силы, по одному для каждой стороны.",
    ),
}


def partners(run: Run) -> list[Unit]:
    """Institutions that may receive the run: its place, the stops of its route, those who hold it along; not the host itself."""
    found = {stop.unit_id: stop.unit for stop in run.stops.select_related("unit__parent")}
    found |= {one.pk: one for one in run.co_hosts.select_related("parent")}
    if run.place is not None:
        found[run.place.pk] = run.place
    own = wording.issuer_of(run.host).pk
    issuers = {one.pk: one for one in map(wording.issuer_of, found.values()) if one.pk != own}
    return sorted(issuers.values(), key=lambda one: one.sort_kk)


def with_host(paper: Paper) -> Built:
    """With the institution that receives a travelling class, an internship or any other run."""
    run = orders.run_of(paper)
    partner = next((one for one in partners(run) if one.pk == paper.answers.get("partner")), None)
    kk, ru = say.named(run, "accusative", "genitive")
    subject = Words(f"{kk} бірлесіп өткізу туралы", f"О совместном проведении {ru}", f"Holding together: {run.title_en or run.title_kk}")  # fmt: skip
    if partner is None:
        return Built(subject, problems=[_("Choose who receives the run: its place, a stop of its route or a co-host.")])
    days, place, hours = say.days(run.starts_on, run.ends_on), say.place(run), _hours(run)
    what_kk, what_ru = say.named(run, "accusative", "accusative")
    points = [
        point(
            f"Тараптар {what_kk} бірлесіп өткізеді. Өтетін күні: {days.kk}; өтетін орны: {place.kk}; көлемі: {hours.kk}; орын саны: {run.capacity}.",
            f"Стороны совместно проводят {what_ru}. Дни: {days.ru}; место: {place.ru}; объём: {hours.ru}; число мест: {run.capacity}.",
        ),
        point(
            "Ұйымдастырушы оқу бағдарламасын, оқытушылар мен оқу материалдарын қамтамасыз етеді, нәтижелерді бағалайды және белгіленген үлгідегі құжаттарды береді.",
            "Организатор обеспечивает программу, преподавателей и учебные материалы, оценивает результаты и выдаёт документы установленного образца.",
        ),
        point(
            "Қабылдаушы тарап үй-жай, жабдық және интернет береді, тыңдаушыларды жинайды және олардың қауіпсіздігін қамтамасыз етеді.",
            "Принимающая сторона предоставляет помещение, оборудование и интернет, собирает слушателей и обеспечивает их безопасность.",
        ),
        _costs(paper),
    ]  # fmt: skip
    sides = [_issuer(paper, "Ұйымдастырушы", "Организатор"), _institution(partner, "Қабылдаушы тарап", "Принимающая сторона")]  # fmt: skip
    return _built(run, subject, sides, points)


def with_trainer(paper: Paper) -> Built:
    """With a person who teaches at the run, paid or not."""
    run = orders.run_of(paper)
    chosen = next((one.person for one in orders.trainers(run) if one.person_id == paper.answers.get("trainer")), None)
    kk, ru = say.named(run, "genitive", "genitive")
    subject = Words(f"{kk} сабақтарын өткізу туралы", f"О проведении занятий {ru}", f"Teaching: {run.title_en or run.title_kk}")  # fmt: skip
    if chosen is None:
        return Built(subject, problems=[_("Choose who teaches. Only a trainer who accepted can be chosen.")])
    taught = sum(one.minutes for one in Session.objects.filter(run=run, cancelled_at=None, trainers=chosen))
    days, hours = say.days(run.starts_on, run.ends_on), say.hours(taught, run.starts_on) if taught else _hours(run)
    paid = paper.answers.get("pay") or 0
    money = say.money(paid)
    points = [
        point(
            f"Орындаушы {kk} сабақтарын өткізеді. Күндері: {days.kk}; көлемі: {hours.kk}.",
            say.sentence(f"Исполнитель проводит занятия {ru}. Дни: {days.ru}; объём: {hours.ru}"),
        ),
        point(
            "Тапсырыс беруші сабаққа қажетті үй-жай мен жабдықты береді, сабақ кестесін алдын ала хабарлайды.",
            "Заказчик предоставляет помещение и оборудование для занятий, заранее сообщает расписание.",
        ),
        point(
            f"Қызмет ақысы — {money.kk}. Ол көрсетілген қызмет актісіне қол қойылғаннан кейін төленеді.",
            f"Оплата услуг — {money.ru}. Она производится после подписания акта оказанных услуг.",
        ) if paid else point("Қызмет ақысыз көрсетіледі.", "Услуги оказываются безвозмездно."),
    ]  # fmt: skip
    name = say.name(chosen)
    sides = [_issuer(paper, "Тапсырыс беруші", "Заказчик"), Side(Words(name["kk"], name["ru"]), Words("Орындаушы", "Исполнитель"), name)]  # fmt: skip
    return _built(run, subject, sides, points, people=[chosen])


def with_intern(paper: Paper) -> Built:
    """Of three sides: the library that takes in, the institution that sends, and the one who learns (dual education: a student)."""
    run = orders.run_of(paper)
    rows = {one.pk: one for one in orders.enrolled(run, *Enrolment.LIVE)}
    one = rows.get(paper.answers.get("learner") or 0)
    kk, ru = say.named(run, "dative", "accusative")
    subject = Words(f"{kk} қабылдау туралы (үшжақты)", f"О приёме на {ru} (трёхсторонний)", f"Three-sided: {run.title_en or run.title_kk}")  # fmt: skip
    if one is None:
        return Built(subject, problems=[_("Choose who learns. Only somebody who has a seat can be chosen.")])
    sender = wording.issuer_of(one.unit)
    if sender.pk == paper.issuer_id:
        return Built(subject, problems=[_("She works at the issuer itself: no agreement with another side is needed.")])
    mentor = next((found for found in commissions.candidates(run) if found.pk == paper.answers.get("mentor")), None)
    days, hours = say.days(run.starts_on, run.ends_on), _hours(run)
    student = sender.kind in SCHOOLS
    points = [
        point(
            f"База Білім алушыны {kk} қабылдайды. Күндері: {days.kk}; көлемі: {hours.kk}.",
            say.sentence(f"База принимает Обучающегося на {ru}. Дни: {days.ru}; объём: {hours.ru}"),
        ),
        point(
            "База жұмыс орнын береді, еңбек қауіпсіздігі туралы нұсқама өткізеді, тәлімгер тағайындайды"
            + (f": {mentor.full_name('kk')}." if mentor else "."),
            "База предоставляет рабочее место, проводит инструктаж по безопасности труда, назначает наставника"
            + (f": {mentor.full_name('ru')}." if mentor else "."),
        ),
        _of_sender(paper, student),
        point(
            "Білім алушы бағдарламаны орындайды, күнделік жүргізеді, ішкі тәртіп пен қауіпсіздік талаптарын сақтайды, соңында есебін қорғайды.",
            "Обучающийся выполняет программу, ведёт дневник, соблюдает внутренний распорядок и требования безопасности, в конце защищает отчёт.",
        ),
        _costs(paper),
    ]  # fmt: skip
    name = say.name(one.person)
    sides = [
        _issuer(paper, "База", "База"),
        _institution(sender, "Оқу орны", "Учебное заведение") if student else _institution(sender, "Жіберуші ұйым", "Направляющая организация"),
        Side(Words(name["kk"], name["ru"]), Words("Білім алушы", "Обучающийся"), name),
    ]  # fmt: skip
    return _built(run, subject, sides, points, people=[one.person, *([mentor] if mentor else [])])


def _of_sender(paper: Paper, student: bool) -> dict[str, str]:
    """A college or university teaches the theory (dual education); an employer keeps the place of work."""
    if not student:
        return point(
            "Жіберуші ұйым бағдарламаны келіседі, Білім алушының жұмыс орны мен жалақысын сақтайды.",
            "Направляющая организация согласует программу, сохраняет за Обучающимся место работы и заработную плату.",
        )
    kk, ru = "Оқу орны теорияны оқытады, жұмыс оқу жоспарын Базамен келіседі.", "Учебное заведение обучает теории, согласует с Базой рабочий учебный план."  # fmt: skip
    speciality = str(paper.answers.get("speciality_kk", "")), str(paper.answers.get("speciality_ru", ""))
    if speciality[0]:
        kk, ru = f"{kk} Мамандығы: {speciality[0]}.", f"{ru} Специальность: {speciality[1] or speciality[0]}."
    if share := paper.answers.get("share"):
        kk, ru = f"{kk} Жұмыс орнындағы оқудың үлесі: кемінде {share} %.", f"{ru} Доля обучения на рабочем месте: не менее {share} %."  # fmt: skip
    return point(kk, ru)


class Side:
    """One side of an agreement: how it is called in full and in the points, and who signs for it."""

    def __init__(self, full: Words, role: Words, name: dict[str, str], post: dict[str, str] | None = None) -> None:
        self.full, self.role, self.name, self.post = full, role, name, post

    @property
    def signature(self) -> dict[str, Any]:
        role = self.role.data()
        if self.post is None:
            return {"post": role, "name": self.name}
        return {"post": {code: f"{role[code]}: {self.post[code]}" for code in role}, "name": self.name}


def _issuer(paper: Paper, kk: str, ru: str) -> Side:
    return Side(say.unit(paper.issuer), Words(kk, ru), {"kk": "", "ru": ""})


def _institution(unit: Unit, kk: str, ru: str) -> Side:
    """Signed by whom its own letterhead names first."""
    first = wording.letterhead(unit).words["signatories"][0]
    name = {"kk": first["name_kk"] or first["name_ru"], "ru": first["name_ru"] or first["name_kk"]}
    return Side(say.unit(unit), Words(kk, ru), name, {"kk": first["post_kk"], "ru": first["post_ru"] or first["post_kk"]})  # fmt: skip


def _costs(paper: Paper) -> dict[str, str]:
    kk, ru = str(paper.answers.get("costs_kk", "")), str(paper.answers.get("costs_ru", ""))
    if kk:
        return point(f"Шығындар: {say.sentence(kk)}", f"Расходы: {say.sentence(ru or kk)}")
    return point("Әр тарап өз шығындарын өзі көтереді.", "Каждая сторона несёт свои расходы сама.")


def _hours(run: Run) -> Words:
    return say.hours(say.minutes_of(run), run.starts_on)


def _built(run: Run, subject: Words, sides: list[Side], points: list[dict[str, str]], people: Any = ()) -> Built:
    """The sides above, the points, and whoever signs beside the issuer below."""
    kk = ", ".join(f"{one.full.kk} (бұдан әрі — {one.role.kk})" for one in sides[:-1])
    ru = ", ".join(f"{one.full.ru} (далее — {one.role.ru})" for one in sides[:-1])
    last = sides[-1]
    agreed = {
        "type": "text",
        "kk": f"{kk} және {last.full.kk} (бұдан әрі — {last.role.kk}) төмендегілер туралы шарт жасасты:",
        "ru": f"{ru} и {last.full.ru} (далее — {last.role.ru}) заключили договор о нижеследующем:",
    }
    problems: list[str | Promise] = []
    if run.state == Run.State.CANCELLED:
        problems.append(_("The run is cancelled: no agreement about it can be written, only ended."))
    items = [*points, LAW, TERM, COPIES[len(sides)]]
    return Built(
        subject, [agreed, {"type": "points", "items": items}], people=people, problems=problems,
        role=sides[0].role, signatories=[one.signature for one in sides[1:]],
    )  # fmt: skip


def further(paper: Paper) -> Built:
    """A further agreement: each line of the answer is a point; whoever signed the first signs this one too."""
    found = orders.amend(paper)
    older = [change.paper for change in paper.changes.select_related("paper").order_by("paper__on", "paper__code")]
    cited = [orders.cited(one) for one in older]
    subject = Words(
        "; ".join(f"{kk} шартқа өзгеріс енгізу туралы ({old.subject_kk})" for (kk, _ru), old in zip(cited, older, strict=True)),
        "; ".join(f"О внесении изменений в договор {ru} ({old.subject_ru})" for (_kk, ru), old in zip(cited, older, strict=True)),
        f"Amends {', '.join(str(one) for one in older)}",
    )  # fmt: skip
    return Built(subject, found.blocks, problems=found.problems, signatories=_others(older))


def ended(paper: Paper) -> Built:
    """The sides end an agreement: of a run that is cancelled it says so, with the reason."""
    run = orders.run_of(paper)
    older = [change.paper for change in paper.changes.select_related("paper").order_by("paper__on", "paper__code")]
    points = []
    if run.state == Run.State.CANCELLED:
        kk, ru = say.named(run)
        points.append(point(f"{kk} өткізілмейді. Себебі: {say.sentence(run.reason)}", f"Не проводится: {ru}. Причина: {say.sentence(run.reason)}"))  # fmt: skip
    for old in older:
        kk, ru = orders.cited(old)
        points.append(point(f"Тараптар {kk} шартты ({old.subject_kk}) бұзады, бір-біріне талабы жоқ.", f"Стороны расторгают договор {ru} ({old.subject_ru}) и не имеют претензий друг к другу."))  # fmt: skip
    subject = Words(
        f"{', '.join(f'№ {one.code}' for one in older)} шартты бұзу туралы",
        f"О расторжении договора {', '.join(f'№ {one.code}' for one in older)}",
        f"Ends {', '.join(str(one) for one in older)}",
    )
    problems = [] if older else [_("Say which agreement is ended.")]
    return Built(subject, [{"type": "points", "items": points}], problems=problems, signatories=_others(older))


def _others(older: list[Paper]) -> list[dict[str, Any]]:
    """Whoever signed beside the issuer, each once."""
    found: list[dict[str, Any]] = []
    for one in older:
        found += [signs for signs in one.data["signatories"][1:] if signs not in found]
    return found
