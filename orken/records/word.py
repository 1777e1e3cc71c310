"""A paper as DOCX, from the same frozen data as its PDF: for offices that file or send an editable copy.

The PDF is the paper; what is changed in this file changes nothing of it, and its foot says of which paper it is a copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"  # what every office has, with all Kazakh letters
CENTER = WD_ALIGN_PARAGRAPH.CENTER
SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "center": CENTER}
Words = Mapping[str, str]


def document(data: Mapping[str, Any], made_at: datetime) -> bytes:
    """The paper that `data` says, as the bytes of a DOCX file."""
    made = Document()
    _page(made, bool(data["wide"]))
    made.core_properties.title = f"{data['title']['kk']} № {data['number']}"
    made.core_properties.author = data["issuer"]["kk"]
    made.core_properties.created = made.core_properties.modified = made_at.replace(tzinfo=None)
    _pair(made, data["issuer"], bold=True, align=CENTER)
    if data["details"]["kk"]:
        _pair(made, data["details"], size=8, align=CENTER)
    _pair(made, {code: text.upper() for code, text in data["title"].items()}, bold=True, size=14, align=CENTER)
    line = made.add_table(1, 3).rows[0].cells
    _write(line[0], f"{data['date']['kk']}\n{data['date']['ru']}")
    _write(line[1], f"№ {data['number']}" if data["number"] else "№ ______", bold=True, align=CENTER)
    _write(line[2], _lines(data["place"]), align=SIDES["right"])
    _pair(made, data["subject"], bold=True)
    if data["preamble"]["kk"] or data["command"]["kk"]:
        _pair(made, {code: " ".join(filter(None, (data["preamble"][code], data["command"][code] and f"{data['command'][code]}:"))) for code in ("kk", "ru")})  # fmt: skip
    for block in data["blocks"]:
        _block(made, block)
    if data["basis"]["kk"]:
        _pair(made, {"kk": f"Негіз: {data['basis']['kk']}", "ru": f"Основание: {data['basis']['ru']}"})
    made.add_paragraph()
    signs = made.add_table(0, 3)
    for one in data["signatories"]:
        cells = signs.add_row().cells
        _write(cells[0], _lines(one["post"]))
        _write(cells[1], "________________", align=CENTER)
        _write(cells[2], _lines(one["name"]))
    _footer(made, data)
    for place, block in enumerate(data["annexes"], start=1):
        made.add_page_break()  # type: ignore[no-untyped-call]  # the one untyped door of the package
        head = made.add_paragraph(f"{data['title']['kk']} № {data['number']}, {data['date']['kk']}: {place}-қосымша\nПриложение {place} к документу № {data['number']} от {data['date']['ru']}")  # fmt: skip
        head.alignment = SIDES["right"]
        _block(made, block)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _page(made: Paper, wide: bool) -> None:
    section = made.sections[0]
    short, long = Mm(210), Mm(297)
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin, section.bottom_margin = Mm(14), Mm(17)
    style = made.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.paragraph_format.space_after = Pt(4)


def _footer(made: Paper, data: Mapping[str, Any]) -> None:
    """On every page, that this is a copy, of which paper, and where the paper itself is seen."""
    foot = made.sections[0].footer.paragraphs[0]
    number, where = data["number"], data["check_at"]
    run = foot.add_run(f"№ {number} құжатының көшірмесі · Копия документа № {number} · {where}")
    run.font.size = Pt(8)


def _block(made: Paper, block: Mapping[str, Any]) -> None:
    if block["type"] == "points":
        for place, one in enumerate(block["items"], start=1):
            _pair(made, {code: f"{place}. {one[code]}" for code in ("kk", "ru")})
    elif block["type"] == "text":
        _pair(made, block)
    elif block["type"] == "facts":
        table = made.add_table(0, 2)
        for name, value in block["rows"]:
            cells = table.add_row().cells
            _write(cells[0], _lines(name))
            _write(cells[1], _lines(value))
    else:
        _table(made, block)


def _between_margins(made: Paper) -> float:
    """Millimetres of a line."""
    section = made.sections[0]
    sides = (section.page_width, section.left_margin, section.right_margin)
    width, left, right = (one.mm if one is not None else 0 for one in sides)
    return width - left - right


def _table(made: Paper, block: Mapping[str, Any]) -> None:
    if "title" in block:
        made.add_paragraph(_lines(block["title"]).replace("\n", " / ")).runs[0].bold = True
    table = made.add_table(1, len(block["head"]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, head in zip(table.rows[0].cells, block["head"], strict=True):
        _write(cell, _lines(head), bold=True, size=9)
    for row in block["rows"]:
        cells = table.add_row().cells
        for cell, value, side in zip(cells, row, block["align"], strict=True):
            _write(cell, _lines(value), size=9, align=SIDES[side])
    widths: Sequence[Mapping[str, float]] = block["widths"]
    free = sum(width["fr"] for width in widths if "fr" in width) or 1
    left = _between_margins(made) - sum(width.get("mm", 0) for width in widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width["mm"] if "mm" in width else max(left, 40) * width["fr"] / free)


def _pair(made: Paper, words: Words, *, bold: bool = False, size: int = 11, align: WD_ALIGN_PARAGRAPH | None = None) -> None:  # fmt: skip
    """Kazakh left, Russian right, letters of equal size."""
    cells = made.add_table(1, 2).rows[0].cells
    for cell, code in zip(cells, ("kk", "ru"), strict=True):
        _write(cell, words[code], bold=bold, size=size, align=align)


def _write(cell: _Cell, text: str, *, bold: bool = False, size: int = 11, align: WD_ALIGN_PARAGRAPH | None = None) -> None:  # fmt: skip
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size, paragraph.alignment = bold, Pt(size), align


def _lines(value: str | Words) -> str:
    """Kazakh above Russian; the same in both is said once."""
    if isinstance(value, str):
        return value
    return "\n".join(dict.fromkeys(filter(None, (value["kk"], value["ru"]))))
