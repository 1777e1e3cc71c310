"""Passports: a draft, its approval, its seal, its next version; who may; what the paper says."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from orken.conservation import invariants
from orken.conservation.forms.papers import box_of, cells_of
from orken.conservation.models import Item, Passport, PassportDamage
from orken.conservation.passport import overview, paper
from orken.conservation.services import passports as services
from orken.conservation.vocabulary import ObjectClass, object_class
from orken.kit.audit.models import AuditEvent
from orken.kit.files.models import StoredFile
from orken.kit.pdf import rendering
from orken.kit.sheets.reading import read
from orken.network import policy
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.network.roles import Permission
from orken.people.models import Account
from orken.portal import finding

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]
ITEM = {
    "title": "Шежіре дәптері",
    "shelfmark": "СҚ 1/1",
    "inventory": "77",
    "dated": "1913",
    "script": "arab",
    "kind": "manuscript",
    "owner": "",
}
DESCRIPTION = {
    "support": "rag_paper",
    "media": ["iron_gall"],
    "height_mm": 210,
    "width_mm": 160,
    "leaves": 40,
    "binding": "leather",
    "anatomy": "",
}
DAMAGE = {"code": "W2", "severity": 2, "leaf": "3", "side": "r", "zone": "төменгі бұрышы", "size_mm": "40", "extent": "5_25", "cause": "су", "active": False, "x": 25.0, "y": 50.0, "w": 25.0, "h": 20.0}  # fmt: skip


@pytest.fixture
def draft(country: Country, account: Accounts) -> Passport:
    """A draft of Pavlodar's library, described and with one damage."""
    by = account("pavlodar")
    made = services.open_passport(unit=country("KZ-55-LIB"), item=ITEM, by=by)
    made = services.write(passport=made, section="description", values=DESCRIPTION, by=by, revision=made.revision)
    services.put_damage(passport=made, values=DAMAGE, by=by)
    return fresh(made)


def fresh(passport: Passport) -> Passport:
    return Passport.objects.select_related(
        "item__unit", "examiner", "overview", "approved_by", "issued_by", "mentor"
    ).get(pk=passport.pk)


def test_numbers_of_a_library_run_without_a_gap(country: Country, account: Accounts) -> None:
    unit = country("KZ-55-LIB")
    before = Item.objects.filter(unit=unit).count()
    made = [services.open_passport(unit=unit, item={**ITEM, "inventory": ""}, by=account("pavlodar")) for _ in range(3)]
    assert [one.item.serial for one in made] == [before + 1, before + 2, before + 3]
    assert made[0].item.number == f"CP-KZ-55-LIB-{before + 1:05d}"


def test_the_class_follows_the_worst_damage_and_is_never_better(draft: Passport, account: Accounts) -> None:
    by = account("pavlodar")
    assert draft.object_class == "II"
    services.put_damage(passport=draft, values={**DAMAGE, "code": "C4", "severity": 3}, by=by)
    assert fresh(draft).object_class == "IV"
    values = {"object_class": "II", "access": "open", "decision": ""}
    services.write(passport=draft, section="decision", values=values, by=by, revision=fresh(draft).revision)
    with pytest.raises(services.NotReady) as waiting:
        services.issue(passport=draft, by=by)
    assert any("IV" in str(reason) for reason in waiting.value.reasons)


@pytest.mark.parametrize(
    ("damages", "state"),
    [([], "I"), ([("M1", 1)], "I"), ([("M1", 2)], "II"), ([("M1", 3)], "III"), ([("M1", 3), ("M2", 3)], "IV"), ([("S1", 4)], "IV"), ([("C4", 3)], "IV"), ([("C4", 2)], "II")],
)  # fmt: skip
def test_the_class_of_an_object(damages: list[tuple[str, int]], state: str) -> None:
    assert object_class(damages) is ObjectClass(state)


