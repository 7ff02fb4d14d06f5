"""100,000 rows of a machine are taken in within seconds."""

import io
import time
from datetime import datetime, timedelta

import openpyxl
import pytest

from laksana.files.services import store
from laksana.library.conftest import BEFORE
from laksana.library.kepegawaian.presensi import services
from laksana.library.kepegawaian.presensi.models import Day, Machine, Upload
from laksana.library.kepegawaian.presensi.reading import Mapping
from laksana.people.models import Person

pytestmark = pytest.mark.bench
ROWS, SECONDS = 100_000, 20
SCAN = Mapping(layout="pindai", employee="PIN", by="nomor", moment="Waktu")


def rows(people: int) -> list[tuple[str, str]]:
    first = datetime(2024, 1, 1, 7)  # noqa: DTZ001
    return [
        (
            str(1 + n % people),
            f"{first + timedelta(days=n // (2 * people), hours=9 * (n // people % 2), minutes=n % 50):%Y-%m-%d %H:%M}",
        )
        for n in range(ROWS)
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_100_000_rows_are_taken_in_within_seconds(form: str) -> None:
    people = list(Person.objects.order_by("pk"))
    machine = Machine.objects.create(name=form)
    for number, person in enumerate(people, 1):
        services.enrol(machine, str(number), person)
    content = io.BytesIO()
    if form == "csv":
        content.write("\n".join(["PIN,Waktu", *(",".join(row) for row in rows(len(people)))]).encode())
    else:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in [("PIN", "Waktu"), *rows(len(people))]:
            sheet.append(row)
        book.save(content)
    content.seek(0)
    stored = store(content, f"a.{form}", (form,), at=BEFORE)
    upload = Upload.objects.create(machine=machine, stored=stored, name=form, by=people[0], at=BEFORE)
    begin = time.perf_counter()
    report = services.take(upload, SCAN, at=BEFORE)
    taken = time.perf_counter() - begin
    begin = time.perf_counter()
    again = services.take(upload, SCAN, at=BEFORE)
    repeated = time.perf_counter() - begin
    print(f"{form}: {report.read} rows, {report.days} days: {taken:.1f} s, again {repeated:.1f} s")  # noqa: T201
    assert (report.read, report.refused) == (ROWS, 0)
    assert report.days == Day.objects.count() == again.same
    assert taken < SECONDS
