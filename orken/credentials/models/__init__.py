from orken.credentials.models.badges import Badge, SigningKey, StatusList
from orken.credentials.models.certificates import Batch, Certificate, Copy, HandOver, Step
from orken.credentials.models.hours import Activity, LedgerRow, OutsideTraining
from orken.credentials.models.rules import DocumentRule, Kind, Prefix

__all__ = [
    "Activity", "Badge", "Batch", "Certificate", "Copy", "DocumentRule", "HandOver", "Kind", "LedgerRow", "OutsideTraining",
    "Prefix", "SigningKey", "StatusList", "Step",
]  # fmt: skip
