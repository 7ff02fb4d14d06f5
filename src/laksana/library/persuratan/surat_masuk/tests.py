"""The rules of surat masuk by example, with the figures of the domain reference, and by property."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.library.persuratan.naskah import CODES, GRADES, SEALED, URGENCIES, retention
from laksana.library.persuratan.surat_masuk import rules
from laksana.library.persuratan.surat_masuk.rules import Disposition, Letter
from laksana.sop import rules as registry
from laksana.sop.definition import load
from laksana.sop.flow import Marking, Net, begin, fire
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.hours import Hours
from laksana.worktime.zone import OFFICE_ZONE

RAMADAN = (date(2026, 2, 19), date(2026, 3, 19))
CALENDAR = WorkCalendar(
    (
        *(Hours(day, time(7, 30), time(16), time(12), time(13)) for day in range(4)),
        Hours(4, time(7, 30), time(16, 30), time(11, 30), time(13)),
        *(Hours(day, time(8), time(15), time(12), time(12, 30), *RAMADAN) for day in range(4)),
        Hours(4, time(8), time(15, 30), time(11, 30), time(12, 30), *RAMADAN),
    ),
    {date(2026, 8, 17): "Proklamasi Kemerdekaan", date(2026, 12, 25): "Kelahiran Yesus Kristus"},
)
URGENCY = st.sampled_from([row.kecepatan for row in URGENCIES.rows()])
_FIRST, _LAST = datetime(2026, 1, 1), datetime(2027, 6, 30)  # noqa: DTZ001  (hypothesis wants them without a zone)
INSTANT = st.datetimes(_FIRST, _LAST, timezones=st.just(OFFICE_ZONE))
OF_THE_REFERENCE = {
    "nomor-agenda",
    "batas-kecepatan",
    "batas-dari-isi",
    "kecepatan-undangan",
    "undangan-lewat",
    "duplikat",
    "tanggal-wajar",
    "pohon-disposisi",
    "delegasi",
    "akses-sifat",
    "sandi",
}


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


# -- the agenda ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sifat", "urut", "number"),
    [
        ("biasa", 1318, "1318"),
        ("terbatas", 7, "0007"),
        ("rahasia", 4, "RHS-004"),
        ("sangat_rahasia", 1234, "RHS-1234"),
    ],
)
def test_an_agenda_number_is_written_by_its_grade(sifat: Any, urut: int, number: str) -> None:
    assert rules.agenda_number(sifat, urut) == number


def test_the_agenda_follows_the_year_of_receipt_in_the_office_s_own_time() -> None:
    new_year = datetime(2026, 12, 31, 17, 5, tzinfo=UTC)  # 00.05 on 1 January in Serang
    assert rules.agenda_book("biasa", new_year) == ("agenda-masuk", 2027)
    assert rules.agenda_book("rahasia", new_year - timedelta(minutes=10)) == ("agenda-tertutup", 2026)


@given(st.integers(1, 99_999), st.integers(1, 99_999))
def test_numbers_of_one_book_never_collide(first: int, second: int) -> None:
    for grade in GRADES.rows():
        same = rules.agenda_number(grade.sifat, first) == rules.agenda_number(grade.sifat, second)
        assert same == (first == second)


# -- time limits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("urgency", "received", "limit"),
    [
        ("biasa", "2026-11-10 09:20", "2026-11-17 16:00"),
        ("biasa", "2026-11-13 09:20", "2026-11-20 16:30"),
        ("biasa", "2026-02-20 09:00", "2026-02-27 15:30"),  # Ramadan
        ("biasa", "2026-02-19 09:00", "2026-02-26 15:00"),
        ("penting", "2026-11-13 16:00", "2026-11-16 16:00"),
        ("segera", "2026-11-13 16:00", "2026-11-15 16:00"),
        ("amat_segera", "2026-11-12 10:00", "2026-11-13 10:00"),
    ],
)
def test_each_urgency_has_its_limit(urgency: Any, received: str, limit: str) -> None:
    assert rules.urgency_limit(urgency, wib(received), CALENDAR) == wib(limit)


def test_an_answer_date_on_a_sunday_ends_on_the_friday_before() -> None:
    limit = rules.follow_up_limit(
        "biasa", wib("2026-12-07 08:00"), CALENDAR, batas_jawaban=date(2026, 12, 13)
    )
    assert limit == wib("2026-12-11 16:30")


def test_an_invitation_is_followed_up_two_hours_before_its_event() -> None:
    received, event = wib("2026-11-12 10:00"), wib("2026-11-13 09:00")
    assert rules.invitation_urgency("biasa", received, event) == "amat_segera"
    assert rules.follow_up_limit("amat_segera", received, CALENDAR, event) == wib("2026-11-13 07:00")


@pytest.mark.parametrize(
    ("left", "urgency"),
    [
        (timedelta(hours=23, minutes=59), "amat_segera"),
        (timedelta(hours=24), "segera"),
        (timedelta(hours=47, minutes=59), "segera"),
        (timedelta(hours=48), "penting"),
        (timedelta(hours=71, minutes=59), "penting"),
        (timedelta(hours=72), "biasa"),
        (timedelta(0), "amat_segera"),
        (timedelta(minutes=-1), "biasa"),
    ],
)
def test_the_urgency_of_an_invitation_is_what_the_time_left_demands(left: timedelta, urgency: str) -> None:
    received = wib("2026-11-12 10:00")
    assert rules.invitation_urgency("biasa", received, received + left) == urgency


def test_a_late_invitation_becomes_biasa_whatever_was_chosen_and_its_event_sets_no_limit() -> None:
    received, event = wib("2026-11-12 10:00"), wib("2026-11-12 09:00")
    assert rules.is_late_invitation(received, event)
    assert rules.invitation_urgency("amat_segera", received, event) == "biasa"
    assert rules.follow_up_limit("biasa", received, CALENDAR, event) == wib("2026-11-19 16:00")


def test_a_letter_of_the_highest_urgency_is_forwarded_within_two_working_hours() -> None:
    assert rules.forwarding_limit("amat_segera", wib("2026-11-10 15:30"), CALENDAR) == wib("2026-11-11 09:00")
    assert rules.forwarding_limit("biasa", wib("2026-11-10 15:30"), CALENDAR) == wib("2026-11-11 16:00")


@given(URGENCY, INSTANT, st.timedeltas(timedelta(0), timedelta(days=10)))
def test_an_invitation_that_is_still_to_come_is_never_lowered(
    urgency: Any, received: datetime, left: timedelta
) -> None:
    raised = rules.invitation_urgency(urgency, received, received + left)
    assert URGENCIES[raised].urutan <= URGENCIES[urgency].urutan


@given(
    URGENCY,
    INSTANT,
    st.none() | st.timedeltas(timedelta(days=-3), timedelta(days=30)),
    st.none() | st.integers(0, 30),
)
def test_what_the_letter_says_can_only_shorten_its_limit(
    urgency: Any, received: datetime, left: timedelta | None, days: int | None
) -> None:
    event = None if left is None else received + left
    answer = None if days is None else received.date() + timedelta(days=days)
    limit = rules.follow_up_limit(urgency, received, CALENDAR, event, answer)
    assert limit <= rules.urgency_limit(urgency, received, CALENDAR)


@given(INSTANT)
def test_a_more_urgent_letter_is_never_due_later(received: datetime) -> None:
    by_urgency = sorted(URGENCIES.rows(), key=lambda row: row.urutan)
    limits = [rules.urgency_limit(row.kecepatan, received, CALENDAR) for row in by_urgency]
    assert limits == sorted(limits)


# -- duplicates and dates --------------------------------------------------------------------------------------------

SETDA = Letter("Sekretariat Daerah Kota Serang", "100.3.4/77/Setda/2026", date(2026, 11, 11))


def test_the_same_letter_is_known_whatever_its_blanks_and_capitals() -> None:
    copy = Letter("SEKRETARIAT DAERAH  Kota Serang", "100.3.4 / 77 / SETDA / 2026", date(2026, 11, 11))
    assert rules.is_duplicate(SETDA, copy)


@pytest.mark.parametrize(
    "other",
    [
        Letter("Sekretariat Daerah Kota Serang", "100.3.4/78/Setda/2026", date(2026, 11, 11)),
        Letter("Sekretariat Daerah Kota Serang", "100.3.4/77/Setda/2026", date(2026, 11, 12)),
        Letter("Sekretariat DPRD", "100.3.4/77/Setda/2026", date(2026, 11, 11)),
    ],
)
def test_another_sender_number_or_date_is_another_letter(other: Letter) -> None:
    assert not rules.is_duplicate(SETDA, other)


def test_letters_without_a_number_are_never_taken_for_the_same() -> None:
    citizen = Letter("Warga Contoh", None, date(2026, 11, 11))
    assert not rules.is_duplicate(citizen, citizen)
    assert rules.may_be_duplicate(citizen, citizen)


def test_another_spelling_of_the_sender_is_worth_a_look() -> None:
    assert rules.may_be_duplicate(SETDA, Letter("Setda", "100.3.4/77/Setda/2026", date(2026, 11, 11)))
    assert not rules.may_be_duplicate(SETDA, Letter("Setda", "100.3.4/99/Setda/2026", date(2026, 11, 11)))


@given(st.text(max_size=40), st.text(max_size=40), st.dates())
def test_being_the_same_letter_is_mutual_and_implies_being_alike(
    sender: str, number: str, dated: date
) -> None:
    one = Letter(sender, number, dated)
    other = Letter(f" {sender.lower()}", number.replace("/", " / "), dated)
    assert rules.is_duplicate(one, other) == rules.is_duplicate(other, one)
    assert not rules.is_duplicate(one, other) or rules.may_be_duplicate(one, other)


@pytest.mark.parametrize(
    ("dated", "verdict"),
    [
        ("2026-11-10", "wajar"),
        ("2026-11-11", "setelah_diterima"),
        ("2026-10-11", "wajar"),
        ("2026-10-10", "perlu_catatan"),
    ],
)
def test_a_letter_is_not_dated_after_its_receipt_and_an_old_one_asks_for_a_note(
    dated: str, verdict: str
) -> None:
    assert rules.letter_date(date.fromisoformat(dated), wib("2026-11-10 09:20")) == verdict


# -- dispositions ----------------------------------------------------------------------------------------------------


def test_a_further_disposition_is_due_no_later_than_the_one_it_follows_from() -> None:
    parent = wib("2026-11-18 16:00")
    assert not rules.is_deadline_allowed(wib("2026-11-19 16:00"), parent)
    assert rules.is_deadline_allowed(parent, parent)
    assert rules.is_deadline_allowed(None, parent)
    assert rules.is_deadline_allowed(parent, None)


def test_a_copy_and_one_who_need_not_report_do_not_hold_the_letter_open() -> None:
    copy = Disposition(laporan=False, tembusan=True)
    silent = Disposition(laporan=False, wajib_lapor=False)
    owing = Disposition(laporan=False)
    done = Disposition(laporan=True)
    assert rules.is_finished(Disposition(laporan=True, lanjutan=(done, copy, silent)))
    assert not rules.is_finished(Disposition(laporan=True, lanjutan=(done, owing, copy)))
    assert not rules.is_finished(Disposition(laporan=False, lanjutan=(done,)))


TREES = st.recursive(
    st.builds(Disposition, laporan=st.booleans(), wajib_lapor=st.booleans(), tembusan=st.booleans()),
    lambda lower: st.builds(
        Disposition,
        laporan=st.booleans(),
        wajib_lapor=st.booleans(),
        tembusan=st.booleans(),
        lanjutan=st.lists(lower, max_size=4).map(tuple),
    ),
    max_leaves=20,
)


@given(TREES)
def test_a_tree_is_finished_when_every_node_that_counts_has_reported(tree: Disposition) -> None:
    def counting(node: Disposition) -> list[Disposition]:
        lower = [child for child in node.lanjutan if child.wajib_lapor and not child.tembusan]
        return [node, *(each for child in lower for each in counting(child))]

    assert rules.is_finished(tree) == all(node.laporan for node in counting(tree))


@pytest.mark.parametrize(
    ("sifat", "level", "is_secretary", "judge"),
    [
        ("biasa", 1, False, "sekretaris"),
        ("biasa", 1, True, "kadis"),
        ("rahasia", 1, False, "kadis"),
        ("biasa", 2, False, "pemberi"),
        ("rahasia", 3, True, "pemberi"),
    ],
)
def test_a_report_is_judged_by_the_one_it_is_owed_to(
    sifat: Any, level: int, is_secretary: bool, judge: str
) -> None:
    assert rules.report_judge(sifat, level, is_secretary) == judge


def test_an_absent_officer_is_answered_for_by_his_plh_and_else_from_above() -> None:
    assert rules.answering_officer(False, True) == "pejabat"
    assert rules.answering_officer(True, True) == "plh"
    assert rules.answering_officer(True, False) == "atasan"


def test_the_sekretaris_disposes_of_delegated_matters_and_late_invitations_only() -> None:
    assert rules.is_routine("surat_pengantar", "500.12")
    assert rules.is_routine("surat_edaran", "800.1.11.4")
    assert not rules.is_routine("surat_edaran", "8001")
    assert not rules.is_routine("surat_dinas", "500.12")
    assert rules.is_routine("surat_undangan", "000.1.5", terlambat=True)


def test_a_receiver_stands_below_the_giver_or_coordinates_and_never_twice_on_the_path() -> None:
    assert rules.may_receive(di_bawah_pemberi=True, koordinator=False)
    assert rules.may_receive(di_bawah_pemberi=False, koordinator=True)
    assert not rules.may_receive(di_bawah_pemberi=False, koordinator=False)
    assert rules.is_on_path("position:sekretaris", ["position:kepala-dinas", "position:sekretaris"])


# -- secrecy, archive ------------------------------------------------------------------------------------------------


def test_only_those_on_the_path_read_a_sealed_letter() -> None:
    for grade in SEALED:
        assert rules.sight(grade, "jalur") == "isi"
        assert rules.sight(grade, "persuratan") == "sampul"
        assert rules.sight(grade, "pegawai") == "tidak"
    assert rules.sight("biasa", "pegawai") == "data"
    assert rules.sight("terbatas", "persuratan") == "data"
    assert rules.sight("terbatas", "pegawai") == "tidak"
    assert rules.sight("biasa", "luar") == "tidak"


def test_records_are_kept_as_their_code_says_or_the_nearest_above_it() -> None:
    own, above = retention("000.1.5"), retention("000.8.3.3.9")
    assert own is not None
    assert (own.retensi_aktif, own.retensi_inaktif, own.nasib_akhir) == ("2 tahun", "4 tahun", "musnah")
    assert above is not None
    assert above.kode == "000.8.3.3"
    assert retention("500.14") is None


def test_every_archive_code_stands_under_one_that_exists() -> None:
    known = {row.kode for row in CODES.rows()}
    gaps = {"000.2.3", "000.4.6", "400.14", "700", "400", "400.14.1", "400.14.5", "500"}
    assert {above for code in known if (above := code.rpartition(".")[0]) and above not in known} <= gaps


# -- the registry ----------------------------------------------------------------------------------------------------


def test_rules_answer_json_with_the_office_s_own_time() -> None:
    asked = {"kecepatan": "biasa", "diterima_pada": "2026-12-07T08:00", "batas_jawaban": "2026-12-13"}
    rule = registry.get("surat-masuk.batas-dari-isi")
    assert rule.call_json(asked, calendar=CALENDAR) == "2026-12-11T16:30:00+07:00"
    assert not rule.checked


def test_a_rule_asked_wrongly_names_each_parameter() -> None:
    with pytest.raises(registry.RuleError) as refused:
        registry.get("surat-masuk.nomor-agenda").call({"sifat": "umum", "urut": "x"})
    assert set(refused.value.faults) == {"sifat", "urut"}


def test_every_rule_names_its_source() -> None:
    mine = [rule for rule in registry.all_rules() if rule.id.startswith("surat-masuk.")]
    assert {rule.id.removeprefix("surat-masuk.") for rule in mine} >= OF_THE_REFERENCE
    assert all(rule.source and rule.title and rule.function.__doc__ for rule in mine)


# -- the tree in the flow --------------------------------------------------------------------------------------------

FILE = Path(__file__).parent / "sop.yaml"
PROCEDURE = load(FILE.read_text(encoding="utf-8"), str(FILE))
NET = Net.of(PROCEDURE)
Rows = dict[tuple[str, tuple[int, ...]], int]


class Flow:
    """Plays the net alone: who acts and what is written does not matter here."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.marking: Marking
        self.marking, _ = begin(NET, self._count)

    def _count(self, step: str, instance: tuple[int, ...]) -> int:
        return self.rows.get((step, instance), 0)

    def do(self, step: str, outcome: str | None = None, at: tuple[int, ...] = ()) -> None:
        fire(NET, self.marking, step, at, NET.nodes[step].exits[outcome], self._count)

    def to_dispositions(self) -> None:
        for step, outcome in (
            ("terima", None),
            ("periksa", "Sesuai"),
            ("pilah", "Biasa atau terbatas"),
            ("agenda", "Surat baru"),
            ("verifikasi", "Ya"),
            ("telaah", "Disposisi Kepala Dinas"),
            ("disposisi", None),
            ("teruskan", None),
        ):
            self.do(step, outcome)

    def report(self, at: tuple[int, ...], outcome: str) -> None:
        self.do("periksa-hasil", "Sesuai tanpa balasan", at)
        self.do("lapor", outcome, at)

    @property
    def open(self) -> list[tuple[str, tuple[int, ...]]]:
        return sorted(self.marking.enabled(NET))


