"""What a passport says, once for Kazakh and once for Russian; and its sheets as PDF.

`facts` is what is sealed when the passport is issued: texts as they were on the day, so that the paper reads the
same in thirty years whatever becomes of our catalogues.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orken.conservation.models import Passport, PassportDamage
from orken.conservation.passport import overview
from orken.conservation.treatment import FACTS, MATERIALS, STEPS
from orken.conservation.vocabulary import SEVERITIES, VERSION, ObjectClass
from orken.conservation.vocabulary import climate as norms
from orken.kit.i18n.dates import long_date as date_long
from orken.kit.pdf import rendering

TEMPLATE = Path(__file__).parent / "passport.typ"
NOTHING = "—"
Two = dict[str, str]


def both(say: Callable[[], object]) -> Two:
    """What `say` gives in Kazakh and in Russian."""
    found: Two = {}
    for language in ("kk", "ru"):
        with override(language):
            value = say()
            found[language] = NOTHING if value in (None, "") else str(value)
    return found


def _same(value: object) -> Two:
    text = NOTHING if value in (None, "") else str(value)
    return {"kk": text, "ru": text}


def _row(label: Callable[[], str], value: Two) -> dict[str, Two]:
    return {"label": both(label), "value": value}


def facts(passport: Passport) -> dict[str, Any]:
    """Everything that the paper says: plain JSON."""
    item = passport.item
    return {
        "number": item.number,
        "version": passport.version,
        "vocabulary": VERSION,
        "unit": {"kk": item.unit.name_kk, "ru": item.unit.name_ru or item.unit.name_kk},
        "title": item.title,
        "class": {"code": passport.object_class, **_class(passport)},
        "sections": [
            {"title": both(lambda: _("Identification")), "rows": _identification(passport)},
            {"title": both(lambda: _("Description")), "rows": _description(passport)},
            {"title": both(lambda: _("Examination and tests")), "rows": _examination(passport)},
        ],
        "damages": [_damage(one) for one in passport.damages.all()],
        "decision": [
            _row(lambda: _("Class of the object"), both(lambda: f"{passport.object_class} · {ObjectClass(passport.object_class).words}")),
            _row(lambda: _("Access"), both(passport.get_access_display)),
            _row(lambda: _("Reasons"), _same(passport.decision)),
        ],
        "proposal": [_step(place, one) for place, one in enumerate(passport.proposal, start=1) if one.get("id") in STEPS],
        "approved": _approved(passport),
        "storage": _storage(passport),
        "signed": _signed(passport),
        "size_mm": [passport.width_mm, passport.height_mm],
        "overview": passport.overview.sha256 if passport.overview else "",
    }  # fmt: skip


def _class(passport: Passport) -> Two:
    return both(lambda: str(ObjectClass(passport.object_class).words))


def _identification(passport: Passport) -> list[dict[str, Two]]:
    item = passport.item
    return [
        _row(lambda: _("Shelfmark"), _same(item.shelfmark)),
        _row(lambda: _("Inventory number"), _same(item.inventory)),
        _row(lambda: _("Date of the document"), _same(item.dated)),
        _row(lambda: _("Kind of document"), both(item.get_kind_display)),
        _row(lambda: _("Script"), both(item.get_script_display)),
        _row(lambda: _("Owner"), _same(item.owner)),
    ]


def _description(passport: Passport) -> list[dict[str, Two]]:
    size = f"{passport.height_mm} × {passport.width_mm}" if passport.height_mm and passport.width_mm else ""
    media = both(
        lambda: ", ".join(str(FACTS["media"].values[one]) for one in passport.media if one in FACTS["media"].values)
    )
    return [
        _row(lambda: _("Support"), both(passport.get_support_display)),
        _row(lambda: _("Media"), media),
        _row(lambda: _("Height × width, mm"), _same(size)),
        _row(lambda: _("Leaves"), _same(passport.leaves)),
        _row(lambda: _("Binding"), both(passport.get_binding_display)),
        _row(lambda: _("Anatomy of the binding"), _same(passport.anatomy)),
    ]


def _examination(passport: Passport) -> list[dict[str, Two]]:
    ph = f"{passport.ph:.1f}".replace(".", ",") + (f" ({passport.ph_place})" if passport.ph_place else "") if passport.ph is not None else ""  # fmt: skip
    return [
        _row(lambda: _("Examined on"), both(lambda: date_long(passport.examined_on))),
        _row(lambda: _("Purpose"), both(passport.get_purpose_display)),
        _row(lambda: _("Light"), _same(passport.light)),
        _row(lambda: _("Instruments"), _same(passport.instruments)),
        _row(lambda: _("pH and where it was measured"), _same(ph)),
        _row(lambda: _("Iron(II) test"), both(passport.get_iron_display)),
        _row(lambda: _("Solubility of the media"), _same(passport.solubility)),
        _row(lambda: _("Hazard"), both(passport.get_hazard_display)),
    ]


def _damage(one: PassportDamage) -> dict[str, Any]:
    place = both(lambda: ", ".join(part for part in (one.leaf, str(one.get_side_display()), one.zone) if part))
    size = "; ".join(part for part in (one.size_mm, one.get_extent_display()) if part)
    severity = SEVERITIES[one.severity]
    return {
        "number": one.number, "code": one.code, "name": {"kk": one.damage.name.kk, "ru": one.damage.name.ru},
        "place": place, "size": size, "severity": one.severity,
        "severity_name": {"kk": severity.name.kk, "ru": severity.name.ru}, "cause": one.cause,
        "active": both(lambda: _("active") if one.active else ""), "is_active": one.active,
        "box": [one.x, one.y, one.w, one.h] if one.has_box else None,
    }  # fmt: skip


def _step(place: int, chosen: Mapping[str, Any]) -> dict[str, Any]:
    step = STEPS[chosen["id"]]
    material = MATERIALS.get(chosen.get("material") or "")
    return {
        "place": place, "id": step.id, "level": step.level.value, "name": {"kk": step.name.kk, "ru": step.name.ru},
        "material": {"kk": material.name.kk, "ru": material.name.ru} if material else {"kk": "", "ru": ""},
    }  # fmt: skip


def _approved(passport: Passport) -> Two | None:
    if passport.approved_by is None or passport.approved_at is None:
        return None
    day = timezone.localdate(passport.approved_at)
    by = passport.approved_by
    return {language: f"{by.full_name(language)}, {_in(language, day)}" for language in ("kk", "ru")}


def _in(language: str, day: Any) -> str:
    with override(language):
        return str(date_long(day))


def _storage(passport: Passport) -> list[dict[str, Two]]:
    norm = norms.BY_CODE.get(passport.norm_set)
    figures = {"kk": NOTHING, "ru": NOTHING}
    if norm is not None:
        t = f"{norm.temperature[0]:g}–{norm.temperature[1]:g} °C" if norm.temperature else ""
        h = f"{norm.humidity[0]:g}–{norm.humidity[1]:g} %" if norm.humidity else ""
        numbers = ", ".join(part for part in (t, h) if part)
        figures = {language: ": ".join(part for part in (norm.source.in_language(language), numbers) if part) for language in ("kk", "ru")}  # fmt: skip
    return [
        _row(lambda: _("Climate"), figures),
        _row(lambda: _("Enclosure"), both(passport.get_enclosure_display)),
        _row(lambda: _("Place of storage"), _same(passport.place)),
        _row(lambda: _("Earlier treatments"), _same(passport.previous)),
        _row(lambda: _("Next inspection"), both(lambda: date_long(passport.next_on) if passport.next_on else "")),
    ]


def _signed(passport: Passport) -> list[dict[str, Any]]:
    found = [{"role": both(lambda: _("Examiner")), "name": _name(passport.examiner)}]
    if passport.mentor is not None:
        found.append({"role": both(lambda: _("Mentor")), "name": _name(passport.mentor)})
    if passport.issued_by is not None and passport.issued_by_id != passport.examiner_id:
        found.append({"role": both(lambda: _("Issued by")), "name": _name(passport.issued_by)})
    return found


def _name(person: Any) -> Two:
    return {"kk": person.full_name("kk"), "ru": person.full_name("ru")}


def address(number: str) -> str:
    """The address of the record without a language, for the QR."""
    with override("kk"):
        return reverse("conservation:passport_by_number", args=[number]).removeprefix("/kk")


def overview_svg(passport: Passport, said: Mapping[str, Any], picture: bytes | None) -> str:
    size = said["size_mm"]
    return overview.svg(picture, (size[0], size[1]), overview.outlines(said["damages"]), title=said["title"])


LABELS: dict[str, Callable[[], str]] = {
    "passport": lambda: _("Passport of condition"),
    "version": lambda: _("version"),
    "draft": lambda: _("Draft"),
    "overview": lambda: _("Overview with the numbers of the damages"),
    "damages": lambda: _("Damages"),
    "no_damages": lambda: _("No damage was seen."),
    "damage": lambda: _("Damage"),
    "where": lambda: _("Place"),
    "size": lambda: _("Size, extent"),
    "severity": lambda: _("Severity"),
    "cause": lambda: _("Cause"),
    "decision": lambda: _("Class and access"),
    "proposal": lambda: _("Proposal"),
    "step": lambda: _("Step"),
    "level": lambda: _("Level"),
    "material": lambda: _("Material"),
    "approved": lambda: _("Approved by a restorer"),
    "not_approved": lambda: _("No treatment is proposed."),
    "storage": lambda: _("Storage"),
    "digest": lambda: _("Seal (SHA-256)"),
}


def sheet(passport: Passport, picture: bytes | None, *, host: str) -> dict[str, Any]:
    """What the template of the paper gets: of an issued passport what was sealed, of a draft what it says now."""
    said = passport.issued or facts(passport)
    link = f"{host}{address(said['number'])}"
    issued_at = passport.issued_at
    return {
        **said,
        "labels": {name: both(say) for name, say in LABELS.items()},
        "is_draft": passport.is_draft,
        "digest": passport.digest,
        "issued_on": both(lambda: date_long(timezone.localdate(issued_at))) if issued_at else None,
        "overview_svg": overview_svg(passport, said, picture),
        "link": link,
        "qr": rendering.qr(link),
    }


def pdf(passport: Passport, picture: bytes | None, *, host: str) -> bytes:
    """The sheets of a passport; a draft is marked as one."""
    made_at = (passport.issued_at or passport.created_at).replace(microsecond=0)
    return rendering.render(TEMPLATE, sheet(passport, picture, host=host), made_at=made_at)
