"""An edited text: what contradicts the facts is marked where it stands, what no fact gives is only pointed out."""

from __future__ import annotations

import pytest

from orken.newsroom.checking import check, worded
from orken.newsroom.compose import compose
from orken.newsroom.facts import Event
from orken.newsroom.matching import bears, tokens
from orken.newsroom.reading import read
from orken.newsroom.selectors import label_of
from tests.newsroom.test_compose import reference

EDITED = [
    # language, what stands, written instead, the fact that it contradicts, what is marked
    ("ru", "24 ноября 2021", "25 ноября 2021", "date", "25 ноября 2021"),
    ("ru", "24 ноября 2021", "24 ноября 2020", "date", "24 ноября 2020"),
    ("ru", "24 ноября 2021 года", "24.10.2021", "date", "24.10.2021"),
    ("ru", "Шолпан Баяновна Шахметова", "Айгуль Баяновна Шахметова", "talks[1].speaker", "Айгуль Баяновна Шахметова"),
    ("ru", "Шахметова", "Шайахметова", "talks[1].speaker", "Шолпан Баяновна Шайахметова"),
    ("ru", "Жилкибекова", "Жилкибаева", "talks[3].speaker", "Айнагуль Айтжановна Жилкибаева"),
    ("ru", "Б. К. Оспанова", "Г. К. Оспанова", "talks[0].speaker", "Г. К. Оспанова"),
    ("ru", "125 лет", "120 лет", "talks[1].title", "Читатель и библиотека – 120 лет вместе"),
    ("ru", "непрерывного образования", "непрерывного обучения", "talks[2].title", "Стратегия непрерывного обучения библиотекарей: опыт работы"),
    ("ru", "125-летию", "120-летию", "occasion", "120-летию библиотеки"),
    ("ru", "(Семей)", "(Алматы)", "participants[2].city", "Алматы"),
    ("ru", "Восточно-Казахстанской областной", "Северо-Казахстанской областной", "participants[1].unit", "Северо-Казахстанской областной универсальной библиотеки им. А. С. Пушкина"),
    ("ru", "Руководитель отдела", "Начальник отдела", "talks[3].position", "Начальник отдела развития библиотек"),
    ("ru", "актуальные вопросы", "новые вопросы", "discussion", "новые вопросы профессионального развития библиотечных кадров"),
    ("ru", "директор Восточно-Казахстанской", "заместитель директора Восточно-Казахстанской", "talks[0].position", "заместитель директора"),
    ("ru", "областной универсальной библиотеки им. А. С. Пушкина", "областной универсальной библиотеки им. А. С. Пушкино", "participants[1].unit", "Восточно-Казахстанской областной универсальной библиотеки им. А. С. Пушкино"),
    ("ru", "Бибигуль Жамбыловна Шагиева", "Бибигуль Жамбыловна Шагимова", "talks[2].speaker", "Бибигуль Жамбыловна Шагимова"),
    ("kk", "24 қараша", "23 қараша", "date", "2021 жылғы 23 қарашада"),
    ("kk", "Шолпан Баянқызы Шахметова", "Айгүл Баянқызы Шахметова", "talks[1].speaker", "Айгүл Баянқызы Шахметова"),
    ("kk", "125 жыл бірге", "100 жыл бірге", "talks[1].title", "Оқырман және кітапхана – 100 жыл бірге"),
    ("kk", "(Өскемен)", "(Орал)", "participants[1].city", "Орал"),
    ("en", "24 November", "23 November", "date", "23 November 2021"),
    ("en", "Sholpan Shakhmetova", "Aigul Shakhmetova", "talks[1].speaker", "Aigul Shakhmetova"),
    ("en", "125 Years", "100 Years", "talks[1].title", "Reader and Library: 100 Years Together"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "stood", "instead", "fact", "marked"), EDITED)
def test_a_contradiction_is_marked_where_it_stands(
    language: str, stood: str, instead: str, fact: str, marked: str
) -> None:
    text = compose(reference(), language).text
    assert stood in text
    edited = text.replace(stood, instead)
    found = [one for one in check(edited, reference(), language).contradictions if one.fact == fact]
    assert found, check(edited, reference(), language)
    assert {one.stands for one in found} == {marked}
    assert all(edited[one.start : one.end] == one.stands and one.says for one in found)


MILD = [
    ("ru", "После докладов", "После докладов 15 слов приветствия. Затем", "15"),
    ("ru", "представила доклад", "вместе с Г. Сериковой представила доклад", "Г. Сериковой"),
    ("ru", "После докладов", "Прозвучала песня «Атамекен». После докладов", "Атамекен"),
    (
        "kk",
        "Баяндамалардан кейін",
        "Айман Серікқызы Қасымова сөз алды. Баяндамалардан кейін",
        "Айман Серікқызы Қасымова",
    ),
    ("en", "The talks were", "Dinara Kasymova closed it. The talks were", "Dinara Kasymova"),
]


@pytest.mark.parametrize(("language", "stood", "instead", "pointed"), MILD)
def test_what_no_fact_gives_is_only_pointed_out(language: str, stood: str, instead: str, pointed: str) -> None:
    text = compose(reference(), language).text
    if stood not in text:
        stood, instead = text[-30:], f"{instead.replace(stood, '').strip()} {text[-30:]}"
    report = check(text.replace(stood, instead), reference(), language)
    assert not report.contradictions
    assert pointed in [one.stands for one in report.remarks]


