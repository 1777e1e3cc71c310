"""What is said when annotations are refused or repaired."""

from __future__ import annotations

from orken.conservation.vocabulary import Refused, Words


class AnnotationRefused(Refused):
    """The annotations cannot be read; `words` is a sentence for the person, in three languages."""


NOT_AN_OBJECT = Words(
    "Файлда «canvas» пен «annotations» бар JSON нысаны болуы керек.",
    "В файле должен быть объект JSON с «canvas» и «annotations».",
    "The file must hold a JSON object with «canvas» and «annotations».",
)
BAD_CANVAS = Words(
    "Кескіннің ені мен биіктігі пикселмен, 1 мен 100 000 арасындағы бүтін сан болуы керек, «mm_per_px» нөлден үлкен болуы керек.",
    "Ширина и высота изображения задаются целым числом пикселей от 1 до 100 000, «mm_per_px» больше нуля.",
    "Width and height of the canvas are whole pixels from 1 to 100,000, «mm_per_px» is more than zero.",
)
TOO_MANY = Words(
    "Белгі тым көп: %(n)d. Бір кескінде ең көбі %(most)d белгі оқылады.",
    "Слишком много меток: %(n)d. На одном изображении читается не больше %(most)d.",
    "Too many annotations: %(n)d. At most %(most)d are read on one canvas.",
)
NO_TYPE = Words(
    "%(where)s: зақым түрі көрсетілмеген («classifying»).",
    "%(where)s: не указан вид повреждения («classifying»).",
    "%(where)s: no damage is named (body «classifying»).",
)
UNKNOWN_TYPE = Words(
    "%(where)s: «%(value)s» деген зақым коды жоқ.",
    "%(where)s: кода повреждения «%(value)s» нет.",
    "%(where)s: there is no damage code «%(value)s».",
)
BAD_SEVERITY = Words(
    "%(where)s: ауырлық «severity:1» … «severity:4» түрінде жазылады, ал мұнда «%(value)s».",
    "%(where)s: тяжесть пишется «severity:1» … «severity:4», а здесь «%(value)s».",
    "%(where)s: severity is written «severity:1» … «severity:4», here it is «%(value)s».",
)
NO_SELECTOR = Words(
    "%(where)s: орны көрсетілмеген (FragmentSelector немесе SvgSelector керек).",
    "%(where)s: не указано место (нужен FragmentSelector или SvgSelector).",
    "%(where)s: no place is given (a FragmentSelector or an SvgSelector is needed).",
)
UNREADABLE = Words(
    "%(where)s: пішінді оқу мүмкін емес.",
    "%(where)s: форму прочитать нельзя.",
    "%(where)s: the shape cannot be read.",
)
NOT_FINITE = Words(
    "%(where)s: координаталардың ішінде сан емес немесе шексіз мән бар.",
    "%(where)s: среди координат есть не число или бесконечность.",
    "%(where)s: among the coordinates there is one that is no finite number.",
)
TOO_LONG = Words(
    "%(where)s: пішінде тым көп нүкте бар (%(n)d); ең көбі %(most)d оқылады.",
    "%(where)s: в форме слишком много точек (%(n)d); читается не больше %(most)d.",
    "%(where)s: the shape has too many points (%(n)d); at most %(most)d are read.",
)
OUTSIDE = Words(
    "%(where)s: пішін кескіннен тыс тұр, есепке алынбады.",
    "%(where)s: форма лежит вне изображения и не учтена.",
    "%(where)s: the shape lies outside the canvas and was left out.",
)
CLIPPED = Words(
    "%(where)s: пішін кескін шегімен қиылды.",
    "%(where)s: форма обрезана по краю изображения.",
    "%(where)s: the shape was cut at the edge of the canvas.",
)
REPAIRED = Words(
    "%(where)s: өзін-өзі қиып өтетін пішін түзетілді.",
    "%(where)s: форма, пересекавшая сама себя, исправлена.",
    "%(where)s: a shape that crossed itself was repaired.",
)
SIMPLIFIED = Words(
    "%(where)s: артық нүктелер алынды.",
    "%(where)s: лишние точки убраны.",
    "%(where)s: needless points were taken out.",
)
EMPTY = Words(
    "%(where)s: пішінде не аудан, не ұзындық жоқ, есепке алынбады.",
    "%(where)s: у формы нет ни площади, ни длины, она не учтена.",
    "%(where)s: the shape has neither area nor length and was left out.",
)
SWAPPED = Words(
    "Координаталар кескіннің енінен асады, бірақ орындары ауысса, сыяды: x пен y ауысып кеткен сияқты. Белгілерді кескіннің өз пикселімен жіберіңіз.",
    "Координаты выходят за ширину изображения, а переставленные помещаются: похоже, x и y перепутаны. Пришлите метки в пикселях самого изображения.",
    "The coordinates run over the canvas but would fit the other way round: x and y seem to be swapped. Send the marks in pixels of the canvas itself.",
)
SCREEN_PIXELS = Words(
    "Белгілер %(w)d × %(h)d өлшемді көріністің пикселімен жіберілген, ал кескін %(cw)d × %(ch)d. Оларды кескіннің өз пикселімен жіберіңіз.",
    "Метки присланы в пикселях вида %(w)d × %(h)d, а изображение %(cw)d × %(ch)d. Пришлите их в пикселях самого изображения.",
    "The marks come in pixels of a view of %(w)d × %(h)d, but the canvas is %(cw)d × %(ch)d. Send them in pixels of the canvas itself.",
)
OTHER_CANVAS = Words(
    "Жауаптың кескіні (%(w)d × %(h)d) үлгінің кескініне (%(cw)d × %(ch)d) сәйкес емес.",
    "Изображение ответа (%(w)d × %(h)d) не совпадает с изображением образца (%(cw)d × %(ch)d).",
    "The canvas of the answer (%(w)d × %(h)d) is not that of the reference (%(cw)d × %(ch)d).",
)
