"""The clocks of public information held against numpy's business days, which know nothing of ours: 10,000 starts for each."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from laksana.library.catalogue import entries
from laksana.library.informasi.informasi_dikecualikan import rules as dikecualikan
from laksana.library.informasi.keberatan_informasi import actions as keberatan
from laksana.library.informasi.limits import LIMITS
from laksana.library.informasi.permohonan_informasi import actions as permohonan
from laksana.library.informasi.registration import day_received
from laksana.library.informasi.sengketa_informasi import actions as sengketa
from laksana.library.informasi.tests.calendars import CALENDAR, CLOSES, HOLIDAYS
from laksana.sop.definition import Procedure
from laksana.sop.duration import Duration, Unit
from laksana.worktime.zone import OFFICE_ZONE

Days = NDArray[np.datetime64]
STARTS = 10_000
OFF: Days = np.array(sorted(HOLIDAYS), dtype="datetime64[D]")
SEVEN = [
    each.procedure for each in entries().values() if each.package.startswith("laksana.library.informasi.")
]


def clocks() -> dict[int, list[str]]:
    """Return every time limit in working days that a definition of the seven or the table of law names, by its number of days."""
    found: dict[int, list[str]] = defaultdict(list)
    for procedure in SEVEN:
        for name, limit in limits(procedure):
            if isinstance(limit, Duration) and limit.unit is Unit.WORKDAY:
                found[int(limit.amount)].append(f"{procedure.id}:{name}")
    for row in LIMITS.rows():
        found[row.hari_kerja].append(f"batas-waktu-informasi:{row.kode}")
    return found


def limits(procedure: Procedure) -> Iterator[tuple[str, object]]:
    """Yield the clocks, the time-outs and the times of steps of a procedure."""
    yield from ((clock.id, clock.limit) for clock in procedure.clocks)
    for step in procedure.steps:
        yield f"{step.id}.waktu", step.time
        if step.timeout:
            yield f"{step.id}.habis", step.timeout.after


@pytest.fixture(scope="module")
def starts() -> list[datetime]:
    """Return instants over five years, at any second, working days or not; the same each time."""
    random = np.random.default_rng(20260801)
    first = datetime(2026, 1, 1, tzinfo=OFFICE_ZONE)
    seconds = random.integers(0, 5 * 365 * 86_400, STARTS)
    return [first + timedelta(seconds=int(each)) for each in seconds]


@pytest.fixture(scope="module")
def days(starts: list[datetime]) -> Days:
    """Return their days as numpy counts them."""
    return np.array([each.date() for each in starts], dtype="datetime64[D]")


def after(days: Days, n: int) -> Days:
    """Return the n-th business day after each day."""
    return np.busday_offset(days, n, roll="backward", holidays=OFF)


def before(days: Days, n: int) -> Days:
    """Return the n-th business day before each day."""
    return np.busday_offset(days, -n, roll="forward", holidays=OFF)


def differing(ours: list[date], theirs: Days) -> list[tuple[date, date]]:
    """Return the pairs that are not the same."""
    return [(mine, other) for mine, other in zip(ours, theirs.tolist(), strict=True) if mine != other]


def test_the_seven_have_their_clocks_in_working_days() -> None:
    named = {name for names in clocks().values() for name in names}
    assert {procedure.id for procedure in SEVEN} <= {name.partition(":")[0] for name in named}
    assert len(SEVEN) == 7
    assert len(named) > 100


@pytest.mark.parametrize("n", sorted(clocks()), ids=lambda n: f"{n}-hari-kerja")
def test_a_limit_ends_and_begins_on_numpys_day(n: int, starts: list[datetime], days: Days) -> None:
    limit = Duration(Decimal(n), Unit.WORKDAY)
    ends = [CALENDAR.deadline(each, limit) for each in starts]
    assert differing([each.date() for each in ends], after(days, n)) == []
    assert all(each.time() == CLOSES[each.weekday()] for each in ends)
    back = [CALENDAR.subtract(each, limit).date() for each in starts]
    assert differing(back, before(days, n)) == []


def test_days_passed_are_counted_as_numpy_counts_them(days: Days) -> None:
    one = np.timedelta64(1, "D")
    theirs = np.busday_count(days[:-1] + one, days[1:] + one, holidays=OFF)
    listed = days.tolist()
    ours = [CALENDAR.workdays_between(a, b) for a, b in pairwise(listed)]
    backwards = [b < a for a, b in pairwise(listed)]
    forward = np.busday_count(days[1:] + one, days[:-1] + one, holidays=OFF)
    expected = [-int(f) if back else int(t) for back, t, f in zip(backwards, theirs, forward, strict=True)]
    assert ours == expected


def received(starts: list[datetime], days: Days) -> Days:
    """Return the day on which each is deemed received, by numpy: the day itself in time on a working day, else the next one."""
    open_days = np.is_busday(days, holidays=OFF)
    in_time = np.array(
        [each.weekday() in CLOSES and each.time() <= CLOSES[each.weekday()] for each in starts]
    )
    return np.where(open_days & in_time, days, after(days, 1))


def test_what_comes_late_or_on_a_free_day_is_received_on_the_next(starts: list[datetime], days: Days) -> None:
    assert differing([day_received(CALENDAR, each) for each in starts], received(starts, days)) == []


def at(**values: Any) -> Any:
    """Return a situation with these values."""
    return SimpleNamespace(
        values=values,
        calendar=CALENDAR,
        at=datetime(2026, 11, 2, tzinfo=OFFICE_ZONE),
        outcome=values.get("outcome"),
    )


def test_a_request_and_its_objection_keep_numpys_days(starts: list[datetime], days: Days) -> None:
    came = received(starts, days)
    requests = [permohonan.register_request(at(waktu_terima=s, nomor_pendaftaran="x")).values for s in starts]
    assert differing([r["tanggal_awal_jangka"] for r in requests], came) == []
    assert differing([r["batas_pemberitahuan"] for r in requests], after(came, 10)) == []
    assert differing([r["batas_setelah_perpanjangan"] for r in requests], after(came, 17)) == []
    found: list[date] = days.tolist()
    objections = [
        keberatan.register_objection(
            at(waktu_terima=s, tanggal_alasan_ditemukan=day, nomor_registrasi="x")
        ).values
        for s, day in zip(starts, found, strict=True)
    ]
    assert differing([o["batas_pengajuan"] for o in objections], after(days, 30)) == []
    assert differing([o["batas_tanggapan"] for o in objections], after(came, 30)) == []
    assert differing([o["batas_sengketa"] for o in objections], after(after(came, 30), 14)) == []
    assert not any(o["lewat_waktu"] for o in objections), "received within a day of the ground"


Given = Callable[[datetime, date], dict[str, Any]]
Rule = tuple[Callable[[Any], Any], Given, str, Days]
_LONGER = {"mediasi_diperpanjang": True}
_REFUSED = {"amar": "menolak"}
_LATE = {"tanggal_putusan_diterima": date(2099, 1, 1), **_REFUSED}


def _filed(day: date) -> dict[str, date]:
    return {"tanggal_permohonan": day}


def test_a_dispute_keeps_numpys_days(starts: list[datetime], days: Days) -> None:
    dates: list[date] = days.tolist()
    two_weeks = after(days, 14)
    rules: list[Rule] = [
        (
            sengketa.window,
            lambda _s, d: {"tanggal_tanggapan_diterima": d, **_filed(d)},
            "batas_permohonan",
            two_weeks,
        ),
        (sengketa.window, lambda _s, d: {"batas_tanggapan": d, **_filed(d)}, "batas_permohonan", two_weeks),
        (sengketa.start_limit, lambda _s, d: {"tanggal_registrasi": d}, "batas_mulai", two_weeks),
        (sengketa.end_limit, lambda s, _d: {"tanggal_sidang": s}, "batas_selesai", after(days, 100)),
        (sengketa.mediation_limit, lambda _s, d: {"tanggal_mediasi": d}, "batas_mediasi", two_weeks),
        (
            sengketa.mediation_limit,
            lambda _s, d: {"tanggal_mediasi": d, **_LONGER},
            "batas_mediasi",
            after(days, 21),
        ),
        (
            sengketa.final_day,
            lambda _s, d: {"tanggal_putusan_diterima": d, **_REFUSED},
            "batas_upaya",
            two_weeks,
        ),
        (
            sengketa.final_day,
            lambda _s, d: {**_LATE, "tanggal_putusan_diterima_pemohon": d},
            "batas_upaya_pemohon",
            two_weeks,
        ),
    ]
    for rule, given, name, expected in rules:
        ours = [rule(at(**given(s, d)))[name] for s, d in zip(starts, dates, strict=True)]
        assert differing(ours, expected) == [], name


def test_an_exemption_is_reviewed_and_a_test_ends_on_numpys_day(days: Days) -> None:
    dates: list[date] = days.tolist()
    past = date(2000, 1, 1)
    reviews = [dikecualikan.review_day(day, past, CALENDAR) for day in dates]
    assert differing(reviews, before(days, 30)) == []
    routine = [dikecualikan.limit_of_test(day, CALENDAR) for day in dates]
    assert differing(routine, after(days, 20)) == []
    far = after(days, 60)
    for_a_case = [
        dikecualikan.limit_of_test(d, CALENDAR, end) for d, end in zip(dates, far.tolist(), strict=True)
    ]
    assert differing(for_a_case, after(days, 7)) == []
    near = after(days, 5)
    hurried = [
        dikecualikan.limit_of_test(d, CALENDAR, end) for d, end in zip(dates, near.tolist(), strict=True)
    ]
    assert differing(hurried, before(near, 2)) == []
