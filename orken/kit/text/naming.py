"""The name of one person in a text, found as whole words: «Асан Әли» stands in «Асан Әлиге», not in «Хасан Әлиева»."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

# The case endings of Kazakh (septik) in every shape that sound harmony gives them. Those that follow a possessive
# (-на, -нда, -н) belong to no name, and a bare «а» would make Асанов of Асанова.
CASES = "ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|ны|ні|ды|ді|ты|ті|да|де|та|те|дан|ден|тан|тен|нан|нен|мен|бен|пен"


def without_names(text: str, names: Sequence[str], instead: str) -> str:
    """`text` with every one of `names` (the longest first) replaced; a Kazakh case ending goes with the name.

    A name inside a longer word, or before another initial («Әли А.» in «Әли А.Б.»), is somebody else's.
    """
    return _pattern(tuple(names)).sub(lambda _found: instead, text) if text and names else text


def without_names_in(value: Any, names: Sequence[str], instead: str) -> Any:
    """The same in every text of a JSON value, keys too."""
    if isinstance(value, str):
        return without_names(value, names, instead)
    if isinstance(value, Mapping):
        return {without_names(key, names, instead): without_names_in(one, names, instead) for key, one in value.items()}
    return [without_names_in(one, names, instead) for one in value] if isinstance(value, list) else value


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<![\w-])(?:{either})(?:{CASES})?(?!-?\w)")
