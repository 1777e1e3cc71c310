"""Specimens that are ready: drawn coarse, so that a test takes a second."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from orken.conservation.models import Specimen
from orken.conservation.services import specimens
from orken.network.models import Unit
from orken.people.models import Account

COARSE = 0.35
SECRET_SEED = 776_655_443


@pytest.fixture
def drawn(country: Callable[[str], Unit]) -> Callable[..., Specimen]:
    """`drawn("W2:3 C1:2")` is a published specimen with these damages, as the worker would have made it."""

    def made(damages: str = "W2:3 C1:2 M1:2", groups: str = "", seed: int = SECRET_SEED) -> Specimen:
        leaf = {"width": 120, "height": 160, "script": "cyrl", "lang": "kk", "layout": "book", "stock": "wove"}
        wanted = [(code, int(severity)) for code, severity in (one.split(":") for one in damages.split())]
        specimen = specimens.add_drawn(
            recipe={"leaf": leaf, "seed": seed, "damages": wanted, "version": "1"},
            titles={"kk": "Сынақ парағы", "ru": "Пробный лист", "en": "Test leaf"},
            unit=country("NL-CONSERVATION"), mm_per_px=COARSE, script="cyrl", groups=list(groups), by=None,
        )  # fmt: skip
        return specimens.prepare(specimen)

    return made


@pytest.fixture
def photo() -> Callable[..., SimpleUploadedFile]:
    """`photo()` is a picture as a person sends it; `dpi` stands in it when given."""

    def made(width: int = 900, height: int = 1200, name: str = "leaf.jpg", dpi: int | None = 300) -> SimpleUploadedFile:
        y, x = np.mgrid[0:height, 0:width]
        pixels = np.stack([x % 256, y % 256, (x + y) % 256], axis=2).astype(np.uint8)
        out = io.BytesIO()
        exif = Image.Exif()
        exif[0x010F] = "Telephone of Aigul"
        exif.get_ifd(0x8825)[1] = "N"
        options = {"dpi": (dpi, dpi)} if dpi else {}
        Image.fromarray(pixels).save(out, "JPEG", quality=85, exif=exif, **options)
        return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")

    return made


@pytest.fixture
def photograph(
    country: Callable[[str], Unit], account: Callable[[str], Account], photo: Callable[..., SimpleUploadedFile]
) -> Callable[[], Specimen]:
    """`photograph()` is a photograph with tiles, waiting for its experts; kept by «national»."""

    def made() -> Specimen:
        specimen = specimens.take_photograph(
            pictures={"normal": photo()}, titles={"kk": "Нағыз парақ", "ru": "", "en": ""},
            rights={"holder": "Ұлттық кітапхана", "basis": "own", "paper": "", "use": "lessons"}, original="Т-417",
            width_mm=None, unit=country("NL-CONSERVATION"), by=account("national"),
        )  # fmt: skip
        return specimens.prepare(specimen)

    return made
