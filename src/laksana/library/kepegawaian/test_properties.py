"""What holds of the personnel rules whatever they are asked."""

from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from laksana.library.kepegawaian.cuti import rules as leave
from laksana.library.kepegawaian.functional import LEVELS, credit, credit_needed
from laksana.library.kepegawaian.kartu_pegawai import rules as cards
from laksana.library.kepegawaian.kehadiran_manual import rules as attendance
from laksana.library.kepegawaian.kenaikan_gaji_berkala import rules as kgb
from laksana.library.kepegawaian.kenaikan_pangkat import rules as promotion
from laksana.library.kepegawaian.pay import CONTRACT_PAY_ROWS, PAY, basic_pay, contract_pay
from laksana.library.kepegawaian.pensiun import rules as pension
from laksana.library.kepegawaian.ranks import GRADES, RATINGS, order
from laksana.library.kepegawaian.satyalancana import rules as medal
from laksana.library.kepegawaian.skp_asn import rules as evaluation
from laksana.library.kepegawaian.skumptk import rules as family
from laksana.worktime.calendar import months_later
from laksana.worktime.services import shipped_calendar

CALENDAR = shipped_calendar(range(2025, 2029))
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
FIRSTS = DAYS.map(lambda day: day.replace(day=1))
BIRTHS = st.dates(date(1950, 1, 1), date(2008, 12, 31))
GRADE = st.sampled_from([row.golongan for row in GRADES.rows()])
PAYS = st.sampled_from([row.gaji_pokok for row in PAY.rows()])
CONTRACT_GRADE = st.sampled_from([row.golongan_pppk for row in kgb.CONTRACT_PAY.rows()])
RATING = st.sampled_from([row.predikat for row in RATINGS.rows()])
HAS = st.booleans()
some = settings(max_examples=60)


# -- leave -------------------------------------------------------------------------------------------------------------


@some
@given(st.integers(0, 24), st.integers(0, 24), st.integers(0, 12), st.integers(0, 12))
def test_a_year_of_leave_is_never_less_than_its_own_nor_more_than_the_most(
    one: int, two: int, deferred: int, served: int
) -> None:
    right = leave.entitlement(one, two, deferred, served)
    assert 12 <= right - served <= 24
    assert leave.carried(12 - one, deferred) >= 12


@some
@given(st.integers(0, 12), st.integers(1, 12))
def test_who_used_more_last_year_never_has_more_this_year(more: int, used: int) -> None:
    assert leave.entitlement(min(12, used + more), 12) <= leave.entitlement(used, 12)


@some
@given(DAYS, st.integers(0, 90), st.integers(0, 90))
def test_working_days_of_leave_add_up_wherever_the_span_is_cut(first: date, before: int, after: int) -> None:
    cut, last = first + timedelta(days=before), first + timedelta(days=before + after)
    assume(last.year < 2029)
    parts = leave.workdays(first, cut, CALENDAR) + leave.workdays(cut + leave.DAY, last, CALENDAR)
    assert leave.workdays(first, last, CALENDAR) == parts


@some
@given(DAYS, st.integers(1, 40))
def test_working_days_count_the_same_in_both_directions(first: date, days: int) -> None:
    start = CALENDAR.workday_on_or_after(first)
    assume(start.year < 2028)
    last = CALENDAR.add_workdays(start, days - 1) if days > 1 else start
    assert leave.workdays(start, last, CALENDAR) == days
    if days > 1:
        assert CALENDAR.subtract_workdays(last, days - 1) == start


@some
@given(DAYS, st.integers(1, 36))
def test_leave_of_whole_months_is_counted_as_those_months(first: date, months: int) -> None:
    assert leave.length("besar", first, leave.last_day(first, months), CALENDAR) == (months, "bulan")


@some
@given(DAYS, st.integers(0, 800), st.sampled_from(["PNS", "PPPK"]))
def test_an_illness_never_goes_back_a_stage(first: date, days: int, status: leave.Status) -> None:
    stages = ("pemberitahuan", "permintaan", "perpanjangan", "uji_kesehatan")
    now, later = (
        leave.sick_stage(first, first + timedelta(days=days + more), status).tahap for more in (0, 1)
    )
    assert stages.index(now) <= stages.index(later)


