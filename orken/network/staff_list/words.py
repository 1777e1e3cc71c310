"""The words of staff lists: headings in any wording, and what stands under them, in Kazakh, Russian, English.

Every text is compared folded to plain words (`plain`): lower case, ё as е, signs as spaces.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from orken.kit.text.plain import has_letter

IGNORED = "-"  # a column that a person said to pass over
# Field: label, and how headings tell it. The first that matches, in this order, wins.
FIELDS: dict[str, tuple[str | Promise, str]] = {
    "iin": (_("IIN"), r"\bжсн\b|\bиин\b|\biin\b|жеке с[әа]йкест|индивидуальн\w+ идентиф|individual id"),
    "mail": (_("E-mail"), r"\be ?mail\b|почт|пошт|эл адрес"),
    "phone": (_("Telephone"), r"\bтел\b|телефон|\bphone|\bмоб\b|мобил|[ұу]ялы|ватсап|whatsapp|байланыс н[өо]м|\bсот\b"),
    "attested_on": (_("Attested on"), r"(аттест|attest).*(дата|күн|кун|жыл|год|date)|(дата|күн|date).*(аттест|attest)"),
    "attestation": (_("Result of the attestation"), r"аттест|attestation"),
    "category_on": (_("Category given on"), r"(санат|катег|categor).*(дата|күн|кун|жыл|год|date)|(дата|date|год).*(санат|катег|categor)"),
    "category": (_("Category"), r"санат|категори|categor"),
    "birth_on": (_("Date of birth"), r"ту[ғгыу]\w*|рожд|birth|\bborn\b"),
    "library_education": (_("Library education"), r"(кітапхана|китапхана|библиотеч|library|профил|бейін)\w* (білім|билим|образ|educ)|(білім|билим|образ)\w* (кітапхана|библиотеч|профил)"),
    "speciality": (_("Speciality of the diploma"), r"маманды|специальност|speciality|specialty|major"),
    "education": (_("Education"), r"білім|билим|образован|educat"),
    "seniority": (_("Years in libraries"), r"(кітапхана|китапхана|библиот|library|сала|отрасл)\w*.*([өо]тіл|стаж|exper|seniority)|стаж.*(библиот|отрасл)|([өо]тіл).*(кітапхана|сала)"),
    "seniority_total": (_("Years of work"), r"[өо]тіл|стаж|seniority|years of (work|service)|experience"),
    "employment": (_("Employment"), r"қоса атқар|коса аткар|совмест|совмещ|занятост|employment|ж[ұу]мыс т[үу]рі|основн\w* (или|/) "),
    "rate": (_("Rate"), r"ставк|м[өо]лшерлеме|ж[үу]ктеме|нагрузк|\brate\b|\bfte\b|штат бірлі|штатн\w* ед"),
    "since": (_("In the post since"), r"(қабылдан|кабылдан|тағайындал|тагайындал|кірген|басталған)\w*|(дата|год|с какого|когда).*(при[её]м|назнач|поступ|работа)|принят|назначен|\bsince\b|appointed|hired|start date|ж[ұу]мыс\w* бастап"),
    "languages": (_("Working languages"), r"(?<!на )(?<!state )\bтілі\b|тілдер|\bязык\w*\b(?! нa)|languages?\b"),
    "sex": (_("Sex"), r"^пол$|жыныс|^sex$|gender"),
    "name": (_("Full name"), r"аты ?ж[өо]н|^т а ә|тегі ?аты|\bф ?и ?о\b|фамили\w+ (имя|и о\b|инициал)|толық аты|полное имя|full name|^name$|surname (and )?(given|first|name)|қызметкер\w* аты|^сотрудник|^қызметкер|^employee|^librarian$|^кітапханашы$|^библиотекарь$"),
    "post": (_("Post"), r"лауазым|должност|қызметі|кызметі|\bposition\b|\bpost\b|job title"),
    "unit": (_("Library"), r"кітапхана|китапхана|библиотек|филиал|мекеме|[ұу]йым|учрежд|организац|место работы|ж[ұу]мыс орны|\blibrary\b|branch|institution|workplace|unit"),
    "department": (_("Department inside the library"), r"подраздел|б[өо]лім|отдел|department"),
    "patronymic": (_("Patronymic"), r"әкесі|акеси|әкесінің|отчеств|patronym|middle name|father"),
    "surname": (_("Surname"), r"тегі|фамили|surname|last name|family name"),
    "given": (_("Given name"), r"^(өз )?аты\b|есімі|^имя\b|given|first name|\bаты$|\bимя$"),
    "number": (_("Number in the list"), r"^(p|р|п)? ?(с|п|б)?$|^№|^no\b|^n$|^рет\w*|^р с|^п п|^n п п|^д/с|^#"),
}  # fmt: skip
NAMES = ("name", "surname", "given", "patronymic")
SCRIPT = {
    "kk": r"қазақ|казах|казак|\bқаз\b|\bказ\b|kazakh|мемлекеттік тіл|гос\w* язык|\bkk\b|\bkaz\b",
    "ru": r"орыс|русск|\bрус\b|russian|\bru\b|\brus\b",
    "en": r"ағылшын|английск|english|latin|латын|латин|\ben\b|\beng\b",
}
_FIELDS = [(name, re.compile(pattern)) for name, (_label, pattern) in FIELDS.items()]
_SCRIPTS = {code: re.compile(pattern) for code, pattern in SCRIPT.items()}
KAZAKH_LETTERS = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Words of a text, lower case, one space between."""
    found = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return " ".join(re.findall(r"[\w№#]+", found))


