"""The rules of the evaluation of performance: the rating, its distribution in the office, and the quarters of a period."""

from collections.abc import Mapping
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