@some
@given(DAYS, st.integers(0, 400), st.sampled_from(["tahunan", "besar", "sakit", "cltn"]), HAS)
def test_somebody_grants_every_leave_and_unpaid_leave_only_the_mayor(
    first: date, days: int, kind: leave.Kind, abroad: bool
) -> None:
    who = leave.grants(kind, "pelaksana_jf_pengawas", first, first + timedelta(days=days), abroad)
    assert who in {"kepala_dinas", "sekda", "wali_kota"}
    assert (kind == "cltn") <= (who == "wali_kota")
    assert leave.grants(kind, "kepala_dinas", first, first + timedelta(days=days), abroad) == "wali_kota"


@some
@given(FIRSTS, st.integers(1, 36))
def test_unpaid_leave_may_be_extended_by_a_year_asked_for_months_before_its_end(
    first: date, months: int
) -> None:
    last = leave.last_day(first, months)
    limits = leave.unpaid_limits(first, last)
    assert last <= limits["paling_lama"]
    assert limits["minta_perpanjangan"] < last < limits["lapor_kembali"] < limits["perpanjangan_paling_lama"]
    assert limits["perpanjangan_paling_lama"] == leave.last_day(last + leave.DAY, 12)


@some
@given(DAYS, st.integers(1, 400))
def test_leave_for_a_birth_is_the_days_in_hospital_and_never_more_than_a_month(
    first: date, days: int
) -> None:
    last = leave.birth_of_wife_until(first, days)
    assert first <= last <= leave.last_day(first, 1)
    assert (last - first).days + 1 <= days


# -- pay ---------------------------------------------------------------------------------------------------------------


@some
@given(GRADE, FIRSTS, st.integers(0, 33), st.integers(0, 11), st.integers(0, 24))
def test_an_increase_reaches_the_next_row_on_a_first_and_pays_more(
    grade: str, since: date, years: int, months: int, postponed: int
) -> None:
    old = basic_pay(grade, years)
    found = kgb.reckoned(grade, since, years, months, bulan_penundaan=postponed)
    assume(old is not None and found is not None)
    assert found is not None
    assert old is not None
    assert found["tmt_baru"].day == found["tmt_bayar"].day == 1
    assert found["gaji_baru"] > old
    assert found["tmt_bayar"] == months_later(found["tmt_baru"], postponed)
    assert found["batas_terbit"] == months_later(found["tmt_bayar"], -2)


@some
@given(GRADE, FIRSTS, st.integers(0, 30))
def test_increases_follow_each_other_by_two_years_unless_unpaid_leave_lies_between(
    grade: str, since: date, years: int
) -> None:
    first = kgb.reckoned(grade, since, years)
    assume(first is not None)
    assert first is not None
    second = kgb.reckoned(grade, first["tmt_baru"], first["mkg_baru_tahun"])
    if second is not None and grade != "II/a":  # II/a begins with rows 0 and 1
        assert second["tmt_baru"] == months_later(first["tmt_baru"], 24) == first["tmt_berikutnya"]
        late = kgb.reckoned(grade, first["tmt_baru"], first["mkg_baru_tahun"], bulan_cltn=5)
        assert late is not None
        assert late["tmt_baru"] == months_later(second["tmt_baru"], 5)


@some
@given(CONTRACT_GRADE, FIRSTS, st.integers(0, 33), st.integers(0, 11))
def test_an_increase_of_a_contract_comes_after_two_years_and_pays_more(
    grade: str, since: date, years: int, months: int
) -> None:
    values = {"status_pegawai": "PPPK", "golongan_pppk": grade, "tmt_lama": since}
    found = kgb.increase({**values, "mkg_lama_tahun": years, "mkg_lama_bulan": months})
    old = contract_pay(grade, years)
    if found is None:
        assert old == kgb.CONTRACT_PAY[grade].gaji_tertinggi
        return
    assert found["tmt_baru"] == months_later(since, 24)
    assert old is None or found["gaji_baru"] > old


