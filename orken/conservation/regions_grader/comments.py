"""What a learner reads beside each region: what was there, what she said, what tells them apart."""

from __future__ import annotations

from orken.conservation.annotations import Region
from orken.conservation.vocabulary import BY_CODE, LOOKALIKES, SEVERITIES, Words, is_critical, kin_share

IN_FREE_ZONE = Words(
    "Бұл жерде сарапшылардың пікірі бөлінген, сондықтан белгі есептелмейді.",
    "Здесь мнения экспертов разошлись, поэтому метка не считается.",
    "The experts disagree here, so the mark does not count.",
)
STACKED = Words(
    "Бір орынға екінші түр салынған. Бір орынға бір түрді таңдаңыз.",
    "На то же место поставлен ещё один вид. Выберите для места один вид.",
    "Another type was laid on the same place. Choose one type for a place.",
)
OVERSPLIT = Words(
    "Бұл — табылған зақымның бөлігі; бір белгі жеткілікті.",
    "Это часть уже найденного повреждения; хватило бы одной метки.",
    "This is a part of a damage already found; one mark would do.",
)


def _join(*parts: Words | None) -> Words:
    given = [part for part in parts if part is not None]
    return Words(*(" ".join(part.in_language(language) for part in given) for language in ("kk", "ru", "en")))


def _with_name(template: Words, code: str, other: str = "") -> Words:
    """The template with «{name}» and «{other}» in each language."""
    one, two = BY_CODE[code].name, BY_CODE[other].name if other else BY_CODE[code].name
    return Words(
        *(
            template.in_language(language).format(name=one.in_language(language), other=two.in_language(language))
            for language in ("kk", "ru", "en")
        )
    )


RIGHT = Words("Дұрыс: {name}.", "Верно: {name}.", "Right: {name}.")
KIN = Words(
    "Орны дұрыс, бірақ бұл — {name}, сіз «{other}» дедіңіз; олар туыс.",
    "Место верное, но это {name}, а вы отметили «{other}»; они родственны.",
    "The place is right, but this is {name}, you said «{other}»; they are kin.",
)
WRONG = Words(
    "Орны дұрыс, бірақ бұл — {name}, «{other}» емес.",
    "Место верное, но это {name}, а не «{other}».",
    "The place is right, but this is {name}, not «{other}».",
)
LOOKALIKE = Words(
    "Бұл — {name}. Ол «{other}» түріне ұқсайды, бірақ алғашқы көмегі басқа.",
    "Это {name}. Оно похоже на «{other}», но первая помощь другая.",
    "This is {name}. It looks like «{other}», but its first aid is another.",
)
LIVE = Words(
    "Тірі жәндік пен ескі тесіктің алғашқы көмегі бөлек.",
    "Для живых насекомых и старых отверстий первая помощь разная.",
    "Live insects and old holes need different first aid.",
)
ROUGH = Words(
    "Шекарасы шамамен алынған.",
    "Граница взята приблизительно.",
    "The outline is rough.",
)
MISSED = Words("Байқалмаған: {name}.", "Пропущено: {name}.", "Missed: {name}.")
FALSE = Words(
    "Мұнда сарапшылар «{name}» көрмеді.",
    "Здесь эксперты не увидели «{name}».",
    "The experts saw no «{name}» here.",
)
CRITICAL_MISSED = Words(
    "Қауіпті зақым байқалмаған: {name}. Ол табылмайынша баға 55-тен аспайды.",
    "Пропущено опасное повреждение: {name}. Пока оно не найдено, оценка не выше 55.",
    "A dangerous damage was missed: {name}. Until it is found the score stays at 55.",
)
CRITICAL_MISNAMED = Words(
    "Қауіпті зақым басқаша аталған: бұл — {name}, «{other}» емес. Баға 55-тен аспайды.",
    "Опасное повреждение названо иначе: это {name}, а не «{other}». Оценка не выше 55.",
    "A dangerous damage was called something else: this is {name}, not «{other}». The score stays at 55.",
)


def of_match(wanted: Region, said: Region, found: float) -> Words:
    """The verdict on a region that was found."""
    if wanted.code == said.code:
        first = _with_name(RIGHT, wanted.code)
        if wanted.active != said.active and wanted.code in ("B3", "B5"):
            first = _join(first, LIVE)
    elif frozenset({wanted.code, said.code}) in LOOKALIKES:
        first = _with_name(LOOKALIKE, wanted.code, said.code)
    else:
        kin = kin_share(wanted.code, said.code) >= 0.4
        first = _with_name(KIN if kin else WRONG, wanted.code, said.code)
    signs = None if wanted.code == said.code else _sentence(BY_CODE[wanted.code].signs)
    return _join(first, signs, _severity(wanted.severity, said.severity), ROUGH if found < 0.6 else None)


def _severity(wanted: int, said: int) -> Words | None:
    if not wanted or wanted == said:
        return None
    right = SEVERITIES[wanted]
    if not said:
        return Words(
            f"Ауырлығы: {right.name.kk}.", f"Тяжесть: {right.name.ru}.", f"Severity: {right.name.en}."
        )  # fmt: skip
    given = SEVERITIES[said]
    return Words(
        f"Ауырлығы — {right.name.kk} ({right.anchor.kk}), сіз «{given.name.kk}» дедіңіз.",
        f"Тяжесть: {right.name.ru} ({right.anchor.ru}), у вас «{given.name.ru}».",
        f"Severity is {right.name.en} ({right.anchor.en}), you said «{given.name.en}».",
    )


def of_miss(wanted: Region) -> Words:
    """What was overlooked, how it is recognised, and its first aid when it is dangerous."""
    damage = BY_CODE[wanted.code]
    critical = is_critical(wanted.code, wanted.severity, active=wanted.active)
    return _join(_with_name(MISSED, wanted.code), _sentence(damage.signs), damage.first_aid if critical else None)


def of_false(mark: Region) -> Words:
    return _with_name(FALSE, mark.code)


def critical_missed(wanted: Region) -> Words:
    return _with_name(CRITICAL_MISSED, wanted.code)


def critical_misnamed(wanted: Region, said: Region) -> Words:
    return _with_name(CRITICAL_MISNAMED, wanted.code, said.code)


def _sentence(words: Words) -> Words:
    """A phrase of the vocabulary as a sentence."""
    return Words(*(text[:1].upper() + text[1:] + "." for text in (words.kk, words.ru, words.en)))
