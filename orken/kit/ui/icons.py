"""The icons, drawn with one line in a square of 24. They stand in the page itself: no request, no sprite,
the same in a fragment, an error page and an offline page (about 150 bytes each)."""

from __future__ import annotations

ICONS = {
    "yes": "m5 12.5 4.5 4.5L19 7.5",
    "no": "m6.5 6.5 11 11m0-11-11 11",
    "warn": "M12 4 2.8 20h18.4zM12 10v4.5m0 2.6v.1",
    "stop": "M3 12a9 9 0 0 1 18 0 9 9 0 0 1-18 0m9-4.5V13m0 3v.1",
    "info": "M3 12a9 9 0 0 1 18 0 9 9 0 0 1-18 0m9-1v5.5m0-8.9v.1",
    "clock": "M3 12a9 9 0 0 1 18 0 9 9 0 0 1-18 0m9-5v5.3l3.4 2",
    "find": "M4.5 10.5a6 6 0 0 1 12 0 6 6 0 0 1-12 0M15 15l5.5 5.5",
    "save": "M12 4v11m-4.5-4.5L12 15l4.5-4.5m-12 9h15",
    "send": "M12 20V9m-4.5 4.5L12 9l4.5 4.5m-12-9h15",
    "weak": "M4 10c4.8-4.2 11.2-4.2 16 0M7.5 14c2.8-2.3 6.2-2.3 9 0M12 18.4v.1M4 4l16 16",
    "who": "M8 8.2a4 4 0 0 1 8 0 4 4 0 0 1-8 0M4.5 20c1.2-4 4-6 7.5-6s6.3 2 7.5 6",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "next": "M5 12h14m-5-5 5 5-5 5",
    "back": "M19 12H5m5-5-5 5 5 5",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "undo": "M9 7 4.5 11.5 9 16m-4.5-4.5H15a4.5 4.5 0 0 1 0 9h-3",
}