def field_of(heading: str) -> str:
    """The field that a heading tells, with the script of a name («surname_kk»); empty when it tells none."""
    text = plain(heading)
    if not text or len(text) > 120:
        return ""
    # «Наименование библиотеки на казахском языке» must not be taken for languages.
    bare = text
    script = next((code for code, pattern in _SCRIPTS.items() if pattern.search(text)), "")
    if script:
        bare = re.sub(
            r"\bна \w+(ом)? ?(язык\w*)?|\w* тілінде|қазақша|орысша|ағылшынша|латынша|\bin (kazakh|russian|english)",
            " ",
            text,
        )
    for name, pattern in _FIELDS:
        if pattern.search(" ".join(bare.split())):
            return f"{name}_{script}" if script and name in NAMES else name
    return ""


IN_SCRIPTS: dict[str, dict[str, str | Promise]] = {
    "name": {"kk": _("Full name in Kazakh"), "ru": _("Full name in Russian"), "en": _("Full name in Latin letters")},
    "surname": {"kk": _("Surname in Kazakh"), "ru": _("Surname in Russian"), "en": _("Surname in Latin letters")},
    "given": {
        "kk": _("Given name in Kazakh"),
        "ru": _("Given name in Russian"),
        "en": _("Given name in Latin letters"),
    },
    "patronymic": {"kk": _("Patronymic in Kazakh"), "ru": _("Patronymic in Russian")},
}


def label_of(field: str) -> str:
    """The field in the reader's words: «Surname in Kazakh»."""
    base, _u, script = field.partition("_") if field.partition("_")[0] in NAMES else (field, "", "")
    label = str(FIELDS[base][0]) if base in FIELDS else field
    return str(IN_SCRIPTS[base][script]) if script else label


CHOOSABLE = [
    *(name if not code else f"{name}_{code}" for name in NAMES for code in ("", "kk", "ru", "en") if (name, code) != ("patronymic", "en")),
    *(name for name in FIELDS if name not in NAMES),
]  # fmt: skip

# --- what stands in cells ---

EDUCATION = (
    ("unfinished", r"неокон|незакон|аяқталмаған|аякталмаган|unfinish|incomplete"),
    (
        "special",
        r"сред\w* ?спец|среднее проф|техник|колледж|училищ|арнаулы|арнайы орта|орта арн|кәсіптік|кәсіби|vocational|college|\bтипо\b|\bтжкб\b|^с с$|ср спец",
    ),
    ("higher", r"высш|жоғары|жогары|higher|бакалавр|магистр|университет|институт|bachelor|master|\bвуз\b"),
    ("secondary", r"сред|орта|secondary|школ|мектеп"),
)
CATEGORY = (
    ("none", r"без кат|нет|жоқ|жок|санатсыз|санаты жоқ|without|none|^б к$|^0$"),
    ("highest", r"высш|жоғары|жогары|highest"),
    ("second", r"\bii\b|\b2\b|втор|екінші|second|\bіі\b"),
    ("first", r"\bi\b|\b1\b|перв|бірінші|first|\bі\b"),
)
LEVEL = (("middle", r"средн|орта|middle"), ("higher", r"высш\w* уровн|жоғары деңгей|higher level"))
ATTESTATION = (
    ("unfit", r"не ?соотв|сәйкес емес|does not|unfit|сай емес"),
    ("again", r"повтор|қайта|again|переаттест"),
    ("fits", r"соотв|сәйкес|fits|прош|өтті|сай|аттест"),
)
LANGUAGES = (
    ("kk", r"каз|қаз|kaz|\bkk\b|мемлекет|гос"),
    ("ru", r"рус|орыс|\bru\b|rus"),
    ("en", r"англ|ағыл|eng|\ben\b"),
)
SEX = (("f", r"^(ж|жен\w*|әйел|f|female|қыз|woman)$"), ("m", r"^(м|муж\w*|ер|еркек|m|male|man)$"))
COMBINED = re.compile(r"совм|қоса|коса|combin|ішкі|внутр|внеш|part ?time|қосымша")
YES = re.compile(
    r"^(да|иә|ия|бар|есть|имеет|yes|\+|1|v|✓|библиотеч\w*|кітапхана\w*|имеется)$|библиотеч|кітапхана іс|library"
)
NO = re.compile(r"^(нет|жоқ|жок|no|0|не имеет|—|-)$")
LIBRARY_SCIENCE = re.compile(r"библиот|кітапхана|китапхана|library|0401000|03220100")
TOTAL = re.compile(r"^(итого|всего|барлығы|барлыгы|жалпы|жиыны|қорытынды|total|sum|в том числе|оның ішінде|из них)\b")
SIGNED = re.compile(
    r"_{3,}|^(директор|басшы|руководитель|исполнитель|орындаушы|орында[ғг]ан|м о|м п|подпись|қолы|дата|күні|тел|бас бухгалтер|главный бухгалтер)\b"
)
PLACE = re.compile(
    r"кітапхан|китапхан|библиотек|филиал|\bцбс\b|\bокж\b|library|branch|[әа]уыл(дық|ы)?\b|\bсело\b|мекеме|орталық|центральн|облыст|оуб|оунб"
)

