"""Building the network of the demo: units, their dated facts, people, posts and roles, all in bulk.

Written straight to the tables, since a verb for each of thousands of rows would take minutes;
`orken audit invariants` runs over the result in the tests and finds nothing to complain of.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from orken.kit import bulk
from orken.kit.demo import SEED, Stage
from orken.kit.text.sorting import sort_key
from orken.network.demo.lives import lives
from orken.network.demo.personas import WHO, personas
from orken.network.demo.places import DISTRICTS, VILLAGES
from orken.network.models import Appointment, Post, Unit, UnitName, UnitPlace, UnitTraits
from orken.network.reference.posts import posts
from orken.network.reference.regions import FORMER_NAMES, LONG_AGO, NUR_SULTAN, REGIONS, Names, Region, texts
from orken.people.demo import describe, ready, somebody, told
from orken.people.models import Person, PersonTraits

TODAY = date(2026, 9, 1)  # the day the demo was written down
SINCE = date(2026, 1, 1)  # since when the facts about people hold
K, L, N = Unit.Kind, Unit.Locality, Unit.Internet


@dataclass(frozen=True)
class Recipe:
    """How large a country to make; chances are shares of 1."""

    districts: int
    branches: tuple[int, int]
    staff_of_library: tuple[int, int]
    staff_of_system: tuple[int, int]
    staff_of_branch: tuple[int, int]
    accounts: bool = True


DEMO = Recipe(3, (3, 5), (6, 9), (2, 4), (1, 1))
COUNTRY = Recipe(12, (17, 21), (60, 90), (14, 22), (5, 6), accounts=False)  # 4,000 libraries, 25,000 people


@dataclass
class Draft:
    """A unit before it has an id: its facts by day."""

    code: str
    kind: str
    names: list[tuple[date, date | None, Names, Names]]
    places: list[tuple[date, date | None, str]]
    traits: dict[str, object] = field(default_factory=dict)
    department: str = Unit.Department.CULTURE
    synthetic: bool = False

    @property
    def parent(self) -> str:
        return self.places[-1][2]


def build(stage: Stage, recipe: Recipe = DEMO) -> None:
    """Make the network; leaves units, posts and people by code and login on the stage."""
    drafts = [*_regions(), *_libraries(), *_capital_institutions(), *_districts(stage, recipe)]
    units = _save_units(stage, drafts)
    stage.made["opened"] = {draft.code: draft.places[0][0] for draft in drafts}
    Post.objects.bulk_create(posts())
    stage.made["units"] = units
    stage.made["posts"] = {post.code: post for post in Post.objects.all()}
    _staff(stage, recipe)
    if recipe.accounts:
        personas(stage)
        lives(stage)


# --- units ---


def _simple(
    code: str,
    kind: str,
    names: Names,
    parent: str,
    since: date = LONG_AGO,
    *,
    short: Names = ("", "", ""),
    department: str = Unit.Department.CULTURE,
    synthetic: bool = False,
    **traits: object,
) -> Draft:
    """A unit that never changed its name or its parent."""
    return Draft(code, kind, [(since, None, names, short)], [(since, None, parent)], traits, department, synthetic)


def _regions() -> Iterable[Draft]:
    yield _simple("KZ", K.COUNTRY, ("Қазақстан Республикасы", "Республика Казахстан", "Republic of Kazakhstan"), "",
                  short=("Қазақстан", "Казахстан", "Kazakhstan"))  # fmt: skip
    for region in REGIONS:
        draft = _simple(region.code, K.REGION, region.name, "KZ", region.since, short=region.short, **_town(region))
        if region.code == "KZ-71":
            since, until, names = NUR_SULTAN
            draft.names = [
                (LONG_AGO, since, region.name, region.short),
                (since, until, names, region.short),
                (until, None, region.name, region.short),
            ]
        yield _renamed(draft)


def _libraries() -> Iterable[Draft]:
    """The library of each region: it stood under the old region until the split."""
    for region in REGIONS:
        kind = K.SYSTEM if region.city and region.code != "KZ-79" else K.REGIONAL
        draft = _simple(
            f"{region.code}-LIB", kind, region.library, region.code, internet=N.GOOD, locality=L.URBAN, **_town(region)
        )
        if region.parted_from:
            draft.places = [(LONG_AGO, region.since, region.parted_from), (region.since, None, region.code)]
        yield _renamed(draft)


def _town(region: Region) -> dict[str, Any]:
    return {**texts("city", region.centre), "latitude": region.latitude, "longitude": region.longitude}


def _renamed(draft: Draft) -> Draft:
    for code, until, names, short in FORMER_NAMES:
        if draft.code == code:
            _since, end, now, now_short = draft.names[0]
            draft.names = [(draft.places[0][0], until, names, short), (until, end, now, now_short)]
    return draft


def _capital_institutions() -> Iterable[Draft]:
    almaty: dict[str, Any] = {"locality": L.URBAN, "internet": N.GOOD, **texts("city", ("Алматы", "Алматы", "Almaty"))}
    astana: dict[str, Any] = {"locality": L.URBAN, "internet": N.GOOD, **texts("city", ("Астана", "Астана", "Astana"))}
    yield _simple("NL", K.REPUBLICAN, ("Қазақстан Республикасының Ұлттық кітапханасы", "Национальная библиотека Республики Казахстан", "National Library of the Republic of Kazakhstan"), "KZ",
                  short=("Ұлттық кітапхана", "Национальная библиотека", "National Library"), address="Абай даңғылы, 14", phone="+7 (727) 267-28-83", **almaty)  # fmt: skip
    yield _simple("NAL", K.REPUBLICAN, ("Қазақстан Республикасының Ұлттық академиялық кітапханасы", "Национальная академическая библиотека Республики Казахстан", "National Academic Library of the Republic of Kazakhstan"), "KZ",
                  date(2004, 4, 1), short=("Ұлттық академиялық кітапхана", "Национальная академическая библиотека", "National Academic Library"), **astana)  # fmt: skip
    schools: tuple[tuple[str, Names], ...] = (
        ("NL-VIRTUAL", ("Виртуалды кітапхана мектебі", "Виртуальная библиотечная школа", "Virtual Library School")),
        ("NL-CATALOGUER", ("Каталогтаушы мектебі", "Школа каталогизатора", "School of the Cataloguer")),
        (
            "NL-CONSERVATION",
            (
                "Жазба құжаттарды консервациялау және реставрациялау мектебі",
                "Школа консервации и реставрации письменных документов",
                "School of Conservation and Restoration of Written Documents",
            ),
        ),
    )
    for code, names in schools:
        yield _simple(code, K.SCHOOL, names, "NL", date(2015, 9, 1), **almaty)
    others: tuple[tuple[str, str, Names, str, str], ...] = (
        ("COL-ALM", K.COLLEGE, ("Алматы кітапхана ісі колледжі", "Алматинский колледж библиотечного дела", "Almaty College of Librarianship"), "KZ-75", Unit.Department.EDUCATION),
        ("COL-PVL", K.COLLEGE, ("Павлодар мәдениет колледжі", "Павлодарский колледж культуры", "Pavlodar College of Culture"), "KZ-55", Unit.Department.EDUCATION),
        ("UNI-ALM", K.UNIVERSITY, ("Алматы мәдениет университеті", "Алматинский университет культуры", "Almaty University of Culture"), "KZ-75", Unit.Department.HIGHER),
        ("ARC-AST", K.ARCHIVE, ("Астана құжаттар архиві", "Астанинский архив документов", "Astana Archive of Documents"), "KZ-71", Unit.Department.CULTURE),
        ("MUS-ORL", K.MUSEUM, ("Орал кітап мұражайы", "Уральский музей книги", "Oral Museum of the Book"), "KZ-27", Unit.Department.CULTURE),
        ("ASC-KZ", K.ASSOCIATION, ("Кітапханашылар бірлестігі", "Объединение библиотекарей", "Union of Librarians"), "KZ", Unit.Department.OTHER),
    )  # fmt: skip
    for code, kind, names, parent, department in others:
        yield _simple(code, kind, names, parent, date(2001, 1, 8), department=department, synthetic=True)


def _districts(stage: Stage, recipe: Recipe) -> Iterable[Draft]:
    """Synthetic district systems with a central library's staff, and the branches of their villages."""
    chance = stage.random
    for region in REGIONS:
        named = list(DISTRICTS.get(region.code, ()))
        free = [village for village in VILLAGES if village not in named]
        chance.shuffle(free)
        wanted = 1 if region.city else recipe.districts
        for place in range(1, wanted + 1):
            district = named[place - 1] if place <= len(named) else free[(place - len(named) - 1) % len(free)]
            yield from _district(stage, recipe, region, place, district, free)


