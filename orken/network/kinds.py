"""Which kind stands under which, and which role means something where: one table for wizard, move, import and proof.

After the network as domain.md §1 describes it: the republic has regions and republican libraries; a
region has its regional library, its city and district systems and the institutions of other kinds; a
system has branches; the schools of the Library stand at a republican library.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.utils.functional import Promise, lazy

from orken.network.models import Unit
from orken.network.roles import Role

K = Unit.Kind
ANYWHERE = (K.COUNTRY, K.REGION)
LEARNING = (K.COLLEGE, K.UNIVERSITY)
LIBRARIES = (K.REPUBLICAN, K.REGIONAL, K.SYSTEM, K.BRANCH)

PARENTS: dict[str, tuple[Unit.Kind, ...]] = {
    K.COUNTRY: (),
    K.REGION: (K.COUNTRY,),
    K.REPUBLICAN: (K.COUNTRY,),
    K.REGIONAL: (K.REGION,),
    K.SYSTEM: (K.REGION,),
    # A college, a university or an institution of another department may have a library with branches.
    K.BRANCH: (K.SYSTEM, K.REGIONAL, K.REPUBLICAN, *LEARNING, K.OTHER),
    K.SCHOOL: (K.REPUBLICAN,),
    K.COLLEGE: (*ANYWHERE, K.UNIVERSITY),
    K.UNIVERSITY: ANYWHERE,
    K.ARCHIVE: (*ANYWHERE, K.REPUBLICAN, K.OTHER),
    K.MUSEUM: (*ANYWHERE, K.REPUBLICAN, K.REGIONAL, K.OTHER),
    K.ASSOCIATION: ANYWHERE,
    K.OTHER: (*ANYWHERE, K.REPUBLICAN, K.REGIONAL, K.SYSTEM, *LEARNING, K.OTHER),
}

ROLE_PLACES: dict[Role, tuple[Unit.Kind, ...]] = {
    Role.HEAD: (*LIBRARIES, K.SCHOOL, *LEARNING, K.ARCHIVE, K.MUSEUM, K.ASSOCIATION, K.OTHER),
    Role.DISTRICT_METHODOLOGIST: (K.SYSTEM,),
    Role.REGION_METHODOLOGIST: (K.REGION,),
    Role.NATIONAL_METHODOLOGIST: (K.COUNTRY,),
    Role.CURATOR: (K.SCHOOL,),
    Role.TRAINER: (K.SCHOOL, K.REPUBLICAN, *LEARNING),
    Role.REGISTRAR: (K.COUNTRY, K.REPUBLICAN),
    Role.DIRECTOR: (K.COUNTRY, K.REPUBLICAN),
    Role.ANALYST: (*ANYWHERE, K.REPUBLICAN),
    Role.MENTOR: LIBRARIES,
    Role.COORDINATOR: LEARNING,
    Role.STUDENT: LEARNING,
    Role.VIEWER: ANYWHERE,
    Role.ADMINISTRATOR: (K.COUNTRY,),
}


def stands_under(kind: str, parent: str | None) -> bool:
    """Whether a unit of `kind` may stand under one of the kind `parent` (None: under nothing)."""
    return kind == K.COUNTRY if parent is None else parent in PARENTS[kind]


def below(parent: str) -> list[tuple[str, str | Promise]]:
    """The kinds that may be opened under a unit of the kind `parent`; regions are made by set-up."""
    return [(one, label) for one, label in K.choices if parent in PARENTS[one] and one != K.REGION]


def words(kinds: Iterable[str]) -> Promise:
    """The names of kinds in the language of whoever reads them."""
    labels = [K(one).label for one in kinds]
    return cast("Promise", lazy(lambda: ", ".join(str(label) for label in labels), str)())