def test_a_tree_of_any_depth_comes_back_level_by_level() -> None:
    flow = Flow({("terima-disposisi", ()): 2, ("tindak-lanjut", (1,)): 1, ("tindak-lanjut", (1, 1)): 2})
    flow.to_dispositions()
    flow.do("terima-disposisi", "Ditindaklanjuti", (1,))
    flow.do("tindak-lanjut", "Didisposisikan lagi", (1, 1))
    flow.do("tindak-lanjut", "Dilaksanakan", (1, 1, 1))
    assert flow.open == [("terima-disposisi", (2,)), ("tindak-lanjut", (1, 1, 2))]
    flow.do("tindak-lanjut", "Bukan kewenangan", (1, 1, 2))
    assert ("periksa-hasil", (1, 1)) in flow.open
    flow.report((1, 1), "Diperiksa pemberi disposisi")
    assert ("periksa-hasil", (1,)) in flow.open
    flow.report((1,), "Dinilai Sekretaris")
    flow.do("nilai-laporan", "Ya", (1,))
    assert flow.open == [("terima-disposisi", (2,))]
    flow.do("terima-disposisi", "Ditindaklanjuti", (2,))
    flow.do("tindak-lanjut", "Dilaksanakan", (2,))
    flow.report((2,), "Dinilai Kepala Dinas")
    flow.do("nilai-laporan-kadis", "Ya", (2,))
    assert flow.open == [("berkaskan", ())]
    flow.do("berkaskan")
    assert flow.marking.ended


