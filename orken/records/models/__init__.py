from orken.records.models.numbers import Number, Series
from orken.records.models.papers import Change, Delivery, Named, Paper, Signature, Template, TemplateVersion

__all__ = ["Change", "Delivery", "Named", "Number", "Paper", "Series", "Signature", "Template", "TemplateVersion"]