def test_a_passport_is_issued_once_and_never_changes(draft: Passport, account: Accounts) -> None:
    by = account("pavlodar")
    issued = services.issue(passport=draft, by=by)
    assert issued.state == "issued" and issued.issued and issued.digest == services.digest(issued.issued)
    for act in (
        lambda: services.write(
            passport=issued, section="description", values=DESCRIPTION, by=by, revision=issued.revision
        ),
        lambda: services.put_damage(passport=issued, values=DAMAGE, by=by),
        lambda: services.drop_damage(damage=issued.damages.get(), by=by),
        lambda: services.issue(passport=issued, by=by),
    ):
        with pytest.raises(services.IsIssued):
            act()
    assert not list(invariants.seals())
    Passport.objects.filter(pk=issued.pk).update(issued={**issued.issued, "title": "Басқа"})
    assert [one.row for one in invariants.seals()] == [str(issued)]


def test_the_next_version_carries_what_was_known_and_supersedes_on_issue(draft: Passport, account: Accounts) -> None:
    by = account("pavlodar")
    first = services.issue(passport=draft, by=by)
    second = services.renew(passport=first, by=by)
    assert second.version == 2 and second.support == "rag_paper" and second.damages.get().code == "W2"
    with pytest.raises(services.HasDraft):
        services.renew(passport=first, by=by)
    services.drop_damage(damage=second.damages.get(), by=by)
    assert first.damages.count() == 1, "the damage of the issued version stays"
    services.issue(passport=second, by=by)
    assert [fresh(one).state for one in (first, second)] == ["superseded", "issued"]
    assert not list(invariants.versions())


def test_what_must_be_there_before_it_is_issued(country: Country, account: Accounts) -> None:
    by = account("pavlodar")
    bare = services.open_passport(unit=country("KZ-55-LIB"), item=ITEM, by=by)
    assert len(services.reasons_against(bare)) == 1
    services.put_damage(passport=bare, values={**DAMAGE, "severity": 4}, by=by)
    bare = fresh(bare)
    assert len(services.reasons_against(bare)) == 3  # what it is, an access, a day
    with pytest.raises(services.NotReady):
        services.issue(passport=bare, by=by)
    assert fresh(bare).is_draft


def test_a_restorers_step_waits_for_approval_and_a_change_needs_a_new_one(draft: Passport, account: Accounts) -> None:
    by, restorer = account("pavlodar"), account("national")
    proposal = [{"id": "T09"}, {"id": "T21", "material": "deionised-water"}]
    services.write(passport=draft, section="proposal", values={"proposal": proposal}, by=by, revision=draft.revision)
    with pytest.raises(services.NotReady):
        services.issue(passport=draft, by=by)
    with pytest.raises(OutOfScope):
        services.approve(passport=draft, by=by)
    services.approve(passport=draft, by=restorer)
    assert fresh(draft).approved_by == restorer.person
    changed = {"proposal": [*proposal, {"id": "T40"}]}
    services.write(passport=draft, section="proposal", values=changed, by=by, revision=fresh(draft).revision)
    assert fresh(draft).approved_by is None
    services.approve(passport=draft, by=restorer)
    assert services.issue(passport=draft, by=by).state == "issued"


def test_a_draft_edited_meanwhile_is_not_overwritten(draft: Passport, account: Accounts) -> None:
    by, seen = account("pavlodar"), draft.revision
    services.write(passport=draft, section="description", values={**DESCRIPTION, "leaves": 50}, by=by, revision=seen)
    with pytest.raises(services.EditedMeanwhile):
        services.write(
            passport=draft, section="description", values={**DESCRIPTION, "leaves": 60}, by=by, revision=seen
        )
    assert fresh(draft).leaves == 50


def test_numbers_move_up_when_a_damage_goes(draft: Passport, account: Accounts) -> None:
    by = account("pavlodar")
    for code in ("M1", "S1"):
        services.put_damage(passport=draft, values={**DAMAGE, "code": code}, by=by)
    services.drop_damage(damage=draft.damages.get(number=1), by=by)
    assert [(one.number, one.code) for one in draft.damages.all()] == [(1, "M1"), (2, "S1")]