@pytest.mark.parametrize(
    ("stood", "instead"),
    [
        ("Шолпан Баяновна Шахметова", "Ш. Б. Шахметова"), ("Б. К. Оспанова", "Оспанова Б.К."), ("(Алматы)", "(г. Алматы)"),
        ("Бибигуль Жамбыловна Шагиева", "Бибигуль Шагиева"), ("состоялся обмен мнениями", "живо обменивались мнениями"),
        ("24 ноября 2021 года", "24 ноября"),
    ],
)  # fmt: skip
def test_saying_the_same_otherwise_is_no_mistake(stood: str, instead: str) -> None:
    text = compose(reference(), "ru").text
    assert stood in text
    assert not check(text.replace(stood, instead), reference(), "ru").remarks


def counted() -> Event:
    return read(
        {
            "title": {"ru": "Школа каталогизатора", "kk": "Каталогтаушы мектебі", "en": "School of the Cataloguer"}, "kind": "course",
            "date": "2023-04-03", "end_date": "2023-04-14", "form": "onsite",
            "participants": [{"unit": {"ru": "Областная библиотека", "kk": "Облыстық кітапхана", "en": "Regional Library"}, "people": 7}],
            "figures": {"participants": 26, "regions": 5, "hours": 72, "certificates": 25},
        }
    )[0]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "stood", "instead", "fact", "says"),
    [
        ("ru", "26 человек", "28 человек", "figures.participants", "26"), ("ru", "72 академических", "70 академических", "figures.hours", "72"),
        ("ru", "25 сертификатов", "26 сертификатов", "figures.certificates", "25"), ("ru", "5 регионов", "6 регионов", "figures.regions", "5"),
        ("ru", "7 человек", "8 человек", "participants[0].people", "7"), ("kk", "72 академиялық", "74 академиялық", "figures.hours", "72"),
        ("en", "26 people", "36 people", "figures.participants", "26"), ("kk", "3–14 сәуір", "4–14 сәуір", "date", "2023 жылғы 3–14 сәуір аралығында"),
        ("ru", "26 человек", "двадцать восемь человек", "figures.participants", "26"), ("ru", "5 регионов", "двенадцати регионов", "figures.regions", "5"),
        ("kk", "72 академиялық", "жетпіс академиялық", "figures.hours", "72"), ("en", "26 people", "thirty-six people", "figures.participants", "26"),
        ("ru", "с 3 по 14 апреля", "с 3 по 15 апреля", "date", "с 3 по 14 апреля 2023 года"), ("ru", "в очном формате", "в онлайн-формате", "form", "onsite"),
    ],
)  # fmt: skip
def test_a_number_is_held_against_what_it_counts(language: str, stood: str, instead: str, fact: str, says: str) -> None:
    text = compose(counted(), language).text
    low = text[:1].lower() + text[1:]
    assert stood in text or stood.capitalize() in text, low
    edited = text.replace(stood, instead).replace(stood[:1].upper() + stood[1:], instead[:1].upper() + instead[1:])
    found = check(edited, counted(), language).contradictions
    assert [(one.fact, one.says) for one in found if one.fact == fact][:1] == [(fact, says)]


def test_facts_left_out_are_listed_and_no_mistake() -> None:
    article = compose(reference(), "kk")
    report = check(f"{article.title}\n\n{article.lead}", reference(), "kk")
    assert not report.remarks
    assert "talks[3].title" in report.left_out and "title" in report.told


def test_an_empty_text_tells_nothing() -> None:
    report = check("", reference(), "ru")
    assert not report.remarks and not report.told


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_talks_that_were_exchanged_are_marked(language: str) -> None:
    first, second = (talk.speaker.best(language)[0].full for talk in reference().talks[1:3])
    text = compose(reference(), language).text
    edited = text.replace(first, "@").replace(second, first).replace("@", second)
    found = check(edited, reference(), language).contradictions
    assert {(one.fact, one.says) for one in found} == {("talks[1].speaker", first), ("talks[2].speaker", second)}


@pytest.mark.parametrize(("language", "text", "value"), [("ru", "из ста двадцати пяти", 125), ("kk", "жиырма бес", 25), ("en", "two hundred and", 200), ("ru", "сорок", 40), ("kk", "екі жүз он", 210)])  # fmt: skip
def test_a_number_in_words_is_read(language: str, text: str, value: int) -> None:
    assert [one.value for one in worded.numbers(tokens(text), language)] == [value]


def test_numbers_in_words_that_agree_are_told_and_those_that_count_nothing_are_left() -> None:
    text = compose(counted(), "ru").text.replace("26 человек", "двадцать шесть человек") + " Один из участников пел."
    report = check(text, counted(), "ru")
    assert not report.contradictions and "figures.participants" in report.told


def test_people_of_the_organiser_are_held_against_its_own_line() -> None:
    """The library that organised stands among those that sent people; its number has one place in the facts."""
    unit = {"ru": "Областная библиотека", "kk": "Облыстық кітапхана", "en": "Regional Library"}
    event = read({"title": {"ru": "Встреча"}, "date": "2023-04-03", "organiser": {"name": unit}, "participants": [{"unit": unit, "people": 14}]})[0]  # fmt: skip
    found = check("Встреча. Областная библиотека (140 человек).", event, "ru").contradictions
    assert [(one.fact, one.says) for one in found] == [("participants[0].people", "14")] and label_of(found[0].fact)


@pytest.mark.parametrize(("one", "other", "is_one"), [("Семее", "Семей", True), ("Шагиевой", "Шагиева", True), ("Шагиевадан", "Шагиева", True), ("Пушкино", "Пушкина", False), ("Шагимова", "Шагиева", False), ("Иванова", "Ивановна", False)])  # fmt: skip
def test_names_are_held_letter_by_letter(one: str, other: str, is_one: bool) -> None:
    assert bears(tokens(one)[0], tokens(other)[0]) is is_one
