"""The vocabulary of the School as data (conservation.md §1): damages, severity, object classes, climate norms.

Every stored mark keeps `VERSION`; a change of a code's meaning, geometry or kin raises it.
"""

from orken.conservation.vocabulary.damages import (
    BY_CODE,
    DAMAGES,
    LOOKALIKES,
    VERSION,
    Damage,
    Geometry,
    Group,
    damage,
    kin_share,
)
from orken.conservation.vocabulary.severity import (
    SEVERITIES,
    Extent,
    ObjectClass,
    Severity,
    is_critical,
    object_class,
)
from orken.conservation.vocabulary.words import Refused, Words

__all__ = [
    "BY_CODE",
    "DAMAGES",
    "LOOKALIKES",
    "SEVERITIES",
    "VERSION",
    "Damage",
    "Extent",
    "Geometry",
    "Group",
    "ObjectClass",
    "Refused",
    "Severity",
    "Words",
    "damage",
    "is_critical",
    "kin_share",
    "object_class",
]
