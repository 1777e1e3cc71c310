"""Photographs: rights, experts apart from each other, agreement, publishing, and the trail of it all."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from orken.conservation.kinds.regions import MarkRegions, NotAdmitted
from orken.conservation.models import ExpertMarking, Reference, Specimen
from orken.conservation.services import experts, specimens
from orken.kit.audit.models import AuditEvent
from orken.kit.files.models import StoredFile
from orken.kit.media.pictures import PictureRefused
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account

pytestmark = pytest.mark.django_db

TEAR = "M100 300L260 330L420 360"
STAIN = "M500 700L760 720L770 980L520 990Z"


def document(specimen: Specimen, *marks: tuple[str, str, int]) -> dict[str, Any]:
    """Marks given as path, code and severity."""
    return {
        "canvas": {"width": specimen.width, "height": specimen.height, "mm_per_px": specimen.mm_per_px},
        "annotations": [
            {
                "type": "Annotation", "creator": "somebody else", "created": "1999-01-01",
                "body": [{"type": "TextualBody", "purpose": "classifying", "value": code}, {"type": "TextualBody", "purpose": "assessing", "value": f"severity:{severity}"}],
                "target": {"selector": {"type": "SvgSelector", "value": f"<svg><path d='{d}'/></svg>"}},
            }
            for d, code, severity in marks
        ],
    }  # fmt: skip


def answers(photo: SimpleUploadedFile, unit: Unit, **more: Any) -> dict[str, Any]:
    return {
        "title_kk": "Нағыз парақ", "unit": unit.pk, "normal": photo, "rights_holder": "Ұлттық кітапхана",
        "rights_basis": "own", "rights_use": "lessons", "no_people": "on", "original": "Т-417", **more,
    }  # fmt: skip


def test_a_photograph_goes_from_sending_to_publishing_with_a_row_for_each_step(
    photo: Callable[..., SimpleUploadedFile], browse: Callable[[str], Client], account: Callable[[str], Account],
    country: Callable[[str], Unit],
) -> None:  # fmt: skip
    keeper = browse("national")
    sent = keeper.post(reverse("conservation:add_photograph"), answers(photo(), country("NL-CONSERVATION")))
    assert sent.status_code == 302
    specimen = Specimen.objects.get(origin="photograph")
    assert specimen.state == "preparing" and specimen.rights_holder == "Ұлттық кітапхана"
    specimen = specimens.prepare(specimen)
    assert (specimen.state, specimen.width, specimen.height) == ("marking", 900, 1200)
    assert specimen.mm_per_px == pytest.approx(25.4 / 300)
    home = reverse("conservation:photograph", args=[specimen.pk])
    for login in ("trainer", "mentor", "curator"):
        keeper.post(reverse("conservation:ask_expert", args=[specimen.pk]), {"expert": account(login).pk})
    assert specimen.markings.count() == 3

    # Each marks alone; the others draw a little beside the first.
    mark = reverse("conservation:mark", args=[specimen.pk])
    first = document(specimen, (TEAR, "M1", 2), (STAIN, "W1", 3))
    second = document(specimen, ("M104 304L262 333L424 362", "M1", 2), ("M505 705L765 722L772 975L522 985Z", "W1", 3))
    assert browse("trainer").post(mark, {"document": json.dumps(first), "keep": "1"}).status_code == 302
    marking = ExpertMarking.objects.get(expert=account("trainer"))
    assert marking.state == "draft" and len(marking.annotations) == 2
    assert {one["creator"] for one in marking.annotations} == {f"urn:account:{account('trainer').pk}"}
    assert not any(one["created"].startswith("1999") for one in marking.annotations)
    browse("trainer").post(mark, {"document": json.dumps(first), "hand_in": "1"})
    other = browse("mentor").get(mark).content.decode()
    assert "M100 300" not in other, "an expert never sees another's marks"
    assert keeper.post(reverse("conservation:decide", args=[specimen.pk, "agree"])).status_code == 302
    specimen.refresh_from_db()
    assert specimen.state == "marking", "one expert is no agreement"
    browse("mentor").post(mark, {"document": json.dumps(second), "hand_in": "1"})
    two = keeper.post(reverse("conservation:decide", args=[specimen.pk, "agree"]), follow=True)
    specimen.refresh_from_db()
    assert specimen.state == "marking" and "Кемінде үш сарапшы" in two.content.decode(), "nor are two"
    browse("curator").post(mark, {"document": json.dumps(first), "hand_in": "1"})

    html = keeper.get(home).content.decode()
    assert "/ 100" in html
    keeper.post(reverse("conservation:decide", args=[specimen.pk, "agree"]))
    reference = Reference.objects.get(specimen=specimen, superseded_at=None)
    assert reference.by_experts == 3 and reference.agreement is not None and reference.agreement > 80
    assert len(reference.document["annotations"]) == 2
    keeper.post(reverse("conservation:decide", args=[specimen.pk, "publish"]))
    assert browse("village").get(reverse("conservation:specimen", args=[specimen.pk])).status_code == 200
    graded = browse("village").post(
        reverse("conservation:specimen", args=[specimen.pk]), {"document": json.dumps(first)}
    )
    assert graded.status_code == 200 and int(graded.content.decode().split('"score"><b>')[1].split("<")[0]) > 85
    keeper.post(reverse("conservation:decide", args=[specimen.pk, "withdraw"]), {"why": "Иесі сұрады"})
    assert browse("village").get(reverse("conservation:specimen", args=[specimen.pk])).status_code == 404
    verbs = list(AuditEvent.objects.filter(target_id=str(specimen.pk)).order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "specimen.added", "specimen.prepared", "specimen.expert_asked", "specimen.expert_asked", "specimen.expert_asked",
        "specimen.marking_handed_in", "specimen.marking_handed_in", "specimen.marking_handed_in", "specimen.agreed", "specimen.published",
        "specimen.withdrawn",
    ]  # fmt: skip


def test_what_was_sent_is_gone_when_the_tiles_stand(photograph: Callable[[], Specimen]) -> None:
    specimen = photograph()
    assert not StoredFile.objects.filter(purpose="specimen-raw").exists()
    assert "raw" not in specimen.recipe
    for light in specimen.lights.all():
        with default_storage.open(light.pyramid.stored_as, "rb") as kept:
            content = kept.read()
        assert b"Aigul" not in content and b"Exif" not in content


def test_a_handed_in_marking_does_not_change(
    photograph: Callable[[], Specimen], account: Callable[[str], Account]
) -> None:
    specimen, trainer = photograph(), account("trainer")
    marking = experts.ask(specimen=specimen, expert=trainer, by=account("national"))
    experts.save(marking=marking, document=document(specimen, (TEAR, "M1", 2)), by=trainer, hand_in=True)
    with pytest.raises(experts.HandedIn):
        experts.save(marking=marking, document=document(specimen), by=trainer)
    with pytest.raises(OutOfScope):
        experts.save(marking=marking, document=document(specimen), by=account("mentor"))


def test_marks_outside_are_cut_and_crossing_ones_repaired(
    photograph: Callable[[], Specimen], account: Callable[[str], Account]
) -> None:
    specimen, trainer = photograph(), account("trainer")
    marking = experts.ask(specimen=specimen, expert=trainer, by=account("national"))
    crossing = "M100 100L400 400L400 100L100 400Z"
    outside = "M-200 -100L300 -100L300 300L-200 300Z"
    marking, read = experts.save(
        marking=marking, document=document(specimen, (crossing, "W1", 2), (outside, "S1", 1)), by=trainer
    )
    assert len(read.notes) == 2
    for region in read.regions:
        x0, y0, x1, y1 = region.geometry.bounds
        assert region.geometry.is_valid and x0 >= 0 and y0 >= 0 and x1 <= specimen.width and y1 <= specimen.height


def test_only_holders_of_an_experts_role_are_asked_and_only_once(
    photograph: Callable[[], Specimen], account: Callable[[str], Account]
) -> None:
    specimen, keeper = photograph(), account("national")
    with pytest.raises(experts.NotAnExpert):
        experts.ask(specimen=specimen, expert=account("village"), by=keeper)
    experts.ask(specimen=specimen, expert=account("trainer"), by=keeper)
    with pytest.raises(experts.NotAnExpert):
        experts.ask(specimen=specimen, expert=account("trainer"), by=keeper)


def test_nobody_else_keeps_photographs(
    photograph: Callable[[], Specimen], account: Callable[[str], Account], browse: Callable[[str], Client]
) -> None:
    specimen = photograph()
    for login in ("pavlodar", "trainer", "director", "village"):
        for verb in (experts.agree, experts.publish):
            with pytest.raises(OutOfScope):
                verb(specimen=specimen, by=account(login))
        for address in (
            reverse("conservation:ask_expert", args=[specimen.pk]),
            reverse("conservation:decide", args=[specimen.pk, "publish"]),
        ):
            assert browse(login).post(address, {"expert": account("trainer").pk}).status_code == 404
    specimen.refresh_from_db()
    assert specimen.state == "marking"


def test_a_specimen_is_not_published_from_a_state_that_is_not_agreed(
    photograph: Callable[[], Specimen], account: Callable[[str], Account], country: Callable[[str], Unit],
    photo: Callable[..., SimpleUploadedFile],
) -> None:  # fmt: skip
    keeper = account("national")
    with pytest.raises(specimens.WrongState):
        experts.publish(specimen=photograph(), by=keeper)
    raw = specimens.take_photograph(
        pictures={"normal": photo()}, titles={"kk": "Ә"}, rights={"holder": "Ұ", "basis": "own", "use": "open"},
        original="", width_mm=None, unit=country("NL"), by=keeper,
    )  # fmt: skip
    with pytest.raises(specimens.WrongState):
        experts.publish(specimen=raw, by=keeper)


# --- what is refused ---


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rights_holder": ""}, "rights_holder"),
        ({"rights_basis": ""}, "rights_basis"),
        ({"rights_basis": "permission"}, "rights_paper"),
        ({"no_people": ""}, "no_people"),
        ({"normal": SimpleUploadedFile("a.jpg", b"%PDF-1.7")}, "normal"),
        ({"normal": SimpleUploadedFile("a.svg", b"<svg/>", "image/svg+xml")}, "normal"),
    ],
)
def test_without_rights_or_a_picture_nothing_is_taken(
    change: dict[str, Any], words: str, photo: Callable[..., SimpleUploadedFile], browse: Callable[[str], Client],
    country: Callable[[str], Unit],
) -> None:  # fmt: skip
    sent = answers(photo(), country("NL-CONSERVATION"))
    answer = browse("national").post(reverse("conservation:add_photograph"), {**sent, **change})
    assert answer.status_code == 422
    assert words in answer.context["form"].errors
    assert not Specimen.objects.filter(origin="photograph").exists()


def test_without_a_scale_millimetres_are_not_guessed(
    photo: Callable[..., SimpleUploadedFile], account: Callable[[str], Account], country: Callable[[str], Unit]
) -> None:
    common: dict[str, Any] = {
        "titles": {"kk": "Ә"}, "rights": {"holder": "Ұ", "basis": "own", "use": "open"}, "original": "",
        "unit": country("NL"), "by": account("national"),
    }  # fmt: skip
    with pytest.raises(PictureRefused, match="масштаб"):
        specimens.take_photograph(pictures={"normal": photo(dpi=None)}, width_mm=None, **common)
    taken = specimens.take_photograph(pictures={"normal": photo(dpi=None)}, width_mm=90.0, **common)
    assert taken.mm_per_px == pytest.approx(0.1)


def test_lights_must_lie_on_each_other(
    photo: Callable[..., SimpleUploadedFile], account: Callable[[str], Account], country: Callable[[str], Unit]
) -> None:
    with pytest.raises(PictureRefused, match="Ультракүлгін"):
        specimens.take_photograph(
            pictures={"normal": photo(), "uv": photo(width=800)}, titles={"kk": "Ә"}, original="", width_mm=None,
            rights={"holder": "Ұ", "basis": "own", "use": "open"}, unit=country("NL"), by=account("national"),
        )  # fmt: skip


def test_a_damaged_file_fails_with_a_sentence_and_leaves_no_raw_file(
    photo: Callable[..., SimpleUploadedFile], account: Callable[[str], Account], country: Callable[[str], Unit],
    browse: Callable[[str], Client],
) -> None:  # fmt: skip
    whole = photo()
    cut = SimpleUploadedFile("cut.jpg", whole.read()[:30_000], "image/jpeg")
    specimen = specimens.take_photograph(
        pictures={"normal": cut}, titles={"kk": "Ә"}, original="", width_mm=100.0,
        rights={"holder": "Ұ", "basis": "own", "use": "open"}, unit=country("NL"), by=account("national"),
    )  # fmt: skip
    specimen = specimens.prepare(specimen)
    assert specimen.state == "failed" and specimen.why
    assert not StoredFile.objects.filter(purpose="specimen-raw").exists()
    assert (
        specimen.why in browse("national").get(reverse("conservation:photograph", args=[specimen.pk])).content.decode()
    )


def test_damage_is_drawn_on_a_scan_that_a_keeper_sends(
    photo: Callable[..., SimpleUploadedFile], browse: Callable[[str], Client], country: Callable[[str], Unit]
) -> None:
    sent = answers(photo(), country("NL-CONSERVATION"), damages=["W2", "C1"], severity="3")
    answer = browse("national").post(reverse("conservation:add_photograph") + "?scan=1", sent)
    assert answer.status_code == 302
    specimen = specimens.prepare(Specimen.objects.get(origin="composed"))
    assert specimen.state == "published" and specimen.lights.count() == 4
    assert {one["body"][0]["value"] for one in specimen.references.get().document["annotations"]} == {"W2", "C1"}


def test_a_photograph_as_large_as_cameras_make_them_is_taken(
    browse: Callable[[str], Client], country: Callable[[str], Unit]
) -> None:
    """Above two and a half megabytes a file no longer comes in memory but as a file of its own."""
    pixels = np.random.default_rng(5).integers(0, 255, (1400, 1900, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=95, dpi=(300, 300))
    assert len(out.getvalue()) > 2.6 * 1024 * 1024
    sent = browse("national").post(
        reverse("conservation:add_photograph"),
        answers(SimpleUploadedFile("large.jpg", out.getvalue(), "image/jpeg"), country("NL-CONSERVATION")),
    )
    assert sent.status_code == 302
    specimen = specimens.prepare(Specimen.objects.get(origin="photograph"))
    assert (specimen.state, specimen.width, specimen.height) == ("marking", 1900, 1400)


def test_nobody_is_examined_on_a_picture_whose_experts_do_not_agree(
    photograph: Callable[[], Specimen], drawn: Callable[..., Specimen]
) -> None:
    specimen, sure = photograph(), drawn("W2:3")
    kind = MarkRegions()
    row = Reference.objects.create(
        specimen=specimen, document={}, by_experts=3, agreement=86.0, kappa=0.7, vocabulary="1", grader="1"
    )
    exam = {"exam": True, "specimens": [str(specimen.pk), str(sure.pk)]}
    assert {kind.draw(exam, seed)["specimen"] for seed in range(4)} == {str(specimen.pk), str(sure.pk)}
    for bad in ({"by_experts": 2}, {"agreement": 79.0}, {"kappa": 0.5}, {"kappa": None}):
        Reference.objects.filter(pk=row.pk).update(**{"by_experts": 3, "agreement": 86.0, "kappa": 0.7} | bad)
        assert {kind.draw(exam, seed)["specimen"] for seed in range(4)} == {str(sure.pk)}, bad
        with pytest.raises(NotAdmitted):
            kind.draw({"exam": True, "specimen": str(specimen.pk)}, 1)
    assert kind.draw({"specimen": str(specimen.pk)}, 1)["specimen"] == str(specimen.pk), "practice is for every picture"
