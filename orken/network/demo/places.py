"""Districts and villages of the demo: a few district names from the sources, everything else made up."""

from __future__ import annotations

from orken.network.reference.regions import Names

# Districts of which the sources speak by name; the rest come from VILLAGES, made up.
DISTRICTS: dict[str, tuple[Names, ...]] = {
    "KZ-11": (("Ерейментау", "Ерейментау", "Yereimentau"), ("Целиноград", "Целиноград", "Tselinograd")),
    "KZ-35": (("Қарқаралы", "Каркаралы", "Karkaraly"), ("Осакаров", "Осакаровка", "Osakarov")),
    "KZ-43": (("Қармақшы", "Кармакшы", "Karmakshy"),),
    "KZ-55": (("Ақсу", "Аксу", "Aksu"), ("Май", "Май", "Mai"), ("Ертіс", "Ертис", "Yertis")),
    "KZ-61": (("Түлкібас", "Тюлькубас", "Tulkibas"), ("Сауран", "Сауран", "Sauran"), ("Кентау", "Кентау", "Kentau")),
}
VILLAGES: tuple[Names, ...] = (
    ("Бірлік", "Бирлик", "Birlik"), ("Ақбұлақ", "Акбулак", "Akbulak"), ("Көктал", "Коктал", "Koktal"),
    ("Жаңажол", "Жанажол", "Zhanazhol"), ("Қызылту", "Кызылту", "Kyzyltu"), ("Достық", "Достык", "Dostyk"),
    ("Мойнақ", "Мойнак", "Moinak"), ("Сарыөзен", "Сарыозен", "Saryozen"), ("Ынтымақ", "Ынтымак", "Yntymak"),
    ("Талдысай", "Талдысай", "Taldysai"), ("Ақжар", "Акжар", "Akzhar"), ("Теректі", "Теректы", "Terekti"),
    ("Қарасу", "Карасу", "Karasu"), ("Өркен", "Оркен", "Orken"), ("Шілікті", "Шиликты", "Shilikti"),
    ("Баянжүрек", "Баянжурек", "Bayanzhurek"), ("Тасмола", "Тасмола", "Tasmola"), ("Кеңес", "Кенес", "Kenes"),
    ("Үшқоңыр", "Ушконыр", "Ushkonyr"), ("Айнабұлақ", "Айнабулак", "Ainabulak"), ("Бозшакөл", "Бозшаколь", "Bozshakol"),
    ("Жусандала", "Жусандала", "Zhusandala"), ("Қайыңды", "Каинды", "Kaiyndy"), ("Наурызбай", "Наурызбай", "Nauryzbai"),
    ("Самал", "Самал", "Samal"), ("Тұздыкөл", "Туздыколь", "Tuzdykol"), ("Ұзынагаш", "Узынагаш", "Uzynagash"),
    ("Балқарағай", "Балкарагай", "Balkaragai"), ("Ескіауыл", "Ескиаул", "Yeskiauyl"), ("Жалғызтөбе", "Жалгизтобе", "Zhalgyztobe"),
)  # fmt: skip
