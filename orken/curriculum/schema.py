"""A programme in the words of schema.org, for search engines: a block of data in the page, never a script that runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from orken.curriculum.models import Form
from orken.curriculum.selectors import Whole
from orken.kit.i18n.content import current_language, text_of

MODES = {
    Form.ONSITE: "onsite",
    Form.CORRESPONDENCE: "online",
    Form.LIVE: "online",
    Form.OWN_PACE: "online",
    Form.BLENDED: "blended",
}


def course(whole: Whole, address: str) -> SafeString:
    """The programme as a schema.org Course in JSON-LD, safe inside an element of HTML."""
    version = whole.version
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": address,
        "url": address,
        "courseCode": version.programme.code,
        "name": text_of(version, "title").value,
        "description": text_of(version, "summary").value,
        "inLanguage": current_language(),
        "availableLanguage": version.languages,
        "audience": {"@type": "EducationalAudience", "audienceType": text_of(version, "audience").value},
        "coursePrerequisites": text_of(version, "entry").value,
        "timeRequired": f"PT{version.total_minutes}M",
        "provider": {"@type": "Library", "name": text_of(version.programme.unit, "name").value},
        "teaches": [
            {
                "@type": "DefinedTerm",
                "termCode": line.outcome.competency.code,
                "name": line.text.name if line.text else line.outcome.competency.code,
                "description": text_of(line.outcome, "text").value,
            }
            for line in whole.outcomes
        ],
        "syllabusSections": [
            {
                "@type": "Syllabus",
                "name": text_of(line.module, "title").value,
                "description": text_of(line.module, "content").value,
                "timeRequired": f"PT{line.module.minutes:.0f}M",
            }
            for line in whole.modules
        ],
        "hasCourseInstance": [
            {
                "@type": "CourseInstance",
                "courseMode": MODES[Form(version.form)],
                "courseWorkload": f"PT{version.total_minutes}M",
                "inLanguage": language,
            }
            for language in version.languages
        ],
        "version": str(version.number),
        "datePublished": version.published_at.date().isoformat() if version.published_at else None,
    }
    return block(data)


def block(data: Mapping[str, Any]) -> SafeString:
    """What is known of `data` as JSON-LD, safe inside an element of HTML."""
    filled = {key: value for key, value in data.items() if value not in ("", None, [])}
    text = json.dumps(filled, ensure_ascii=False)
    # A text cannot close the element or open a comment in it: «<», «>» and «&» are written as JSON escapes.
    safe = text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    return mark_safe(safe)