_LIBRARY = ("кітапхана", "кітапханасы", "кітапханалар", "библиотека", "библиотеки", "библиотечная")


def names_a_place(text: str) -> bool:
    """Whether a line alone names a library: by its words, a misspelt «бибилиотека» among them."""
    words = plain(text)
    return bool(PLACE.search(words)) or any(
        len(word) >= 8 and process.extractOne(word, _LIBRARY, scorer=fuzz.ratio, score_cutoff=80)
        for word in words.split()
    )


def one_of(pairs: tuple[tuple[str, str], ...], text: str) -> str:
    """The code of the first word list that meets `text`; empty when none does."""
    return _one_of(pairs, plain(text))


@lru_cache(maxsize=20_000)
def _one_of(pairs: tuple[tuple[str, str], ...], text: str) -> str:
    return next((code for code, pattern in pairs if re.search(pattern, text)), "")


# Posts of the register by the words that tell them; the first that matches wins.
POSTS: tuple[tuple[str, str], ...] = (
    ("head-dept", r"(зав\w*|меңгеруш\w*|head|рук\w*|нач\w*)[\w ]* ?(отдел|сектор|б[өо]лім|dep)|бөлім меңг|б[өо]лім басш|завотд"),
    ("director", r"\bдиректор|director"),
    ("head", r"зав\w*|меңгеруш|менгеруш|\bhead\b|басшысы|руководит"),
    ("chief-methodologist", r"(гл\w*|бас|chief|ведущ\w*|жетекші)\b[\w ]*(метод|әдіскер|адискер)"),
    ("methodologist", r"метод|әдіскер|адискер"),
    ("bibliographer", r"библиограф|bibliograph"),
    ("cataloguer", r"каталог|catalog|систематиз|комплектатор|өңдеу"),
    ("conservator", r"реставрат|консерват|conservat|restor|түптеу|переплет"),
    ("senior-librarian", r"(ст\w*|аға|ага|senior|вед\w*|жетекші|гл\w*|бас|главн\w*|chief)\b[\w ]*(библиотекар|кітапханашы|китапханашы|librarian)"),
    ("rural-librarian", r"(сельск\w*|ауыл\w*|rural)[\w ]*(библиотекар|кітапханашы|librarian)|(библиотекар\w*|librarian) сел"),
    ("librarian", r"библиотекар|кітапханашы|китапханашы|китапханаши|librarian"),
    ("trainer", r"преподават|оқытушы|тренер|trainer|lecturer"),
    ("registrar", r"регистратор|тіркеуші|registrar"),
    ("trainee", r"стажер|тағылымгер|практикант|trainee|intern\b"),
    ("engineer", r"программист|бағдарламашы|инженер|сисадмин|системн\w* админ|жүйе әкім|engineer|оператор|it маман"),
)  # fmt: skip
_BESIDE = re.compile(
    r"\d|ставк|м[өо]лшерлеме|совмест|[қк]оса ат[қк]ар|санат|категор|разряд|декрет|\brate\b|time", re.IGNORECASE
)
APART = re.compile(r"[;/+\n]|,(?!\d)|\s+(?:и|және|and|әрі)\s+|\bпо совместительству\b|\bсовместитель\b", re.IGNORECASE)


def posts_of(text: str) -> list[str]:
    """The codes of the posts in one cell, the first is the main one; empty when none is known."""
    return list(_posts_of(text))


def not_posts_of(text: str) -> list[str]:
    """The parts of a cell of several posts that name none of the register; a rate or a category is no post."""
    parts = [part.strip() for part in APART.split(text)]
    return [part for part in parts if has_letter(part) and not _one_of(POSTS, plain(part)) and not _BESIDE.search(part)]


@lru_cache(maxsize=20_000)
def _posts_of(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for part in APART.split(text):
        code = _one_of(POSTS, plain(part))
        if code:
            found.setdefault(code)
    return tuple(found)
