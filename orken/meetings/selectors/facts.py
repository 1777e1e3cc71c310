"""The facts of a meeting for those who tell of it: the event file of `orken news compose` (shared contract)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from orken.kit.i18n.content import LANGUAGES
from orken.meetings.models import Meeting, Release, Slot, Speaker
from orken.meetings.selectors.institutions import Attending, Figures, figures
from orken.meetings.selectors.programme import texts
from orken.meetings.selectors.talks import city_as_of, institution_as_of
from orken.network.models import Unit
from orken.training.models import Run

NAMED_FIRST = 6  # institutions that a news names; the others are «specialists of other libraries»
OTHERS = {
    "kk": "басқа кітапханалардың мамандары", "ru": "специалисты других библиотек", "en": "specialists of other libraries",
}  # fmt: skip


def event_facts(
    meeting: Meeting, release: Release | None = None, *, seen: Figures | None = None, not_held: Collection[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """What the released programme, the institutions and the attendance say, and nothing else.

    Institutions of the speakers and of the organiser come first, then those that sent most people. `seen`: who took
    part, when an app above knows better. Places in `not_held` (by their uid) stand under «planned», for nobody to tell as held.
    """
    run = meeting.run
    release = release or Release.objects.filter(meeting=run.pk).order_by("-number").first()
    seen = seen or figures(meeting)
    every = release.slots if release is not None else []
    slots = [row for row in every if row["uid"] not in not_held]
    speakers = Speaker.objects.filter(meeting=run.pk).in_bulk()
    first = [
        run.host_id,
        *(who.unit_id for row in slots for one in row["speakers"] if (who := speakers.get(one["id"]))),
    ]
    ordered = sorted(seen.rows, key=lambda row: (_place(row, first), -row.named - row.counted, row.name.get("kk", "")))
    found: dict[str, Any] = {
        "organiser": {"name": _of_unit(run.host, run), "city": _strip(city_as_of(run.host, run.starts_on), "city")},
        "title": texts(run, "title"), "date": run.starts_on.isoformat(),
        "end_date": run.ends_on.isoformat() if run.ends_on != run.starts_on else None,
        "form": {Run.Form.ONSITE: "onsite", Run.Form.BLENDED: "mixed"}.get(Run.Form(run.form), "online"),
        "participants": [{"unit": row.name, "city": row.city, **({"people": row.named + row.counted} if row.named + row.counted else {})} for row in ordered[:NAMED_FIRST]],
        "talks": _talks(slots, speakers),
        "figures": {"participants": seen.people, "units": seen.institutions, "regions": len(seen.regions)},
    }  # fmt: skip
    if planned := [row for row in every if row["uid"] in not_held]:
        found["planned"] = _talks(planned, speakers) + [
            {"title": row["title"]} for row in planned if row["kind"] == Slot.Kind.DISCUSSION
        ]
    if seen.counted:  # two countings are never added up unseen
        found["figures"] |= {"named": seen.people_named, "counted": seen.counted}
    if (
        seen.guests_there
    ):  # they came from no institution that is counted: «four people of two libraries» would be untrue
        found["figures"]["guests"] = seen.guests_there
    if len(ordered) > NAMED_FIRST:
        found["others"] = OTHERS
    if occasion := texts(meeting, "occasion"):
        found["occasion"] = occasion
    if discussion := next((row["title"] for row in slots if row["kind"] == Slot.Kind.DISCUSSION), None):
        found["discussion"] = discussion
    return found


def _talks(slots: list[dict[str, Any]], speakers: dict[int, Speaker]) -> list[dict[str, Any]]:
    return [
        _talk(row, one, speakers.get(one["id"]))
        for row in slots
        if row["kind"] == Slot.Kind.TALK
        for one in row["speakers"]
    ]


def _place(row: Attending, first: list[int | None]) -> int:
    return first.index(row.unit) if row.unit in first else len(first)


def _of_unit(unit: Unit, run: Run) -> dict[str, str]:
    return _strip(institution_as_of(unit, run.starts_on), "institution")


def _strip(values: dict[str, str], name: str) -> dict[str, str]:
    return {code: values[f"{name}_{code}"] for code in LANGUAGES if values[f"{name}_{code}"]}


def _talk(row: dict[str, Any], one: dict[str, Any], speaker: Speaker | None) -> dict[str, Any]:
    parts = ("surname", "given", "patronymic")
    name = {
        code: {part: text for part in parts if (text := getattr(speaker, f"{part}_{code}", ""))}
        for code in LANGUAGES
        if getattr(speaker, f"surname_{code}", "")
    }
    sex = speaker.sex if speaker is not None and speaker.sex else None
    return {"speaker": name, "sex": sex, "position": one["position"], "unit": one["institution"], "title": row["title"]}
