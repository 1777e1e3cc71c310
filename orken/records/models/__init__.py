from orken.records.models.numbers import Number, Series

__all__ = ["Number", "Series"]
