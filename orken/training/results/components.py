"""Which components a result can be made of: those of this office, and those that a later app brings with its owner."""

from __future__ import annotations

from django.utils.functional import Promise

from orken.training.models import Component

Text = str | Promise
# What the rule asks for by a field of its own; everything else stands in its `others`.
OWN_FIELDS = (Component.ATTENDANCE, Component.PRACTICAL, Component.FINAL, Component.QUESTIONNAIRE)
_brought: dict[str, Text] = {}


def bring(name: str, label: Text) -> None:
    """A component of a later app, by a word of at most fourteen letters: lessons of a course, talk in a meeting."""
    _brought[name] = label


def take_back(name: str) -> None:
    _brought.pop(name, None)


def label(name: str) -> Text:
    """How the component is called; one whose app is gone is called by its word."""
    if name in Component.values:
        return Component(name).label
    return _brought.get(name, name)


def others() -> list[str]:
    """What a rule may ask for beside its own fields: the test after, and whatever was brought."""
    return [Component.POST_TEST.value, *sorted(_brought)]
