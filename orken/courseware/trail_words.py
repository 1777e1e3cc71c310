"""How the trail calls what authors of courses write into it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.courseware.models import Course
from orken.kit.audit import words

VERBS = {
    "course.created": _("began a course"),
    "course.draft_started": _("began a new version of a course"),
    "course.draft_taken_over": _("began a version of a course from an older one"),
    "course.draft_dropped": _("threw the draft of a course away"),
    "course.written": _("changed titles or the rule of a course"),
    "course.programme_set": _("said which programme a course teaches"),
    "course.lessons_copied": _("copied lessons from another course"),
    "course.asked": _("asked a second person to read a course"),
    "course.sent_back": _("sent a course back to its author"),
    "course.published": _("published a course"),
    "course.reverted": _("returned a course to an earlier version"),
    "course.withdrawn": _("took a course out"),
    "course.module_added": _("added a module to a course"),
    "course.module_changed": _("changed a module of a course"),
    "course.module_removed": _("took a module out of a course"),
    "course.module_moved": _("moved a module of a course"),
    "course.module_put_back": _("put a module of a course back"),
    "course.lesson_added": _("added a lesson to a course"),
    "course.lesson_changed": _("changed a lesson of a course"),
    "course.lesson_removed": _("took a lesson out of a course"),
    "course.lesson_moved": _("moved a lesson of a course"),
    "course.lesson_put_back": _("put a lesson of a course back"),
    "course.block_added": _("added a block to a lesson"),
    "course.block_changed": _("changed a block of a lesson"),
    "course.block_removed": _("took a block out of a lesson"),
    "course.block_moved": _("moved a block of a lesson"),
    "course.block_put_back": _("put a block of a lesson back"),
}
ABOUT = {"course": _("Courses")}
FIELDS = {
    "lesson": _("Lesson"),
    "lessons": _("Lessons"),
    "block": _("Block"),
    "programme": _("Programme"),
    "languages": _("Languages"),
}
THINGS = {"courseware.course": words.rows_of("courseware.Course", "draft", "published", text=lambda row: called(row))}
ALSO = {"course": ("courseware.CourseVersion", "courseware.Module", "courseware.Lesson")}


def called(row: Course) -> str:
    version = row.published or row.draft
    return f"{row.code} {version.title}" if version else row.code


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, things=THINGS, also=ALSO)
