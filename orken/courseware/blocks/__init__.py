"""The kinds of block, one module each. Another app adds its own the same way: `blocks.register(Kind(…))`."""

from importlib import import_module

from orken.courseware.blocks.base import (
    Kind,
    Lack,
    Material,
    Picture,
    Question,
    empty,
    get,
    in_language,
    print_of,
    register,
    registered,
    stale,
)

OWN = ("text", "picture", "gallery", "callout", "table", "term", "timeline", "exercise", "discussion", "audio", "video", "slides", "file")  # fmt: skip


def register_all() -> None:
    for name in OWN:
        import_module(f"{__name__}.{name}")


__all__ = [
    "Kind",
    "Lack",
    "Material",
    "Picture",
    "Question",
    "empty",
    "get",
    "in_language",
    "print_of",
    "register",
    "register_all",
    "registered",
    "stale",
]
