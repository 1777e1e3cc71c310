"""What is missing: mandatory fields, conditional obligations, and what a reader needs to find the book."""

from __future__ import annotations

from orken.cataloguing.checker.look import Look

_SUBJECTS = {
    "marc21": ("080", "082", "084", "050", "600", "610", "611", "630", "647", "648", "650", "651", "653", "655"),
    "unimarc": ("600", "601", "602", "604", "605", "606", "607", "608", "610", "615", "675", "676", "680", "686"),
}
_NAMES = {
    "marc21": ("100", "110", "111", "130", "700", "710", "711", "720", "730"),
    "unimarc": ("700", "701", "702", "710", "711", "712", "720", "721", "722", "730"),
}


def check(look: Look) -> None:
    record, profile = look.record, look.profile
    title = "245" if look.marc21 else "200"
    has_title = any(
        value.strip() for found in record.data(title) for value in found.all("a", "k", "p" if look.marc21 else "i")
    )
    if not has_title:
        look.say("complete.title", title, 1 if title in record else 0, "a", tag=title)
    for tag in profile.mandatory:
        if tag not in record and tag != title:
            look.say("complete.field", tag, tag=tag, name=profile.fields[tag].name)
    for condition in profile.conditions:
        missing = condition.broken(record)
        if missing:
            look.say(
                "complete.condition",
                condition.field,
                severity=condition.severity,
                missing=missing,
                condition=condition.texts,
            )
    family = profile.family
    if not any(tag in record for tag in _SUBJECTS[family]):
        look.say("complete.subjects")
    _responsibility(look, title)
    if look.marc21:
        _identifier(look, "020", record.control("008")[7:11])
    else:
        _identifier(look, "010", record.value("100", "a")[9:13])


def _responsibility(look: Look, title: str) -> None:
    record = look.record
    code = "c" if look.marc21 else "f"
    stated = any(code in found or (not look.marc21 and "g" in found) for found in record.data(title))
    named = [tag for tag in _NAMES[look.profile.family] if tag in record]
    if record.level not in "ms":
        return
    main = next((tag for tag in ("100", "110", "111", "700", "710") if tag in named), "")
    if not stated and main and (look.marc21 is (main in ("100", "110", "111"))) and title in record:
        look.say("complete.responsibility", title, 1, code, heading=main, tag=title, code=code)
    elif stated and not named:
        look.say("complete.access", title, 1, code)


def _identifier(look: Look, tag: str, year: str) -> None:
    record = look.record
    if tag in record or record.type != "a" or record.level != "m" or not year.isdigit():
        return
    if int(year) >= 1990:
        look.say("complete.identifier", tag, year=year)
