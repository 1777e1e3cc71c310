"""The seeded errors are found, and clean records are left in peace (the figures of the issue)."""

from __future__ import annotations

from collections import Counter

import pytest

from bench import cataloguing_seeded
from bench.cataloguing_records import KINDS, LANGUAGES, clean, clean_in
from bench.cataloguing_seeded import CLASSES, Recall
from orken.cataloguing import checker, profiles
from orken.cataloguing.tasks import material

GROUPS = {
    "structure",
    "completeness",
    "fixed",
    "cross-field",
    "identifiers",
    "codes",
    "punctuation",
    "non-filing",
    "access",
    "characters",
    "RUSMARC",
}


@pytest.fixture(scope="module")
def recalls() -> list[Recall]:
    return cataloguing_seeded.measure(per_class=25)


def test_there_are_sixty_classes_over_ten_groups_and_rusmarc() -> None:
    assert {one.group for one in CLASSES} == GROUPS
    assert len(CLASSES) >= 60
    assert len({(one.group, one.name) for one in CLASSES}) == len(CLASSES)


def test_each_class_is_tried_on_enough_records(recalls: list[Recall]) -> None:
    assert {one.of.name: one.tried for one in recalls if one.tried < 20} == {}


def test_at_least_fifty_five_of_sixty_are_found(recalls: list[Recall]) -> None:
    found = [one for one in recalls if one.share >= 0.9]
    assert len(found) >= len(recalls) * 55 / 60, [one.of.name for one in recalls if one.share < 0.9]


def test_clean_records_raise_no_errors() -> None:
    alarms = cataloguing_seeded.false_alarms()
    assert alarms.records >= 500
    assert alarms.share <= 0.02, alarms.by_rule


def test_the_clean_records_are_diverse() -> None:
    made = list(clean(700))
    assert {one.kind for one in made} == set(KINDS)
    assert {one.language for one in made} == set(LANGUAGES)
    assert {one.format for one in made} == {"marc21", "rusmarc"}
    assert len({one.record for one in made}) == len(made)
    kinds = Counter((one.kind, one.language) for one in clean_in("rusmarc", 330))
    assert min(kinds.values()) >= 5


def test_the_same_seed_gives_the_same_records() -> None:
    assert [one.record for one in clean(40)] == [one.record for one in clean(40)]


def test_the_experts_records_of_the_school_raise_no_errors() -> None:
    """Records written by other hands than the generator's."""
    flagged = {
        (book.code, format): [
            finding.message("en") for finding in checker.check(record, profiles.get(format)) if finding.error
        ]
        for book in material.books()
        for format in material.FORMATS
        for record in material.experts(book.code, format)
    }
    assert {key: found for key, found in flagged.items() if found} == {}
