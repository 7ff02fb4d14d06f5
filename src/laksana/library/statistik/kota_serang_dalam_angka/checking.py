"""The checks of a table that a producer filled in: each yields hard errors, or warnings to be answered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from laksana.library.rounding import half_up
from laksana.library.statistik.kota_serang_dalam_angka import rules
from laksana.sop.values import number_text

HARD, WARNING = "keras", "peringatan"
UNKNOWN, NONE = ("...", "NA"), "–"
"""Marks in the place of a figure: not known or not shown, and none. The others stand behind a figure."""
TOTAL, CITY = "Jumlah", "36.73"
LEVELS = {"kec": "kecamatan", "kelurahan": "kelurahan"}
NOT_ADDED = frozenset(
    {"kepadatan", "rasio", "rasio_jk", "laju", "produktivitas", "persentase", "distribusi", "tinggi"}
)
SAYS_MISSING = ("belum ada", "belum tersedia", "tidak ada data", "tidak tersedia")


@dataclass(frozen=True)
class Finding:
    """What is wrong at a place of a table: what stands there and what was expected."""

    rule: str
    severity: str
    row: str
    column: str
    found: str
    expected: str


@dataclass(frozen=True)
class Sheet:
    """A table as its producer filled it in."""

    plan: Mapping[str, Any]
    cells: Mapping[tuple[str, str], Mapping[str, Any]]

    @classmethod
    def of(cls, plan: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> "Sheet":
        """Return the table of a plan out of the cells of many tables."""
        own = [row for row in rows if row["kode_tabel"] == plan["kode"]]
        return cls(plan, {(row["baris"], row["kolom"]): row for row in own})

    @property
    def rows(self) -> list[str]:
        """Return the rows in the order in which they were filled in."""
        return list(dict.fromkeys(row for row, _column in self.cells))

    @property
    def columns(self) -> list[str]:
        """Return the columns in the order in which they were filled in."""
        return list(dict.fromkeys(column for _row, column in self.cells))

    @property
    def parts(self) -> list[str]:
        """Return the rows that are no totals."""
        return [row for row in self.rows if row not in (TOTAL, CITY)]

    def figure(self, row: str, column: str) -> Decimal | None:
        """Return the figure of a cell, 0 for the mark of none; None where it is not there, not known or not shown."""
        cell = self.cells.get((row, column), {})
        return Decimal(0) if cell.get("tanda") == NONE else cell.get("nilai")


def _sum_faults(
    sheet: Sheet, name: str, total: tuple[str, str], parts: Sequence[tuple[str, str]]
) -> Iterator[Finding]:
    """Yield a finding where the parts that are there do not add up to the total; a part not known leaves it to the publisher."""
    given, there = sheet.figure(*total), [place for place in parts if place in sheet.cells]
    figures = [sheet.figure(*place) for place in there]
    if given is None or not there or None in figures:
        return
    added = sum((figure for figure in figures if figure is not None), Decimal(0))
    finest = min(int(figure.as_tuple().exponent) for figure in (given, added))
    tolerance = Decimal(5).scaleb(finest - 1) if finest < 0 else Decimal(0)
    if abs(given - added) > tolerance:
        told = f"{number_text(added)} (selisih {number_text(abs(given - added))})"
        yield Finding(name, HARD, *total, number_text(given), told)


def _recomputed(
    sheet: Sheet,
    name: str,
    column: str,
    of: tuple[str, str],
    compute: Callable[[Decimal, Decimal], Decimal | None],
) -> Iterator[Finding]:
    """Yield every cell of a column that is not what two others of its row give."""
    for row in sheet.rows:
        one, other = (sheet.figure(row, each) for each in of)
        if one is None or other is None or (row, column) not in sheet.cells:
            continue
        given, expected = sheet.figure(row, column), compute(one, other)
        if given != expected:
            told = "kosong bertanda" if expected is None else number_text(expected)
            yield Finding(name, HARD, row, column, "kosong" if given is None else number_text(given), told)


def marks(sheet: Sheet) -> Iterator[Finding]:
    """Yield cells without figure and mark, figures beside a mark of none, and zeros that mean "not known"."""
    for (row, column), cell in sheet.cells.items():
        value, mark, note = cell.get("nilai"), cell.get("tanda"), (cell.get("catatan") or "").lower()
        if value is None and mark not in (*UNKNOWN, NONE):
            yield Finding("tanda", HARD, row, column, "kosong", "angka atau tanda")
        elif value is not None and mark in (*UNKNOWN, NONE):
            yield Finding("tanda", HARD, row, column, number_text(value), f"kosong bersama tanda {mark}")
        elif value == 0 and any(words in note for words in SAYS_MISSING):
            yield Finding("tanda", WARNING, row, column, "0", "tanda ...")


def areas(sheet: Sheet) -> Iterator[Finding]:
    """Yield missing and unknown areas, and areas that do not add up to the one above them."""
    known = {area.kode: area for area in rules.AREAS.rows()}
    wanted = [code for code, area in known.items() if area.tingkat == LEVELS.get(sheet.plan["tingkat"])]
    if not wanted:
        return
    missing = [f"{code} {known[code].nama}" for code in wanted if code not in sheet.rows]
    if missing:
        there = f"{len(wanted) - len(missing)} baris"
        yield Finding("jumlah-kecamatan", HARD, "; ".join(missing), "", there, f"{len(wanted)} baris")
    for row in sheet.rows:
        if row not in known:
            yield Finding("jumlah-kecamatan", HARD, row, "", row, "kode wilayah Kota Serang")
    for column in (column for column in sheet.columns if column not in NOT_ADDED):
        for whole in (row for row in sheet.rows if row in known and row not in wanted):
            below = [(code, column) for code in wanted if code.startswith(f"{whole}.")]
            yield from _sum_faults(sheet, "jumlah-kecamatan", (whole, column), below)


def sums(sheet: Sheet) -> Iterator[Finding]:
    """Yield totals, of a column or a row, that are not the sum of their parts."""
    columns = [column for column in sheet.columns if column not in NOT_ADDED]
    for column in columns:
        yield from _sum_faults(sheet, "jumlah-baris", (TOTAL, column), [(row, column) for row in sheet.parts])
    others = [column for column in columns if column != "jumlah"]
    for row in sheet.rows:
        yield from _sum_faults(sheet, "jumlah-baris", (row, "jumlah"), [(row, column) for column in others])


def sexes(sheet: Sheet) -> Iterator[Finding]:
    """Yield rows whose males and females are not the total."""
    for row in sheet.rows:
        places = [(row, column) for column in ("laki_laki", "perempuan")]
        if all(place in sheet.cells for place in places):
            yield from _sum_faults(sheet, "laki-perempuan", (row, "jumlah"), places)


def parts(sheet: Sheet) -> Iterator[Finding]:
    """Yield parts that are more than their whole."""
    for pair in rules.PARTS.rows():
        for row in sheet.rows:
            part, whole = sheet.figure(row, pair.bagian), sheet.figure(row, pair.keseluruhan)
            if part is not None and whole is not None and part > whole:
                told = f"paling banyak {number_text(whole)}"
                yield Finding("bagian-tak-lebih", HARD, row, pair.bagian, number_text(part), told)


def jumps(sheet: Sheet) -> Iterator[Finding]:
    """Yield figures that changed more than the threshold since last year."""
    for (row, column), cell in sheet.cells.items():
        now, before = cell.get("nilai"), cell.get("nilai_lalu")
        if now is None or before is None:
            continue
        limit, moved = rules.threshold(before, sheet.plan.get("ambang")), rules.change(now, before)
        if limit is not None and moved is not None and abs(moved) > limit:
            told = f"perubahan {number_text(half_up(moved))} persen"
            yield Finding(
                "lonjakan", WARNING, row, column, told, f"paling banyak {number_text(limit)} persen"
            )


def densities(sheet: Sheet) -> Iterator[Finding]:
    """Yield densities that are not people by area."""
    yield from _recomputed(sheet, "kepadatan", "kepadatan", ("penduduk", "luas"), rules.density)


def sex_ratios(sheet: Sheet) -> Iterator[Finding]:
    """Yield sex ratios that are not males by females."""
    yield from _recomputed(sheet, "rasio-jk", "rasio_jk", ("laki_laki", "perempuan"), rules.sex_ratio)


def pupils(sheet: Sheet) -> Iterator[Finding]:
    """Yield ratios that are not pupils by teachers."""
    yield from _recomputed(sheet, "rasio-murid-guru", "rasio", ("murid", "guru"), rules.pupils_per_teacher)


def yields(sheet: Sheet) -> Iterator[Finding]:
    """Yield yields that are not production by area, and production without an area."""
    yield from _recomputed(
        sheet, "produktivitas", "produktivitas", ("produksi", "luas_panen"), rules.crop_yield
    )
    for row in sheet.rows:
        if sheet.figure(row, "produksi") and not sheet.figure(row, "luas_panen"):
            yield Finding("produktivitas", HARD, row, "luas_panen", "0", "luas panen bagi produksi yang ada")


def growths(sheet: Sheet) -> Iterator[Finding]:
    """Yield growth that is not that of the people since the year before."""
    for row in sheet.rows:
        cell, given = sheet.cells.get((row, "penduduk"), {}), sheet.figure(row, "laju")
        now, before = cell.get("nilai"), cell.get("nilai_lalu")
        if now is None or before is None or given is None:
            continue
        expected = rules.growth(now, before)
        if expected is not None and given != expected:
            yield Finding("laju-penduduk", HARD, row, "laju", number_text(given), number_text(expected))


def hundreds(sheet: Sheet) -> Iterator[Finding]:
    """Yield shares of a whole that are not 100 together, beyond what rounding explains."""
    for column in ("persentase", "distribusi"):
        figures = [figure for row in sheet.parts if (figure := sheet.figure(row, column)) is not None]
        added = sum(figures, Decimal(0))
        if figures and abs(added - 100) > rules.figure("selisih_persen") * len(figures):
            yield Finding("persentase-seratus", HARD, TOTAL, column, number_text(added), "100")


def ranges(sheet: Sheet) -> Iterator[Finding]:
    """Yield figures that cannot be: outside the range of their column, or below nothing."""
    for (row, column), cell in sheet.cells.items():
        value, limit = cell.get("nilai"), rules.RANGES.get(column)
        if value is None:
            continue
        if limit is None and value < 0:
            yield Finding("rentang", HARD, row, column, number_text(value), "tidak negatif")
        elif limit is not None and not limit.terendah <= value <= limit.tertinggi:
            told = f"{number_text(limit.terendah)} sampai {number_text(limit.tertinggi)}"
            yield Finding("rentang", HARD, row, column, number_text(value), told)


def enrolment(sheet: Sheet) -> Iterator[Finding]:
    """Yield net rates above the gross rate of the same level."""
    for row in sheet.rows:
        net, gross = sheet.figure(row, "apm"), sheet.figure(row, "apk")
        if net is not None and gross is not None and net > gross:
            yield Finding(
                "apm-apk", HARD, row, "apm", number_text(net), f"paling banyak {number_text(gross)}"
            )


def extremes(sheet: Sheet) -> Iterator[Finding]:
    """Yield months whose lowest, mean and highest temperature are not in that order."""
    for row in sheet.rows:
        figures = [sheet.figure(row, f"suhu_{each}") for each in ("min", "rata", "maks")]
        known = [figure for figure in figures if figure is not None]
        if known != sorted(known):
            told = " / ".join(number_text(figure) for figure in known)
            yield Finding(
                "min-rata-maks", HARD, row, "suhu_rata", told, "minimum, rata-rata, maksimum berurutan"
            )


def villages(sheet: Sheet) -> Iterator[Finding]:
    """Yield kecamatan whose number of kelurahan is not that of the list of areas."""
    of_city = [area for area in rules.AREAS.rows() if area.tingkat == "kelurahan"]
    for row in sheet.rows:
        given, expected = sheet.figure(row, "kelurahan"), sum(a.kode.startswith(f"{row}.") for a in of_city)
        if given is not None and expected and given != expected:
            yield Finding("cocok-wilayah", HARD, row, "kelurahan", number_text(given), str(expected))


def prices(sheet: Sheet) -> Iterator[Finding]:
    """Yield inflation, of the month and of the year, that is not what the index gives."""
    for month, before in zip(sheet.rows[1:], sheet.rows, strict=False):
        yield from _inflation(sheet, month, "inflasi_mtm", sheet.figure(before, "ihk"))
    for month in sheet.rows:
        yield from _inflation(
            sheet, month, "inflasi_yoy", sheet.cells.get((month, "ihk"), {}).get("nilai_lalu")
        )


def _inflation(sheet: Sheet, month: str, column: str, earlier: Decimal | None) -> Iterator[Finding]:
    index, given = sheet.figure(month, "ihk"), sheet.figure(month, column)
    if index is None or given is None or earlier is None:
        return
    expected = rules.inflation(index, earlier)
    if expected is not None and abs(given - expected) > rules.figure("selisih_persen"):
        yield Finding("inflasi-ihk", HARD, month, column, number_text(given), number_text(expected))


def hidden(sheet: Sheet) -> Iterator[Finding]:
    """Yield cells of a sensitive table that tell of single people, and hidden ones that the total gives away."""
    least = rules.figure("sel_terendah")
    for row, column in sheet.cells:
        value = sheet.figure(row, column)
        if value is not None and 0 < value < least:
            yield Finding(
                "pengecualian-tabel", HARD, row, column, number_text(value), "tanda NA beserta sel pelengkap"
            )
    for column in sheet.columns:
        alone = [row for row in sheet.parts if sheet.cells.get((row, column), {}).get("tanda") == "NA"]
        if len(alone) == 1 and any(sheet.figure(total, column) is not None for total in (TOTAL, CITY)):
            yield Finding(
                "pengecualian-tabel", HARD, alone[0], column, "NA", "satu sel pelengkap turut disembunyikan"
            )


CHECKS: Mapping[str, Callable[[Sheet], Iterator[Finding]]] = {
    "jumlah-kecamatan": areas, "jumlah-baris": sums, "laki-perempuan": sexes, "bagian-tak-lebih": parts, "lonjakan": jumps,
    "kepadatan": densities, "rasio-jk": sex_ratios, "laju-penduduk": growths, "rasio-murid-guru": pupils,
    "produktivitas": yields, "persentase-seratus": hundreds, "apm-apk": enrolment, "min-rata-maks": extremes,
    "cocok-wilayah": villages, "inflasi-ihk": prices,
}  # fmt: skip
"""The checks that a plan may ask for by name; marks and ranges are checked in every table."""
BPS_ONLY = frozenset({"tpak-tpt", "kaitan-pdrb"})
"""Checks of tables whose figures come from BPS alone: of its surveys, and of the GRDP."""
LOOKED_AT_TOGETHER = frozenset({"antartabel", "rentang", "rasio-ketergantungan"})
"""Names of checks that need no function of their own: across tables, in every table, and of figures of BPS."""


def check(sheet: Sheet) -> list[Finding]:
    """Return everything that is wrong with a table."""
    wanted = [CHECKS[name] for name in listed(sheet.plan.get("aturan")) if name in CHECKS]
    always = [marks, ranges, *([hidden] if sheet.plan.get("sensitif") else [])]
    return [finding for each in (*always, *wanted) for finding in each(sheet)]


def listed(text: str | None) -> list[str]:
    """Return the parts of a text parted by semicolons."""
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def differences(cells: Sequence[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Decimal]]]:
    """Return the figures that should be the same in several tables and are not: what it is, and each table's figure."""
    found: list[tuple[str, Mapping[str, Decimal]]] = []
    for same in rules.SAME.rows():
        seen: dict[str, Decimal] = {
            cell["kode_tabel"]: cell["nilai"]
            for cell in cells
            if (cell["baris"], cell["kolom"]) == (same.baris, same.kolom)
            and (same.tabel == ("*",) or cell["kode_tabel"] in same.tabel)
            and cell.get("nilai") is not None
        }
        if len(set(seen.values())) > 1:
            found.append((same.besaran, seen))
    return found
