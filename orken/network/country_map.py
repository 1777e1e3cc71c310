"""Where the 20 regions stand on the tile map: seven squares wide, in geographical order, read row by row."""

from __future__ import annotations

# Code: (row, column).
PLACES = {
    "KZ-39": (0, 2), "KZ-59": (0, 3), "KZ-11": (0, 4), "KZ-55": (0, 5),
    "KZ-27": (1, 0), "KZ-15": (1, 1), "KZ-62": (1, 2), "KZ-71": (1, 3), "KZ-35": (1, 4), "KZ-10": (1, 5), "KZ-63": (1, 6),
    "KZ-23": (2, 0), "KZ-43": (2, 2), "KZ-61": (2, 3), "KZ-31": (2, 4), "KZ-33": (2, 5),
    "KZ-47": (3, 0), "KZ-79": (3, 3), "KZ-75": (3, 4), "KZ-19": (3, 5),
}  # fmt: skip


def letters(name: str) -> str:
    """Three letters for a narrow screen; two words give letters of both: АЛМ and АЛО are two regions."""
    first, _space, second = name.partition(" ")
    if second:
        return f"{first[:2]}{second[:1]}".upper()
    return name[:3].upper() if len(name) > 4 else name
