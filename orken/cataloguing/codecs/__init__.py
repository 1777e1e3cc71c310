"""Reading and writing records: ISO 2709, MARCXML, MARC-in-JSON and the line notation .mrk.

    for item in codecs.read(path.open("rb")):
        item.record, item.problems

One item per record of the file, in order, in constant memory. A record that is broken gives an item
with problems (and, when anything could be kept, the record as it stands); the reader goes on to the
next one. Nothing is repaired: a problem names what is wrong and how it was read.
"""

from __future__ import annotations

from orken.cataloguing.codecs.encodings import ENCODINGS, Guess, canonical, guess
from orken.cataloguing.codecs.items import FileRefused, Item, NotWritable, Problem
from orken.cataloguing.codecs.reading import FORMATS, Opened, open_file, read, read_text
from orken.cataloguing.codecs.writing import Written, dumps, write

__all__ = [
    "ENCODINGS",
    "FORMATS",
    "FileRefused",
    "Guess",
    "Item",
    "NotWritable",
    "Opened",
    "Problem",
    "Written",
    "canonical",
    "dumps",
    "guess",
    "open_file",
    "read",
    "read_text",
    "write",
]
