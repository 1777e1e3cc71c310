"""Authors find their courses by title, lessons and terms; learners find lessons through `study`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from orken.courseware import content, selectors
from orken.courseware.models import Course
from orken.kit.i18n.content import LANGUAGES, text_of
from orken.kit.search import registry
from orken.kit.search.registry import Document
from orken.network.roles import Permission


def register() -> None:
    registry.register("course", label=_("Courses"), documents=documents, right=Permission.PROGRAMME_EDIT)


def documents(ids: Iterable[int] | None) -> Iterator[Document]:
    """A published course in each language, with the titles of its lessons and its terms."""
    rows = Course.objects.exclude(published=None).select_related("published", "unit").order_by("pk")
    for course in rows.filter(pk__in=list(ids)) if ids is not None else rows:
        version = course.published
        assert version is not None, "asked for above"
        modules = content.modules_of(version)
        for language in LANGUAGES:
            inside = [
                text_of(version, "summary", language).value, course.code,
                *(text_of(lesson, "title", language).value for module in modules for lesson in module.lessons.all()),
                *(term for term, _meaning in selectors.glossary(modules, language)),
            ]  # fmt: skip
            yield Document(
                object_id=str(course.pk), language=language, title=text_of(version, "title", language).value, body=" · ".join(filter(None, inside)),
                address=f"/courses/{course.code}/", scope_path=course.unit.path,
            )  # fmt: skip
