"""The regions of Kazakhstan with their splits and libraries. Facts: ISO 3166-2:KZ; the decrees of 19 June 2018
(Shymkent, Turkistan) and 8 June 2022 (Abai, Zhetysu, Ulytau); names of regional libraries from their own sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orken.kit.i18n.content import LANGUAGES

LONG_AGO = date(1997, 5, 3)  # the oblasts of today's outline
SPLIT_2018 = date(2018, 6, 19)
SPLIT_2022 = date(2022, 6, 8)

Names = tuple[str, str, str]


def texts(field: str, names: Names) -> dict[str, str]:
    """`("а", "б", "c")` as the fields `field_kk`, `field_ru`, `field_en`."""
    return {f"{field}_{language}": name for language, name in zip(LANGUAGES, names, strict=True)}


@dataclass(frozen=True)
class Region:
    """A region of the first level: its town, its library and, when young, the region it came from."""

    code: str
    name: Names
    short: Names
    centre: Names
    latitude: float
    longitude: float
    library: Names
    since: date = LONG_AGO
    parted_from: str = ""
    # Real lines are worst in the west and in the Almaty region (share of public libraries online, 2021).
    online: int = 55
    city: bool = False


def _universal(kk: str, ru: str, en: str) -> Names:
    return (
        f"{kk} атындағы облыстық әмбебап ғылыми кітапхана",
        f"Областная универсальная научная библиотека имени {ru}",
        f"{en} Regional Universal Research Library",
    )


def _cities(name: str, ru: str, en: str) -> Names:
    return (
        f"{name} қаласының орталықтандырылған кітапханалар жүйесі",
        f"Централизованная библиотечная система города {ru}",
        f"{en} City Library System",
    )


REGIONS = (
    Region("KZ-10", ("Абай облысы", "область Абай", "Abai Region"), ("Абай", "Абай", "Abai"),
           ("Семей", "Семей", "Semey"), 50.411, 80.227,
           ("Абай атындағы облыстық әмбебап кітапхана", "Областная универсальная библиотека имени Абая", "Abai Regional Universal Library"),
           SPLIT_2022, "KZ-63"),
    Region("KZ-11", ("Ақмола облысы", "Акмолинская область", "Akmola Region"), ("Ақмола", "Акмола", "Akmola"),
           ("Көкшетау", "Кокшетау", "Kokshetau"), 53.284, 69.377, _universal("М. Жұмабаев", "М. Жумабаева", "M. Zhumabayev")),
    Region("KZ-15", ("Ақтөбе облысы", "Актюбинская область", "Aktobe Region"), ("Ақтөбе", "Актобе", "Aktobe"),
           ("Ақтөбе", "Актобе", "Aktobe"), 50.283, 57.167, _universal("С. Бәйішев", "С. Баишева", "S. Baishev")),
    Region("KZ-19", ("Алматы облысы", "Алматинская область", "Almaty Region"), ("Алматы обл.", "Алматинская", "Almaty reg."),
           ("Қонаев", "Конаев", "Qonaev"), 43.867, 77.063,
           ("Алматы облыстық кітапханасы", "Алматинская областная библиотека", "Almaty Regional Library"), online=32),
    Region("KZ-23", ("Атырау облысы", "Атырауская область", "Atyrau Region"), ("Атырау", "Атырау", "Atyrau"),
           ("Атырау", "Атырау", "Atyrau"), 47.106, 51.914, _universal("Ғ. Сланов", "Г. Сланова", "G. Slanov"), online=31),
    Region("KZ-27", ("Батыс Қазақстан облысы", "Западно-Казахстанская область", "West Kazakhstan Region"), ("БҚО", "ЗКО", "West"),
           ("Орал", "Уральск", "Oral"), 51.228, 51.387, _universal("Ж. Молдағалиев", "Ж. Молдагалиева", "Zh. Moldagaliyev"), online=29),
    Region("KZ-31", ("Жамбыл облысы", "Жамбылская область", "Zhambyl Region"), ("Жамбыл", "Жамбыл", "Zhambyl"),
           ("Тараз", "Тараз", "Taraz"), 42.900, 71.378, _universal("Ш. Уәлиханов", "Ш. Уалиханова", "Sh. Ualikhanov")),
    Region("KZ-33", ("Жетісу облысы", "область Жетісу", "Zhetysu Region"), ("Жетісу", "Жетісу", "Zhetysu"),
           ("Талдықорған", "Талдыкорган", "Taldykorgan"), 45.018, 78.382, _universal("С. Сейфуллин", "С. Сейфуллина", "S. Seifullin"),
           SPLIT_2022, "KZ-19", online=40),
    Region("KZ-35", ("Қарағанды облысы", "Карагандинская область", "Karaganda Region"), ("Қарағанды", "Караганда", "Karaganda"),
           ("Қарағанды", "Караганда", "Karaganda"), 49.802, 73.088, _universal("Н. В. Гоголь", "Н. В. Гоголя", "N. V. Gogol")),
    Region("KZ-39", ("Қостанай облысы", "Костанайская область", "Kostanay Region"), ("Қостанай", "Костанай", "Kostanay"),
           ("Қостанай", "Костанай", "Kostanay"), 53.214, 63.632, _universal("Л. Н. Толстой", "Л. Н. Толстого", "L. N. Tolstoy")),
    Region("KZ-43", ("Қызылорда облысы", "Кызылординская область", "Kyzylorda Region"), ("Қызылорда", "Кызылорда", "Kyzylorda"),
           ("Қызылорда", "Кызылорда", "Kyzylorda"), 44.848, 65.500, _universal("Ә. Тәжібаев", "А. Тажибаева", "A. Tazhibayev")),
    Region("KZ-47", ("Маңғыстау облысы", "Мангистауская область", "Mangystau Region"), ("Маңғыстау", "Мангистау", "Mangystau"),
           ("Ақтау", "Актау", "Aktau"), 43.651, 51.160,
           ("Қ. Сыдиықов атындағы облыстық әмбебап кітапхана", "Областная универсальная библиотека имени К. Сыдиыкова", "K. Sydiykov Regional Universal Library"), online=38),
    Region("KZ-55", ("Павлодар облысы", "Павлодарская область", "Pavlodar Region"), ("Павлодар", "Павлодар", "Pavlodar"),
           ("Павлодар", "Павлодар", "Pavlodar"), 52.287, 76.967, _universal("С. Торайғыров", "С. Торайгырова", "S. Toraighyrov"), online=68),
    Region("KZ-59", ("Солтүстік Қазақстан облысы", "Северо-Казахстанская область", "North Kazakhstan Region"), ("СҚО", "СКО", "North"),
           ("Петропавл", "Петропавловск", "Petropavl"), 54.873, 69.143, _universal("С. Мұқанов", "С. Муканова", "S. Mukanov")),
    Region("KZ-61", ("Түркістан облысы", "Туркестанская область", "Turkistan Region"), ("Түркістан", "Туркестан", "Turkistan"),
           ("Түркістан", "Туркестан", "Turkistan"), 43.297, 68.251,
           ("«Фараб» облыстық әмбебап ғылыми кітапханасы", "Областная универсальная научная библиотека «Фараб»", "Farab Regional Universal Research Library")),
    Region("KZ-62", ("Ұлытау облысы", "область Ұлытау", "Ulytau Region"), ("Ұлытау", "Ұлытау", "Ulytau"),
           ("Жезқазған", "Жезказган", "Zhezkazgan"), 47.783, 67.767,
           ("Ұлытау облыстық әмбебап кітапханасы", "Областная универсальная библиотека Ұлытау", "Ulytau Regional Universal Library"),
           SPLIT_2022, "KZ-35"),
    Region("KZ-63", ("Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan Region"), ("ШҚО", "ВКО", "East"),
           ("Өскемен", "Усть-Каменогорск", "Oskemen"), 49.948, 82.628,
           ("А. С. Пушкин атындағы облыстық кітапхана", "Областная библиотека имени А. С. Пушкина", "A. S. Pushkin Regional Library")),
    Region("KZ-71", ("Астана қаласы", "город Астана", "Astana"), ("Астана", "Астана", "Astana"),
           ("Астана", "Астана", "Astana"), 51.169, 71.449, _cities("Астана", "Астаны", "Astana"), online=96, city=True),
    Region("KZ-75", ("Алматы қаласы", "город Алматы", "Almaty"), ("Алматы", "Алматы", "Almaty"),
           ("Алматы", "Алматы", "Almaty"), 43.238, 76.945, _cities("Алматы", "Алматы", "Almaty"), online=100, city=True),
    Region("KZ-79", ("Шымкент қаласы", "город Шымкент", "Shymkent"), ("Шымкент", "Шымкент", "Shymkent"),
           ("Шымкент", "Шымкент", "Shymkent"), 42.342, 69.590,
           ("«Отырар» ғылыми-әмбебап кітапханасы", "Научно-универсальная библиотека «Отырар»", "Otyrar Universal Research Library"),
           SPLIT_2018, "KZ-61", online=90, city=True),
)  # fmt: skip

# Former names: (unit, until when, names, short names).
FORMER_NAMES = (
    ("KZ-61", SPLIT_2018, ("Оңтүстік Қазақстан облысы", "Южно-Казахстанская область", "South Kazakhstan Region"), ("ОҚО", "ЮКО", "South")),
    ("KZ-79-LIB", date(2013, 1, 1), ("А. С. Пушкин атындағы әмбебап кітапхана", "Универсальная библиотека имени А. С. Пушкина", "A. S. Pushkin Universal Library"), ("", "", "")),
)  # fmt: skip
# The capital bore this name between the two days.
NUR_SULTAN = (date(2019, 3, 23), date(2022, 9, 17), ("Нұр-Сұлтан қаласы", "город Нур-Султан", "Nur-Sultan"))
