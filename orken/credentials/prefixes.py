"""The prefixes that an installation for Kazakhstan begins with: the Library, its schools, the regions."""

from __future__ import annotations

from orken.credentials.models import Prefix
from orken.network.models import Unit

LIBRARY = "NL"
# Unit of the register: Kazakh letters, Latin letters.
SCHOOLS = {
    "NL": ("ҰК", "NL"),
    "NL-CATALOGUER": ("ҰК-КШ", "NL-CAT"),
    "NL-CONSERVATION": ("ҰК-КС", "NL-CON"),
    "NL-VIRTUAL": ("ҰК-ВМ", "NL-VIR"),
}
REGIONS = {
    "KZ-10": ("АБА", "ABA"), "KZ-11": ("АҚМ", "AKM"), "KZ-15": ("АҚТ", "AKT"), "KZ-19": ("АЛО", "ALO"), "KZ-23": ("АТЫ", "ATY"),
    "KZ-27": ("БҚО", "BKO"), "KZ-31": ("ЖАМ", "ZHM"), "KZ-33": ("ЖЕТ", "ZHT"), "KZ-35": ("ҚРҒ", "KRG"), "KZ-39": ("ҚСТ", "KST"),
    "KZ-43": ("ҚЫЗ", "KZL"), "KZ-47": ("МАҢ", "MNG"), "KZ-55": ("ПВЛ", "PVL"), "KZ-59": ("СҚО", "SKO"), "KZ-61": ("ТҮР", "TUR"),
    "KZ-62": ("ҰЛТ", "ULT"), "KZ-63": ("ШҚО", "VKO"), "KZ-71": ("АСТ", "AST"), "KZ-75": ("АЛМ", "ALM"), "KZ-79": ("ШЫМ", "SHM"),
}  # fmt: skip


def load() -> int:
    """A prefix for each of these units that stands in the tree and has none; answers how many were added."""
    units = {
        unit.code: unit
        for unit in Unit.objects.filter(code__in=[*SCHOOLS, *REGIONS, *(f"{one}-LIB" for one in REGIONS)])
    }
    have = set(Prefix.objects.values_list("unit__code", flat=True))
    rows = [
        Prefix(unit=units[code], issuer=units[LIBRARY], kk=kk, ascii=latin)
        for code, (kk, latin) in SCHOOLS.items()
        if code in units and LIBRARY in units and code not in have
    ]
    rows += [
        Prefix(unit=units[code], issuer=units[f"{code}-LIB"], kk=kk, ascii=latin)
        for code, (kk, latin) in REGIONS.items()
        if code in units and f"{code}-LIB" in units and code not in have
    ]
    return len(Prefix.objects.bulk_create(rows))
