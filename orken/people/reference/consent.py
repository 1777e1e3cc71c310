"""What a person agrees to, by version. A published text is never changed: a new one gets a new version.

Law № 94-V of 21.05.2013 and Rules, Order № 395/НҚ of 21.10.2020 (domain.md §2.4): purpose, list of data,
whom they are shown to, how long they are kept, that it can be taken back.
"""

from __future__ import annotations

CURRENT = "2026-1"
TEXTS: dict[str, dict[str, str]] = {
    "2026-1": {
        "kk": (
            "Мен кітапханам мен Қазақстан Республикасының Ұлттық кітапханасына біліктілігімді арттыруды есепке алу "
            "мақсатында аты-жөнімді, туған күнімді, ЖСН-імді, лауазымымды, білімімді, санатымды, байланыс деректерімді "
            "және оқу нәтижелерімді жинауға және өңдеуге келісім беремін. Деректер Қазақстан Республикасының аумағында "
            "сақталады, тек қызметіне қажет адамдарға көрсетіледі және кімнің қарағаны жазылып отырады. Келісімді кез "
            "келген уақытта қайтарып ала аламын; заң бойынша сақталуы тиіс құжаттар қалады."
        ),
        "ru": (
            "Я соглашаюсь на сбор и обработку моей библиотекой и Национальной библиотекой Республики Казахстан моих "
            "имени, даты рождения, ИИН, должности, образования, категории, контактов и результатов обучения для учёта "
            "повышения квалификации. Данные хранятся на территории Республики Казахстан, показываются только тем, кому "
            "нужны по работе, и ведётся запись о том, кто их смотрел. Согласие можно отозвать в любое время; документы, "
            "которые закон велит хранить, остаются."
        ),
        "en": (
            "I agree that my library and the National Library of the Republic of Kazakhstan collect and process my name, "
            "date of birth, IIN, post, education, category, contacts and results of study, in order to keep account of my "
            "professional development. The data are kept in the territory of the Republic of Kazakhstan, shown only to "
            "those whose work needs them, and it is recorded who looked. I may take the consent back at any time; papers "
            "that the law orders to keep remain."
        ),
    },
}


def text(version: str, language: str) -> str:
    return TEXTS[version][language]
