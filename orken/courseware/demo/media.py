"""What the lessons of the demo play and hand out, made when the demo is made: a film, a sound, slides, a page of a diary."""

from __future__ import annotations

import io
import math
import random
import wave
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from orken.courseware.demo.film import day_at_the_door
from orken.kit.pdf import rendering as pdf

PAPERS = Path(__file__).parent / "papers"
RATE, CALM, SECONDS = 8000, 5, 11  # samples of a second; the disk is well for so long; the whole sound
TITLE = "Есепті жіберер алдында"
SLIDES: dict[str, Any] = {
    "title": TITLE,
    "pages": [
        {"kk": "Он екі ай – бір жыл", "ru": "Двенадцать месяцев – один год", "lines": ["I + II + III + … + XII = жыл / год"]},
        {"kk": "Қордың теңдігі", "ru": "Равенство фонда", "lines": ["жыл басы + түсті − шықты = жыл соңы", "8 420 + 310 − 95 = 8 635"]},
        {"kk": "Жылдан жылға", "ru": "Из года в год", "lines": ["2025 жылдың соңы = 2026 жылдың басы", "8 635 = 8 635"]},
    ],
}  # fmt: skip
DIARY: dict[str, Any] = {
    "title": {"kk": "Кітапхана жұмысының күнделігі: бір айдың беті", "ru": "Дневник работы библиотеки: страница месяца"},
    "lines": ["Кітапхана / Библиотека:", "Ай, жыл / Месяц, год:"],
    "columns": [
        {"kk": "Күні", "ru": "Число"}, {"kk": "Келу", "ru": "Посещения"}, {"kk": "оның ішінде іс-шарада", "ru": "в т. ч. мероприятия"},
        {"kk": "Жаңа пайдаланушы", "ru": "Новые пользователи"}, {"kk": "Беру: барлығы", "ru": "Выдача: всего"}, {"kk": "қазақ тілінде", "ru": "на казахском"},
        {"kk": "орыс тілінде", "ru": "на русском"}, {"kk": "басқа тілде", "ru": "на других"}, {"kk": "Ескертпе", "ru": "Примечание"},
    ],
    "sum": "Барлығы",
    "note": {
        "kk": "Бос күнді ойдан толтырмаңыз: ескертпеге себебін жазыңыз. Қосынды келесі айдың 3-ші күніне дейін шығарылады.",
        "ru": "Пустой день не заполняют по памяти: запишите причину в примечании. Сумму подводят до 3-го числа следующего месяца.",
    },
}  # fmt: skip


def disk() -> bytes:
    """Five seconds of a disk that is well, then one whose heads knock: a WAV file that any browser plays."""
    dice, samples = random.Random(7), bytearray()
    for n in range(RATE * SECONDS):
        at = n / RATE
        hum = 9 * math.sin(math.tau * 120 * at) + 3 * math.sin(math.tau * 360 * at) + dice.uniform(-2, 2)
        since = (at - CALM) % 0.75 if at > CALM else 9.0
        knock = 95 * math.exp(-since * 70) * math.sin(math.tau * 900 * since) if since < 0.2 else 0.0
        second = since - 0.12
        knock += 60 * math.exp(-second * 80) * math.sin(math.tau * 1400 * second) if 0 < second < 0.2 else 0.0
        samples.append(max(0, min(255, 128 + round(hum * min(1.0, at * 2) + knock))))
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(bytes(samples))
    return made.getvalue()


def slides(at: datetime) -> bytes:
    return pdf.render(PAPERS / "slides.typ", SLIDES, made_at=at)


def diary(at: datetime) -> bytes:
    return pdf.render(PAPERS / "diary.typ", DIARY, made_at=at)


# What a block names: the kind of file, how it is called, its content.
FILES: dict[str, tuple[str, str, str, Callable[[datetime], bytes]]] = {
    "door-film": ("film", "bir-kun-esik-aldynda.webm", "video/webm", lambda at: day_at_the_door()),
    "disk-sound": ("sound", "disk.wav", "audio/x-wav", lambda at: disk()),
    "diary-page": ("paper", "kundelik-beti.pdf", "application/pdf", diary),
}