def test_every_change_leaves_a_row_in_the_trail_with_its_place(draft: Passport, account: Accounts) -> None:
    services.issue(passport=draft, by=account("pavlodar"))
    verbs = list(
        AuditEvent.objects.filter(target_kind="conservation.passport", target_id=str(draft.pk))
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert verbs == ["passport.opened", "passport.description", "passport.damage", "passport.issued"]
    assert set(
        AuditEvent.objects.filter(target_id=str(draft.pk), target_kind="conservation.passport").values_list(
            "scope_path", flat=True
        )
    ) == {draft.item.unit.path}


def test_truth_is_in_the_constraints(draft: Passport) -> None:
    for change in (
        {"state": "issued"},
        {"next_on": draft.examined_on - timedelta(days=1)},
        {"approved_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Passport.objects.filter(pk=draft.pk).update(**change)
    for bad in ({"severity": 5}, {"x": None}, {"w": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PassportDamage.objects.filter(passport=draft).update(**bad)


def test_nobody_writes_outside_her_scope(country: Country, account: Accounts, draft: Passport) -> None:
    with pytest.raises(OutOfScope):
        services.open_passport(unit=country("KZ-11-LIB"), item=ITEM, by=account("pavlodar"))
    with pytest.raises(OutOfScope):
        services.put_damage(passport=draft, values=DAMAGE, by=account("head"))
    with pytest.raises(OutOfScope):
        services.issue(passport=draft, by=account("director"))


# --- the paper ---


def test_the_paper_is_sealed_as_it_was(draft: Passport, account: Accounts) -> None:
    issued = services.issue(passport=draft, by=account("pavlodar"))
    Item.objects.filter(pk=issued.item_id).update(title="Кейін өзгерген")
    found = fresh(issued)
    assert found.issued is not None and found.issued["title"] == "Шежіре дәптері"
    one, again = (paper.pdf(found, None, host="https://orken.example") for _ in range(2))
    assert one.startswith(b"%PDF-1.7") and b"<pdfaid:part>2</pdfaid:part>" in one
    assert one == again, "the same paper is the same bytes"


def _sheets(passport: Passport, picture: bytes | None = None) -> int:
    """How many sheets the paper has."""
    data = json.dumps(paper.sheet(passport, picture, host="https://orken.example"), ensure_ascii=False)
    fonts = [rendering.FONTS]
    set_: Any = typst.compile(paper.TEMPLATE, root=paper.TEMPLATE.parent, font_paths=fonts, sys_inputs={"data": data}, format="png", ppi=20)  # fmt: skip
    return len(set_) if isinstance(set_, list) else 1


def test_a_plain_passport_is_two_sheets_and_forty_damages_go_on(draft: Passport, account: Accounts) -> None:
    assert _sheets(draft) == 2
    for number in range(2, 41):
        PassportDamage.objects.create(passport=draft, number=number, **{**DAMAGE, "code": "M1"})
    assert _sheets(fresh(draft)) >= 4


def test_the_paper_speaks_kazakh_and_russian_whatever_the_reader(draft: Passport) -> None:
    from django.utils import translation

    with translation.override("en"):
        said = paper.facts(draft)
    assert said["sections"][0]["title"] == {"kk": "Мәліметтер", "ru": "Идентификация"}
    assert said["damages"][0]["name"] == {"kk": "су жиегінің ізі", "ru": "затёк (граница затёка)"}
    assert "%" not in json.dumps([row["label"] for section in said["sections"] for row in section["rows"]])


def test_a_reader_of_another_language_gets_the_sealed_text_that_stands_in() -> None:
    from django.utils import translation

    from orken.conservation.templatetags.conservation import said

    shown = {}
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            shown[language] = said({"kk": "қағаз", "ru": "бумага"})
    assert shown == {"kk": "қағаз", "ru": "бумага", "en": "бумага"}


def test_the_qr_leads_to_the_record_without_a_language(draft: Passport, browse: Browse) -> None:
    address = paper.address(draft.item.number)
    assert address == f"/conservation/passports/number/{draft.item.number}/"
    client = browse("pavlodar")
    answer = client.get(address, follow=True)
    assert answer.status_code == 200 and answer.redirect_chain[-1][0].endswith(f"/passports/{draft.pk}/")


def test_what_a_person_typed_never_runs_in_the_paper_or_the_picture(draft: Passport, account: Accounts) -> None:
    evil = '#eval("1") $x$ <script>alert(1)</script> " onload="x'
    services.describe_item(passport=draft, values={"title": evil}, by=account("pavlodar"), revision=draft.revision)
    found = fresh(draft)
    assert paper.pdf(found, None, host="https://orken.example").startswith(b"%PDF")
    text = paper.overview_svg(found, paper.facts(found), None)
    root = ElementTree.fromstring(text)
    assert root.get("aria-label") == evil and "onload" not in root.attrib
    assert {element.tag.rsplit("}", 1)[-1] for element in root.iter()} <= {"svg", "rect", "path", "circle", "text"}


def _photo() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Aigul"
    Image.new("RGB", (900, 1300), "#e8dcc0").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_the_overview_is_written_anew_and_numbered(draft: Passport, account: Accounts) -> None:
    upload = SimpleUploadedFile("photo.jpg", _photo(), "image/jpeg")
    found = services.set_overview(passport=draft, upload=upload, by=account("pavlodar"))
    content = services.overview_bytes(found)
    assert content is not None and b"Telephone" not in content
    text = paper.overview_svg(found, paper.facts(found), content)
    assert "data:image/jpeg;base64," in text and ">1</text>" in text
    assert _sheets(found, content) >= 2


def test_neighbouring_damages_have_different_lines_and_graver_ones_thicker() -> None:
    marks = [overview.Outline(n, 1 + n % 4, 10, 10, 20, 20) for n in range(1, 7)]
    text = overview.svg(None, (148, 210), marks)
    dashes = re.findall(r'stroke="#111" stroke-width="\d"(?: stroke-dasharray="([^"]*)")?', text)
    assert len(set(dashes[:6])) == 6
    assert 'stroke-width="6"' in text and 'stroke-width="3"' in text


@pytest.mark.parametrize(
    ("cells", "box"),
    [
        ("B3", (12.5, 20, 12.5, 10)),
        ("b3-d5", (12.5, 20, 37.5, 30)),
        ("D5:B3", (12.5, 20, 37.5, 30)),
        ("H10", (87.5, 90, 12.5, 10)),
        ("I1", None),
        ("A11", None),
        ("3B", None),
    ],
)
def test_a_place_is_named_by_cells(cells: str, box: tuple[float, ...] | None) -> None:
    assert box_of(cells) == box


def test_cells_come_back_as_they_were_written(draft: Passport) -> None:
    for cells in ("A1", "B3-D5", "H10", "A1-H10"):
        box = box_of(cells)
        assert box is not None
        assert cells_of(PassportDamage(passport=draft, **dict(zip("xywh", box, strict=True)))) == cells


# --- pages ---


def _addresses(draft: Passport) -> dict[str, str]:
    return {
        "passport": reverse("conservation:passport", args=[draft.pk]),
        "passport_overview": reverse("conservation:passport_overview", args=[draft.pk]),
        "passport_paper": reverse("conservation:passport_paper", args=[draft.pk]),
        "passport_item": reverse("conservation:passport_item", args=[draft.pk]),
        "damage_new": reverse("conservation:damage_new", args=[draft.pk]),
        "damage": reverse("conservation:damage", args=[draft.pk, 1]),
        "passport_picture": reverse("conservation:passport_picture", args=[draft.pk]),
        **{
            f"edit {name}": reverse("conservation:passport_section", args=[draft.pk, name])
            for name in services.SECTIONS
        },
    }


READERS = {"pavlodar", "national", "director"}
READING = ("passport", "passport_overview", "passport_paper")


@pytest.mark.parametrize(
    "role",
    ["", "village", "student", "trainer", "head", "registrar", "director", "administrator", "pavlodar", "national"],
)
def test_who_sees_and_writes_a_passport_of_pavlodar(role: str, browse: Browse, draft: Passport) -> None:
    client = browse(role)
    wrong = []
    for name, address in _addresses(draft).items():
        allowed = READERS if name in READING else READERS - {"director"}
        expected = 200 if role in allowed else 302 if role == "" else 404
        status = client.get(address).status_code
        if status != expected:
            wrong.append((name, status))
    assert not wrong


@pytest.mark.parametrize(
    "role", ["", "village", "student", "trainer", "head", "registrar", "director", "administrator"]
)
def test_nobody_else_decides_by_a_forged_post(role: str, browse: Browse, draft: Passport) -> None:
    client = browse(role)
    for verb in ("issue", "approve", "renew"):
        assert client.post(reverse("conservation:passport_decide", args=[draft.pk, verb])).status_code in (302, 404)
    client.post(reverse("conservation:damage_drop", args=[draft.pk, 1]))
    assert fresh(draft).is_draft and draft.damages.count() == 1 and draft.item.passports.count() == 1


def test_the_forms_write_a_whole_passport(browse: Browse, country: Country) -> None:
    client = browse("head")
    answer = client.post(
        reverse("conservation:passport_new"),
        {"unit": "KZ-55-D02", "title": "Әліппе", "shelfmark": "Ө 1", "kind": "book", "script": "tote"},
    )
    assert answer.status_code == 302
    made = Passport.objects.latest("pk")

    def post(name: str, **answers: Any) -> None:
        revision = fresh(made).revision
        found = client.post(
            reverse("conservation:passport_section", args=[made.pk, name]), {"revision": revision, **answers}
        )
        assert found.status_code == 302, found.context["form"].errors

    post(
        "description",
        support="wood_pulp_paper",
        media=["printing_ink", "pencil"],
        height_mm="210",
        width_mm="148",
        leaves="64",
        binding="cloth",
    )
    post(
        "examination",
        purpose="survey",
        examined_on_day="1",
        examined_on_month="9",
        examined_on_year="2026",
        light="күндізгі",
    )
    post("tests", ph="5,4", ph_place="жолақ", hazard="none")
    post("storage", norm_set="gost-7.50", enclosure="box", next_on_day="1", next_on_month="9", next_on_year="2027")
    post("proposal", step_1="T01", step_2="T31", material_2="japanese-paper", step_4="T40")
    damage = {"code": "M1", "severity": "2", "side": "r", "extent": "under_5", "cells": "B3-C4", "zone": "шеті"}
    assert client.post(reverse("conservation:damage_new", args=[made.pk]), damage).status_code == 302
    post("decision", object_class="II", access="care")
    found = fresh(made)
    assert (str(found.ph), found.media, found.next_on) == ("5.4", ["printing_ink", "pencil"], date(2027, 9, 1))
    assert found.proposal == [{"id": "T01"}, {"id": "T31", "material": "japanese-paper"}, {"id": "T40"}]
    assert found.damages.get().x == 12.5
    client.post(reverse("conservation:passport_decide", args=[made.pk, "issue"]))
    assert fresh(made).state == "issued"
    assert client.get(reverse("conservation:passport_item", args=[made.pk])).status_code == 404, (
        "an issued one has no forms"
    )


@pytest.mark.parametrize(
    ("name", "answers", "field"),
    [
        ("description", {"support": "gold", "height_mm": "0", "width_mm": "99999"}, "support"),
        ("tests", {"ph": "44", "hazard": "none"}, "ph"),
        ("examination", {"purpose": "survey", "examined_on_day": "31", "examined_on_month": "2", "examined_on_year": "2026"}, "examined_on"),
        ("examination", {"purpose": "survey", "examined_on_day": "1", "examined_on_month": "1", "examined_on_year": "2199"}, "examined_on"),
        ("proposal", {"step_1": "T10", "material_1": "japanese-paper"}, "material_1"),
        ("proposal", {"step_1": "T99"}, "step_1"),
    ],
)  # fmt: skip
def test_wrong_answers_are_told_and_kept(
    name: str, answers: dict[str, str], field: str, draft: Passport, browse: Browse
) -> None:
    address = reverse("conservation:passport_section", args=[draft.pk, name])
    answer = browse("pavlodar").post(address, {"revision": draft.revision, **answers})
    assert answer.status_code == 422 and field in answer.context["form"].errors


def test_an_item_twice_by_inventory_number_is_refused_with_a_sentence(draft: Passport, browse: Browse) -> None:
    answer = browse("pavlodar").post(reverse("conservation:passport_new"), {"unit": "KZ-55-LIB", **ITEM})
    assert answer.status_code == 422 and "inventory" in answer.context["form"].errors
    foreign = browse("pavlodar").post(reverse("conservation:passport_new"), {**ITEM, "unit": "KZ-11-LIB"})
    assert "unit" in foreign.context["form"].errors


@pytest.mark.parametrize("content", [b"", b"no picture", b"%PDF-1.4"])
def test_what_is_no_picture_is_refused(content: bytes, draft: Passport, browse: Browse) -> None:
    upload = SimpleUploadedFile("a.jpg", content, "image/jpeg")
    answer = browse("pavlodar").post(reverse("conservation:passport_picture", args=[draft.pk]), {"picture": upload})
    assert answer.status_code == 422 and fresh(draft).overview is None


def test_the_survey_is_filtered_and_exported(browse: Browse) -> None:
    client = browse("national")
    page = client.get(reverse("conservation:passports"), {"class": "IV", "state": "issued"})
    rows = page.context["table"].shown
    assert rows and all(row.object_class == "IV" for row in rows)
    assert all(
        row.damages.filter(code="C4").exists()
        for row in client.get(reverse("conservation:passports"), {"damage": "C4"}).context["table"].shown
    )
    answer = client.get(reverse("conservation:passports"), {"format": "xlsx", "columns": "title,class,next,ph"})
    book = read(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert len(book.sheets[0].rows) == 121 and "Сыныбы" not in book.sheets[0].rows[0]


def test_pavlodar_finds_only_her_own(browse: Browse) -> None:
    page = browse("pavlodar").get(reverse("conservation:passports"))
    assert page.context["table"].count == 60 and page.context["counts"]["all"] == 60
    assert browse("head").get(reverse("conservation:passports")).context["table"].count == 20


def test_the_list_asks_as_often_for_one_row_as_for_fifty(browse: Browse, django_assert_max_num_queries: Any) -> None:
    client = browse("national")
    with django_assert_max_num_queries(14) as few:
        client.get(reverse("conservation:passports"), {"q": "CP-NL-00001"})
    with django_assert_max_num_queries(14) as many:
        client.get(reverse("conservation:passports"))
    assert len(few) == len(many)


# --- a draft thrown away ---


def test_a_first_draft_is_thrown_away_and_its_number_is_never_given_again(
    draft: Passport, account: Accounts, browse: Browse
) -> None:
    number, inventory = draft.item.number, draft.item.inventory
    keeper = browse("pavlodar")
    asked = keeper.get(reverse("conservation:passport_drop", args=[draft.pk]))
    assert asked.status_code == 200 and Passport.objects.filter(pk=draft.pk).exists(), "a look throws nothing away"
    assert keeper.post(reverse("conservation:passport_drop", args=[draft.pk])).status_code == 302
    assert not Passport.objects.filter(pk=draft.pk).exists() and not PassportDamage.objects.filter(passport_id=draft.pk)
    row = AuditEvent.objects.get(verb="passport.dropped")
    assert row.before["number"] == number and row.before["damages"] == 1
    again = services.open_passport(unit=draft.item.unit, item={**ITEM, "inventory": inventory}, by=account("pavlodar"))
    assert again.item.number != number
    assert not list(invariants.versions())


def test_the_draft_of_a_next_version_goes_and_the_issued_one_stays(
    draft: Passport, account: Accounts, browse: Browse
) -> None:
    by = account("pavlodar")
    issued = services.issue(passport=draft, by=by)
    second = services.renew(passport=issued, by=by)
    services.drop(passport=second, by=by)
    assert fresh(issued).state == "issued" and Item.objects.get(pk=issued.item_id).inventory == "77"
    assert services.renew(passport=issued, by=by).version == 2
    with pytest.raises(services.IsIssued):
        services.drop(passport=issued, by=by)
    assert browse("pavlodar").post(reverse("conservation:passport_drop", args=[issued.pk])).status_code == 404


def test_nobody_throws_a_draft_of_others_away(draft: Passport, account: Accounts, browse: Browse) -> None:
    for login in ("head", "director", "village"):
        assert browse(login).post(reverse("conservation:passport_drop", args=[draft.pk])).status_code == 404
        with pytest.raises(OutOfScope):
            services.drop(passport=draft, by=account(login))


def test_a_picture_that_only_the_draft_held_goes_with_it(draft: Passport, account: Accounts) -> None:
    by = account("pavlodar")
    out = io.BytesIO()
    Image.new("RGB", (300, 400), (200, 180, 150)).save(out, "JPEG")
    services.set_overview(passport=draft, upload=SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg"), by=by)
    assert StoredFile.objects.filter(purpose="passport").count() == 1
    services.drop(passport=draft, by=by)
    assert not StoredFile.objects.filter(purpose="passport").exists()


# --- finding ---


def test_a_passport_is_found_by_its_title_number_and_shelfmark_where_its_reader_may_look(
    draft: Passport, account: Accounts
) -> None:
    for asked in ("шежіре дәптері", draft.item.number, "СҚ 1/1"):
        found = finding.find(asked, account=account("pavlodar"))
        assert [line.address for line in found.rows if draft.item.number in line.address], asked
        assert not [line for line in finding.find(asked, account=account("village")).rows if draft.item.number in line.address]  # fmt: skip
        assert not [line for line in finding.find(asked, account=None).rows if draft.item.number in line.address]
        for login in ("registrar", "trainer", "head", "national"):
            sees = policy.scope(account(login), Permission.CONDITION_VIEW).contains(draft.item.unit.path)
            lines = finding.find(asked, account=account(login)).rows
            assert any(draft.item.number in line.address for line in lines) == sees, login
    services.describe_item(
        passport=draft, values={"title": "Аңыздар жинағы"}, by=account("pavlodar"), revision=draft.revision
    )
    assert finding.find("аңыздар", account=account("pavlodar")).total == 1
    services.drop(passport=fresh(draft), by=account("pavlodar"))
    assert finding.find("аңыздар", account=account("pavlodar")).total == 0


def test_a_library_is_asked_by_its_name(browse: Browse, country: Country) -> None:
    """Nobody has to know a code: a name is written or chosen, and a strange one is refused with words."""
    unit = country("KZ-55-LIB")
    item = {key: value for key, value in ITEM.items() if key != "inventory"}
    made = browse("pavlodar").post(reverse("conservation:passport_new"), {**item, "unit": unit.name_kk})
    if made.status_code == 422:  # a short list is chosen from: then the field takes the code behind the name
        page = browse("pavlodar").get(reverse("conservation:passport_new")).content.decode()
        assert f'value="{unit.code}"' in page and unit.name_kk in page
        made = browse("pavlodar").post(reverse("conservation:passport_new"), {**item, "unit": unit.code})
    assert made.status_code == 302
    strange = browse("pavlodar").post(reverse("conservation:passport_new"), {**item, "unit": "Алматы кітапханасы"})
    assert strange.status_code == 422 and "unit" in strange.context["form"].errors
