"""Code lists: languages, countries, areas, articles from the installed package marc-lint; ISO 3166 from babel."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from marc_lint import code_data


@cache
def languages() -> frozenset[str]:
    """Codes of ISO 639-2 in the form that MARC 21 and UNIMARC share."""
    return frozenset(code_data.LANGUAGE_CODES) | {"cnr", "zgh"}


@cache
def obsolete_languages() -> frozenset[str]:
    return frozenset(code_data.OBSOLETE_LANGUAGE_CODES)


@cache
def marc_countries() -> frozenset[str]:
    return frozenset(code_data.COUNTRY_CODES)


@cache
def obsolete_countries() -> frozenset[str]:
    return frozenset(code_data.OBSOLETE_COUNTRY_CODES)


@cache
def iso_countries() -> frozenset[str]:
    """ISO 3166 codes of two letters, and the Soviet Union, which old books bear."""
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()) | {
        "SU",
        "XX",
    }


@cache
def areas() -> frozenset[str]:
    return frozenset(code_data.GEOG_AREA_CODES)


@cache
def obsolete_areas() -> frozenset[str]:
    return frozenset(code_data.OBSOLETE_GEOG_AREA_CODES)


@cache
def articles() -> dict[str, frozenset[str]]:
    """Initial article → the languages in which it is one."""
    return {article: frozenset(codes) for article, codes in code_data.ARTICLES.items()}


@cache
def article_exceptions() -> frozenset[str]:
    return frozenset(text.lower() for text in code_data.ARTICLE_EXCEPTIONS)


@cache
def ours() -> dict[str, Any]:
    """Our own lists: content, media and carrier terms, and which country a city is in."""
    with (Path(__file__).parent / "lists.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def rda_terms(kind: str) -> dict[str, frozenset[str]]:
    """Code → its terms in small letters: «txt» → text, текст, мәтін."""
    return {code: frozenset(term.strip().lower() for term in terms.split("|")) for code, terms in ours()[kind].items()}


@cache
def rda_codes(kind: str) -> dict[str, str]:
    """Term → code."""
    return {term: code for code, terms in rda_terms(kind).items() for term in terms}


@cache
def countries_of_cities() -> dict[str, frozenset[str]]:
    """City in small letters → the countries its books may bear, in MARC codes and in ISO codes."""
    found: dict[str, frozenset[str]] = {}
    for codes, cities in ours()["cities"].items():
        for city in cities:
            found[city.lower()] = frozenset(codes.split("_"))
    return found
