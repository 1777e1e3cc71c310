"""Coded values of two families of formats, led to one neutral code.

Sources: MARC 21, Leader/06, 008/06, 008/15-17, 008/18; UNIMARC and RUSMARC, leader 6, 100$a/8, 102$a, 110$a/1.
"""

from __future__ import annotations

TYPES_UNIMARC = {
    "a": "text", "b": "manuscript", "c": "score", "d": "manuscript score", "e": "map", "f": "manuscript map",
    "g": "projected", "i": "speech", "j": "music", "k": "picture", "l": "electronic", "m": "mixed", "r": "object",
}  # fmt: skip
TYPES_MARC21 = {
    "a": "text", "t": "manuscript", "c": "score", "d": "manuscript score", "e": "map", "f": "manuscript map",
    "g": "projected", "i": "speech", "j": "music", "k": "picture", "m": "electronic", "o": "mixed", "p": "mixed",
    "r": "object",
}  # fmt: skip
DATES_UNIMARC = {
    "a": "current", "b": "ceased", "c": "unknown status", "d": "single", "e": "reproduction", "f": "uncertain",
    "g": "several years", "h": "publication and copyright", "i": "production and release", "j": "exact day",
    "k": "publication and manufacture", "l": "collection", "u": "unknown",
}  # fmt: skip
DATES_MARC21 = {
    "c": "current", "d": "ceased", "u": "unknown status", "s": "single", "r": "reproduction", "q": "uncertain",
    "m": "several years", "t": "publication and copyright", "p": "production and release", "e": "exact day",
    "i": "collection", "k": "collection", "n": "unknown",
}  # fmt: skip
FREQUENCY_UNIMARC = {
    "a": "daily", "b": "twice a week", "c": "weekly", "d": "every two weeks", "e": "twice a month", "f": "monthly",
    "g": "every two months", "h": "quarterly", "i": "three times a year", "j": "twice a year", "k": "yearly",
    "l": "every two years", "m": "every three years", "n": "three times a week", "o": "three times a month",
    "p": "continuously",
}  # fmt: skip
FREQUENCY_MARC21 = {
    "d": "daily", "c": "twice a week", "w": "weekly", "e": "every two weeks", "s": "twice a month", "m": "monthly",
    "b": "every two months", "q": "quarterly", "t": "three times a year", "f": "twice a year", "a": "yearly",
    "g": "every two years", "h": "every three years", "i": "three times a week", "j": "three times a month",
    "k": "continuously",
}  # fmt: skip
# MARC country codes → ISO 3166. States and provinces of five countries have codes that end alike.
COUNTRIES = {
    "kz": "KZ", "ru": "RU", "kg": "KG", "uz": "UZ", "ta": "TJ", "tk": "TM", "az": "AZ", "ai": "AM", "gs": "GE",
    "bw": "BY", "un": "UA", "mv": "MD", "li": "LT", "lv": "LV", "er": "EE", "cc": "CN", "ch": "TW", "mp": "MN",
    "ja": "JP", "ko": "KR", "kn": "KP", "ii": "IN", "pk": "PK", "ir": "IR", "af": "AF", "tu": "TR", "is": "IL",
    "ts": "AE", "su": "SA", "ua": "EG", "gw": "DE", "au": "AT", "sz": "CH", "fr": "FR", "be": "BE", "ne": "NL",
    "lu": "LU", "it": "IT", "sp": "ES", "po": "PT", "gr": "GR", "pl": "PL", "xr": "CZ", "xo": "SK", "hu": "HU",
    "rm": "RO", "bu": "BG", "yu": "RS", "rb": "RS", "ci": "HR", "xv": "SI", "bn": "BA", "dk": "DK", "no": "NO",
    "sw": "SE", "fi": "FI", "ic": "IS", "ie": "IE", "xxk": "GB", "enk": "GB", "stk": "GB", "wlk": "GB", "nik": "GB",
    "xxu": "US", "xxc": "CA", "at": "AU", "nz": "NZ", "bl": "BR", "mx": "MX", "ag": "AR", "sa": "ZA", "vm": "VN",
    "th": "TH", "my": "MY", "si": "SG", "io": "ID", "xx": "XX", "vp": "ZZ",
}  # fmt: skip
_TERMINOLOGY = {
    "deu": "ger", "fra": "fre", "zho": "chi", "ces": "cze", "nld": "dut", "fas": "per", "kat": "geo", "hye": "arm",
    "ron": "rum", "slk": "slo", "sqi": "alb", "eus": "baq", "ell": "gre", "isl": "ice", "mkd": "mac", "msa": "may",
    "bod": "tib", "cym": "wel", "mya": "bur",
}  # fmt: skip
# Content and media: RDA codes of MARC 21 and ISBD codes of UNIMARC.
CONTENT_MARC21 = {
    "txt": "text", "txn": "text", "sti": "image", "tdi": "image", "cri": "image", "crm": "image", "ntm": "music",
    "prm": "music", "spw": "speech", "snd": "sounds", "cop": "program", "cod": "data", "crd": "data", "tdf": "object",
}  # fmt: skip
CONTENT_UNIMARC = {
    "i": "text", "b": "image", "d": "music", "h": "speech", "g": "sounds", "f": "program", "a": "data", "e": "object",
    "m": "several",
}  # fmt: skip
MEDIA_MARC21 = {"n": "unmediated", "c": "computer", "s": "audio", "v": "video", "h": "microform", "g": "projected"}
MEDIA_UNIMARC = {"n": "unmediated", "b": "computer", "a": "audio", "g": "video", "c": "microform", "e": "projected"}


def country_of_marc21(code: str) -> str:
    """ISO code of a MARC country code; empty when it is unknown."""
    code = code.strip(" #|").lower()
    if len(code) == 3 and code not in COUNTRIES:
        return {"u": "US", "c": "CA", "a": "AU", "k": "GB", "r": "RU"}.get(code[-1], "")
    return COUNTRIES.get(code, "")


def language(code: str) -> str:
    """The bibliographic form of an ISO 639-2 code; empty when it is no code."""
    code = code.strip(" #|").lower()
    return _TERMINOLOGY.get(code, code) if len(code) == 3 and code.isalpha() else ""