def _district(
    stage: Stage, recipe: Recipe, region: Region, place: int, district: Names, free: list[Names]
) -> Iterable[Draft]:
    chance = stage.random
    code = f"{region.code}-D{place:02}"
    kk, ru, en = district
    if region.city:
        system = f"{region.code}-LIB" if region.code != "KZ-79" else code
        if region.code == "KZ-79":
            yield _simple(code, K.SYSTEM, ("Шымкент қаласының орталықтандырылған кітапханалар жүйесі", "Централизованная библиотечная система города Шымкента", "Shymkent City Library System"),
                          region.code, region.since, locality=L.URBAN, internet=N.GOOD, **_town(region))  # fmt: skip
    else:
        system = code
        city: dict[str, Any] = dict(texts("city", district))
        draft = _simple(
            code, K.SYSTEM,
            (f"{kk} ауданының орталықтандырылған кітапханалар жүйесі", f"Централизованная библиотечная система района {ru}", f"{en} District Library System"),
            region.code, region.since, synthetic=True, locality=L.RURAL, internet=_line(stage, region, better=25), **city,
        )  # fmt: skip
        if region.parted_from:
            draft.names = [(LONG_AGO, None, *draft.names[0][2:])]
            draft.places = [(LONG_AGO, region.since, region.parted_from), (region.since, None, region.code)]
        yield draft
    for number in range(1, chance.randint(*recipe.branches) + 1):
        opened = date(chance.randint(1998, 2015), chance.randint(1, 12), 1)
        since = max(opened, region.since) if region.city else opened
        branch = f"{code}-{number:02}"
        if region.city:
            names: Names = (f"№ {number} кітапхана", f"Библиотека № {number}", f"Library No. {number}")
            traits: dict[str, Any] = {
                "locality": L.URBAN,
                "internet": _line(stage, region),
                **texts("city", region.centre),
            }
        elif number == 1 and place != 2:
            # The centre of a district is mostly a town: four libraries of five are rural, as in the country.
            names = (f"{kk} қалалық кітапханасы", f"Городская библиотека {ru}", f"{en} Town Library")
            traits = {"locality": L.URBAN, "internet": _line(stage, region, better=30), **texts("city", district)}
        else:
            village = free[(place * 7 + number) % len(free)]
            names = (
                f"{village[0]} ауылдық кітапханасы",
                f"Библиотека села {village[1]}",
                f"{village[2]} Village Library",
            )
            traits = {"locality": L.RURAL, "internet": _line(stage, region), **texts("city", village)}
        yield _simple(branch, K.BRANCH, names, system, since, synthetic=True, **traits)


