"""The words of an issuer: its letterhead and signatories, and for each kind of paper what stands before and after.

Written by the registrar in versions. Where nothing was written, the unit's own name and the words of the kind stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from orken.kit.audit import services as audit
from orken.network.models import Unit
from orken.people.models import Account
from orken.records import policy
from orken.records.kinds import PaperKind
from orken.records.models import Template, TemplateVersion

LETTERHEAD = ""
LETTERHEAD_FIELDS = ("heading_kk", "heading_ru", "details_kk", "details_ru", "place_kk", "place_ru")
SIGNATORY_FIELDS = ("post_kk", "post_ru", "name_kk", "name_ru")
KIND_FIELDS = ("preamble_kk", "preamble_ru", "closing_kk", "closing_ru")
SIGNATORIES = 3  # so many may sign for an issuer


@dataclass(frozen=True)
class Wording:
    """Words and the version that they come from; None: nobody has written any."""

    words: dict[str, Any]
    version: TemplateVersion | None


def issuer_of(unit: Unit) -> Unit:
    """The institution that issues papers for `unit`: a school and a branch are parts of theirs."""
    above = {Unit.Kind.SCHOOL: None, Unit.Kind.BRANCH: Unit.Kind.SYSTEM}
    while unit.parent is not None and unit.kind in above:
        needed = above[Unit.Kind(unit.kind)]
        if needed is not None and unit.parent.kind != needed:
            break  # a branch right under a region stands for itself
        unit = unit.parent
    return unit


def newest(issuer: Unit, kind: str) -> TemplateVersion | None:
    rows = TemplateVersion.objects.filter(template__issuer=issuer, template__kind=kind)
    return rows.select_related("template__issuer").order_by("-number").first()


def letterhead(issuer: Unit) -> Wording:
    return _merged(letterhead_without(issuer), newest(issuer, LETTERHEAD))


def of_kind(issuer: Unit, kind: PaperKind) -> Wording:
    return _merged(words_without(kind), newest(issuer, kind.code))


def letterhead_without(issuer: Unit) -> dict[str, Any]:
    """What stands while nobody has written a letterhead."""
    director = {"post_kk": "Директор", "post_ru": "Директор", "name_kk": "", "name_ru": ""}
    name_ru = issuer.name_ru or issuer.name_kk
    return {
        "heading_kk": issuer.name_kk, "heading_ru": name_ru, "details_kk": "", "details_ru": "",
        "place_kk": issuer.city_kk, "place_ru": issuer.city_ru or issuer.city_kk, "signatories": [director],
    }  # fmt: skip


def words_without(kind: PaperKind) -> dict[str, Any]:
    return {
        "preamble_kk": kind.preamble.kk, "preamble_ru": kind.preamble.ru, "closing_kk": kind.closing.kk,
        "closing_ru": kind.closing.ru,
    }  # fmt: skip


def _merged(plain: dict[str, Any], version: TemplateVersion | None) -> Wording:
    return Wording(plain | version.words if version else plain, version)


class WrittenMeanwhile(Exception):
    """Somebody else wrote a version after this form was opened; nothing was written."""


@transaction.atomic
def write(*, issuer: Unit, kind: str, words: Mapping[str, Any], by: Account | None, seen: int) -> TemplateVersion:
    """The next version of an issuer's words; papers that were made keep theirs.

    `seen`: the number of the version that the writer had before her, 0 for none. Words that say the same make no version.
    Raises WrittenMeanwhile, OutOfScope.
    """
    policy.require_wording(by, issuer)
    Template.objects.get_or_create(issuer=issuer, kind=kind)
    template = Template.objects.select_for_update(of=("self",)).get(issuer=issuer, kind=kind)
    last = newest(issuer, kind)
    if (last.number if last else 0) != seen:
        raise WrittenMeanwhile
    if last is not None and last.words == dict(words):
        return last
    version = TemplateVersion.objects.create(template=template, number=seen + 1, words=dict(words), by=by)
    audit.record("paper.words_written", template, by=by, scope_path=issuer.path, after={"kind": kind, "number": version.number})  # fmt: skip
    return version


def restore(*, version: TemplateVersion, by: Account | None) -> TemplateVersion:
    """The words of an older version again, as the next one. Raises OutOfScope."""
    template = version.template
    last = newest(template.issuer, template.kind)
    assert last is not None, "an older version has a newest"
    return write(issuer=template.issuer, kind=template.kind, words=version.words, by=by, seen=last.number)
