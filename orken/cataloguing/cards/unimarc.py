"""UNIMARC and RUSMARC to the areas of a description."""

from __future__ import annotations

from orken.cataloguing.cards.areas import Areas, bare, by_code, joined
from orken.cataloguing.record import ControlField, DataField, Record

_TITLE = {"a": "", "b": " [", "c": ". ", "d": " = ", "e": " : ", "f": " / ", "g": " ; ", "h": ". ", "i": ". "}
_SERIES = {"a": "", "d": " = ", "e": " : ", "f": " / ", "h": ". ", "i": ", ", "v": " ; ", "x": ", ISSN "}
_NOTES = tuple(str(tag) for tag in range(300, 346) if tag not in (318, 325, 335, 338, 345))
# Area 0 in the language of the description (100 $a/22-24): Kazakh, English, else Russian.
_CONTENT = {
    "kaz": {
        "a": "Деректер", "b": "Кескін", "c": "Қозғалыс", "d": "Музыка", "e": "Зат", "f": "Бағдарлама",
        "g": "Дыбыстар", "h": "Ауызша сөз", "i": "Мәтін", "m": "Мазмұнның әр түрі", "z": "Мазмұнның өзге түрі",
    },
    "rus": {
        "a": "Набор данных", "b": "Изображение", "c": "Движение", "d": "Музыка", "e": "Предмет", "f": "Программа",
        "g": "Звуки", "h": "Устная речь", "i": "Текст", "m": "Разные виды содержания", "z": "Другой вид содержания",
    },
    "eng": {
        "a": "Dataset", "b": "Image", "c": "Movement", "d": "Music", "e": "Object", "f": "Program",
        "g": "Sounds", "h": "Spoken word", "i": "Text", "m": "Multiple content forms", "z": "Other content form",
    },
}  # fmt: skip
_MEDIA = {
    "kaz": {
        "a": "аудио", "b": "электрондық", "c": "микропішін", "d": "микроскоптық", "e": "проекциялық",
        "f": "стереографиялық", "g": "бейне", "m": "әртүрлі құралдар", "n": "тікелей", "z": "өзге",
    },
    "rus": {
        "a": "аудио", "b": "электронный", "c": "микроформа", "d": "микроскопический", "e": "проекционный",
        "f": "стереографический", "g": "видео", "m": "разные средства", "n": "непосредственный", "z": "другой",
    },
    "eng": {
        "a": "audio", "b": "electronic", "c": "microform", "d": "microscopic", "e": "projected",
        "f": "stereographic", "g": "video", "m": "multiple media", "n": "unmediated", "z": "other",
    },
}  # fmt: skip


def areas(record: Record) -> Areas:
    return Areas(
        heading=_heading(record.first("700", "710", "720", "740", "500")),
        title=_title(record.first("200")),
        host=_host(record),
        edition=by_code(record.first("205"), {"a": "", "b": ", ", "d": " = ", "f": " / ", "g": " ; "}),
        specific=_specific(record),
        publication=_publication(record.first("210", "214")),
        physical=by_code(record.first("215"), {"a": "", "c": " : ", "d": " ; ", "e": " + "}, again={"a": ", "}),
        series=tuple(by_code(found, _SERIES) for found in record.data("225")) or _set_title(record),
        notes=_notes(record),
        identifiers=_identifiers(record),
        content=_content(record),
        subjects=tuple(_subject(found) for found in record.data("600", "601", "602", "605", "606", "607", "608")),
        added=tuple(_heading(found) for found in record.data("701", "702", "711", "712", "721", "722")),
        classes={
            "ӘОЖ/УДК": tuple(record.values("675", "a")),
            "КБЖ/ББК": tuple(found.text("a") for found in record.data("686") if found.get("2") == "rubbk"),
            "DDC": tuple(record.values("676", "a")),
        },
        shelf=tuple(found.text("j") for found in record.data("899", "852") if "j" in found),
    )


def _title(found: DataField | None) -> str:
    if found is None:
        return ""
    parts: list[tuple[str, str]] = []
    previous = ""
    seen: set[str] = set()
    for code, value in found.subfields:
        if code not in _TITLE:
            continue
        mark, text = _TITLE[code], bare(value)
        if code == "b":
            text += "]"
        elif code == "i" and previous == "h":
            mark = ", "
        elif code == "a" and "a" in seen:
            mark = " ; "
        elif code == "f" and previous == "d":
            mark = " / "
        parts.append((mark, text))
        seen.add(code)
        previous = code
    return joined(parts)


