"""The words of papers in Kazakh and Russian, side by side: a paper has both, whoever reads the page."""

from __future__ import annotations

from datetime import date

from orken.credentials.models.rules import Kind

LEADS: dict[str, dict[str, str]] = {
    Kind.NOTE: {
        "kk": "Осымен мына маманның қатысқаны расталады:",
        "ru": "Настоящим подтверждается участие специалиста:",
    },
    Kind.PARTICIPANT: {
        "kk": "Осымен мына маманның оқуға қатысқаны расталады:",
        "ru": "Настоящим подтверждается участие в обучении специалиста:",
    },
    Kind.DEVELOPMENT: {
        "kk": "Осымен мына маманның біліктілігін арттырғаны расталады:",
        "ru": "Настоящим подтверждается повышение квалификации специалиста:",
    },
    Kind.INTERNSHIP: {
        "kk": "Осымен мына маманның тағылымдамадан өткені расталады:",
        "ru": "Настоящим подтверждается прохождение стажировки специалистом:",
    },
    Kind.SPEAKING: {
        "kk": "Осымен мына маманның баяндама жасағаны расталады:",
        "ru": "Настоящим подтверждается выступление с докладом специалиста:",
    },
}
LABELS: dict[str, dict[str, str]] = {
    "volume": {"kk": "Көлемі", "ru": "Объём"},
    "days": {"kk": "Мерзімі", "ru": "Сроки"},
    "form": {"kk": "Оқу нысаны", "ru": "Форма"},
    "meeting": {"kk": "Іс-шара", "ru": "Мероприятие"},
    "organiser": {"kk": "Ұйымдастырушы", "ru": "Организатор"},
    "day": {"kk": "Күні", "ru": "Дата"},
    "order": {"kk": "Негізі", "ru": "Основание"},
    "latin": {"kk": "Латын әрпімен", "ru": "Латиницей"},
    "stamp": {"kk": "М.О.", "ru": "М.П."},
    "check": {"kk": "Түпнұсқалығын тексеру", "ru": "Проверить подлинность"},
    "copy": {"kk": "ТЕЛНҰСҚА", "ru": "ДУБЛИКАТ"},
}


def hours(text: str) -> dict[str, str]:
    """«72 академиялық сағат», «72 академических часа»: the Russian word follows the number; nothing where there are no hours."""
    if not text:
        return {"kk": "", "ru": ""}
    if "," in text:
        russian = "академического часа"
    else:
        number = int(text)
        if number % 10 == 1 and number % 100 != 11:
            russian = "академический час"
        elif number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
            russian = "академических часа"
        else:
            russian = "академических часов"
    return {"kk": f"{text} академиялық сағат", "ru": f"{text} {russian}"}


def order(number: str, on: str) -> dict[str, str]:
    """The order that it rests on, in both languages; empty when there is none."""
    from orken.kit.i18n.dates import long_date

    if not number:
        return {"kk": "", "ru": ""}
    day = date.fromisoformat(on) if on else None
    return {
        "kk": f"{long_date(day, 'kk') + ' ' if day else ''}№ {number} бұйрық",
        "ru": f"приказ № {number}{' от ' + long_date(day, 'ru') if day else ''}",
    }


def replacing(number: str) -> dict[str, str]:
    return {"kk": f"№ {number} орнына берілді", "ru": f"Выдан взамен № {number}"}
