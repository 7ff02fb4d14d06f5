"""Photographs in the cases of citizens do not tell where they were taken; those of the office's own cases stay as they are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laksana.cases.models import Attachment
from laksana.cases.tests.conftest import Desk
from laksana.files import services as files
from laksana.files.tests import contents
from laksana.files.tests.conftest import storage
from laksana.workspace.tests.conftest import Browser

__all__ = ["storage"]
FIELDS = {"foto": {"label": "Foto", "type": "file", "accept": ["jpg"]}}
STEPS = [{"id": "isi", "asks": ["foto"]}, {"id": "akhir", "then": "selesai"}]


@pytest.mark.parametrize(("public", "told"), [(True, False), (False, True)])
def test_the_place_is_taken_out_where_citizens_bring_the_picture(
    begin: Callable[..., Desk], browser: Browser, storage: Path, public: bool, told: bool
) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, public=public, initiator="warga" if public else "pegawai")
    photo = contents.photograph("JPEG")
    item = desk.item("isi")
    client = browser("staf")
    page = f"/berkas/{desk.case.number}/"
    client.post(f"{page}lampiran/", {"files": SimpleUploadedFile("a.jpg", photo)})
    client.post(
        f"{page}langkah/{item.pk}/", {"foto": SimpleUploadedFile("b.jpg", photo), "_revision": item.revision}
    )
    kept = list(Attachment.objects.select_related("stored"))
    assert {row.name for row in kept} == {"a.jpg", "b.jpg"}
    for row in kept:
        with files.open_file(row.stored) as opened:
            assert (b"GPSLatitude" in opened.read()) is told, row.name
