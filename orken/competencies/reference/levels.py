"""Levels 0 to 4 with their anchors, what a level looks like in each domain, and the target profiles."""

from __future__ import annotations

from orken.competencies.reference.domains import Texts

LEVELS: tuple[tuple[Texts, Texts], ...] = (
    (("Қалыптаспаған", "Не сформирована", "Not yet"),
     ("Бұл істі әлі көрмеген немесе істеп көрмеген.", "Ещё не сталкивалась с этим или не пробовала делать.", "Has not met it or not tried it yet.")),
    (("Бастапқы", "Начальный", "Foundation"),
     ("Не екенін біледі, көмекпен орындайды.", "Знает, что это, и делает с помощью.", "Knows what it is and works with help.")),
    (("Дербес", "Самостоятельный", "Independent"),
     ("Күнделікті істі өзі, көмексіз атқарады.", "Обычную работу делает сама, без помощи.", "Does the routine alone.")),
    (("Жетілген", "Продвинутый", "Advanced"),
     ("Күрделі жағдайды шешеді, әріптестеріне үйретеді.", "Решает трудные случаи, учит коллег.", "Solves hard cases and teaches peers.")),
    (("Сарапшы", "Экспертный", "Expert"),
     ("Ереже қалыптастырады, өңірде немесе елде бағыт береді.", "Задаёт правила, ведёт направление в области или стране.", "Sets the rules and leads the region or the country.")),
)  # fmt: skip

