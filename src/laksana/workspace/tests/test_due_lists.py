"""The page of what falls due: who may see it, confirming and setting aside; and the ground of law beside a result."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from laksana.cases import actions
from laksana.library import services
from laksana.library.asking import bases
from laksana.library.catalogue import entries
from laksana.library.kepegawaian.penjagaan.listing import make_lists
from laksana.library.kepegawaian.penjagaan.models import DueRow, Reading
from laksana.library.kepegawaian.riwayat.services import Proof, record
from laksana.people import demo
from laksana.people.models import Account, Person
from laksana.people.services import install_office
from laksana.workspace.tests.conftest import parsed
from laksana.worktime import services as worktime
from laksana.worktime.zone import OFFICE_ZONE

NOW = datetime(2026, 12, 18, 9, tzinfo=OFFICE_ZONE)
PAGE = "/penjagaan/?jenis=kgb"


@pytest.fixture
def lists(db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration office on a day before a quarter ends, with two increases due."""
    with transaction.atomic(), time_machine.travel(NOW, tick=False):
        worktime.seed(NOW)
        install_office()
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            demo.install(NOW)
        services.install()
        held = {"golongan": "III/a", "gaji_pokok": 2964000, "mkg_tahun": 4, "mkg_bulan": 0}
        for name in ("reno", "handoko"):
            person = Person.objects.get(account__username=name)
            record(person, "gaji", (date(2025, 3, 1), None), held, Proof("800/1"), at=NOW)
        make_lists(NOW)
        yield


def browser(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Account.objects.get(username=name))
    return client


def test_the_officer_reads_confirms_and_sets_aside_and_others_may_not(lists: None) -> None:
    assert browser("reno").get(PAGE).status_code == 403
    officer = browser("handoko")
    page = parsed(officer.get(PAGE))
    assert len(page.xpath("//h1")) == 1
    boxes = page.xpath("//input[@name='baris']/@value")
    assert len(boxes) == 2
    assert len(parsed(officer.get(PAGE + "&pilih=semua")).xpath("//input[@name='baris'][@checked]")) == 2
    assert "belum diperiksa" in page.text_content() or "not checked" in page.text_content()
    assert {reading.count for reading in Reading.objects.all()} == {2}
    done = officer.post(PAGE, {"tindakan": "konfirmasi", "baris": boxes}, follow=True)
    assert "Still to fill in: Dasar gaji terakhir" in done.content.decode()
    decree = {
        "sk_terakhir_jenis": "surat_kgb",
        "sk_terakhir_tanggal": "2025-01-02",
        "sk_terakhir_pejabat": "Kepala Dinas",
    }
    own = DueRow.objects.get(kind="kgb", person__account__username="handoko")
    filled = officer.post(PAGE, {"tindakan": "konfirmasi", "baris": [own.pk], **decree}, follow=True)
    assert "1 row was confirmed" in filled.content.decode()
    officer.post(PAGE, {"tindakan": "tidak-berlaku", "baris": boxes, "alasan": "Sedang CLTN"})
    closed = DueRow.objects.get(closed="tidak-berlaku")
    assert closed.person.account is not None
    assert closed.person.account.username == "reno"  # the officer's own stays: four eyes
    assert "Sedang CLTN" in officer.get(PAGE + "&keadaan=semua").content.decode()
    quarter = DueRow.objects.filter(kind="skp", person__account__username="ningsih").get()
    officer.post("/penjagaan/?jenis=skp", {"tindakan": "konfirmasi", "baris": [quarter.pk]})
    assert quarter.case is not None
    case = quarter.case
    case.refresh_from_db()
    assert case.work_items.filter(step="susun").exists()
    head = parsed(browser("wiraguna").get(PAGE))
    assert head.xpath("//input[@name='baris']") == []


def test_computed_values_of_a_case_name_their_source_and_whether_it_was_checked(lists: None) -> None:
    row = DueRow.objects.filter(kind="pensiun").first() or DueRow.objects.filter(kind="kgb").first()
    assert row is not None
    assert row.case is not None
    item = row.case.work_items.get()
    values = {
        **row.case.data, "sk_terakhir_jenis": "surat_kgb", "sk_terakhir_pejabat": "Kepala Dinas",
        "sk_terakhir_tanggal": "2024-12-01",
    }  # fmt: skip
    actions.complete(item.pk, item.revision, Person.objects.get(account__username="handoko"), values, NOW)
    text = parsed(browser("handoko").get(row.case.get_absolute_url())).text_content()
    assert "PP 5/2024" in text
    assert "PP 7/1977 Pasal 12 ayat (2)" in text


def test_every_ground_that_a_procedure_names_exists_and_is_of_a_computed_field() -> None:
    named = {entry.id: bases(entry.id) for entry in entries().values()}
    assert sum(bool(each) for each in named.values()) == 9
    for name, found in named.items():
        for field in found:
            assert entries()[name].procedure.fields[field].computed
