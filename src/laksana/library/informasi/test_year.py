"""The year as the registers tell it, the list of exempt information and its reviews, and the published list."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from laksana.cases.models import Case
from laksana.library.informasi import services as informasi
from laksana.library.informasi.nearness import nearness, speaks_of
from laksana.library.informasi.reviews import open_due
from laksana.library.tests.examples import played
from laksana.worktime.zone import OFFICE_ZONE

FOLDER = Path(__file__).parent
office_with_cases = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def _play(procedure: str, *scenarios: str) -> None:
    for scenario in scenarios:
        played(str(FOLDER / procedure / "tests.py"), scenario)


def _at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("text", "information", "near"),
    [
        (
            "Mohon salinan daftar pelapor pengaduan masyarakat tahun 2025",
            "Daftar pelapor pengaduan masyarakat 2025",
            True,
        ),
        ("Saya minta siapa saja yang melaporkan dan mengadukan", "Pelapor pengaduan", True),
        ("Nomer rekning pihak ketiga pada kontrak", "Nomor rekening pihak ketiga", True),
        ("Laporan kinerja dinas tahun 2025", "Daftar pelapor pengaduan masyarakat 2025", False),
        ("Data dan informasi seluruh dokumen dinas kota", "Nomor rekening dan NIK", False),
        ("", "Nomor rekening", False),
        ("Nomor rekening", "", False),
    ],
)
def test_a_text_is_known_by_its_telling_words_in_any_form(text: str, information: str, near: bool) -> None:
    assert speaks_of(text, information) is near
    assert 0 <= nearness(text, information) <= 100


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_a_year_is_counted_from_the_registers_and_stays_what_it_was() -> None:
    _play(
        "permohonan_informasi",
        "normal-tepat-waktu",
        "sebagian-dengan-biaya",
        "perpanjangan-melintasi-lebaran",
    )
    _play("keberatan_informasi", "diterima-dengan-perintah")
    later = _at(2028, 3, 1)
    year = informasi.figures(2026, later)
    booked = Case.objects.filter(procedure="permohonan-informasi", data__has_key="nomor_pendaftaran").count()
    assert year.requests == booked
    assert (year.total("dikabulkan_penuh"), year.total("dikabulkan_sebagian"), year.grounds) == (
        2,
        1,
        {"h": 1},
    )
    assert (year.fastest, year.slowest, year.on_time) == (8, 17, 3)
    assert year.mean == Decimal("11.0")
    assert year.months[2].row["jumlah_permohonan"] == 1
    assert sum(month.objections for month in year.months) == year.objections["jumlah"][""] == 1
    assert list(informasi.figures(2026, _at(2027, 1, 2)).lines()) == list(year.lines())
    # On 10 November nothing of November was answered, and the year was not over.
    early = informasi.figures(2026, _at(2026, 11, 10))
    assert (early.months[10].outcomes["masih_berjalan"], early.until) == (2, date(2026, 11, 10))
    following = informasi.figures(2027, later)
    assert (following.requests, following.mean) == (0, Decimal(0))
    carried = booked - year.answered - year.total("dicabut")
    assert following.carried_over == carried
    assert informasi.report_pdf(2026, later) == informasi.report_pdf(2026, later)
    assert 2026 in informasi.years(later)


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_an_exemption_ends_by_law_and_its_review_opens_by_itself_in_time() -> None:
    _play("permohonan_informasi", "sebagian-dengan-biaya")
    [entry] = informasi.exemptions(_at(2026, 12, 1))
    assert (entry.decision, entry.letters, entry.ends) == (
        "001/DIK/PPID/X/2026",
        frozenset("h"),
        date(2031, 10, 12),
    )
    assert not entry.announced
    assert entry.forecast
    [plan] = informasi.planned(_at(2026, 12, 1))
    assert entry.review is not None
    assert plan.opens < entry.review < date(2031, 10, 12)
    assert informasi.touched("salinan nomor rekening pihak ketiga", _at(2026, 12, 1)) == [entry]
    assert open_due(_at(2031, 7, 1)) == []
    [opened] = open_due(_at(plan.opens.year, plan.opens.month, plan.opens.day))
    assert opened.data["keputusan_ditinjau"] == entry.decision
    assert opened.data["tanggal_terbuka"] == "2031-10-12"
    assert [item.step for item in opened.work_items.filter(state="terbuka")] == ["usul"]
    assert opened.initiator is None
    assert open_due(_at(2031, 9, 30)) == []
    [again] = informasi.planned(_at(2031, 9, 30))
    assert again.case == opened.number
    [over] = informasi.exemptions(_at(2031, 10, 13))
    assert over.state == "berakhir"
    assert informasi.touched("salinan nomor rekening pihak ketiga", _at(2031, 10, 13)) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_list_holds_what_was_announced_and_serta_merta_at_once() -> None:
    _play("daftar_informasi_publik", "siklus-juli-2026")
    july = informasi.published(_at(2026, 8, 1))
    assert len(july) == 16
    assert {each.agency for each in july} == {f"OPD {number}" for number in range(1, 17)}
    assert informasi.published(_at(2026, 7, 22)) == []
    assert not any(each.overdue(date(2026, 8, 1)) for each in july)
    overdue = [each for each in july if each.overdue(date(2027, 2, 1))]
    assert {each.category for each in overdue} == {"berkala"}
    assert len(overdue) == 15
    found = informasi.matching(july, "putusan")
    assert [each.summary for each in found] == ["Putusan"]
    assert len(informasi.matching(july, "", category="berkala")) == 15
    assert informasi.matching(july, "laporan kinerja", agency="OPD 3") == [
        each for each in july if each.agency == "OPD 3"
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_serta_merta_keeps_the_day_on_which_it_came_out_in_the_next_decree() -> None:
    _play("daftar_informasi_publik", "serta-merta-tidak-menunggu")
    [at_once] = informasi.published(_at(2026, 7, 12))
    [decreed] = informasi.published(_at(2026, 7, 14))
    [of_july] = informasi.published(_at(2026, 7, 24))
    assert [each.published for each in (at_once, decreed, of_july)] == [date(2026, 7, 11)] * 3
    assert [each.decree for each in (at_once, decreed, of_july)] == ["", "SK-9", "SK-10"]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_serta_merta_waits_for_no_round_unless_it_touches_what_is_exempt() -> None:
    from laksana.cases import actions
    from laksana.people.models import Person

    _play("permohonan_informasi", "sebagian-dengan-biaya")
    laras, at = Person.objects.get(account__username="laras"), _at(2026, 12, 3)
    case = actions.start(
        "daftar-informasi-publik",
        laras,
        at,
        values={
            "siklus": "insidentil", "tahun": 2026, "pemicu_insidentil": "permintaan_pimpinan", "batas_isian": at.date(),
            "daftar_opd": [{"opd": "BPBD"}],
        },
    )  # fmt: skip
    item = case.work_items.get(step="isi-entri", state="terbuka")

    def entry(number: str, summary: str, category: str) -> dict[str, str]:
        return {
            "nomor": number, "ringkasan_isi": summary, "unit_menguasai": "Bidang", "penanggung_jawab": "Kepala Bidang",
            "waktu_tempat_pembuatan": "Serang 2026", "bentuk": "PDF", "jangka_penyimpanan": "2 tahun", "media": "Elektronik",
            "kategori": category, "berkas_tautan": "https://bpbd.example/siaga",
        }  # fmt: skip

    given = [
        entry("1", "Peringatan banjir dan jalur evakuasi", "serta_merta"),
        entry("2", "Nomor rekening dan NIK pihak ketiga kontrak", "serta_merta"),
        entry("3", "Rencana kontingensi", "setiap_saat"),
    ]
    data = {"tanggal_kirim": at.date(), "daftar_entri": given}
    actions.complete(item.pk, item.revision, laras, data, at, evidence="Surat BPBD")
    [at_once] = informasi.published(at)
    assert (at_once.summary, at_once.decree, at_once.address) == (
        "Peringatan banjir dan jalur evakuasi", "", "https://bpbd.example/siaga",
    )  # fmt: skip