def test_a_returned_disposition_travels_back_and_its_successor_owes_the_report() -> None:
    flow = Flow({("terima-disposisi", ()): 2, ("terima-disposisi", (1,)): 1})
    flow.to_dispositions()
    flow.do("terima-disposisi", "Bukan kewenangan", (1,))
    assert ("telaah", (1,)) in flow.open
    flow.do("telaah", "Disposisi Kepala Dinas", (1,))
    flow.do("disposisi", None, (1,))
    flow.do("teruskan", None, (1,))
    assert ("terima-disposisi", (1, 1)) in flow.open
    for at in ((1, 1), (2,)):
        flow.do("terima-disposisi", "Ditindaklanjuti", at)
        flow.do("tindak-lanjut", "Dilaksanakan", at)
        flow.report(at, "Dinilai Sekretaris")
        flow.do("nilai-laporan", "Ya", at)
    assert flow.open == [("berkaskan", ())]


def test_a_refused_report_goes_back_to_those_who_act() -> None:
    flow = Flow({("terima-disposisi", ()): 1, ("tindak-lanjut", (1,)): 1})
    flow.to_dispositions()
    flow.do("terima-disposisi", "Ditindaklanjuti", (1,))
    flow.do("tindak-lanjut", "Dilaksanakan", (1, 1))
    flow.report((1,), "Dinilai Sekretaris")
    flow.do("nilai-laporan", "Tidak", (1,))
    assert flow.open == [("tindak-lanjut", (1, 2))]


def test_several_replies_are_all_awaited_before_the_report() -> None:
    flow = Flow({("terima-disposisi", ()): 1, ("balas", (1,)): 2})
    flow.to_dispositions()
    flow.do("terima-disposisi", "Ditindaklanjuti", (1,))
    flow.do("tindak-lanjut", "Dilaksanakan", (1,))
    flow.do("periksa-hasil", "Sesuai dan perlu balasan", (1,))
    flow.do("balas", None, (1, 1))
    assert flow.open == [("balas", (1, 2))]
    flow.do("balas", None, (1, 2))
    assert flow.open == [("lapor", (1,))]
