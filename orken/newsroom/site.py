"""The pages of the site as they are built in; a row of SitePage stands before them."""

from __future__ import annotations

from dataclasses import dataclass

from orken.kit.i18n.content import Translated
from orken.newsroom.models import SitePage

FIELDS = ("title_kk", "title_ru", "title_en", "body_kk", "body_ru", "body_en")
BUILT_IN: dict[str, dict[str, str]] = {
    "about": {
        "title_kk": "Өркен туралы", "title_ru": "О системе «Өркен»", "title_en": "About Orken",
        "body_kk": "Өркен – Қазақстан кітапханашыларының біліктілігін арттырудың ұлттық жүйесі. Оны Қазақстан Республикасының Ұлттық кітапханасы облыстық әмбебап ғылыми кітапханалармен бірге жүргізеді.\n\nҰлттық кітапхана – еліміздегі көпшілік кітапханалардың әдістемелік, оқыту және үйлестіру орталығы. Ол оқу курстарын, семинарларды және өңірлердегі көшпелі шеберлік сыныптарын ұйымдастырады; жанында Виртуалды кітапхана мектебі, Каталогтаушы мектебі, Жазба құжаттарды консервациялау және реставрациялау мектебі жұмыс істейді.\n\nМұнда кітапханашы өзіне лайық курсты табады, өтінім береді, оқиды және сертификат алады; оның шынайылығын кез келген адам тексере алады.",
        "body_ru": "«Өркен» — национальная система профессионального развития библиотекарей Казахстана. Её ведёт Национальная библиотека Республики Казахстан вместе с областными универсальными научными библиотеками.\n\nНациональная библиотека — методический, учебный и координационный центр публичных библиотек страны. Она проводит учебные курсы, семинары и выездные мастер-классы в регионах; при ней действуют Виртуальная библиотечная школа, Школа каталогизатора, Школа консервации и реставрации письменных документов.\n\nЗдесь библиотекарь находит подходящий курс, подаёт заявку, учится и получает сертификат, подлинность которого может проверить каждый.",
        "body_en": "Orken is the national system of professional development for the librarians of Kazakhstan. It is run by the National Library of the Republic of Kazakhstan together with the Regional Universal Research Libraries.\n\nThe National Library is the methodological, training and coordinating centre of the country's public libraries. It holds training courses, seminars and travelling master classes in the regions, and has the Virtual Library School, the School of the Cataloguer and the School of Conservation and Restoration of Written Documents.\n\nHere a librarian finds a course that suits her, applies, learns and receives a certificate that anybody can check.",
    },
    "contacts": {
        "title_kk": "Байланыс", "title_ru": "Контакты", "title_en": "Contacts",
        "body_kk": "Қазақстан Республикасының Ұлттық кітапханасы\n\nАлматы қаласы, Абай даңғылы, 14\n\nТелефон: +7 (727) 267-28-83\n\nДүйсенбі – жұма, 9:00–18:00\n\nӨз өңіріңіздің облыстық кітапханасына да хабарласыңыз: оның кітапханаларды дамыту бөлімі өтінімдерді жинайды және орындарды бөледі.",
        "body_ru": "Национальная библиотека Республики Казахстан\n\nг. Алматы, пр. Абая, 14\n\nТелефон: +7 (727) 267-28-83\n\nПонедельник – пятница, 9:00–18:00\n\nОбращайтесь и в областную библиотеку своего региона: её отдел развития библиотек собирает заявки и распределяет места.",
        "body_en": "National Library of the Republic of Kazakhstan\n\n14 Abay Avenue, Almaty\n\nTelephone: +7 (727) 267-28-83\n\nMonday to Friday, 9:00–18:00\n\nYou may also turn to the regional library of your region: its library development department gathers applications and shares out seats.",
    },
    "schools": {
        "title_kk": "Ұлттық кітапхана мектептері", "title_ru": "Школы Национальной библиотеки", "title_en": "Schools of the National Library",
        "body_kk": "Виртуалды кітапхана мектебі қашықтан оқытады: оның сабақтары әлсіз желіде де, желісіз де ашылады.\n\nКаталогтаушы мектебі нақты жазбалармен жұмыс істеуге үйретеді: қателер тексеріледі, баға түсіндіріледі.\n\nЖазба құжаттарды консервациялау және реставрациялау мектебі зақымды тануға, сақталу паспортын жазуға және өңдеуді жоспарлауға үйретеді.",
        "body_ru": "Виртуальная библиотечная школа учит на расстоянии: её уроки открываются и на слабой связи, и без неё.\n\nШкола каталогизатора учит на настоящих записях: ошибки проверяются, оценка объясняется.\n\nШкола консервации и реставрации письменных документов учит видеть повреждения, составлять паспорт сохранности и планировать обработку.",
        "body_en": "The Virtual Library School teaches at a distance: its lessons open on a weak line and without one.\n\nThe School of the Cataloguer teaches on real records: errors are checked and grades explained.\n\nThe School of Conservation and Restoration of Written Documents teaches to see damage, to write a condition report and to plan treatment.",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A page as readers see it."""

    slug: str
    revision: int
    title_kk: str
    title_ru: str
    title_en: str
    body_kk: str
    body_ru: str
    body_en: str

    title = Translated("title")
    body = Translated("body")

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.body.split("\n") if part.strip()]


def page(slug: str) -> Shown | None:
    """The page that was written, else the built-in one; None for a slug that is no page."""
    if slug not in BUILT_IN:
        return None
    row = SitePage.objects.filter(slug=slug).first()
    if row is None:
        return Shown(slug, 0, **BUILT_IN[slug])
    return Shown(slug, row.revision, **{name: getattr(row, name) for name in FIELDS})
