"""A person asked to be erased: her name goes out of words and facts that no reader has seen.

What was published is a record of what happened in public and stays, as a newspaper of that day does; whoever lets news out may
correct or archive it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from orken.kit.text.naming import without_names, without_names_in
from orken.newsroom.models import TEXTS, Version

INSTEAD = "…"


@transaction.atomic
def forget_names(*, names: Sequence[str]) -> int:
    """In how many versions a name stood."""
    longest = sorted((name for name in names if name), key=len, reverse=True)
    changed = 0
    for version in Version.objects.filter(shown_at=None).exclude(facts={}):
        words = {name: without_names(getattr(version, name), longest, INSTEAD) for name in TEXTS}
        facts = dict(version.facts)
        facts["talks"] = [talk for talk in facts.get("talks", []) if not _hers(talk, longest)]
        facts = without_names_in(facts, longest, INSTEAD)
        if facts == version.facts and all(getattr(version, name) == text for name, text in words.items()):
            continue
        for name, text in words.items():
            setattr(version, name, text)
        version.facts = facts
        version.save(update_fields=[*TEXTS, "facts"])
        changed += 1
    return changed


def _hers(talk: object, names: Sequence[str]) -> bool:
    """Whether the speaker of a frozen talk is called by one of the names, in any order of its parts."""
    speaker = talk.get("speaker", {}) if isinstance(talk, dict) else {}
    known = {frozenset(name.casefold().split()) for name in names}
    for parts in speaker.values():
        whole = [parts.get(part, "") for part in ("surname", "given", "patronymic")]
        if (
            frozenset(" ".join(whole).casefold().split()) in known
            or frozenset(" ".join(whole[:2]).casefold().split()) in known
        ):
            return True
    return False
