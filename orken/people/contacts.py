"""Telephones and addresses as people write them."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def phone(text: str) -> str | None:
    """«8 (701) 123-45-67», «+7 701 1234567», «7011234567» → +77011234567; another country keeps its own; None when it is none.

    Ten digits are a number of Kazakhstan without its code; of several numbers the first counts.
    """
    first = re.split(r"[,;/]|\s{2,}", text.strip())[0]
    digits = re.sub(r"\D", "", first)
    if first.strip().startswith("+") and not digits.startswith("7"):
        return f"+{digits}" if 8 <= len(digits) <= 15 else None
    if len(digits) == 11 and digits[0] in "78":
        return f"+7{digits[1:]}"
    if len(digits) == 10:
        return f"+7{digits}"
    return None


def mail(text: str) -> str | None:
    """The address in lower case; None when it is none."""
    found = text.strip().strip("<>;,").removeprefix("mailto:").lower()
    try:
        validate_email(found)
    except ValidationError:
        return None
    return found if len(found) <= 254 else None


_NUMBERS = re.compile(r"(?:[\d+()\-\s,;./]|(?:ішкі|вн|доб|ext)\.?\s?(?=\d))*", re.IGNORECASE)


def are_numbers(text: str) -> bool:
    """Whether a text is telephone numbers of a house as people write them: an inner number with them, a short one of a village."""
    return _NUMBERS.fullmatch(text) is not None and sum(letter.isdigit() for letter in text) >= 5


def masked_phone(text: str) -> str:
    """+7•••••••67"""
    return f"{text[:2]}{'•' * max(0, len(text) - 4)}{text[-2:]}" if len(text) > 4 else "•" * len(text)


def masked_mail(text: str) -> str:
    """a•••@mail.kz"""
    name, at, host = text.partition("@")
    return f"{name[:1]}•••{at}{host}" if at else f"{text[:1]}•••"
