"""The exercise «mark the damage»: regions drawn on a specimen, graded by place, type and severity."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.conservation import lab, plain, regions_grader
from orken.conservation.annotations import AnnotationRefused, Canvas, Read, Region, parse_document, to_document
from orken.conservation.models import Specimen
from orken.conservation.plain import CellsUnreadable, cells_of
from orken.conservation.regions_grader import Result
from orken.conservation.selectors import pictures as selectors
from orken.conservation.vocabulary import BY_CODE, VERSION, Group
from orken.curriculum.kinds import AnswerRefused, Grade, Offer, Payload, Reason

PASS = 70.0


@dataclass(frozen=True)
class Marked:
    """An answer with all that the feedback shows: what was read, and what the grader said."""

    read: Read
    reference: Read
    result: Result


class NotReady(Exception):
    """The specimen has no pictures or no reference yet."""


class NotAdmitted(Exception):
    """Too few experts, or too little agreement between them: nobody is examined on this picture."""


def judge(specimen: Specimen, document: Any) -> Marked:
    """Grade a document of annotations against the live reference. Raises AnnotationRefused, NotReady."""
    found = selectors.reference(specimen)
    if found is None:
        raise NotReady(str(specimen.number))
    _row, reference = found
    read = parse_document(document, selectors.canvas(specimen))
    wanted, free = asked(specimen, reference)
    result = regions_grader.grade(regions_grader.Reference(read.canvas, wanted, free), read.regions)
    return Marked(read, Read(reference.canvas, wanted, free), result)


def asked(specimen: Specimen, reference: Read) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """The regions that count and the zones that do not: what belongs to groups that are not asked may be marked or not."""
    groups = set(specimen.groups)
    if not groups:
        return reference.regions, reference.dont_care
    wanted = tuple(one for one in reference.regions if one.code[:1] in groups)
    others = tuple(one for one in reference.regions if one.code[:1] not in groups)
    return wanted, (*reference.dont_care, *others)


MOST_LETTERS = 6 * 1024 * 1024


def sent(data: Mapping[str, Any], files: Mapping[str, Any], canvas: Canvas) -> Any:
    """The document out of a form: drawn in the lab, or typed as cells of the grid. Raises AnnotationRefused, CellsUnreadable."""
    raw = raw_document(data, files)
    if not raw:
        return plain.document(data, canvas)
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None  # parse_document says in words what is wanted


def raw_document(data: Mapping[str, Any], files: Mapping[str, Any]) -> str | bytes:
    """The document as it came: in a field or, when it is large, as a file."""
    file = files.get("document_file")
    if file is None:
        return str(data.get("document", ""))[:MOST_LETTERS]
    file.seek(0)
    return bytes(file.read(MOST_LETTERS))


class MarkRegions:
    """`payload`: {"specimen": id, "pass": 70}; with "exam": true only of admitted specimens. The reference stays in the database and is read only to grade."""

    code = "conservation.regions"
    label: str | Promise = _("Mark the damage on a picture")
    template = "conservation/kinds/regions.html"

    def offers(self) -> list[Offer]:
        """Every specimen that learners see and that can be graded."""
        rows = selectors.gradable().order_by("number")
        return [Offer(str(one.pk), f"{one.number}. {one.title}", {"specimen": str(one.pk)}) for one in rows]

    def problems(self, payload: Payload) -> list[str]:
        asked = [str(pk) for pk in payload.get("specimens") or [payload.get("specimen", "")]]
        try:
            known = {str(pk) for pk in selectors.gradable().filter(pk__in=asked).values_list("pk", flat=True)}
        except ValidationError:  # no name of a specimen at all
            known = set()
        if not set(asked) <= known:
            return [str(_("Learners do not see this specimen, or nobody has said yet what is right on it."))]
        if payload.get("exam") and not selectors.admitted(asked):
            return [str(_("The experts agree too little on this specimen: nobody is examined on it."))]
        return []

    def draw(self, payload: Payload, seed: int) -> Payload:
        """Which specimen of several is shown («specimens»), fixed by the seed."""
        several = list(payload.get("specimens", ()))
        if payload.get("exam"):
            several = selectors.admitted(several or [payload["specimen"]])
            if not several:
                raise NotAdmitted("no specimen on which three experts agree well enough")
        if not several:
            return dict(payload)
        rest = {key: value for key, value in payload.items() if key != "specimens"}
        return {**rest, "specimen": several[seed % len(several)]}

    def public_payload(self, payload: Payload) -> Mapping[str, Any]:
        """Pictures, size and scale; nothing of recipe, masks or reference."""
        specimen = self._specimen(payload)
        return {
            "specimen": str(specimen.pk), "number": specimen.number, "canvas": selectors.canvas(specimen).as_dict(),
            "lights": [one.light for one in selectors.lights(specimen)], "groups": list(specimen.groups),
            "vocabulary": VERSION, "most": regions_grader.MOST_MARKS,
        }  # fmt: skip

    def page(self, payload: Payload, raw: Any, place: str) -> Mapping[str, Any]:
        marks = raw.get("annotations", []) if isinstance(raw, Mapping) else []
        specimen = self._specimen(payload)
        return {**lab.lab(specimen, key=place, marks=marks), "asked": [Group(one).words for one in specimen.groups]}

    def answer(self, payload: Payload, data: Any, files: Mapping[str, Any]) -> Any | None:
        try:
            found = sent(data, files, selectors.canvas(self._specimen(payload)))
        except (AnnotationRefused, CellsUnreadable) as refused:
            raise AnswerRefused(str(refused)) from refused
        return None if isinstance(found, Mapping) and not found.get("annotations") else found

    def lines(self, raw: Any) -> list[str]:
        read = parse_document(raw)
        return [f"{cells_of(one.geometry.bounds, read.canvas)}: {BY_CODE[one.code].name} ({one.severity})" for one in read.regions]  # fmt: skip

    def parse(self, raw: Any) -> Any:
        """The document of the answer, read against its own canvas; grading reads it against the specimen's."""
        try:
            read = parse_document(raw)
        except AnnotationRefused as refused:
            raise AnswerRefused(str(refused)) from refused
        return to_document(read)

    def grade(self, payload: Payload, answer: Any) -> Grade:
        try:
            marked = judge(self._specimen(payload), answer)
        except AnnotationRefused as refused:
            raise AnswerRefused(str(refused)) from refused
        result = marked.result
        weight = 100 / max(1, len(marked.reference.regions))
        reasons = [
            Reason(one.wanted.id, str(BY_CODE[one.wanted.code].name), one.u, weight, str(one.comment))
            for one in result.matched
        ]
        reasons += [
            Reason(one.wanted.id, str(BY_CODE[one.wanted.code].name), 0.0, weight, str(one.comment))
            for one in result.missed
        ]
        return Grade(
            score=result.score, passed=result.score >= float(payload.get("pass", PASS)), reasons=tuple(reasons),
            caps=tuple(str(cap.why) for cap in result.caps),
            details={**regions_grader.as_dict(result), "grader": regions_grader.VERSION, "vocabulary": VERSION},
        )  # fmt: skip

    def fingerprint(self, answer: Any) -> str:
        """Of types, severities and places to a hundredth of a pixel, whatever the order or the direction of drawing."""
        read = parse_document(answer)
        marks = sorted(
            f"{one.code}:{one.severity}:{one.active}:".encode()
            + shapely.to_wkb(shapely.normalize(shapely.set_precision(one.geometry, 0.01)))
            for one in read.regions
        )
        return hashlib.sha256(b"|".join(marks)).hexdigest()

    @staticmethod
    def _specimen(payload: Payload) -> Specimen:
        return Specimen.objects.get(pk=payload["specimen"])
