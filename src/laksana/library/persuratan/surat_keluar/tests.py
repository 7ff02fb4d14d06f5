"""The rules of surat keluar by example, with the figures of the domain reference, and by property."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.documents.services import Naming, Signatory, block
from laksana.library.persuratan.naskah import KINDS
from laksana.library.persuratan.numbers import PATTERNS, PatternRow, written
from laksana.library.persuratan.surat_keluar import rules
from laksana.library.persuratan.surat_keluar.initials import STEPS
from laksana.library.persuratan.surat_keluar.rules import Initial
from laksana.library.tables import TableError, read
from laksana.numbering import services as numbering
from laksana.sop import rules as registry
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.hours import Hours
from laksana.worktime.zone import OFFICE_ZONE

CALENDAR = WorkCalendar(
    (
        *(Hours(day, time(7, 30), time(16), time(12), time(13)) for day in range(4)),
        Hours(4, time(7, 30), time(16, 30), time(11, 30), time(13)),
    ),
    {},
)
RINA = Signatory(
    "Kepala Dinas", "Rina Maheswari, S.Kom., M.T.", "Pembina Utama Muda, IV/c", "197505052000032001"
)
OF_THE_REFERENCE = {
    "hitung-hari",
    "susunan-nomor",
    "nomor-urut",
    "nomor-setda",
    "tanggal-nomor",
    "nomor-sisipan",
    "paraf-hierarki",
    "jalur-paraf",
    "kewenangan",
    "penulisan-nama",
    "ttd-atas-nama",
    "tte",
    "kode-derajat",
    "sampul-rahasia",
    "pertinggal",
    "tembusan",
}


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


# -- numbers ---------------------------------------------------------------------------------------------------------


def test_a_number_is_made_of_code_running_number_unit_and_year() -> None:
    assert (
        rules.letter_number("surat_dinas", "500.12", 874, date(2026, 11, 18)) == "500.12/874/Diskominfo/2026"
    )
    assert (
        rules.letter_number("keputusan_kadis", "000.8.3.3", 41, date(2026, 1, 5))
        == "000.8.3.3/Kep.041/Diskominfo/2026"
    )
    assert rules.letter_number("sop", "000.8.3.3", 12, date(2026, 1, 5)) == "000.8.3.3/12/Diskominfo/2026"


def test_an_inserted_number_carries_its_letter() -> None:
    number = rules.letter_number("surat_tugas", "800.1.11.1", 886, date(2026, 11, 23), sisipan="a")
    assert number == "800.1.11.1/886.a/Diskominfo/2026"


def test_a_pattern_may_show_the_grade_and_the_month() -> None:
    pattern = PatternRow(pola="x", templat="{sifat}/{klasifikasi}/{urut:03}/{bulan}/{tahun}", seri="s")
    assert written(pattern, "400.2", 18, date(2026, 3, 1), "rahasia") == "R/400.2/018/III/2026"


@pytest.mark.parametrize("part", ["{urut.__class__}", "{nama}", "{0}", "{klasifikasi[0]}"])
def test_a_pattern_of_the_office_reaches_nothing_but_the_parts_of_a_number(tmp_path: Path, part: str) -> None:
    file = tmp_path / "pola-nomor.csv"
    file.write_text(f"# source: kantor\npola,templat,seri,unit\numum,{part},s,\n", encoding="utf-8")
    with pytest.raises(TableError, match="no part of a number"):
        read(file, PatternRow, "pola")


def test_general_documents_share_one_series_and_others_have_their_own() -> None:
    day = date(2027, 1, 4)
    assert (
        rules.number_series("surat_dinas", day)
        == rules.number_series("nota_dinas", day)
        == ("naskah-umum", 2027)
    )
    assert rules.number_series("keputusan_kadis", day) == ("keputusan-dinas", 2027)
    assert rules.number_series("keputusan_wali_kota", day) is None
    assert rules.number_series("memo", day) is None


@given(st.integers(1, 99_999), st.integers(1, 99_999), st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_two_numbers_of_a_series_are_never_written_alike(first: int, second: int, day: date) -> None:
    for kind in ("surat_dinas", "keputusan_kadis"):
        same = rules.letter_number(kind, "500.12", first, day) == rules.letter_number(
            kind, "500.12", second, day
        )
        assert same == (first == second)


def test_dates_and_numbers_rise_together() -> None:
    assert rules.dates_rise([date(2026, 11, 18), date(2026, 11, 18), date(2026, 11, 20)])
    assert not rules.dates_rise([date(2026, 11, 18), date(2026, 11, 17)])


# -- inserted numbers ------------------------------------------------------------------------------------------------


@pytest.fixture
def allowing(tmp_path: Path, settings: Any) -> None:
    """An office that allows inserted numbers at most five working days back."""
    settings.HOME = tmp_path
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "ketentuan-persuratan.csv").write_text(
        "# source: keputusan kantor\nketentuan,nilai,keterangan\nundangan_sebelum_acara,2 jam berjalan,\n"
        "surat_lama,30 hari,\nnomor_sisipan_mundur,5 hari kerja,\n",
        encoding="utf-8",
    )


def test_inserted_numbers_are_forbidden_until_the_office_allows_them() -> None:
    assert rules.may_insert(date(2026, 11, 23), date(2026, 11, 25), CALENDAR) == "tidak_dibolehkan"


@pytest.mark.parametrize(
    ("wanted", "verdict"),
    [
        ("2026-11-23", "boleh"),
        ("2026-11-18", "boleh"),
        ("2026-11-17", "terlalu_jauh"),
        ("2026-11-13", "terlalu_jauh"),
        ("2026-11-25", "bukan_mundur"),
        ("2025-12-31", "tahun_lain"),
    ],
)
@pytest.mark.usefixtures("allowing")
def test_an_inserted_number_lies_at_most_five_working_days_back(wanted: str, verdict: str) -> None:
    assert rules.may_insert(date.fromisoformat(wanted), date(2026, 11, 25), CALENDAR) == verdict


@pytest.mark.reference("surat-keluar/sisipan")
@pytest.mark.django_db
def test_a_letter_dated_back_takes_the_last_number_of_its_day_with_a_letter() -> None:
    for number, at in (
        (884, "2026-11-23"),
        (885, "2026-11-23"),
        (886, "2026-11-23"),
        (887, "2026-11-24"),
        (890, "2026-11-25"),
    ):
        numbering.set_last("naskah-umum", 2026, number - 1)
        numbering.allot("naskah-umum", 2026, wib(f"{at} 09:00"))
    given_numbers = [
        numbering.insert_between(
            "naskah-umum",
            date(2026, 11, 23),
            wib("2026-11-25 10:00"),
            "Disetujui Kasubag",
            calendar=CALENDAR,
            max_workdays_back=5,
        )
        for _ in range(2)
    ]
    assert [f"{number.value}.{number.suffix}" for number in given_numbers] == ["886.a", "886.b"]
    with pytest.raises(numbering.NumberRefused, match="8"):
        numbering.insert_between(
            "naskah-umum",
            date(2026, 11, 13),
            wib("2026-11-25 10:00"),
            "Disetujui Kasubag",
            calendar=CALENDAR,
            max_workdays_back=5,
        )


# -- paraf -----------------------------------------------------------------------------------------------------------


def test_the_path_of_paraf_follows_drafter_and_signer() -> None:
    assert rules.initials_path("kadis") == ["paraf-kasi", "paraf-kabid", "tata-naskah", "paraf-sekretaris"]
    assert rules.initials_path("kadis", tanpa_kabid=True) == ["paraf-kasi", "tata-naskah", "paraf-sekretaris"]
    assert rules.initials_path("sekretaris_an_kadis", True, True) == ["tata-naskah"]
    assert rules.initials_path("wali_kota", koordinasi=True)[-1] == "setujui"
    assert "paraf-kabid" in rules.initials_path("kadis", tanpa_kabid=True, koordinasi=True)


def test_every_step_of_the_path_gives_a_paraf() -> None:
    assert set(rules.initials_path("sekda", koordinasi=True)) <= set(STEPS)


def test_paraf_on_an_older_version_do_not_count() -> None:
    path = ["paraf-kasi", "paraf-kabid"]
    first = [Initial("paraf-kasi", 1), Initial("paraf-kabid", 1)]
    assert rules.is_ready_to_sign(first, path, 1)
    assert not rules.is_ready_to_sign(first, path, 2)
    assert not rules.is_ready_to_sign([*first, Initial("paraf-kasi", 2)], path, 2)
    assert rules.is_ready_to_sign([*first, Initial("paraf-kasi", 2), Initial("paraf-kabid", 2)], path, 2)


INITIALS = st.lists(st.builds(Initial, langkah=st.sampled_from(sorted(STEPS)), versi=st.integers(1, 4)))


@given(INITIALS, st.sets(st.sampled_from(sorted(STEPS))), st.integers(1, 5))
def test_a_draft_ready_on_a_version_is_ready_on_every_older_one(
    initials: list[Initial], path: set[str], version: int
) -> None:
    ready = rules.is_ready_to_sign(initials, sorted(path), version)
    assert not ready or rules.is_ready_to_sign(initials, sorted(path), version - 1)
    assert ready == all(
        max((i.versi for i in initials if i.langkah == s), default=0) >= version for s in path
    )


# -- signing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "signer", "receivers", "verdict"),
    [
        ("surat_dinas", "kadis", [], "berwenang"),
        ("surat_dinas", "plh_kadis", [], "berwenang"),
        ("surat_dinas", "sekretaris_an_kadis", [], "berwenang"),
        ("surat_dinas", "sekretaris_an_kadis", ["Wali Kota Serang"], "kepada_wali_kota"),
        ("surat_edaran", "sekretaris_an_kadis", [], "jenis_tidak_berwenang"),
        ("pengumuman", "sekretaris_an_kadis", [], "jenis_tidak_berwenang"),
        ("surat_edaran", "sekda", [], "berwenang"),
        ("surat_dinas", "wali_kota", [], "jenis_tidak_berwenang"),
    ],
)
def test_who_may_sign_which_kind(kind: str, signer: Any, receivers: list[str], verdict: str) -> None:
    assert rules.signing_authority(kind, signer, date(2026, 11, 18), receivers) == verdict


def test_a_mandate_counts_from_its_day_on() -> None:
    assert rules.signing_authority("surat_dinas", "sekretaris_an_kadis", date(2026, 1, 1)) == "tanpa_mandat"
    assert rules.signing_authority("surat_dinas", "sekretaris_an_kadis", date(2026, 1, 2)) == "berwenang"


@pytest.mark.reference("surat-keluar/nama-dan-gelar")
def test_the_same_officer_is_named_with_degrees_on_a_letter_and_without_on_a_decision() -> None:
    on_letter = block(RINA, rules.naming("surat_dinas"))
    assert (on_letter["name"], on_letter["rank"], on_letter["nip"]) == (RINA.name, RINA.rank, RINA.nip)
    assert block(RINA, rules.naming("keputusan_kadis"))["name"] == "RINA MAHESWARI"


def test_regional_heads_bear_no_rank_and_those_who_act_for_them_no_degrees_either() -> None:
    assert rules.naming("surat_edaran", "wali_kota") is Naming.UNRANKED
    assert rules.naming("surat_edaran", "sekda", penjabat=True) is Naming.BARE


@pytest.mark.parametrize(
    ("signer", "lines"),
    [
        ("kadis", ["Kepala Dinas,"]),
        ("sekretaris_an_kadis", ["a.n. Kepala Dinas", "Sekretaris,"]),
        ("plh_kadis", ["Plh. Kepala Dinas,"]),
        ("plt_kadis", ["Plt. Kepala Dinas,"]),
        ("wali_kota", ["Wali Kota,"]),
    ],
)
def test_the_capacity_of_the_signer_stands_above_his_name(signer: Any, lines: list[str]) -> None:
    assert rules.signature_lines(signer) == lines


def test_a_certificate_that_ran_out_yesterday_signs_nothing() -> None:
    assert rules.electronic_signing(date(2026, 11, 20), date(2026, 11, 19)) == "sertifikat_kedaluwarsa"
    assert rules.electronic_signing(date(2026, 11, 19), date(2026, 11, 19)) == "berhasil"
    assert (
        rules.electronic_signing(date(2026, 11, 19), date(2027, 1, 1), dicabut=True) == "sertifikat_dicabut"
    )
    assert rules.electronic_signing(date(2026, 11, 19), date(2027, 1, 1), sandi_benar=False) == "sandi_salah"
    assert (
        rules.electronic_signing(date(2026, 11, 19), date(2027, 1, 1), layanan_ada=False)
        == "layanan_tidak_ada"
    )


# -- envelopes, copies, time -----------------------------------------------------------------------------------------


def test_the_grade_stands_on_the_letter_in_its_ink_and_hides_the_subject_of_a_secret_one() -> None:
    assert rules.grade_mark("sangat_rahasia") == ("SR", "merah")
    assert rules.grade_mark("terbatas") == ("T", "hitam")
    assert rules.subject_in_books("Permintaan data", "rahasia") == "(rahasia)"
    assert rules.subject_in_books("Permintaan data", "terbatas") == "Permintaan data"


def test_copies_are_numbered_only_when_there_are_several_and_never_name_the_archive() -> None:
    assert rules.copies_as_printed([]) == []
    assert rules.copies_as_printed(["Wali Kota Serang", "Arsip"]) == ["Wali Kota Serang"]
    assert rules.copies_as_printed(["Wali Kota", "Sekda"]) == ["1. Wali Kota", "2. Sekda"]


def test_a_reply_is_filed_with_the_letter_it_answers() -> None:
    assert rules.file_of_copy("500.14/2026/2", "500.14/2026/9") == "500.14/2026/2"
    assert rules.file_of_copy(None, "500.14/2026/9") == "500.14/2026/9"


def test_a_letter_is_sent_within_three_working_days_and_the_most_urgent_within_one() -> None:
    drafted = wib("2026-11-16 10:00")
    assert rules.drafting_limit("biasa", drafted, CALENDAR) == wib("2026-11-19 16:00")
    assert rules.drafting_limit("amat_segera", drafted, CALENDAR) == wib("2026-11-17 16:00")
    assert rules.working_day_limit(date(2026, 11, 20), 3, CALENDAR) == date(2026, 11, 25)


def test_documents_of_the_setda_spend_no_number_of_the_office() -> None:
    assert rules.is_numbered_by_setda("sekda")
    assert not rules.is_numbered_by_setda("kadis")


def test_every_rule_names_its_source_and_answers_json() -> None:
    mine = [rule for rule in registry.all_rules() if rule.id.startswith("surat-keluar.")]
    assert {rule.id.removeprefix("surat-keluar.") for rule in mine} == OF_THE_REFERENCE | {"batas-konsep"}
    assert all(rule.source and rule.title and rule.function.__doc__ for rule in mine)
    asked = {
        "jenis_naskah": "surat_dinas",
        "kode_klasifikasi": "500.12",
        "nomor_urut": 874,
        "tanggal_surat": "2026-11-18",
    }
    assert registry.get("surat-keluar.susunan-nomor").call_json(asked) == "500.12/874/Diskominfo/2026"
    assert (
        registry.get("surat-keluar.penulisan-nama").call_json({"jenis_naskah": "keputusan_kadis"}) == "plain"
    )


def test_every_kind_is_numbered_by_a_pattern_of_the_table() -> None:
    assert {kind.pola_nomor for kind in KINDS.rows()} <= {pattern.pola for pattern in PATTERNS.rows()}
