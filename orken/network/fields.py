"""The place of a unit in the tree, as a text that an index can search by subtree."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class PathField(models.CharField):  # type: ignore[type-arg]
    """Ids from the root down, «1/55/123/»; «within» finds a unit and all below it.

    Compared byte by byte on every database, so that the subtree is one range of the index.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters


@PathField.register_lookup
class Within(models.Lookup[Any]):
    """`path__within=p`: the unit at path p and everything below it."""

    lookup_name = "within"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        column, parameters = self.process_lhs(compiler, connection)
        path = str(self.rhs)
        # '0' is the character after '/': no path of the subtree reaches it.
        return f"({column} >= %s AND {column} < %s)", [*parameters, path, *parameters, path[:-1] + "0"]
