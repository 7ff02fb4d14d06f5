"""The year as the registers tell it, the list of exempt information and its reviews, and the published list."""

from datetime import date, datetime
from pathlib import Path

import pytest

from laksana.cases import actions
from laksana.cases.models import Case
from laksana.documents import services as documents
from laksana.library.informasi import services as informasi
from laksana.library.tests.examples import played
from laksana.people.models import Person
from laksana.worktime.zone import OFFICE_ZONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
FOLDER = Path(__file__).parent


def _play(procedure: str, scenario: str) -> None:
    played(str(FOLDER / procedure / "tests.py"), scenario)


def _at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=OFFICE_ZONE)


def test_look(tmp_path):
    _play("permohonan_informasi", "normal-tepat-waktu")
    _play("permohonan_informasi", "sebagian-dengan-biaya")
    f = informasi.figures(2026, _at(2027, 2, 1))
    for line in f.lines(): print(line)
    Path("/tmp/lap.pdf").write_bytes(informasi.report_pdf(2026, _at(2027, 2, 1)))
    for p in documents.Paper.objects.all():
        if p.document.startswith("lembar") or p.document=="daftar-penghitaman":
            Path(f"/tmp/{p.document}.pdf").write_bytes(documents.render_paper(p))
    for e in informasi.exemptions(_at(2026, 12, 1)): print(e)
    for e in informasi.planned(_at(2026, 12, 1)): print(e)
