"""MARC 21 to the areas of a description."""

from __future__ import annotations

from orken.cataloguing.cards.areas import Areas, bare, by_code, joined, typed_mark
from orken.cataloguing.record import DataField, Record

_NOTES = (
    "500", "501", "502", "504", "505", "508", "510", "511", "515", "518", "520", "521", "525", "530", "533", "534",
    "538", "546", "550", "555", "580", "586", "588",
)  # fmt: skip


def areas(record: Record) -> Areas:
    title = record.first("245")
    return Areas(
        heading=_heading(record.first("100", "110", "111", "130")),
        title=_title(title) if title is not None else "",
        host=_host(record),
        edition=bare(by_code(record.first("250"), {"a": "", "b": " / "}), stop=True),
        specific=_specific(record),
        publication=_publication(record),
        physical=by_code(record.first("300"), {"a": "", "b": " : ", "c": " ; ", "e": " + "}, again={"a": ", "}),
        series=tuple(
            by_code(found, {"a": "", "v": " ; ", "x": ", ISSN "}, again={"a": " = "}) for found in record.data("490")
        ),
        notes=_notes(record),
        identifiers=_identifiers(record),
        content=_content(record),
        subjects=tuple(
            _subject(found) for found in record.data("600", "610", "611", "630", "648", "650", "651", "655")
        ),
        added=tuple(_heading(found) for found in record.data("700", "710", "711", "730", "740")),
        classes={
            "ӘОЖ/УДК": tuple(record.values("080", "a")),
            "КБЖ/ББК": tuple(found.text("a") for found in record.data("084") if found.get("2") == "rubbk"),
            "DDC": tuple(record.values("082", "a")),
        },
        shelf=tuple(" ".join(found.all("h", "i")) for found in record.data("852") if "h" in found),
    )


def _heading(found: DataField | None) -> str:
    if found is None:
        return ""
    if found.tag in ("130", "730", "740"):
        return bare(by_code(found, {"a": "", "n": ". ", "p": ". ", "l": ". "}), stop=True)
    if found.tag in ("110", "710", "111", "711"):
        return bare(by_code(found, {"a": "", "b": ". ", "e": ". ", "n": " (", "d": " ; ", "c": " ; "}), stop=True)
    text = joined(
        [("", bare(found.text("a"), stop=True)), (" ", bare(found.text("b"))), (", ", bare(found.text("c"), stop=True))]
    )
    dates = bare(found.text("d")).rstrip(".")
    return f"{text} ({dates})" if dates else text


def _title(found: DataField) -> str:
    parts: list[tuple[str, str]] = []
    before = ""
    previous = ""
    for code, value in found.subfields:
        text = bare(value, stop=True)
        if code == "a":
            parts.append(("", text))
        elif code == "h":
            parts.append((" ", f"[{text.strip('[] ')}]"))
        elif code == "b":
            mark = typed_mark(before) or ":"
            parts.append((f" {mark} ", text))
        elif code == "n":
            parts.append((". ", text))
        elif code == "p":
            parts.append((", " if previous == "n" else ". ", text))
        elif code == "c":
            parts.append((" / ", text))
        else:
            continue
        before, previous = value, code
    return joined(parts)


def _publication(record: Record) -> str:
    fields = [found for found in record.data("264") if found.ind2 in ("1", "0")] or record.data("260")
    found = fields[0] if fields else None
    text = bare(by_code(found, {"a": "", "b": " : ", "c": ", "}, again={"a": " ; ", "b": " : "}), stop=True)
    copyright_date = next((other.text("c") for other in record.data("264") if other.ind2 == "4"), "")
    if copyright_date and text:
        text += f", {bare(copyright_date, stop=True)}"
    return text


def _specific(record: Record) -> str:
    if "255" in record:
        return bare(by_code(record.first("255"), {"a": "", "b": " ; ", "c": " "}), stop=True)
    if record.level == "s":
        return bare(record.value("362", "a"), stop=True)
    return bare(record.value("256", "a"), stop=True)


def _notes(record: Record) -> tuple[str, ...]:
    found = [
        bare(one.joined if tag == "505" else one.text("a"), stop=True) for tag in _NOTES for one in record.data(tag)
    ]
    frequency = bare(record.value("310", "a"), stop=True)
    if frequency:
        found.insert(0, frequency)
    links = [link for one in record.data("856") for link in one.all("u")]
    return tuple(text for text in [*found, *(f"URL: {link}" for link in links)] if text)


def _identifiers(record: Record) -> tuple[str, ...]:
    found = []
    for one in record.data("020"):
        if "a" in one:
            qualifier = ", ".join(bare(value).strip("()") for value in one.all("q"))
            text = f"ISBN {bare(one.text('a'))}"
            text += f" ({qualifier})" if qualifier else ""
            text += f" : {bare(one.text('c'), stop=True)}" if "c" in one else ""
            found.append(text)
    found += [f"ISSN {bare(value)}" for value in record.values("022", "a")]
    found += [f"ISMN {bare(one.text('a'))}" for one in record.data("024") if one.ind1 == "2" and "a" in one]
    return tuple(found)


def _content(record: Record) -> str:
    content = ", ".join(dict.fromkeys(record.values("336", "a")))
    media = ", ".join(dict.fromkeys(record.values("337", "a")))
    text = " : ".join(part for part in (content, media) if part)
    return text[:1].upper() + text[1:]


def _subject(found: DataField) -> str:
    codes = {"a": "", "b": ". ", "c": ", ", "d": ", ", "t": ". ", "v": " — ", "x": " — ", "y": " — ", "z": " — "}
    return bare(by_code(found, codes), stop=True)


def _host(record: Record) -> tuple[str, ...]:
    """« // Journal. – 2019. – № 2. – С. 5–9»."""
    found = record.first("773")
    if found is None or record.level not in ("a", "b"):
        return ()
    title = joined([("", bare(found.text("a"), stop=True)), (". ", bare(found.text("t"), stop=True))])
    issued = bare(found.text("d"), stop=True)
    return tuple(part for part in (title, issued, *(bare(value, stop=True) for value in found.all("g"))) if part)
