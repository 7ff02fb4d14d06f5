"""The rules of the evaluation of performance: the rating, its distribution in the office, and the quarters of a period."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.service import full_months
from laksana.library.tables import Listed, Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

QUARTERS = ("I", "II", "III", "IV")


class Cell(Row):
    """One cell of the quadrant."""

    hasil_kerja: str
    perilaku_kerja: str
    predikat: str


class Share(Row):
    """One demand on the distribution: of these ratings together, at most or at least a percentage, somebody, or nobody."""

    capaian_organisasi: str
    predikat: Listed
    operator: Literal["maks", "min", "ada", "nol"]
    persen: Decimal = Decimal()


class Leader(Row):
    """What the achievement of the organisation makes of its leader's results."""

    capaian_organisasi: str
    rating_hasil: str


class Behaviour(Row):
    """One of the seven behaviours and its guidance."""

    perilaku: str
    panduan: str


CELLS = Table(__file__, "predikat-kinerja.csv", Cell)
SHARES = Table(__file__, "distribusi-predikat.csv", Share)
LEADERS = Table(__file__, "capaian-pimpinan.csv", Leader, key="capaian_organisasi")
BEHAVIOURS = Table(__file__, "perilaku-berakhlak.csv", Behaviour, key="perilaku")


@rule("skp.kuadran", title="Predikat kinerja dari rating hasil dan perilaku", source="PermenPANRB 6/2022")
def predicate(hasil: str, perilaku: str) -> str:
    """Return the predicate of the ratings (di_atas, sesuai, di_bawah) of results and of behaviour."""
    return next(r.predikat for r in CELLS.rows() if (r.hasil_kerja, r.perilaku_kerja) == (hasil, perilaku))


@rule(
    "skp.distribusi",
    title="Penyimpangan distribusi predikat",
    source="Surat edaran Menteri PANRB",
    checked=True,
)
def deviations(capaian: str, jumlah: Mapping[str, int]) -> list[str]:
    """Return what the numbers of people by predicate break of the pattern for an achievement; percentages count exactly."""
    total, found = sum(jumlah.values()), []
    for row in SHARES.rows():
        if row.capaian_organisasi != capaian:
            continue
        count, names = sum(jumlah.get(name, 0) for name in row.predikat), " dan ".join(row.predikat)
        match row.operator:
            case "maks" if 100 * count > row.persen * total:
                found.append(f"{names} lebih dari {row.persen}%")
            case "min" if 100 * count < row.persen * total:
                found.append(f"{names} kurang dari {row.persen}%")
            case "ada" if total and not count:
                found.append(f"belum ada {names.replace(' dan ', ' atau ')}")
            case "nol" if count:
                found.append(f"{names} tidak boleh ada")
    return found


@rule("skp.pimpinan", title="Rating hasil kerja pimpinan unit", source="Surat edaran Menteri PANRB")
def leader_rating(capaian: str) -> str:
    """Return the rating of results of the one who leads the unit, given the achievement of the organisation."""
    return LEADERS[capaian].rating_hasil


@rule("skp.keberatan", title="Hari terakhir keberatan", source="PP 30/2019 Pasal 59", checked=True)
def objection_until(tanggal_terima: date) -> date:
    """Return the last day for an objection; the day on which the result was received does not count."""
    return tanggal_terima + timedelta(days=whole("skp_keberatan_hari"))


@rule("skp.tujuh-perilaku", title="Perilaku kerja BerAKHLAK", source="PermenPANRB 6/2022", checked=True)
def behaviours() -> list[str]:
    """Return the seven behaviours in their order."""
    return [row.perilaku for row in BEHAVIOURS.rows()]


@rule("skp.penggalan", title="Penggalan SKP dalam satu tahun", source="kebiasaan kantor")
def part_faults(penggalan: Sequence[tuple[date, date]], tahun: int) -> list[str]:
    """Return what is wrong with the parts of a year: gaps, overlaps, days outside the year, parts under a month."""
    found: list[str] = []
    next_day = date(tahun, 1, 1)
    for first, last in sorted(penggalan):
        if first != next_day:
            found.append(f"{'bertumpuk' if first < next_day else 'ada sela'} pada {first:%d-%m-%Y}")
        if last.year != tahun or last < first:
            found.append(f"berakhir {last:%d-%m-%Y}")
        elif whole_months(first, last) < 1:
            found.append(f"penggalan dari {first:%d-%m-%Y} di bawah satu bulan")
        next_day = last + timedelta(days=1)
    if next_day != date(tahun + 1, 1, 1):
        found.append(f"tidak sampai akhir tahun {tahun}")
    return found


@rule("skp.predikat-tahunan", title="Predikat tahunan dari penggalan", source="kebiasaan kantor")
def yearly(penggalan: Sequence[tuple[date, str]]) -> str:
    """Return the rating of a year of several parts, each by its first day: that of the part at the end of the year."""
    return max(penggalan)[1]


@rule("skp.penetapan", title="Batas penetapan SKP", source="kalender e-Kinerja; PP 30/2019")
def set_until(dibuka: date) -> date:
    """Return the last day to set an SKP: that in January for one opened before it, else so many days after its opening."""
    in_january = date(dibuka.year, 1, whole("skp_penetapan_tanggal_januari"))
    return in_january if dibuka <= in_january else dibuka + timedelta(days=whole("skp_penetapan_hari"))


@rule("skp.triwulan", title="Akhir triwulan", source="PermenPANRB 6/2022", checked=True)
def quarter_end(hari: date) -> tuple[str, date]:
    """Return the quarter in which a day lies, and its last day."""
    place = (hari.month - 1) // 3
    return QUARTERS[place], months_later(date(hari.year, 1, 1), 3 * (place + 1)) - timedelta(days=1)


def quarter(mulai: date, selesai: date, dinilai: int) -> tuple[str, date] | None:
    """Return the next quarter of a period, of which so many were evaluated, and the last day to evaluate; None after the last."""
    place = (mulai.month - 1) // 3 + dinilai
    if place > (selesai.month - 1) // 3:
        return None
    end = months_later(date(mulai.year, 1, 1), 3 * (place + 1)) - timedelta(days=1)
    return QUARTERS[place], min(end, selesai)


def whole_months(mulai: date, selesai: date) -> int:
    """Return the whole months of a period, both days included."""
    return full_months(mulai, selesai + timedelta(days=1))