def _line(stage: Stage, region: Region, better: int = 0) -> str:
    """Good, weak, none by the region's share; now and then nobody knows."""
    drawn = stage.random.randrange(100)
    if drawn < min(100, region.online + better):
        return N.GOOD if drawn < region.online * 0.7 + better else N.WEAK
    return N.NONE if drawn < 95 else ""


def _save_units(stage: Stage, drafts: list[Draft]) -> dict[str, Unit]:
    units = {draft.code: _unit(stage, draft) for draft in drafts}
    Unit.objects.bulk_create(units.values(), batch_size=1000)
    for draft in drafts:  # parents come before children
        unit, parent = units[draft.code], units.get(draft.parent)
        unit.parent = parent
        unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    Unit.objects.bulk_update(units.values(), ["parent", "path"], batch_size=200)
    names, places, traits = [], [], []
    for draft in drafts:
        common = {"unit": units[draft.code], "recorded_at": stage.recorded_at}
        for since, until, name, short in draft.names:
            names.append(
                UnitName(valid_from=since, valid_to=until, **common, **texts("name", name), **texts("short", short))
            )
        for since, until, parent_code in draft.places:
            places.append(UnitPlace(valid_from=since, valid_to=until, parent=units.get(parent_code), **common))
        traits.append(UnitTraits(valid_from=draft.places[0][0], **common, **draft.traits))
    UnitName.objects.bulk_create(names, batch_size=500)
    UnitPlace.objects.bulk_create(places, batch_size=500)
    UnitTraits.objects.bulk_create(traits, batch_size=500)
    return units