def test_the_table_of_contracts_rises_evenly_between_the_ends_of_the_law() -> None:
    """A figure written wrongly would fall out of the step of 3.15 percent for two years that the annex keeps."""
    for span in kgb.CONTRACT_PAY.rows():
        rows = [row for row in CONTRACT_PAY_ROWS.rows() if row.golongan_pppk == span.golongan_pppk]
        assert (rows[0].gaji_pokok, rows[-1].gaji_pokok) == (span.gaji_terendah, span.gaji_tertinggi)
        for one, two in pairwise(rows):
            step = float(two.gaji_pokok / one.gaji_pokok) ** (2 / (two.mkg_mulai - one.mkg_mulai))
            assert 1.031 < step < 1.032, (span.golongan_pppk, two.mkg_mulai)


@some
@given(FIRSTS, st.integers(0, 90), PAYS, HAS, st.integers(0, 5))
def test_arrears_grow_with_the_months_and_lapse_after_five_years(
    since: date, months: int, pay: Decimal, spouse: bool, children: int
) -> None:
    found = kgb.arrears(since, months_later(since, months), pay, spouse, children)
    assert len(found) == min(months, 60)
    total = kgb.arrears_in_all(since, months_later(since, months), pay, spouse, children)
    assert total["jumlah"] == sum(total[name] for name in total if name != "jumlah")
    assert total["jumlah"] <= len(found) * pay * Decimal("1.14") + len(found)


# -- promotion ---------------------------------------------------------------------------------------------------------


@some
@given(DAYS, FIRSTS)
def test_a_proposal_is_never_put_into_an_earlier_period_and_always_into_a_first(
    sent: date, wanted: date
) -> None:
    found = promotion.period(sent, wanted)
    assert found.day == 1
    assert found >= wanted
    assert promotion.cut_off(found) >= sent
    assert found == wanted or promotion.cut_off(months_later(found, -1)) < sent


@some
@given(GRADE, DAYS, st.integers(0, 36), st.sampled_from(["reguler", "jabatan_fungsional", "ijazah"]))
def test_unpaid_leave_puts_a_promotion_off_by_as_many_months(
    grade: str, since: date, unpaid: int, kind: str
) -> None:
    one = promotion.earliest_of(kind, grade, since)
    other = promotion.earliest_of(kind, grade, since, bulan_cltn=unpaid)
    assert one is not None
    assert other is not None
    assert one.day == other.day == 1
    assert other == months_later(one, unpaid)


@some
@given(GRADE, st.sampled_from([row.ijazah for row in promotion.SCHOOLING.rows()]))
def test_a_promotion_lifts_and_only_a_diploma_by_more_than_a_step(grade: str, schooling: str) -> None:
    ordinary = promotion.new_grade(grade, "reguler", schooling)
    assert ordinary is None or order(ordinary) == order(grade) + 1
    by_diploma = promotion.new_grade(grade, "ijazah", schooling)
    assert by_diploma is None or order(by_diploma) > order(grade)


@some
@given(st.sampled_from([row.jenjang for row in LEVELS.rows()]), RATING, st.integers(0, 12), GRADE)
def test_credit_grows_with_the_months_and_its_need_with_the_grade(
    level: str, rating: str, months: int, grade: str
) -> None:
    assert 0 <= credit(level, rating, months) <= credit(level, rating, 12)
    need = credit_needed(level, grade)
    assert need is None or need[0] > 0


# -- pension -----------------------------------------------------------------------------------------------------------


@some
@given(BIRTHS, st.sampled_from([row.kode for row in pension.AGES.rows()]))
def test_a_pension_begins_on_the_first_after_the_month_of_the_age(born: date, post: str) -> None:
    reached, start = pension.retires(born, post)
    assert start.day == 1
    assert reached < start <= reached + timedelta(days=31)
    assert pension.starts("bup", born, post) == start
    limits = pension.due(start)
    assert limits["dijaring"] < limits["usul"] < limits["sk"] < start


@some
@given(DAYS, st.sampled_from(["meninggal", "tewas", "tidak_cakap_jasmani_rohani", "atas_permintaan_sendiri"]))
def test_every_pension_begins_on_a_first_and_not_before_its_event(day: date, kind: pension.Kind) -> None:
    start = pension.starts(kind, peristiwa=day)
    assert start.day == 1
    assert start >= day


