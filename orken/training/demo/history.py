"""Three years of runs: what each was, who taught it, who came, when. Nothing is written here (`written.py` does).

Each verb for each of thousands of rows would take minutes. What the verbs keep true is kept here: the ledger is made by
the same rule, results by `judge`, and every moment lies where it would have lain. `orken audit invariants` and
tests/training/test_demo.py prove it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from orken.curriculum.models import ProgrammeVersion
from orken.kit.demo import SEED, Stage
from orken.kit.text.sorting import sort_key
from orken.network.models import Appointment, Unit
from orken.people.models import Account, Person
from orken.training.demo import seating
from orken.training.demo.plan import PLAN, Past
from orken.training.demo.sample import SAMPLES, Text
from orken.training.demo.seating import Cast, Seat, Stock
from orken.training.demo.topics import TOPICS
from orken.training.holidays import is_holiday
from orken.training.models import Applicant, Run, SeatPool, Session

A, S = Applicant.State, Run.State
SNOW = "Боран: жол жабық. Жаңа күндері: 2–4 желтоқсан. / Буран: дорога закрыта. Новые дни: 2–4 декабря."
ILL = "Тренер ауырып қалды, алмастыратын адам табылмады. / Тренер заболел, замены нет."
RURAL = ("rural-librarian", "librarian")
KEEPERS, METHODS = ("conservator", "head-dept"), ("methodologist", "chief-methodologist")
# Whose post a run is for; everybody else comes when seats are left.
FOR = {
    "CAT-72": ("cataloguer", "bibliographer", "senior-librarian"), "storage": KEEPERS, "CON-80": KEEPERS, "CON-240": KEEPERS,
    "VL-11": METHODS, "methods": (*METHODS, "director"), "VL-06": RURAL, "catalogue": RURAL, "first_aid": (*RURAL, "conservator"),
    "VL-09": ("bibliographer", "methodologist", "librarian"),
}  # fmt: skip
TEACHES = {
    "NL-CATALOGUER": ("curator", "mentor"), "NL-CONSERVATION": ("trainer",), "NL-VIRTUAL": ("national",), "NL": ("national",),
    "KZ-55-LIB": ("pavlodar", "combiner"),
}  # fmt: skip


@dataclass
class Held:
    """A run of the plan while it is being made: what the later parts need of it."""

    past: Past
    run: Run
    stock: Stock
    trainers: list[Person]
    seats: list[Seat]
    by: Account
    sessions: list[Session] = field(default_factory=list)
    pools: dict[str, SeatPool] = field(default_factory=dict)

    @property
    def seated(self) -> list[Seat]:
        """Whoever had a seat when it began, by name as on every sheet."""
        rows = [seat for seat in self.seats if seat.has_seat]
        return sorted(rows, key=lambda seat: (seat.person.sort_kk, seat.person.pk))

    @property
    def over(self) -> bool:
        return self.run.state in (S.CLOSED, S.ARCHIVED)

    @property
    def sat_on(self) -> date:
        """The commission sits on the first working day after the last."""
        return next(working_days(self.run.ends_on + timedelta(1)))

    @property
    def minutes(self) -> int:
        return sum(session.minutes for session in self.sessions)


@dataclass(frozen=True)
class Country:
    """What the demo has already: people with their posts, units, accounts."""

    units: dict[str, Unit]
    codes: dict[int, str]
    persons: dict[str, Person]
    accounts: dict[str, Account]
    cast: Cast
    chance: random.Random

    def sender(self, one: Appointment) -> str:
        """The library of her region sends her; a library of the republic sends its own people."""
        code = self.codes[int(one.unit.path.split("/")[1])]
        return f"{code}-LIB" if code.startswith("KZ-") else code

    def known(self, seats: Iterable[Seat] = ()) -> set[int]:
        """Whoever comes only where the plan says so (the personas, and those whose life is told), and who has applied."""
        return {person.pk for person in self.persons.values()} | {seat.person.pk for seat in seats}


def moment(day: date, at: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(at)))


def past_runs(stage: Stage) -> list[Held]:
    """The runs of the plan with their timetable, trainers and people, not yet written."""
    chance = random.Random(SEED + 7)
    units: dict[str, Unit] = stage.made["units"]
    posts = Appointment.objects.filter(superseded_at=None).select_related("person", "unit", "post")
    cast = Cast(posts.order_by("-employment", "-valid_from", "pk"), chance)
    codes = {unit.pk: code for code, unit in units.items()}
    country = Country(units, codes, stage.made["persons"], stage.made["accounts"], cast, chance)
    for sample in SAMPLES:  # whoever teaches what is on now cannot be elsewhere then
        for login in sample.trainers:
            cast.take(country.persons[login].pk, sample.starts, sample.starts + timedelta(sample.days - 1))
    published = ProgrammeVersion.objects.exclude(published_at=None).select_related("programme")
    editions = list(published.prefetch_related("modules").order_by("published_at"))
    return [_held(country, past, _edition(editions, past)) for past in PLAN]


def _edition(editions: list[ProgrammeVersion], past: Past) -> ProgrammeVersion | None:
    """The programme as it was in force when the run was opened."""
    fitting = [one for one in editions if one.programme.code == past.what and one.published_at and one.published_at.date() <= past.opened]  # fmt: skip
    assert fitting or past.what in TOPICS, f"{past.code}: no edition of {past.what} was in force"
    return fitting[-1] if fitting else None


def _held(country: Country, past: Past, version: ProgrammeVersion | None) -> Held:
    run = _run(country, past, version)
    sittings = list(_sittings(past, version))
    run.ends_on = max(day for day, *_rest in sittings)
    trainers = _trainers(country, past, run)
    stock, seats = _seat(country, past, run)
    by = country.accounts["pavlodar" if past.host == "KZ-55-LIB" else "national"]
    return Held(past, run, stock, trainers, seats, by, [_session(past, run, n, *one) for n, one in enumerate(sittings)])


# --- what each was ---


def _run(country: Country, past: Past, version: ProgrammeVersion | None) -> Run:
    title = (version.title_kk, version.title_ru, version.title_en) if version else TOPICS[past.what].title
    run = Run(
        code=past.code, kind=past.kind, version=version, title_kk=title[0], title_ru=title[1], title_en=title[2], form=past.form,
        host=country.units[past.host], place=country.units[past.place] if past.place else None, starts_on=past.first,
        ends_on=past.first, apply_until=past.until + timedelta(past.moved), confirm_by=past.until + timedelta(past.moved + 2),
        capacity=past.seats, minimum=max(1, past.people // 3), state=past.state, reason=ILL if past.state == S.CANCELLED else "",
        deciding=Run.Deciding.AT_ONCE if past.kind in ("webinar", "meeting") else Run.Deciding.REVIEWED,
        synthetic=True, created_at=moment(past.opened, "10:00"), sort_kk=sort_key(title[0]), sort_ru=sort_key(title[1]),
    )  # fmt: skip
    run.languages = past.languages.split()
    return run


Sitting = tuple[date, str, str, Text, str]


def _sittings(past: Past, version: ProgrammeVersion | None) -> Iterator[Sitting]:
    """Day, from, to, topic, kind: as it is written, or the modules of the programme laid into mornings and afternoons."""
    if version is None:
        for one in TOPICS[past.what].sittings:
            yield past.first + timedelta(one.day), one.begins, one.ends, one.topic, one.kind
        return
    # At a screen nobody is kept longer than three academic hours, and mostly once a day.
    halves = [("15:00", 135)] if past.form == "live" else [("09:00", 180), ("14:00", 180)]
    if past.kind == "webinar":
        halves.insert(0, ("10:00", 135))
    slots = ((day, begins, minutes) for day in working_days(past.first) for begins, minutes in halves)
    day, begins, left = next(slots)
    for module in version.modules.all():
        topic = (module.title_kk, module.title_ru, module.title_en)
        for kind in (Session.Kind.LECTURE, Session.Kind.PRACTICE, Session.Kind.ASSESSMENT):
            minutes = int(getattr(module, kind))
            while minutes:
                if left < min(minutes, 45):
                    day, begins, left = next(slots)
                part = min(minutes, left)
                ends = (datetime.combine(day, time.fromisoformat(begins)) + timedelta(minutes=part)).strftime("%H:%M")
                yield day, begins, ends, topic, str(kind)
                begins, left, minutes = ends, left - part, minutes - part


def working_days(first: date) -> Iterator[date]:
    """Days from `first` on that are neither a weekend nor a holiday."""
    day = first
    while True:
        if day.weekday() < 5 and not is_holiday(day):
            yield day
        day += timedelta(1)


def _session(past: Past, run: Run, n: int, day: date, begins: str, ends: str, topic: Text, kind: str) -> Session:
    """A session of a run that was moved or called off tells calendars so."""
    off = called_off(past) if past.state == S.CANCELLED else None
    changed = off or (snowed_in(past) if past.moved else run.created_at + timedelta(days=2))
    return Session(
        run=run, uid=uuid5(NAMESPACE_URL, f"{run.code}/{n}"), title_kk=topic[0], title_ru=topic[1], title_en=topic[2], kind=kind,
        starts_at=moment(day, begins), ends_at=moment(day, ends), changed_at=changed, cancelled_at=off,
        sequence=1 if off or past.moved else 0,
    )  # fmt: skip


def called_off(past: Past) -> datetime:
    return moment(past.first - timedelta(3), "12:00")


def snowed_in(past: Past) -> datetime:
    return moment(past.first - timedelta(past.moved + 1), "09:00")


def _trainers(country: Country, past: Past, run: Run) -> list[Person]:
    """Two who teach and later sit in the commission: of the school, or of the host's own library."""
    cast = country.cast
    wanted = [country.persons[key] for key in TEACHES.get(past.host, ())]
    house = past.host if past.host.endswith("-LIB") else "NL"
    able = ("conservator", "cataloguer") if past.host == "NL-CONSERVATION" else (*METHODS, "head-dept", "bibliographer")
    staff = [one for one in cast.at_work(past.opened).values() if one.unit.code == house and one.post.code != "trainee"]
    staff.sort(key=lambda one: (able.index(one.post.code) if one.post.code in able else len(able), one.pk))
    wanted += [one.person for one in staff]
    wanted.append(country.persons["national"])
    free = [one for one in dict.fromkeys(wanted) if cast.free(one.pk, run.starts_on, run.ends_on)]
    assert len(free) > 1, f"{past.code}: nobody teaches"
    for one in free[:2]:
        cast.take(one.pk, run.starts_on, run.ends_on)
    return free[:2]