def _heading(found: DataField | None) -> str:
    if found is None:
        return ""
    if found.tag in ("500", "740"):
        return bare(by_code(found, {"a": "", "h": ". ", "i": ". "}))
    if found.tag in ("710", "711", "712", "601"):
        return by_code(found, {"a": "", "b": ". ", "d": " (", "f": " ; ", "e": " ; "}) + (")" if "d" in found else "")
    given = (found.text("g") or found.text("b")).lstrip(" ,")
    comma = ", " if found.ind2 == "1" else " "
    text = joined(
        [("", bare(found.text("a"))), (comma, bare(given)), (" ", bare(found.text("d"))), (", ", bare(found.text("c")))]
    )
    dates = bare(found.text("f"))
    return f"{text} ({dates})" if dates else text


def _publication(found: DataField | None) -> str:
    if found is None:
        return ""
    text = by_code(found, {"a": "", "c": " : ", "d": ", "}, again={"a": " ; "})
    made = by_code(found, {"e": "", "g": " : ", "h": ", "})
    return f"{text} ({made})" if made else text


def _specific(record: Record) -> str:
    for tag in ("206", "207", "208", "229", "230"):
        found = record.first(tag)
        if found is not None and "a" in found:
            return by_code(found, {"a": "", "b": " ; ", "c": " ; ", "d": " "}, again={"a": " ; "})
    return ""


def _set_title(record: Record) -> tuple[str, ...]:
    """The set a volume belongs to, when it is told by a link only."""
    if record.level == "a":
        return ()
    sets = []
    for found in record.data("461"):
        title, volume = _embedded_title(found)
        if title:
            sets.append(joined([("", title), (" ; ", volume)]))
    return tuple(sets)


def _embedded_title(found: DataField) -> tuple[str, str]:
    for inner in found.embedded():
        if isinstance(inner, DataField) and inner.tag == "200":
            return by_code(inner, {code: mark for code, mark in _TITLE.items() if code in "aehi"}), inner.text("v")
    return "", ""


def _host(record: Record) -> tuple[str, ...]:
    """« // Journal. – 2019. – № 2. – С. 5–9» from the linking fields of a component part."""
    if record.level != "a":
        return ()
    parts: list[str] = []
    for found in record.data("461", "463"):
        title, volume = _embedded_title(found)
        date = pages = ""
        for inner in found.embedded():
            if isinstance(inner, ControlField):
                continue
            if inner.tag == "210":
                date = by_code(inner, {"a": "", "c": " : ", "d": ", "}, again={"a": " ; "})
            elif inner.tag == "215":
                pages = bare(inner.text("a"))
        parts += [part for part in (title, date, bare(volume), pages) if part and part not in parts]
    own = bare(record.value("215", "a"))
    if own and own not in parts:
        parts.append(own)
    return tuple(parts)


def _notes(record: Record) -> tuple[str, ...]:
    found = [bare(one.text("a"), stop=True) for tag in _NOTES for one in record.data(tag)]
    links = [link for one in record.data("856") for link in one.all("u")]
    return tuple(text for text in [*found, *(f"URL: {link}" for link in links)] if text)


def _identifiers(record: Record) -> tuple[str, ...]:
    found = []
    for tag, name in (("010", "ISBN"), ("011", "ISSN"), ("013", "ISMN")):
        for one in record.data(tag):
            if "a" in one:
                text = f"{name} {bare(one.text('a'))}"
                text += f" ({bare(one.text('b')).strip('()')})" if "b" in one else ""
                text += f" : {bare(one.text('d'))}" if "d" in one else ""
                found.append(text)
    return tuple(found)


def _content(record: Record) -> str:
    stated = record.first("203")
    if stated is not None:
        detail = bare(stated.text("b")).strip("()")
        kind = bare(stated.text("a")) + (f" ({detail})" if detail else "")
        return " : ".join(part for part in (kind, bare(stated.text("c"))) if part)
    language = record.value("100", "a")[22:25]
    language = language if language in _CONTENT else "rus"
    content = _CONTENT[language].get(record.value("181", "a")[:1], "")
    media = _MEDIA[language].get(record.value("182", "a")[:1], "")
    return " : ".join(part for part in (content, media) if part)


def _subject(found: DataField) -> str:
    if found.tag in ("600", "601"):
        parts = (bare(value) for code, value in found.subfields if code in "jxyz")
        return " — ".join([_heading(found), *parts])
    codes = {"a": "", "b": ", ", "f": ", ", "t": ". ", "j": " — ", "x": " — ", "y": " — ", "z": " — "}
    return bare(by_code(found, codes))
