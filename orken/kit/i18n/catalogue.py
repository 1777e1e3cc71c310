"""Message catalogues without gettext's binaries: extract, check, compile, in Python only.

Every app keeps its own `locale/{kk,ru}/LC_MESSAGES/django.po`; English is the message id. Entries are
sorted and carry no line numbers and no dates, so that a merge touches only what really changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import polib
from babel.messages.extract import extract_python
from django.apps import apps
from django.utils.translation import template as django_template

LANGUAGES = ("kk", "ru")
PLURALS = {
    "kk": "nplurals=2; plural=(n != 1);",
    "ru": ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"),
}
PLURAL_FORMS = {"kk": 2, "ru": 3}
KEYWORDS = {
    name: spec
    for names, spec in (
        (("gettext", "gettext_lazy", "gettext_noop", "_", "ugettext"), None),
        (("ngettext", "ngettext_lazy", "_n"), (1, 2)),
        (("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
        (("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
    )
    for name in names
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class Message(NamedTuple):
    """What makes two messages one: context, singular, plural."""

    context: str
    singular: str
    plural: str


@dataclass
class Room:
    """An app with its catalogues."""

    name: str
    path: Path
    messages: dict[Message, set[str]] = field(default_factory=dict)

    def po_path(self, language: str) -> Path:
        return self.path / "locale" / language / "LC_MESSAGES" / "django.po"


def rooms() -> list[Room]:
    """Every app of ours, deepest paths first, so that a file belongs to the nearest app."""
    found = [Room(app.name, Path(app.path)) for app in apps.get_app_configs() if app.name.startswith("orken.")]
    return sorted(found, key=lambda room: (-len(room.path.parts), room.name))


def extract() -> list[Room]:
    """All messages of our code and templates, each in its app."""
    found = rooms()
    root = Path(__file__).resolve().parents[2]
    home = next(room for room in found if room.path == Path(__file__).parent)
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        if "/migrations/" in path.as_posix():
            continue
        # A package of the kit that is no app leaves its words with this one.
        room = next((room for room in found if path.is_relative_to(room.path)), home)
        for message in _messages(path):
            room.messages.setdefault(message, set()).add(
                path.relative_to(room.path if path.is_relative_to(room.path) else root).as_posix()
            )
    return found


def _messages(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        if "gettext" not in source:
            return
    elif "{%" in source and ("translate" in source or "trans " in source or "_(" in source):
        source = django_template.templatize(source, origin=str(path))
    else:
        return
    # Babel's stated types are narrower than what it yields: one text comes bare, several as a tuple.
    found: Iterator[tuple[int, Any, Any, Any]] = extract_python(
        io.BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"}
    )
    for _line, keyword, texts, _comments in found:
        parts = [texts] if isinstance(texts, str) else [text or "" for text in texts]
        if not parts or not parts[-1 if keyword.startswith("p") and "n" not in keyword[:2] else 0]:
            continue
        if keyword.startswith("npgettext"):
            yield Message(parts[0], parts[1], parts[2])
        elif keyword.startswith("pgettext"):
            yield Message(parts[0], parts[1], "")
        elif keyword.startswith(("ngettext", "_n")):
            yield Message("", parts[0], parts[1])
        else:
            yield Message("", parts[0], "")


def update() -> int:
    """Write every catalogue anew from the code, keeping the translations; returns what is untranslated."""
    missing = 0
    for room in extract():
        for language in LANGUAGES:
            path = room.po_path(language)
            kept = _entries(path)
            wanted = room.messages
            standing = _kept_by_hand(path)
            if not wanted and not standing:
                path.unlink(missing_ok=True)
                continue
            catalogue = polib.POFile(wrapwidth=110)
            catalogue.metadata = {
                "Language": language,
                "MIME-Version": "1.0",
                "Content-Type": "text/plain; charset=UTF-8",
                "Content-Transfer-Encoding": "8bit",
                "Plural-Forms": PLURALS[language],
            }
            entries = [_entry(message, files, kept.get(message), language) for message, files in wanted.items()]
            entries += [entry for message, entry in standing.items() if message not in wanted]
            for entry in sorted(entries, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
                catalogue.append(entry)
                missing += not entry.translated()
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))
    return missing


def _entry(message: Message, files: set[str], old: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.singular, msgctxt=message.context or None)
    entry.occurrences = [(name, "") for name in sorted(files)]
    if PLACEHOLDER.search(message.singular) and "%" in message.singular:
        entry.flags = ["python-format"]
    if message.plural:
        entry.msgid_plural = message.plural
        forms = dict(old.msgstr_plural) if old else {}
        entry.msgstr_plural = {form: forms.get(form, "") for form in range(PLURAL_FORMS[language])}
    elif old:
        entry.msgstr = old.msgstr
    return entry


def _entries(path: Path) -> dict[Message, polib.POEntry]:
    if not path.exists():
        return {}
    return {
        Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def _kept_by_hand(path: Path) -> dict[Message, polib.POEntry]:
    """Entries that no code of ours holds: what Django and allauth lack, marked with the comment «borrowed»."""
    return {message: entry for message, entry in _entries(path).items() if entry.tcomment.startswith("borrowed")}


def check() -> list[str]:
    """Every fault as a sentence: missing, empty, fuzzy, obsolete, placeholders that differ, two apps at odds."""
    found = extract()
    faults = list(_at_odds(found))
    for room in found:
        for language in LANGUAGES:
            path = room.po_path(language)
            entries = _entries(path)
            where = f"{room.name} [{language}]"
            faults += [
                f"{where}: not in the catalogue: {message.singular!r} (orken translations update)"
                for message in room.messages
                if message not in entries
            ]
            for message, entry in entries.items():
                if message not in room.messages and not entry.tcomment.startswith("borrowed"):
                    faults.append(f"{where}: no longer in the code: {message.singular!r} (orken translations update)")
                faults += [f"{where}: {fault}" for fault in _faults(entry)]
    return faults


def _at_odds(found: list[Room]) -> Iterator[str]:
    """One message, two translations: Django joins the catalogues, and one app would speak with the other's words."""
    for language in LANGUAGES:
        said: dict[tuple[str, str], dict[str, str]] = {}
        for room in found:
            for message, entry in _entries(room.po_path(language)).items():
                if not message.plural:
                    said.setdefault((message.context, message.singular), {}).setdefault(entry.msgstr, room.name)
        for (_context, singular), texts in said.items():
            if len(texts) > 1:
                told = "; ".join(f"{room} says {text!r}" for text, room in texts.items())
                yield f"[{language}] one message, several translations: {singular!r}: {told} (give one a context)"


def _faults(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield f"fuzzy: {entry.msgid!r}"
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(texts):
        yield f"not translated: {entry.msgid!r}"
        return
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    for text in texts:
        held = set(PLACEHOLDER.findall(text))
        # A singular form may leave the number out; nothing may be added.
        if held - wanted or (wanted - held and not entry.msgid_plural):
            yield f"placeholders differ: {entry.msgid!r} → {text!r}"
        if entry.msgid[:1] == "\n" != text[:1] == "\n":
            yield f"line ends differ: {entry.msgid!r}"
