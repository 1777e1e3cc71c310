"""What every list page does with a request, so that its own view is one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from orken.kit.sheets.writing import XLSX
from orken.kit.tables import export, services
from orken.kit.tables.tables import Table
from orken.kit.text.plain import visible


def respond(
    request: HttpRequest, table: Table, rows: QuerySet[Any], template: str, context: Mapping[str, Any] | None = None
) -> HttpResponseBase:
    """The page of a list, its spreadsheet (`?format=xlsx`), or the keeping of a view (POST)."""
    page = table.page(request, rows)
    if request.method == "POST":
        return _keep(request, table)
    if request.GET.get("format") == "xlsx":
        name = re.sub(r"\W+", "-", table.name)
        with transaction.atomic():
            if table.taken_away is not None:
                table.taken_away(page)
            file = export.xlsx(page)
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    return render(request, template, {"table": page, **(context or {})})


def _keep(request: HttpRequest, table: Table) -> HttpResponse:
    assert request.user.pk is not None, "lists with views are for those who signed in"
    if request.POST.get("forget", "").isdecimal():
        gone = services.forget_view(account_id=request.user.pk, pk=int(request.POST["forget"]))
        if gone is not None:
            messages.success(request, _("The view “%(name)s” is gone.") % {"name": gone.name})
        return redirect(request.path)
    name = visible(request.POST.get("name", ""))[:60]
    query = urlencode(
        [(key, value) for key, values in request.GET.lists() for value in values if value and key != "page"]
    )
    if not name:
        messages.error(request, _("Give the view a name, then save it."))
        return redirect(request.get_full_path())
    try:
        services.save_view(account_id=request.user.pk, table=table.name, name=name, query=query)
        messages.success(request, _("Saved as “%(name)s”. You find it over the list.") % {"name": name})
    except services.TooManyViews:
        messages.error(request, _("Twenty views are kept at most. Forget one first."))
    return redirect(request.get_full_path())