@some
@given(PAYS, st.integers(0, 600), st.integers(0, 60))
def test_a_pension_never_falls_with_service_and_stays_within_its_bounds(
    pay: Decimal, months: int, more: int
) -> None:
    least, found = pension.lowest_pay(), pension.estimate(pay, months)
    assert least <= found <= max(least, pay * 3 / 4 + 1)
    assert found <= pension.estimate(pay, months + more)
    assert pension.estimate(pay, months, pecahan=False) <= pension.estimate(pay, months, pecahan=True)
    assert pension.survivors(pay) <= pension.survivors(pay, tewas=True)


# -- family allowance --------------------------------------------------------------------------------------------------

CHILD = st.fixed_dictionaries(
    {"tanggal_lahir": st.dates(date(1998, 1, 1), date(2026, 12, 31))},
    optional={
        "kawin": HAS, "bekerja": HAS, "status": st.sampled_from(["kandung", "tiri", "angkat"]),
        "sekolah_sampai": st.dates(date(2024, 1, 1), date(2040, 12, 31)),
    },
)  # fmt: skip


@some
@given(st.lists(CHILD, max_size=5), FIRSTS)
def test_at_most_two_children_count_and_only_the_oldest_who_may(
    children: list[family.Child], month: date
) -> None:
    counted = family.counted_children(children, month)
    assert len(counted) <= 2
    for place in counted:
        child = children[place]
        assert not child.get("kawin")
        assert not child.get("bekerja")
        assert month <= months_later(child["tanggal_lahir"], 25 * 12)


@some
@given(CHILD, FIRSTS, st.integers(1, 120))
def test_a_child_that_stopped_counting_never_counts_again(
    child: family.Child, month: date, later: int
) -> None:
    now, then = (family.counted_children([child], each) for each in (month, months_later(month, later)))
    assert len(then) <= len(now)


@some
@given(PAYS, st.integers(0, 4), HAS, st.sampled_from(["PNS", "CPNS"]))
def test_family_allowance_grows_with_the_family_and_is_at_most_a_seventh(
    pay: Decimal, children: int, spouse: bool, status: str
) -> None:
    paid = family.allowances(pay, spouse, children, status)
    assert 0 <= paid["jumlah"] <= family.allowances(pay, True, children + 1, status)["jumlah"]
    assert paid["jumlah"] <= pay * 14 / 100 + 3
    heads, rice = family.rice(spouse, children)
    assert 1 <= heads <= 4
    assert rice == heads * family.rice_of_head()


@some
@given(DAYS, DAYS)
def test_nothing_is_paid_back_for_what_was_reported_in_its_month(event: date, report: date) -> None:
    months = family.months_overpaid(event, report)
    assert months >= 0
    assert (months == 0) == (report.replace(day=1) <= event.replace(day=1))


# -- evaluation --------------------------------------------------------------------------------------------------------


def test_every_pair_of_ratings_has_one_rating_and_a_better_one_never_lowers_it() -> None:
    steps = ("di_bawah", "sesuai", "di_atas")
    place = {
        (results, conduct): RATINGS[evaluation.predicate(results, conduct)].urutan
        for results in steps
        for conduct in steps
    }
    assert len(place) == len(evaluation.CELLS.rows()) == 9
    for lower, higher in pairwise(steps):
        for other in steps:
            assert place[lower, other] <= place[higher, other]
            assert place[other, lower] <= place[other, higher]


