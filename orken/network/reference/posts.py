"""The posts of a library."""

from __future__ import annotations

from orken.network.models import Post

G = Post.Group
POSTS = (
    ("director", G.HEAD, "Директор", "Директор", "Director"),
    ("head", G.HEAD, "Кітапхана меңгерушісі", "Заведующий библиотекой", "Head of a library"),
    ("head-dept", G.HEAD, "Бөлім меңгерушісі", "Заведующий отделом", "Head of a department"),
    ("methodologist", G.METHODOLOGIST, "Әдіскер", "Методист", "Methodologist"),
    ("chief-methodologist", G.METHODOLOGIST, "Бас әдіскер", "Главный методист", "Chief methodologist"),
    ("librarian", G.READING_ROOM, "Кітапханашы", "Библиотекарь", "Librarian"),
    ("senior-librarian", G.READING_ROOM, "Аға кітапханашы", "Старший библиотекарь", "Senior librarian"),
    ("rural-librarian", G.RURAL, "Ауылдық кітапхана кітапханашысы", "Библиотекарь сельской библиотеки", "Rural librarian"),
    ("cataloguer", G.CATALOGUER, "Каталогтаушы кітапханашы", "Библиотекарь-каталогизатор", "Cataloguer"),
    ("bibliographer", G.BIBLIOGRAPHER, "Библиограф", "Библиограф", "Bibliographer"),
    ("conservator", G.CONSERVATOR, "Реставратор", "Реставратор", "Conservator"),
    ("trainer", G.TRAINER, "Тренер", "Тренер", "Trainer"),
    ("registrar", G.OTHER, "Тіркеуші", "Регистратор", "Registrar"),
    ("engineer", G.OTHER, "Жүйе әкімшісі", "Системный администратор", "System administrator"),
    ("trainee", G.OTHER, "Тағылымгер", "Стажёр", "Trainee"),
)  # fmt: skip


def posts() -> list[Post]:
    """The register of posts, not yet saved."""
    return [Post(code=code, group=group, title_kk=kk, title_ru=ru, title_en=en) for code, group, kk, ru, en in POSTS]
