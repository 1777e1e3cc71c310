"""The lab: what the browser gets before an answer, how answers are read and graded, who sees which picture."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from math import cos, sin
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from orken.conservation.annotations import Read, to_document
from orken.conservation.kinds.regions import MarkRegions
from orken.conservation.models import CardPicture, Reference, Specimen
from orken.conservation.selectors import pictures as selectors
from orken.conservation.services import specimens
from orken.curriculum import kinds
from orken.curriculum.kinds import AnswerRefused
from orken.network.models import Unit
from tests.conservation.conftest import SECRET_SEED

pytestmark = pytest.mark.django_db
Drawn = Callable[..., Specimen]


def page(client: Client, specimen: Specimen) -> str:
    return client.get(reverse("conservation:specimen", args=[specimen.pk])).content.decode()


def perfect(specimen: Specimen) -> dict[str, Any]:
    """What an ideal examiner would send: the reference itself."""
    found = selectors.reference(specimen)
    assert found is not None
    return to_document(Read(found[1].canvas, found[1].regions))


def lab_data(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(unescape(html.split('data-lab="', 1)[1].split('"', 1)[0]))
    return found


# --- nothing of the answer before the answer ---


def test_seed_masks_and_reference_never_reach_the_browser_before_an_answer(
    drawn: Drawn, browse: Callable[[str], Client]
) -> None:
    specimen = drawn()
    reference = Reference.objects.get(specimen=specimen).document
    secrets = [str(SECRET_SEED), *(one["mask"] for one in specimen.manifest)]
    secrets += [one["target"]["selector"]["value"][60:100] for one in reference["annotations"]]
    assert len(secrets) >= 7 and all(len(one) > 8 for one in secrets)
    client = browse("village")
    addresses = [
        reverse("conservation:specimens"), reverse("conservation:specimen", args=[specimen.pk]),
        reverse("conservation:preview", args=[specimen.pk, "normal"]),
        *(reverse("conservation:tile", args=[specimen.pk, light, 8, 0, 0]) for light in ("normal", "raking", "uv", "transmitted")),
    ]  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        told = answer.getvalue() + repr(sorted(answer.headers.items())).encode()
        for secret in secrets:
            assert secret.encode() not in told, address
    data = lab_data(page(client, specimen))
    assert data["marks"] == [] and not {"seed", "recipe", "manifest", "reference"} & set(data)


def test_the_public_payload_of_the_kind_holds_no_answer(drawn: Drawn) -> None:
    specimen = drawn()
    kind = kinds.get("conservation.regions")
    assert isinstance(kind, MarkRegions)
    told = json.dumps(kind.public_payload({"specimen": str(specimen.pk), "pass": 70}))
    assert str(SECRET_SEED) not in told and "svg" not in told.lower()
    assert json.loads(told)["canvas"] == {
        "width": specimen.width,
        "height": specimen.height,
        "mm_per_px": specimen.mm_per_px,
    }


def test_every_type_is_offered_whatever_is_on_the_leaf(drawn: Drawn, browse: Callable[[str], Client]) -> None:
    html = page(browse("village"), drawn("C1:2"))
    select = html.split('id="lab-code"', 1)[1].split("</select>", 1)[0]
    assert select.count("<option") == 39 + 1


# --- answers ---


def test_a_perfect_answer_is_worth_a_hundred_and_shows_what_was_there(
    drawn: Drawn, browse: Callable[[str], Client]
) -> None:
    specimen = drawn()
    answer = browse("village").post(
        reverse("conservation:specimen", args=[specimen.pk]), {"document": json.dumps(perfect(specimen))}
    )
    html = answer.content.decode()
    assert answer.status_code == 200 and "<b>100</b>" in html
    assert {one["kind"] for one in lab_data(html)["marks"]} == {"found", "mine"}
    assert html.count("data-region=") == 3


def test_feedback_tells_missed_and_extra_marks_and_the_look_alike(
    drawn: Drawn, browse: Callable[[str], Client]
) -> None:
    specimen = drawn("B1:3 C1:3")
    specimens.draw_card(code="B1", severity=3)
    specimens.draw_card(code="S1", severity=3)
    document = perfect(specimen)
    mould = next(one for one in document["annotations"] if one["body"][0]["value"] == "B1")
    mould["body"][0]["value"] = "S1"  # the dangerous confusion: live mould taken for dust
    sound = {
        "type": "Annotation", "body": [{"type": "TextualBody", "purpose": "classifying", "value": "R1"}, {"type": "TextualBody", "purpose": "assessing", "value": "severity:1"}],
        "target": {"selector": {"type": "FragmentSelector", "value": "xywh=pixel:2,2,20,20"}},
    }  # fmt: skip
    sent = {**document, "annotations": [mould, sound]}
    html = browse("village").post(
        reverse("conservation:specimen", args=[specimen.pk]), {"document": json.dumps(sent)}
    ).content.decode()  # fmt: skip
    shown = {one["kind"] for one in lab_data(html)["marks"]}
    assert {"missed", "extra", "mine"} <= shown
    assert "55" in html.split('class="result', 1)[1].split("</div></div>", 1)[0]  # the gate of a critical damage
    assert reverse("conservation:card_picture", args=["B1", 3]) in html
    assert reverse("conservation:card_picture", args=["S1", 3]) in html


def test_marks_typed_as_cells_are_graded_without_script(drawn: Drawn, browse: Callable[[str], Client]) -> None:
    specimen = drawn("W2:3")
    found = selectors.reference(specimen)
    assert found is not None
    from orken.conservation import plain

    cells = plain.cells_of(found[1].regions[0].geometry.bounds, found[1].canvas)
    answer = browse("village").post(
        reverse("conservation:specimen", args=[specimen.pk]), {"cells_1": cells, "code_1": "W2", "severity_1": "3"}
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    score = int(html.split('class="score"><b>', 1)[1].split("<", 1)[0])
    assert 40 <= score < 100, (cells, score)  # a rectangle round a wavy stain


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"document": "{"}, "JSON"),
        ({"document": "[" * 100_000}, "JSON"),
        ({"document": '{"canvas": {"width": 10, "height": 10}, "annotations": []}'}, "кескін"),
        ({"cells_1": "Z9", "code_1": "W2"}, "торда жоқ"),
        ({"cells_1": "A1–B2–C3", "code_1": "W2"}, "торда жоқ"),
        ({"cells_1": "A1", "code_1": "Q7"}, "Q7"),
        ({"cells_1": "A1", "code_1": "W2", "severity_1": "9"}, "severity:9"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_with_a_sentence(
    sent: dict[str, str], words: str, drawn: Drawn, browse: Callable[[str], Client]
) -> None:
    answer = browse("village").post(reverse("conservation:specimen", args=[drawn("C1:2").pk]), sent)
    assert answer.status_code == 422
    said = unescape(answer.content.decode().split('class="errors"', 1)[1].split("</div>", 1)[0])
    assert words in said


def test_marks_of_other_groups_neither_help_nor_cost_when_a_group_is_asked(drawn: Drawn) -> None:
    specimen = drawn("W2:3 C1:3 B2:2", groups="W")
    kind = MarkRegions()
    payload = {"specimen": str(specimen.pk)}
    document = perfect(specimen)
    water = {**document, "annotations": [one for one in document["annotations"] if one["body"][0]["value"] == "W2"]}
    assert kind.grade(payload, kind.parse(water)).score == 100
    assert kind.grade(payload, kind.parse(document)).score == 100


def test_the_kind_reads_grades_and_knows_the_same_work(drawn: Drawn) -> None:
    specimen = drawn()
    kind = MarkRegions()
    payload = {"specimens": [str(specimen.pk)], "pass": 70}
    chosen = kind.draw(payload, 41)
    assert chosen == {"specimen": str(specimen.pk), "pass": 70}
    document = perfect(specimen)
    turned = {**document, "annotations": document["annotations"][::-1]}
    assert kind.fingerprint(kind.parse(document)) == kind.fingerprint(kind.parse(turned))
    fewer = {**document, "annotations": document["annotations"][1:]}
    assert kind.fingerprint(kind.parse(fewer)) != kind.fingerprint(kind.parse(document))
    grade = kind.grade(chosen, kind.parse(document))
    assert grade.passed and grade.score == 100 and len(grade.reasons) == 3
    assert not kind.grade(chosen, kind.parse({**document, "annotations": []})).passed
    with pytest.raises(AnswerRefused):
        kind.parse({"annotations": "x"})


# --- who sees what ---


def test_pictures_that_are_not_published_exist_only_for_their_keepers_and_experts(
    photograph: Callable[[], Specimen], browse: Callable[[str], Client], account: Callable[[str], Any]
) -> None:
    from orken.conservation.services import experts

    specimen = photograph()
    addresses = [
        reverse("conservation:specimen", args=[specimen.pk]), reverse("conservation:preview", args=[specimen.pk, "normal"]),
        reverse("conservation:tile", args=[specimen.pk, "normal", 8, 0, 0]),
    ]  # fmt: skip
    keeper, expert, reader = browse("national"), browse("trainer"), browse("village")
    for address in addresses:
        assert keeper.get(address).status_code == 200
        assert expert.get(address).status_code == 404
        assert reader.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    experts.ask(specimen=specimen, expert=account("trainer"), by=account("national"))
    for address in addresses:
        assert expert.get(address).status_code == 200
        assert reader.get(address).status_code == 404


def test_tiles_outside_and_lights_that_are_not_there_are_not_found(
    drawn: Drawn, browse: Callable[[str], Client]
) -> None:
    specimen, client = drawn("C1:2"), browse("village")
    for arguments in (["normal", 40, 0, 0], ["normal", 8, 99, 0], ["infrared", 8, 0, 0]):
        assert client.get(reverse("conservation:tile", args=[specimen.pk, *arguments])).status_code == 404
    assert client.get(reverse("conservation:preview", args=[specimen.pk, "infrared"])).status_code == 404
    tile = client.get(reverse("conservation:tile", args=[specimen.pk, "normal", 8, 0, 0]))
    assert set(tile["Cache-Control"].split(", ")) == {"max-age=86400", "private"}
    assert tile["Content-Type"] == "image/jpeg"


def test_what_is_being_drawn_is_told_and_cannot_be_opened(
    country: Callable[[str], Unit], browse: Callable[[str], Client]
) -> None:
    client = browse("village")
    html = client.get(reverse("conservation:specimens")).content.decode()
    assert Specimen.objects.filter(state="preparing").count() >= 30  # those of the demo; no worker runs here
    assert "<progress" in html
    waiting = Specimen.objects.filter(state="preparing").first()
    assert waiting is not None
    assert client.get(reverse("conservation:specimen", args=[waiting.pk])).status_code == 404
    keeper = browse("national").get(reverse("conservation:specimen", args=[waiting.pk]))
    assert keeper.status_code == 200 and 'http-equiv="refresh"' in keeper.content.decode()


def test_the_list_costs_the_same_for_one_leaf_and_for_three(
    drawn: Drawn, browse: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browse("village")
    counts = []
    for _ in range(2):
        drawn("C1:2")
        client.get(reverse("conservation:specimens"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("conservation:specimens"))
        counts.append(len(seen))
        drawn("C1:2")
    assert counts[0] == counts[1]


def test_a_tile_asks_the_database_little(drawn: Drawn, browse: Callable[[str], Client]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    specimen, client = drawn("C1:2"), browse("village")
    address = reverse("conservation:tile", args=[specimen.pk, "normal", 8, 0, 0])
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    assert len(seen) <= 4, [one["sql"] for one in seen]


def test_card_pictures_are_served_and_others_are_not_there(browse: Callable[[str], Client]) -> None:
    specimens.draw_card(code="W2", severity=2)
    assert CardPicture.objects.count() == 1
    client = browse("student")
    assert client.get(reverse("conservation:card_picture", args=["W2", 2])).status_code == 200
    assert client.get(reverse("conservation:card_picture", args=["W2", 4])).status_code == 404


def test_every_damage_has_its_card_with_the_severities_that_are_drawn(browse: Callable[[str], Client]) -> None:
    specimens.draw_card(code="M1", severity=2)
    html = browse("village").get(reverse("conservation:cards")).content.decode()
    assert html.count('<article class="card"') == 39
    assert html.count(reverse("conservation:card_picture", args=["M1", 2])) == 1


# --- the demo ---


def test_the_demo_has_thirty_specimens_in_three_scripts_with_sound_leaves_among_them(
    country: Callable[[str], Unit],
) -> None:
    found = list(Specimen.objects.filter(origin="drawn"))
    assert len(found) >= 30
    assert {one.script for one in found} == {"arab", "latn", "cyrl"}
    assert sum(not one.recipe["damages"] for one in found) >= 3
    assert all(one.title_kk and one.title_ru and one.title_en for one in found)
    seeds = [one.recipe["seed"] for one in found]
    assert len(set(seeds)) == len(seeds)
    drawn_codes = {code for one in found for code, _severity in one.recipe["damages"]}
    assert {"M1", "M2", "C1", "W2", "B1", "B2", "B3", "R1", "S1", "M3", "C6", "C4", "C2"} <= drawn_codes


def test_preparing_again_after_a_killed_worker_changes_nothing(drawn: Drawn) -> None:
    specimen = drawn()
    before = Reference.objects.get(specimen=specimen).pk
    Specimen.objects.filter(pk=specimen.pk)
    again = specimens.prepare(Specimen.objects.get(pk=specimen.pk))
    assert again.lights.count() == 4 and Reference.objects.get(specimen=specimen).pk == before


def test_the_clock_takes_up_what_waits_and_one_job_follows_another(country: Callable[[str], Unit]) -> None:
    from orken.conservation import drawing_jobs
    from orken.kit.jobs import running
    from orken.kit.jobs.models import Work

    assert not Work.objects.filter(kind="conservation.prepare_specimens").exists()
    drawing_jobs.take_up()
    drawing_jobs.take_up()  # a second look at the clock starts no second job
    work = Work.objects.get(kind="conservation.prepare_specimens")
    first = drawing_jobs.waiting()
    assert first is not None
    Specimen.objects.filter(pk=first.pk).update(mm_per_px=0.5)  # coarse, to be quick
    running.run.func(str(work.pk))
    work.refresh_from_db()
    assert work.state == Work.State.DONE and work.result == {"specimen": first.number, "state": "published"}
    assert Work.objects.filter(kind=work.kind, state=Work.State.WAITING).count() == 1


def test_marks_of_more_than_a_form_may_hold_come_as_a_file(
    drawn: Callable[..., Specimen], browse: Callable[[str], Client]
) -> None:
    """Sixty marks traced point by point are more than two and a half megabytes; nothing of them is lost."""
    specimen = drawn("W2:3")
    reference = selectors.reference(specimen)
    assert reference is not None
    exact = to_document(reference[1], specimen.source)["annotations"]
    circle = [(60 + 40 * cos(n / 320), 60 + 40 * sin(n / 320)) for n in range(2000)]
    ring = "M" + "L".join(f"{x:.10f} {y:.10f}" for x, y in circle) + "Z"
    noise = {**exact[0], "target": {"selector": {"type": "SvgSelector", "value": f"<svg><path d='{ring}'/></svg>"}}}
    text = json.dumps({**to_document(reference[1], specimen.source), "annotations": [*exact, *([noise] * 55)]})
    assert len(text) > 2.6 * 1024 * 1024
    answer = browse("village").post(
        reverse("conservation:specimen", args=[specimen.pk]),
        {"document": "", "document_file": SimpleUploadedFile("marks.json", text.encode(), "application/json")},
    )
    assert answer.status_code == 200, answer.context["refused"]
    found = [line for line in answer.context["feedback"]["lines"] if line["state"] == "found"]
    assert [line["code"] for line in found] == ["W2"]


def test_a_file_of_marks_that_is_none_is_refused_with_words(
    drawn: Callable[..., Specimen], browse: Callable[[str], Client]
) -> None:
    specimen = drawn("W2:3")
    for content in (b"\xff\xfe\x00", b"[" * 5000, b'{"annotations": 7}'):
        answer = browse("village").post(
            reverse("conservation:specimen", args=[specimen.pk]),
            {"document_file": SimpleUploadedFile("marks.json", content, "application/json")},
        )
        assert answer.status_code == 422 and answer.context["refused"]