@some
@given(
    st.sampled_from(["Istimewa", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang"]),
    st.dictionaries(RATING, st.integers(0, 40)),
)
def test_a_distribution_deviates_by_shares_alone(achievement: str, counts: dict[str, int]) -> None:
    doubled = {name: 2 * count for name, count in counts.items()}
    assert evaluation.deviations(achievement, counts) == evaluation.deviations(achievement, doubled)


@some
@given(
    st.integers(2025, 2028),
    st.lists(st.dates(date(2026, 2, 15), date(2026, 11, 15)), max_size=4, unique=True),
)
def test_the_parts_of_a_year_are_whole_or_told(year: int, cuts: list[date]) -> None:
    days = sorted(day.replace(year=year) for day in cuts)
    assume(all((later - day).days > 31 for day, later in pairwise(days)))
    begins = [date(year, 1, 1), *days]
    ends = [*(day - timedelta(days=1) for day in days), date(year, 12, 31)]
    parts = list(zip(begins, ends, strict=True))
    assert evaluation.part_faults(parts, year) == []
    assert evaluation.part_faults(parts[:-1], year) != []


# -- attendance --------------------------------------------------------------------------------------------------------


@some
@given(st.lists(st.decimals(0, 4, places=1), max_size=60), st.integers(0, 31), PAYS)
def test_cuts_are_never_above_all_of_it(events: list[Decimal], absent: int, monthly: Decimal) -> None:
    percent = attendance.cut_percent(events, absent)
    assert 0 <= percent <= 100
    assert percent <= attendance.cut_percent(events, absent + 1)
    assert 0 <= attendance.cut(monthly, percent) <= monthly


@some
@given(st.integers(0, 1440), st.sampled_from(["tl", "psw"]))
def test_more_minutes_never_cost_less(minutes: int, kind: str) -> None:
    def cost(late: int) -> Decimal:
        row = attendance.rate_of("tl" if kind == "tl" else "psw", late)
        return row.persen if row else Decimal()

    assert cost(minutes) <= cost(minutes + 1)
    assert (cost(minutes) == 0) == (minutes == 0)


@some
@given(st.times(), st.times())
def test_who_comes_on_the_minute_and_leaves_on_it_is_neither_late_nor_early(
    opens: time, closes: time
) -> None:
    assert attendance.minutes_off(opens, closes, opens, closes) == (0, 0)
    assert attendance.minutes_off(opens, closes, None, None) == (None, None)


@some
@given(st.integers(0, 60), st.integers(0, 9))
def test_more_absence_never_leads_to_less(in_year: int, in_a_row: int) -> None:
    levels = ("", "ringan", "sedang", "berat")

    def level(days: int) -> int:
        found = attendance.penalty(days, in_a_row)
        return levels.index(found[0] if found else "")

    assert level(in_year) <= level(in_year + 1)
    assert (level(in_year) == 0) == (in_year < 3)
    found = attendance.penalty(in_year, 10)
    assert found is not None
    assert found[0] == "berat"


@some
@given(st.sets(DAYS, max_size=30))
def test_a_run_of_absence_is_at_most_its_working_days(days: set[date]) -> None:
    workdays = [day for day in days if CALENDAR.is_workday(day)]
    run = attendance.longest_run(workdays, CALENDAR)
    assert (run > 0) == bool(workdays)
    assert run <= len(workdays)


@some
@given(FIRSTS)
def test_a_recap_opens_on_a_working_day_of_the_next_month(month: date) -> None:
    assume(month.year < 2028)
    opened, until = attendance.handed_over_by(month, CALENDAR)
    assert CALENDAR.is_workday(opened)
    assert opened >= months_later(month, 1)
    assert CALENDAR.workdays_between(opened, until) == 5


# -- awards and cards --------------------------------------------------------------------------------------------------


@some
@given(st.integers(0, 600), st.sampled_from([0, 10, 20, 30]))
def test_a_class_is_proposed_only_when_it_is_reached_and_not_held(months: int, held: int) -> None:
    found = medal.highest(months, held)
    assert found is None or (found > held and months >= 12 * found)
    later = medal.next_year(months, date(2026, 8, 17), held)
    assert (later is None) == (held == 30)
    assert later is None or later > 2026


@some
@given(BIRTHS, DAYS, st.lists(st.tuples(DAYS, st.integers(0, 400)), max_size=3))
def test_what_breaks_service_never_adds_to_it(joined: date, at: date, breaks: list[tuple[date, int]]) -> None:
    penalties: list[medal.Penalty] = [
        {"tingkat": "sedang", "tanggal_mulai": day, "tanggal_selesai": day + timedelta(days=days)}
        for day, days in breaks
    ]
    anew = medal.counted_from(joined, at, "hitung_ulang", penalties)
    assert anew is not None
    assert anew >= joined
    counted = [row for row in penalties if row["tanggal_mulai"] <= at]
    assert (medal.counted_from(joined, at, "gugur", penalties) is None) == bool(counted)


@some
@given(DAYS, st.integers(-400, 800))
def test_a_marriage_is_late_by_the_days_after_its_limit(wedding: date, days: int) -> None:
    limit = cards.report_limit(wedding)
    assert cards.days_late(wedding, limit + timedelta(days=days)) == max(0, days)
