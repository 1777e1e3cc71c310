"""Pictures of a piece."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.files.services import FileRefused
from orken.newsroom import forms, services
from orken.newsroom.services.pictures import WORDS
from orken.newsroom.views.common import actor, asked, news_or_404, piece_address


def add(request: HttpRequest, pk: int) -> HttpResponse:
    news = news_or_404(request, pk)
    posted = request.method == "POST"
    form = forms.PictureForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_bound and form.is_valid():
        try:
            services.add_picture(news=news, upload=form.cleaned_data["picture"], words=form.words, by=actor(request))
        except FileRefused as refused:
            form.add_error("picture", str(refused))
        except services.TooManyPictures:
            form.add_error(None, _("A piece of news has twelve pictures at most. Take one out first."))
        else:
            messages.success(request, _("The picture is added."))
            return redirect(piece_address(news))
    return asked(request, form, _("Add a picture"), piece_address(news), button=_("Add"))


def describe(request: HttpRequest, pk: int, picture: int) -> HttpResponse:
    news = news_or_404(request, pk)
    row = get_object_or_404(news.pictures, pk=picture)
    start = {name: getattr(row, name) for name in WORDS}
    form = forms.PictureForm(request.POST if request.method == "POST" else None, described=True, initial=start)
    if form.is_bound and form.is_valid():
        services.describe_picture(picture=row, words=form.words, by=actor(request))
        messages.success(request, _("Saved."))
        return redirect(piece_address(news))
    return asked(request, form, _("Words of the picture"), piece_address(news), button=_("Save"))


@require_POST
def remove(request: HttpRequest, pk: int, picture: int) -> HttpResponse:
    news = news_or_404(request, pk)
    services.remove_picture(picture=get_object_or_404(news.pictures, pk=picture), by=actor(request))
    messages.success(request, _("The picture is taken out."))
    return redirect(piece_address(news))
