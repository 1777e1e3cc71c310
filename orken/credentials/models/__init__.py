from orken.credentials.models.badges import Badge, SigningKey, StatusList
from orken.credentials.models.certificates import Batch, Certificate, Copy, HandOver, Step
from orken.credentials.models.hours import Activity, LedgerRow
from orken.credentials.models.observed import Observed
from orken.credentials.models.outside import OutsideTraining, Told
from orken.credentials.models.past import PastHeading, PastList, PastRecord, PastRow
from orken.credentials.models.rules import DocumentRule, Kind, Prefix

__all__ = [
    "Activity", "Badge", "Batch", "Certificate", "Copy", "DocumentRule", "HandOver", "Kind", "LedgerRow", "Observed", "OutsideTraining",
    "PastHeading", "PastList", "PastRecord", "PastRow", "Prefix", "SigningKey", "StatusList", "Step", "Told",
]  # fmt: skip
