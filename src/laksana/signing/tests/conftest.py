"""An office that signs with its own authority, and a paper that waits for the section head's signature."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django import Settings

from laksana.cases.tests.conftest import MORNING, Desk, Office, begin, office
from laksana.documents.models import Paper
from laksana.documents.papers import make
from laksana.signing import authority
from laksana.signing.models import Certificate, Signature

__all__ = ["begin", "office"]
PASSPHRASE = "frasa rahasia sekali"
Begin = Callable[..., Desk]
Waits = Callable[..., Signature]
FIELDS = {
    "nama": {"label": "Nama pemohon", "type": "text"},
    "isi": {"label": "Isi", "type": "longtext"},
    "koreksi": {"label": "Koreksi", "type": "longtext"},
}
STEPS: list[dict[str, Any]] = [
    {"id": "konsep", "asks": ["nama", "isi"]},
    {"id": "paraf", "by": "sekretaris", "decides": "Memeriksa konsep", "asks": ["koreksi"],
     "outcomes": {"Ya": "putus", "Tidak": "konsep"}},
    {"id": "putus", "by": "kasubag", "decides": "Memutus", "outcomes": {"Setuju": "selesai", "Tolak": "konsep"}},
]  # fmt: skip
DOCUMENT: dict[str, Any] = {
    "id": "surat-izin",
    "title": "Surat Izin",
    "form": "judul",
    "at": "putus",
    "contents": ["Nama pemohon, isi"],
}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Let refusals speak as the code is written, whatever their translation says."""
    with translation.override("en"):
        yield


@pytest.fixture
def electronic(settings: Settings, tmp_path: Path, office: Office) -> dict[str, Certificate]:
    """Let the office sign with certificates of its own authority, which everybody has."""
    settings.SIGNATURE = "local"
    settings.SIGNING_KEYS = tmp_path / "keys"
    authority.ensure("Dinas Contoh", MORNING)
    return {code: authority.issue(person, PASSPHRASE, MORNING) for code, person in office.people.items()}


@pytest.fixture
def waits(begin: Begin, electronic: dict[str, Certificate]) -> Waits:
    """Carry a small case out until its paper waits for the section head."""

    def start(**values: Any) -> Signature:
        desk = begin(steps=STEPS, fields=FIELDS, documents=[DOCUMENT])
        desk.do("konsep", **({"nama": "Siti Contoh", "isi": "Diizinkan."} | values))
        desk.do("paraf", "sekretaris", outcome="Ya")
        desk.do("putus", "kasubag", outcome="Setuju")
        make(Paper.objects.get().pk, desk.at)
        return Signature.objects.get()

    return start
