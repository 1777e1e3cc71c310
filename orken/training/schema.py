"""A run in the words of schema.org, for search engines and calendars of others; a block of data as decision 0043 has it."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString

from orken.curriculum import schema
from orken.curriculum.models import Form
from orken.kit.i18n.content import text_of
from orken.network.models import Unit
from orken.training.models import Run
from orken.training.selectors import RunView

WORDS = "https://schema.org/"
ATTENDANCE = {
    Form.ONSITE: "OfflineEventAttendanceMode",
    Form.CORRESPONDENCE: "OnlineEventAttendanceMode",
    Form.LIVE: "OnlineEventAttendanceMode",
    Form.OWN_PACE: "OnlineEventAttendanceMode",
    Form.BLENDED: "MixedEventAttendanceMode",
}


def instance(view: RunView, address: str) -> SafeString:
    """An EducationEvent; a run of a programme is a CourseInstance too and names its course."""
    run, version = view.run, view.run.version
    data: dict[str, Any] = {
        "@context": WORDS.rstrip("/"),
        "@type": ["EducationEvent", "CourseInstance"] if version else "EducationEvent",
        "@id": address,
        "url": address,
        "name": text_of(run, "title").value,
        "description": text_of(version, "summary").value if version else "",
        "startDate": run.starts_on.isoformat(),
        "endDate": run.ends_on.isoformat(),
        "eventStatus": f"{WORDS}Event{'Cancelled' if run.state == Run.State.CANCELLED else 'Scheduled'}",
        "eventAttendanceMode": WORDS + ATTENDANCE[Form(run.form)],
        "inLanguage": run.languages,
        "location": _where(view, address),
        "organizer": [_library(unit) for unit in (run.host, *run.together)],
        "performer": [{"@type": "Person", "name": person.short_name()} for person in view.trainers],
        "maximumAttendeeCapacity": run.capacity,
        "remainingAttendeeCapacity": view.free,
    }
    if version:
        data |= {
            "courseMode": schema.MODES[Form(run.form)],
            "courseWorkload": f"PT{version.total_minutes:.0f}M",
            "audience": {"@type": "EducationalAudience", "audienceType": text_of(version, "audience").value},
            "about": {
                "@type": "Course", "courseCode": version.programme.code, "name": text_of(version, "title").value,
            },
        }  # fmt: skip
    return schema.block(data)


def _library(unit: Unit) -> dict[str, Any]:
    return {"@type": "Library", "name": text_of(unit, "name").value}


def _where(view: RunView, address: str) -> list[dict[str, Any]]:
    """The hosts of the journey, else the place, else the page itself for what is held on line."""
    units = [stop.unit for stop in view.stops] or ([view.run.place] if view.run.place else [])
    places = [
        {"@type": "Place", "name": text_of(unit, "name").value, "address": unit.city or text_of(unit, "name").value}
        for unit in units
    ]
    online = ATTENDANCE[Form(view.run.form)] != ATTENDANCE[Form.ONSITE]
    return [*places, *([{"@type": "VirtualLocation", "url": address}] if online else [])]