# Domain: what levels 1, 2, 3, 4 look like there.
ANCHORS: dict[str, tuple[Texts, Texts, Texts, Texts]] = {
    "A": (
        ("Кітапхана ережесін біледі, құқықтық сұрақта әріптесінен сұрайды.", "Знает правила библиотеки, в правовом вопросе спрашивает коллегу.", "Knows the rules of the library, asks a colleague about the law."),
        ("Ережені өзі қолданады, оқырман деректерін дұрыс сақтайды.", "Сама применяет правила, верно хранит данные читателей.", "Applies the rules alone, keeps readers' data rightly."),
        ("Даулы жағдайды заңға сүйеніп шешеді, әріптестеріне түсіндіреді.", "Решает спорный случай по закону, объясняет коллегам.", "Settles a disputed case by the law, explains it to colleagues."),
        ("Ішкі ережелер мен стандарттарды әзірлейді.", "Разрабатывает внутренние правила и стандарты.", "Writes internal rules and standards."),
    ),
    "B": (
        ("Есепке алу кітабын үлгі бойынша толтырады.", "Заполняет учётные документы по образцу.", "Fills in the accounts by a sample."),
        ("Қорды өзі жинақтайды, тексереді, акт жасайды.", "Сама комплектует, проверяет фонд, составляет акт.", "Selects, checks the stock and draws up certificates alone."),
        ("Қор бейінін әзірлейді, жылдам шешім қажет жағдайда көмектеседі.", "Составляет профиль фонда, помогает в трудных случаях.", "Writes the collection profile, helps in hard cases."),
        ("Өңірдің қор саясатын және ортақ сатып алуды үйлестіреді.", "Согласует политику фондов и общую закупку области.", "Leads the collection policy and joint purchase of a region."),
    ),
    "C": (
        ("Дайын жазбаны оқиды, үлгі бойынша сипаттайды.", "Читает готовую запись, описывает по образцу.", "Reads a record, describes by a sample."),
        ("Кәдімгі кітап пен мақаланы өзі сипаттап, индекс қояды.", "Сама описывает обычную книгу и статью, ставит индекс.", "Describes ordinary books and articles and classifies them alone."),
        ("Көптомдық, ескі жазулы, электрондық құжатты сипаттайды, жазбаларды тексереді.", "Описывает многотомник, старую письменность, электронный документ, проверяет записи.", "Describes sets, old scripts and e-resources, checks records of others."),
        ("Ереже мен авторитетті файлды жүргізеді, жиынтық каталог сапасына жауап береді.", "Ведёт правила и авторитетный файл, отвечает за качество сводного каталога.", "Keeps the rules and the authority file, answers for a union catalogue."),
    ),
    "D": (
        ("Оқырманды тіркейді, кітап береді, қиын сұрақта көмек сұрайды.", "Записывает и обслуживает читателя, в трудном случае зовёт на помощь.", "Registers and serves readers, asks for help when it is hard."),
        ("Күнделікті қызметті және шағын іс-шараны өзі өткізеді.", "Сама ведёт ежедневное обслуживание и небольшое мероприятие.", "Runs daily service and a small event alone."),
        ("Ерекше қажеттілігі бар топтарға қызмет құрады, клуб жүргізеді.", "Строит обслуживание особых групп, ведёт клуб.", "Builds services for groups with needs of their own, leads a club."),
        ("Өңірлік оқу бағдарламасын басқарады, қызмет стандартын жазады.", "Ведёт областную программу чтения, пишет стандарт обслуживания.", "Leads a regional reading programme, writes the standard of service."),
    ),
    "E": (
        ("Каталогтан атауы бойынша табады.", "Находит в каталоге по названию.", "Finds by title in the catalogue."),
        ("Сұрауды нақтылап, бірнеше дереккөзден өзі іздейді.", "Уточняет запрос и сама ищет в нескольких источниках.", "Makes a request clear and searches several sources alone."),
        ("Күрделі тақырыпқа тізім жасайды, оқырмандарды іздеуге үйретеді.", "Составляет список по сложной теме, учит читателей поиску.", "Makes a list on a hard subject, teaches readers to search."),
        ("Көрсеткіштер мен оқыту бағдарламаларын шығарады.", "Издаёт указатели и программы обучения.", "Publishes indexes and teaching programmes."),
    ),
    "F": (
        ("Дайын кесте мен жүйеде көмекпен жұмыс істейді.", "Работает в готовой таблице и системе с помощью.", "Works in a ready table or system with help."),
        ("Кітапханалық жүйеде және құжаттарда өзі жұмыс істейді.", "Сама работает в библиотечной системе и документах.", "Works in the library system and documents alone."),
        ("Жүйені баптайды, цифрландыруды ұйымдастырады, әріптестеріне үйретеді.", "Настраивает систему, организует оцифровку, учит коллег.", "Sets up the system, organises digitisation, teaches colleagues."),
        ("Цифрлық қызметтерді жобалайды, қауіпсіздік талаптарын белгілейді.", "Проектирует цифровые сервисы, задаёт требования безопасности.", "Designs digital services, sets the demands of security."),
    ),
    "G": (
        ("Сақтау ережесін біледі, зақымды көріп хабарлайды.", "Знает правила хранения, замечает и сообщает о повреждении.", "Knows the rules of storage, sees damage and reports it."),
        ("Режимді өлшейді, құрғақ тазалайды, қарапайым жыртықты жөндейді.", "Измеряет режим, делает сухую очистку, чинит простой разрыв.", "Measures the regime, cleans dry, mends a simple tear."),
        ("Қорды тексереді, тұрақтандыру тәсілін таңдап орындайды.", "Обследует фонд, выбирает и выполняет стабилизацию.", "Surveys a collection, chooses and does stabilisation."),
        ("Реставрация жоспарын бекітеді, төтенше жағдай жоспарын жасайды, үйретеді.", "Утверждает план реставрации, составляет план действий при ЧС, обучает.", "Approves treatment, writes the emergency plan, teaches."),
    ),
    "H": (
        ("Өз жұмысын жоспарлап, есебін тапсырады.", "Планирует свою работу и сдаёт отчёт.", "Plans her own work and reports it."),
        ("Кітапхана жоспары мен есебін өзі жасайды, жаңадан келгенге көмектеседі.", "Сама составляет план и отчёт библиотеки, помогает новичку.", "Makes the plan and the report of a library, helps a newcomer."),
        ("Жобаны басқарады, филиалдарға әдістемелік көмек береді.", "Ведёт проект, оказывает методическую помощь филиалам.", "Leads a project, gives methodical help to branches."),
        ("Өңірдің дамуын жоспарлайды, оқытуды жобалап, нәтижесін бағалайды.", "Планирует развитие области, проектирует обучение и оценивает его.", "Plans the growth of a region, designs training and judges it."),
    ),
}  # fmt: skip

# Post group: target level in domains A to H (domain.md §5).
PROFILES: dict[str, str] = {
    "rural": "22132211",
    "reading_room": "21133211",
    "cataloguer": "22412311",
    "bibliographer": "22324311",
    "methodologist": "32233324",
    "conservator": "22111242",
    "head": "33132224",
    "trainer": "32323323",
}
# «+4 in own domain»: the domain that a school of the Library teaches.
OWN_DOMAIN = {"NL-CATALOGUER": "C", "NL-CONSERVATION": "G"}