# --- who came ---


def _seat(country: Country, past: Past, run: Run) -> tuple[Stock, list[Seat]]:
    """Applications come in, seats are given, some give theirs back; at last who still waits is told no."""
    chance, reviewed = country.chance, run.deciding == Run.Deciding.REVIEWED
    stock = Stock(past.seats, run.created_at)
    for code, number in past.pools:
        stock.share(country.units[code].path, number, run.created_at + timedelta(days=1))
    plain = past.people >= 10 and not past.asks
    refused = round(past.people * 0.05) if plain and (reviewed or past.seats == past.people) else 0
    leaving = round(past.people * 0.04) if plain else 0
    seats = _asked_for(country, past, run, past.people + leaving + refused)
    ordinary = [seat for seat in seats if not seat.certain]
    turned = {id(seat) for seat in chance.sample(ordinary, refused)} if reviewed else set()
    for seat in seats:
        at = seat.created_at + timedelta(days=3) if reviewed else seat.created_at
        if id(seat) in turned:
            seat.state, seat.reason, seat.decided_at = A.DECLINED, chance.choice(seating.DECLINED), at
        else:
            stock.ask(seat, at)
    late = run.created_at + timedelta(days=26)
    for seat in chance.sample([seat for seat in ordinary if seat.has_seat], leaving):
        stock.leave(seat, A.WITHDRAWN, chance.choice(seating.LEFT), late)
    if past.kind == "seminar" and past.people % 3 == 0:  # somebody goes in a colleague's stead
        seats += _in_her_stead(country, past, run, stock, seats, late)
    for code, _number in past.pools:
        stock.release(country.units[code].path, moment(past.until - timedelta(2), "05:00"))
    stock.turn_away(seating.OVER_QUOTA if past.asks else seating.NO_SEAT, moment(past.until + timedelta(3), "16:00"))
    if past.state == S.CANCELLED:  # the seats go back and nobody moves up
        for seat in [seat for seat in seats if seat.has_seat]:
            stock.leave(seat, A.DECLINED, ILL, called_off(past))
    return stock, seats


