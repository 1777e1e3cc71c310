"""Fifty-nine runs that were held between January 2024 and November 2026; with those of `sample.py` they are seventy.

Sizes by the recipe of domain.md §8: 2–6 people in conservation, 10–15 cataloguers, 20–30 at a regional seminar,
40–120 at a webinar. A run pins the programme version that was in force when it was opened, so programmes whose first
edition is of 2026 stand only in runs of that year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

UNTIL = date(2026, 11, 20)  # as far as the demo tells what became of its runs


@dataclass(frozen=True)
class Past:
    """A run that was held. `what` is a programme or a key of TOPICS; `people` had a seat when it began.

    `regions`: from where, the whole country when empty; `asks`: region → people, where it is told exactly; `who`: keys
    of people who certainly came; `stops`: code, first day, last day; `moved`: by so many days, because of the snow.
    """

    code: str
    kind: str
    host: str
    what: str
    first: date
    form: str
    languages: str
    seats: int
    people: int
    regions: tuple[str, ...] = ()
    place: str = ""
    pools: tuple[tuple[str, int], ...] = ()
    asks: tuple[tuple[str, int], ...] = ()
    who: tuple[str, ...] = ()
    stops: tuple[tuple[str, int, int], ...] = ()
    state: str = "closed"
    moved: int = 0
    special: str = ""

    @property
    def opened(self) -> date:
        """Announced seven weeks ahead, a run that was moved before its old days."""
        return self.first - timedelta(49 + self.moved)

    @property
    def until(self) -> date:
        """The last day of applying."""
        return self.first - timedelta(12 + self.moved)


def _seminar(code: str, region: str, what: str, first: date, people: int, *more: str, languages: str = "kk ru", state: str = "closed", special: str = "") -> Past:  # fmt: skip
    """A regional seminar in its own library, with neighbours where the region is small."""
    host = f"{region}-LIB"
    return Past(code, "seminar", host, what, first, "onsite", languages, people + 4, people, (region, *more), host, state=state, special=special)  # fmt: skip


VIRTUAL, CATALOGUER, CONSERVATION = "NL-VIRTUAL", "NL-CATALOGUER", "NL-CONSERVATION"

PLAN: tuple[Past, ...] = (
    # 2024
    Past("NL-2024-01", "webinar", VIRTUAL, "year", date(2024, 1, 24), "live", "kk ru", 100, 84),
    Past("NL-2024-02", "course", CONSERVATION, "storage", date(2024, 3, 12), "onsite", "ru", 4, 4, place="NL", state="archived"),
    _seminar("AKM-2024-01", "KZ-11", "catalogue", date(2024, 3, 27), 20, "KZ-71", state="archived"),
    Past("NL-2024-03", "course", CATALOGUER, "CAT-72", date(2024, 4, 8), "onsite", "ru", 12, 12, place="NL"),
    _seminar("KRG-2024-01", "KZ-35", "children", date(2024, 4, 24), 22),
    Past("NL-2024-04", "webinar", VIRTUAL, "reading", date(2024, 5, 16), "live", "kk", 80, 75, who=("village", "married", "twin-1")),
    _seminar("TRK-2024-01", "KZ-61", "local", date(2024, 5, 29), 22, "KZ-79", languages="kk"),
    Past("NL-2024-05", "travelling", CONSERVATION, "first_aid", date(2024, 6, 11), "onsite", "kk ru", 24, 20, ("KZ-27", "KZ-23"), "KZ-27-LIB",
         stops=(("KZ-27-LIB", 0, 0), ("KZ-27-D01", 1, 1), ("KZ-27-D02", 2, 2)), special="paper"),
    _seminar("EKZ-2024-01", "KZ-63", "accounts", date(2024, 9, 18), 23, "KZ-10", languages="ru"),
    _seminar("KOS-2024-01", "KZ-39", "local", date(2024, 10, 9), 24, "KZ-59"),
    Past("NL-2024-06", "course", CATALOGUER, "CAT-72", date(2024, 10, 14), "onsite", "ru", 12, 11, place="NL", who=("combiner",)),
    Past("NL-2024-07", "meeting", "NL", "staff", date(2024, 11, 7), "live", "kk ru", 80, 45),
    _seminar("ATY-2024-01", "KZ-23", "catalogue", date(2024, 11, 20), 21, "KZ-47", languages="kk"),
    Past("NL-2024-08", "webinar", VIRTUAL, "privacy", date(2024, 12, 5), "live", "kk ru", 110, 95, who=("village", "head", "mentor", "spelt-1", "digits")),
    _seminar("SHY-2024-01", "KZ-79", "children", date(2024, 12, 11), 20, "KZ-61", languages="kk"),
    # 2025
    Past("NL-2025-01", "webinar", VIRTUAL, "year", date(2025, 1, 22), "live", "kk ru", 100, 90),
    _seminar("ZHA-2025-01", "KZ-31", "accounts", date(2025, 2, 12), 24),
    Past("NL-2025-02", "course", CONSERVATION, "storage", date(2025, 2, 25), "onsite", "ru", 4, 3, place="NL"),
    _seminar("NKZ-2025-01", "KZ-59", "catalogue", date(2025, 3, 12), 25, "KZ-39", languages="ru"),
    Past("NL-2025-03", "course", CATALOGUER, "CAT-72", date(2025, 4, 7), "onsite", "kk", 14, 13, place="NL", who=("semey", "spelt-3")),
    _seminar("KYZ-2025-01", "KZ-43", "local", date(2025, 4, 16), 24, languages="kk"),
    Past("NL-2025-04", "seminar", CONSERVATION, "lesson", date(2025, 4, 29), "live", "kk", 24, 20, ("KZ-43",)),
    Past("NL-2025-05", "conference", "NL", "conference", date(2025, 5, 21), "onsite", "kk ru", 80, 60, place="NL", who=("pavlodar", "head")),
    _seminar("MNG-2025-01", "KZ-47", "children", date(2025, 5, 28), 22, "KZ-23", languages="kk"),
    Past("NL-2025-06", "webinar", VIRTUAL, "first_ai", date(2025, 6, 10), "live", "kk ru", 80, 80, who=("twin-1", "twin-2", "returned")),
    Past("NL-2025-07", "travelling", CONSERVATION, "first_aid", date(2025, 6, 17), "onsite", "kk ru", 24, 22, ("KZ-10", "KZ-63"), "KZ-10-LIB", who=("semey",),
         stops=(("KZ-10-LIB", 0, 0), ("KZ-10-D01", 1, 1), ("KZ-10-D02", 2, 2)), special="devices"),
    _seminar("WKZ-2025-01", "KZ-27", "catalogue", date(2025, 9, 17), 24, languages="kk"),
    _seminar("ZHT-2025-01", "KZ-33", "methods", date(2025, 9, 24), 23),
    _seminar("ALM-2025-01", "KZ-19", "children", date(2025, 10, 15), 26),
    Past("NL-2025-09", "course", CATALOGUER, "CAT-72", date(2025, 10, 20), "onsite", "ru", 12, 12, place="NL"),
    Past("NL-2025-10", "seminar", VIRTUAL, "grant", date(2025, 11, 12), "live", "kk", 24, 18, ("KZ-19", "KZ-33"), state="cancelled"),
    _seminar("AKT-2025-01", "KZ-15", "local", date(2025, 11, 26), 24, languages="kk"),
    Past("NL-2025-08", "travelling", CONSERVATION, "first_aid", date(2025, 12, 2), "onsite", "kk ru", 22, 20, ("KZ-62",), "KZ-62-LIB", moved=14,
         stops=(("KZ-62-LIB", 0, 0), ("KZ-62-D01", 1, 1), ("KZ-62-D02", 2, 2))),
    _seminar("ULT-2025-01", "KZ-62", "accounts", date(2025, 12, 10), 22, "KZ-35", special="corrected"),
    # 2026
    Past("NL-2026-01", "webinar", VIRTUAL, "year", date(2026, 1, 21), "live", "kk ru", 120, 110),
    _seminar("ABY-2026-01", "KZ-10", "local", date(2026, 2, 11), 22, "KZ-63"),
    Past("NL-2026-02", "course", VIRTUAL, "VL-01", date(2026, 4, 13), "live", "kk", 32, 30, who=("head",)),
    Past("NL-2026-03", "course", CATALOGUER, "CAT-72", date(2026, 4, 6), "blended", "ru", 14, 14, place="NL", who=("married",)),
    Past("NL-2026-04", "course", VIRTUAL, "VL-03", date(2026, 4, 20), "live", "kk ru", 26, 24),
    Past("PVL-2026-01", "travelling", "KZ-55-LIB", "PVL-01", date(2026, 4, 22), "onsite", "kk", 22, 20, ("KZ-55",), "KZ-55-LIB", who=("village", "twin-1", "twin-2", "spelt-2"),
         stops=(("KZ-55-D01", 0, 0), ("KZ-55-D02", 1, 1)), special="78"),
    Past("NL-2026-05", "course", CONSERVATION, "CON-80", date(2026, 5, 11), "onsite", "ru", 4, 4, place="NL"),
    Past("NL-2026-06", "webinar", VIRTUAL, "reading", date(2026, 4, 16), "live", "kk ru", 120, 100),
    Past("NL-2026-07", "course", VIRTUAL, "VL-02", date(2026, 5, 18), "live", "kk", 28, 26),
    _seminar("AST-2026-01", "KZ-71", "methods", date(2026, 4, 29), 20, "KZ-11", languages="ru"),
    Past("NL-2026-08", "workshop", VIRTUAL, "VL-05", date(2026, 5, 12), "live", "kk ru", 34, 32),
    _seminar("ALA-2026-01", "KZ-75", "children", date(2026, 5, 20), 20, "KZ-19", languages="ru"),
    Past("NL-2026-09", "course", VIRTUAL, "VL-07", date(2026, 5, 25), "live", "kk", 24, 24),
    Past("NL-2026-10", "course", VIRTUAL, "VL-08", date(2026, 6, 8), "live", "kk ru", 24, 22),
    Past("PVL-2026-02", "travelling", "KZ-55-LIB", "PVL-01", date(2026, 6, 16), "onsite", "kk", 20, 18, ("KZ-55",), "KZ-55-D03", who=("digits", "returned"),
         stops=(("KZ-55-D03", 0, 0), ("KZ-55-D03-01", 1, 1))),
    Past("NL-2026-11", "course", VIRTUAL, "VL-04", date(2026, 6, 22), "live", "kk", 30, 28),
    Past("TRK-2026-01", "master_class", "KZ-61-LIB", "mending", date(2026, 9, 9), "onsite", "kk", 24, 24, place="KZ-61-LIB",
         pools=(("KZ-61", 12), ("KZ-79", 8), ("KZ-31", 4)), asks=(("KZ-61", 17), ("KZ-79", 8), ("KZ-31", 2)), special="quota"),
    Past("NL-2026-12", "course", VIRTUAL, "VL-06", date(2026, 9, 14), "live", "kk", 32, 30, who=("village", "spelt-2")),
    Past("NL-2026-13", "course", VIRTUAL, "VL-09", date(2026, 9, 21), "live", "kk ru", 16, 15),
    Past("NL-2026-14", "webinar", VIRTUAL, "VL-10", date(2026, 10, 7), "live", "kk ru", 80, 75, ("KZ-11", "KZ-15", "KZ-23", "KZ-27", "KZ-35", "KZ-39", "KZ-59", "KZ-63")),
    Past("NL-2026-15", "course", CONSERVATION, "CON-80", date(2026, 9, 28), "onsite", "ru", 6, 5, place="NL", who=("bishkek",)),
    Past("NL-2026-16", "course", VIRTUAL, "VL-11", date(2026, 9, 30), "blended", "ru", 16, 15, place="NL", who=("pavlodar",)),
    _seminar("KRG-2026-01", "KZ-35", "catalogue", date(2026, 10, 21), 25),
    Past("NL-2026-17", "internship", CONSERVATION, "CON-240", date(2026, 10, 26), "onsite", "ru", 4, 3, ("KZ-39", "KZ-43", "KZ-31"), "NL", state="running"),
    Past("NL-2026-18", "course", CATALOGUER, "CAT-72", date(2026, 11, 2), "blended", "ru", 14, 13, ("KZ-11", "KZ-15", "KZ-19", "KZ-23", "KZ-35", "KZ-59"), "NL", state="assessment"),
)  # fmt: skip