def _unit(stage: Stage, draft: Draft) -> Unit:
    _since, _until, name, short = draft.names[-1]
    current = {
        key: value for key, value in draft.traits.items() if key in ("locality", "internet") or key.startswith("city_")
    }
    return Unit(
        code=draft.code, kind=draft.kind, department=draft.department, synthetic=draft.synthetic,
        path=f"new/{draft.code}/", sort_kk=sort_key(name[0]), sort_ru=sort_key(name[1]), created_at=stage.recorded_at,
        **texts("name", name), **texts("short", short), **current,
    )  # fmt: skip


# --- people ---


def _staff(stage: Stage, recipe: Recipe) -> None:
    chance = stage.random
    units: dict[str, Unit] = stage.made["units"]
    post: dict[str, Post] = stage.made["posts"]
    holders: list[tuple[Unit, Post]] = []
    for unit in units.values():
        if unit.kind in (K.REGIONAL, K.REPUBLICAN):
            heads = [post["director"], post["chief-methodologist"], post["methodologist"], post["head-dept"]]
            others = [
                post["librarian"],
                post["senior-librarian"],
                post["cataloguer"],
                post["bibliographer"],
                post["conservator"],
            ]
            size = chance.randint(*recipe.staff_of_library)
        elif unit.kind == K.SYSTEM:
            heads = [post["director"], post["methodologist"]]
            others = [post["librarian"], post["senior-librarian"], post["cataloguer"]]
            size = chance.randint(*recipe.staff_of_system)
        elif unit.kind == K.BRANCH:
            rural = unit.locality == L.RURAL
            heads, others = [], [post["rural-librarian"] if rural else post["librarian"]]
            # One branch in twenty stands without anybody.
            size = chance.randint(*recipe.staff_of_branch) if chance.random() < 0.95 else 0
        else:
            continue
        held = {who.post for who in WHO if who.unit == unit.code} if recipe.accounts else set()
        if "rural-librarian" in held:
            continue  # she is alone in her branch
        heads = [head for head in heads if head.code not in held]
        size = max(size, len(heads))
        holders += [(unit, heads[n] if n < len(heads) else others[(n - len(heads)) % len(others)]) for n in range(size)]
    life = random.Random(SEED + 1)  # of its own, so that what is told of people moves nobody to another library
    people = [describe(ready(somebody(chance), stage.recorded_at), life, TODAY) for _ in holders]
    bulk.insert(Person, people)
    bulk.insert(PersonTraits, [told(person, SINCE, stage.recorded_at) for person in people])
    rows = [
        Appointment(
            person=person, unit=unit, post=holds, valid_from=_started(stage, person, unit), recorded_at=stage.recorded_at,
            rate=Decimal("0.50") if unit.kind == K.BRANCH and chance.random() < 0.25 else Decimal("1.00"),
        )
        for person, (unit, holds) in zip(people, holders, strict=True)
    ]  # fmt: skip
    # One in thirty combines a second post in the same library.
    extra = [post["bibliographer"], post["cataloguer"]]
    rows += [
        Appointment(
            person=row.person, unit=row.unit, post=chance.choice(extra), employment=Appointment.Employment.COMBINED,
            rate=Decimal("0.50"), valid_from=row.valid_from, recorded_at=stage.recorded_at,
        )
        for row in rows
        if row.unit.kind != K.BRANCH and row.post not in extra and chance.random() < 0.033
    ]  # fmt: skip
    Appointment.objects.bulk_create(rows, batch_size=500)
    stage.made["appointments"] = rows


def _started(stage: Stage, person: Person, unit: Unit) -> date:
    """The first day in the post: after her twentieth year and the unit's first day, more often lately."""
    assert person.birth_on is not None
    opened: date = stage.made["opened"][unit.code]
    first = max(person.birth_on + timedelta(days=20 * 366), opened)
    span = max((TODAY - first).days, 1)
    return first + timedelta(days=round(span * stage.random.random() ** 0.6))
