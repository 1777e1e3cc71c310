"""Climate norms with their sources (conservation.md §1.3): an institution chooses its set, nothing is forced."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orken.conservation.vocabulary.words import Words


class Standing(StrEnum):
    """How sure we are of the figures: read in the standard, seen in a secondary text, or common professional knowledge."""

    SEEN = "seen"
    SECONDARY = "secondary"
    GENERAL = "general"

    @property
    def words(self) -> Words:
        return {
            "seen": Words("мәтіні көрілген", "текст просмотрен", "text seen"),
            "secondary": Words(
                "екінші көзден; жарияламас бұрын стандартпен салыстыру керек",
                "по вторичному источнику; перед публикацией сверить со стандартом",
                "from a secondary source; check against the standard before publishing",
            ),
            "general": Words(
                "жалпы кәсіби білім; реставратордың растауы керек",
                "общее профессиональное знание; нужно подтверждение реставратора",
                "general professional knowledge; a restorer must confirm it",
            ),
        }[self.value]


@dataclass(frozen=True)
class NormSet:
    """A set of figures: temperature in °C, relative humidity in %, light in lux; None where the set says nothing."""

    code: str
    name: Words
    source: Words
    standing: Standing
    temperature: tuple[float, float] | None
    humidity: tuple[float, float] | None
    daily_temperature: float = 2.0
    daily_humidity: float = 5.0
    light_most: int | None = None
    note: Words | None = None


NORM_SETS: tuple[NormSet, ...] = (
    NormSet(
        "gost-7.50",
        Words("қағаз негізді кітапхана қоры", "библиотечный фонд на бумаге", "library stock on paper"),
        Words("МЕМСТ 7.50-2002", "ГОСТ 7.50-2002", "GOST 7.50-2002"),
        Standing.SECONDARY,
        (16, 20),
        (50, 60),
        light_most=75,
        note=Words(
            "Жарық бойынша деректер әр түрлі: сақтауда 75 лк, басқа мәтінде 50 лк; көрмеде 150 лк, шамға дейін кемінде 0,5 м.",
            "По свету сведения расходятся: при хранении 75 лк, в другом тексте 50 лк; на показе 150 лк, до светильника не ближе 0,5 м.",
            "Sources differ on light: 75 lx in storage, another text says 50 lx; 150 lx on display, the lamp at least 0.5 m away.",
        ),
    ),
    NormSet(
        "archive-cis",
        Words("архив қағазы, ТМД тәжірибесі", "архивная бумага, практика СНГ", "archive paper, practice of the CIS"),
        Words(
            "Ресей мен Өзбекстан ережелері; ҚР заңы емес",
            "правила России и Узбекистана; не закон РК",
            "rules of Russia and Uzbekistan; not a law of Kazakhstan",
        ),
        Standing.SEEN,
        (17, 19),
        (50, 55),
    ),
    NormSet(
        "iso-11799-2003",
        Words("тұрақтылық, шұғыл ауытқусыз", "постоянство без резких колебаний", "steady, without sharp swings"),
        Words("ISO 11799:2003 (ескі басылым)", "ISO 11799:2003 (старое издание)", "ISO 11799:2003 (old edition)"),
        Standing.SEEN,
        None,
        None,
        note=Words(
            "Ультракүлгін 75 мкВт/лм артық емес; еденнен төменгі сөреге дейін 150 мм; суық қоймадан кейін бейімдеу.",
            "Ультрафиолет не более 75 мкВт/лм; от пола до нижней полки 150 мм; акклиматизация после холодного хранилища.",
            "UV at most 75 µW/lm; 150 mm from floor to lowest shelf; acclimatise after cold store.",
        ),
    ),
    NormSet(
        "parchment-leather",
        Words("пергамент, былғары", "пергамен, кожа", "parchment, leather"),
        Words("жалпы кәсіби білім", "общее профессиональное знание", "general professional knowledge"),
        Standing.GENERAL,
        (14, 18),
        (45, 55),
        light_most=50,
    ),
    NormSet(
        "en-16893",
        Words("аралас қойма", "смешанное хранилище", "mixed store"),
        Words("EN 16893:2018, BS 4971:2017 тәсілі", "подход EN 16893:2018, BS 4971:2017", "approach of EN 16893:2018, BS 4971:2017"),
        Standing.GENERAL,
        (13, 20),
        (35, 60),
        note=Words(
            "Маусымдық баяу ауытқуға болады; алдымен тығыз, жылу сақтайтын ғимарат, содан кейін техника.",
            "Допустим медленный сезонный дрейф; сначала плотное, теплоёмкое здание, потом техника.",
            "A slow seasonal drift is allowed; first an airtight, thermally heavy building, then machinery.",
        ),
    ),
)  # fmt: skip
BY_CODE: dict[str, NormSet] = {one.code: one for one in NORM_SETS}
DEFAULT = "gost-7.50"

# Alarms that hold whatever the set: mould germinates when it is humid for two days, paper grows brittle when dry.
MOULD_HUMIDITY = 65.0
MOULD_HOURS = 48
BRITTLE_HUMIDITY = 30.0
