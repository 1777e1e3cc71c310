"""What is told of a work sample: that it is asked, that it came, what was said of it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from orken.notices.kinds import Kind, Placeholder
from orken.training.letters import RUN, WHO, texts

WHAT = Placeholder(
    _("what the graduate shows"),
    {
        "kk": "Оқудан кейін жасалған үш жазба.",
        "ru": "Три записи, сделанные после обучения.",
        "en": "Three records made since the course.",
    },
)
UNTIL = Placeholder(_("expected until"), date(2026, 12, 20))
WORDS = Placeholder(
    _("words to her"),
    {"kk": "Авторлық белгіні тексеріңіз.", "ru": "Проверьте авторский знак.", "en": "Check the author mark."},
)
ASKED = Kind(
    "training.sample_asked",
    texts(
        kk=("Жұмыс үлгісі сұралады: {run}", "«{run}» аяқталғалы үш ай өтті. Бағдарлама бойынша сізден жұмыс үлгісі сұралады:\n{what}\n\nФото, жазба немесе құжатты өз бетіңізден жіберіңіз, күтілетін күні: {until}\nЖіберген файлыңызды тек басшыңыз, іс-шараның тренерлері мен ұйымдастырушылары көреді."),
        ru=("Просим образец работы: {run}", "После «{run}» прошло три месяца. По программе просим вас показать образец своей работы:\n{what}\n\nПришлите фотографию, запись или документ на своей странице, ждём до: {until}\nФайл увидят только ваш руководитель, преподаватели и организаторы мероприятия."),
        en=("A work sample is asked for: {run}", "Three months have passed since “{run}”. The programme asks you for a sample of your work:\n{what}\n\nSend a photograph, a record or a document on your own page; it is expected until {until}\nOnly your head, the trainers and the organisers of the run see the file."),
    ),
    {"run": RUN, "what": WHAT, "until": UNTIL},
    title=_("A work sample is asked for"),
)  # fmt: skip
LATE = Kind(
    "training.sample_late",
    texts(
        kk=("Жұмыс үлгіңізді әлі күтеміз: {run}", "«{run}» бойынша жұмыс үлгіңіз әзірге келген жоқ (күтілген күні: {until}). Сұралатыны:\n{what}\n\nОны әлі де өз бетіңізден жібере аласыз. Кедергі болса, басшыңызға немесе ұйымдастырушыға айтыңыз."),
        ru=("Мы ещё ждём ваш образец работы: {run}", "Образец работы по «{run}» ждали до {until}, он пока не пришёл. Просим показать:\n{what}\n\nЕго всё ещё можно прислать на своей странице. Если что-то мешает, скажите руководителю или организатору."),
        en=("Your work sample is awaited still: {run}", "Your work sample for “{run}” was expected until {until} and has not come yet. What is asked for:\n{what}\n\nYou can still send it on your own page. If something is in the way, tell your head or the organiser."),
    ),
    {"run": RUN, "what": WHAT, "until": UNTIL},
    title=_("A work sample is awaited still"),
)  # fmt: skip
SENT = Kind(
    "training.sample_sent",
    texts(
        kk=("Жұмыс үлгісі келді: {who}", "{who} «{run}» бойынша жұмыс үлгісін жіберді. Қарап, қысқа тізім бойынша бағалаңыз: қабылдаңыз немесе сөзбен қайтарыңыз."),
        ru=("Пришёл образец работы: {who}", "{who}: прислан образец работы по «{run}». Посмотрите его по короткому списку: примите или верните с пояснением."),
        en=("A work sample has come: {who}", "{who} has sent a work sample for “{run}”. Look at it by the short list: accept it, or return it with words."),
    ),
    {"run": RUN, "who": WHO},
    title=_("A work sample has come"),
)  # fmt: skip
ACCEPTED = Kind(
    "training.sample_accepted",
    texts(
        kk=("Жұмыс үлгіңіз қабылданды: {run}", "«{run}» бойынша жұмыс үлгіңіз қабылданды. Одан көрінген дағдылар құзыреттеріңізге жазылды.\n{words}"),
        ru=("Ваш образец работы принят: {run}", "Ваш образец работы по «{run}» принят. То, что в нём показано, записано в ваши компетенции.\n{words}"),
        en=("Your work sample is accepted: {run}", "Your work sample for “{run}” is accepted. What it shows is written into your competencies.\n{words}"),
    ),
    {"run": RUN, "words": WORDS},
    title=_("A work sample is accepted"),
)  # fmt: skip
RETURNED = Kind(
    "training.sample_returned",
    texts(
        kk=("Жұмыс үлгіңіз қайтарылды: {run}", "«{run}» бойынша жұмыс үлгіңіз мына сөздермен қайтарылды:\n{words}\n\nТүзетіп, өз бетіңізден қайта жіберіңіз."),
        ru=("Ваш образец работы возвращён: {run}", "Ваш образец работы по «{run}» возвращён с такими словами:\n{words}\n\nИсправьте и пришлите снова на своей странице."),
        en=("Your work sample is returned: {run}", "Your work sample for “{run}” is returned with these words:\n{words}\n\nMend it and send it again on your own page."),
    ),
    {"run": RUN, "words": WORDS},
    title=_("A work sample is returned"),
)  # fmt: skip
ALL = (ASKED, LATE, SENT, ACCEPTED, RETURNED)
