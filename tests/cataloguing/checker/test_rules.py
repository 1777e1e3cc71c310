"""Each rule by its own examples: the bad one raises it, the good one does not. The help page shows the same."""

from __future__ import annotations

import re

import pytest

from orken.cataloguing import checker
from orken.cataloguing.checker import examples, rules
from orken.cataloguing.checker.rules import Rule
from orken.cataloguing.profiles import LANGUAGES

RULES = list(rules.registered())


def raised(rule: Rule, example: str) -> set[str]:
    profile = examples.profile_of(rule)
    return {finding.rule for item in examples.items(rule, example) for finding in checker.check_item(item, profile)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_bad_example_raises_the_rule(rule: Rule) -> None:
    assert rule.code in raised(rule, rule.bad)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.good], ids=lambda rule: rule.code)
def test_the_good_example_does_not(rule: Rule) -> None:
    assert rule.code not in raised(rule, rule.good)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_speaks_three_languages_to_the_end(rule: Rule) -> None:
    assert rule.severity in checker.SEVERITIES
    assert rule.group in rules.GROUPS
    assert rule.source
    for words in (rule.title, rule.what, rule.why, rule.how):
        assert all(words), rule.code
    assert not re.search("[А-Яа-яӘ-ӿ]{4,}", re.sub("[“(«=].*?[”)»]|;.*", "", rule.title.en)), rule.code
    # The Kazakh text is not the Russian one left standing.
    assert rule.why.kk != rule.why.ru
    assert rule.how.kk != rule.how.ru


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_place_in_a_sentence_is_filled(rule: Rule) -> None:
    profile = examples.profile_of(rule)
    found = [
        one
        for item in examples.items(rule, rule.bad)
        for one in checker.check_item(item, profile)
        if one.rule == rule.code
    ]
    for finding in found:
        for words in (rule.what, rule.why, rule.how):
            for text in words:
                assert set(re.findall(r"\{(\w+)\}", text)) <= set(finding.values), (rule.code, text)
        for language in LANGUAGES:
            assert not re.search(r"\{\w+\}", finding.message(language).replace("{dollar}", ""))
        assert finding.source
        assert "@" not in finding.source


def test_the_clean_records_of_the_examples_are_clean() -> None:
    for family, code in (("marc21", "marc21"), ("unimarc", "rusmarc")):
        from orken.cataloguing import profiles

        assert checker.check(examples.base(family), profiles.get(code)) == []


def test_only_the_readers_rules_lack_a_good_example() -> None:
    """A file that is read without a message is their good example."""
    without = {rule.code for rule in RULES if not rule.good}
    assert all(rule.format != "mrk" for rule in RULES if rule.code in without)


def test_the_groups_of_the_survey_are_all_there() -> None:
    assert {rule.group for rule in RULES} == set(rules.GROUPS)
    assert len(RULES) >= 100