def _asked_for(country: Country, past: Past, run: Run, number: int) -> list[Seat]:
    """Those whom the plan names and whoever the run is for, in the order in which their libraries wrote."""
    chosen = _chosen(country, past, run, number)
    senders = sorted({country.sender(one) for one, _certain in chosen})
    sent = {code: run.created_at + timedelta(days=4 + n * 5 % 17, hours=n % 6) for n, code in enumerate(senders)}
    seats = [
        Seat(one.person, one.unit, one.post_id, sender, sent[sender] + timedelta(seconds=n), certain=certain)
        for n, (one, certain) in enumerate(chosen)
        for sender in (country.sender(one),)
    ]
    return sorted(seats, key=lambda seat: seat.created_at)


def _chosen(country: Country, past: Past, run: Run, number: int) -> list[tuple[Appointment, bool]]:
    cast, units = country.cast, country.units
    at_work = cast.at_work(past.first)
    certain = [at_work[country.persons[key].pk] for key in past.who]
    for one in certain:
        assert cast.free(one.person_id, run.starts_on, run.ends_on), f"{past.code}: {one.person} is elsewhere"
    cast.noted(past.what, certain, run.starts_on, run.ends_on)
    rest = []
    for code, many in past.asks or (("", number - len(certain)),):
        paths = [units[one].path for one in ([code] if code else past.regions or ("KZ",))]
        rest += cast.choose(past.what, paths, many, run.starts_on, run.ends_on, FOR.get(past.what, ()), country.known())
    return [(one, True) for one in certain] + [(one, False) for one in rest]


def _in_her_stead(country: Country, past: Past, run: Run, stock: Stock, seats: list[Seat], at: datetime) -> list[Seat]:
    """A colleague of the same region takes a seat over, if one is free on those days."""
    old = country.chance.choice([seat for seat in seats if seat.has_seat and not seat.certain])
    region = country.units[old.sender.removesuffix("-LIB")].path
    found = country.cast.choose(past.what, [region], 1, run.starts_on, run.ends_on, (), country.known(seats))
    made = [Seat(one.person, one.unit, one.post_id, old.sender, at) for one in found]
    for new in made:
        stock.hand_over(old, new, at)
    return made
