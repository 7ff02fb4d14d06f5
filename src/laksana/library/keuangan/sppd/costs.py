"""What a trip costs by the standards: as planned, and as it came out by real dates and receipts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from laksana.library.keuangan.sppd import rules
from laksana.library.keuangan.sppd.tables import (
    DAILY,
    KINDS,
    REPRESENTATION,
    TAXI,
    TripKind,
    ceiling,
    figure,
    level,
)

Rows = Sequence[Mapping[str, Any]]


def last_day(values: Mapping[str, Any]) -> date:
    """Return until when a trip is paid: as planned until the real return is known."""
    planned: date = values["tanggal_kembali"]
    real: date | None = values.get("tanggal_kembali_nyata")
    if real is None:
        return planned
    return rules.counted_return(planned, real, values.get("tanggal_perpanjangan"))


class Trip:
    """One trip, reckoned traveller by traveller. Those of `shared` were paid its first day on the trip before."""

    def __init__(self, values: Mapping[str, Any], shared: Collection[str]) -> None:
        """Take the values of the case."""
        self.values, self.shared = values, shared
        start: date = values["tanggal_berangkat"]
        self.days = [
            start + timedelta(days=n) for n in range(rules.days_of(start, last_day(values)))
        ]  # days and nights, the last without a night
        self.kind: TripKind = KINDS[values["jenis_perjalanan"]]
        self.borne = frozenset(values.get("ditanggung_pengundang") or ())

    def plan(self) -> list[dict[str, Any]]:
        """Return the lines of the plan in rupiah, lodging at its ceiling."""
        lines: list[dict[str, Any]] = []
        for who in self.values["pelaksana"]:
            lines += [_planned(who, *line) for line in self._allowances(who)]
            if self.kind.penginapan and "penginapan" not in self.borne:
                nights = [ceiling(self._province(day), who) for day in self.days[:-1]]
                lines += [
                    _planned(who, "penginapan", len(list(same)), rate) for rate, same in groupby(nights)
                ]
            if "transport" not in self.borne:
                for row in self._of("rencana_transport", who):
                    lines.append(_planned(who, "transport", 1, row["jumlah"]))
        return lines

    def settled(self) -> list[dict[str, Any]]:
        """Return the lines of the settlement in rupiah: what the rules allow on real dates and receipts."""
        lines: list[dict[str, Any]] = []
        for who in self.values["pelaksana"]:
            for component, volume, rate in self._allowances(who):
                lines.append(_paid(who, component, rate, volume * rate, volume=volume))
            if "penginapan" not in self.borne:
                lines += self._lodged(who)
            if "transport" not in self.borne:
                lines += self._travelled(who)
        return lines

    def cancelled(self) -> list[dict[str, Any]]:
        """Return the lines of a trip called off: proven costs where the office called it off, otherwise none."""
        if self.values["sebab_batal"] != "kedinasan":
            return []
        return [
            _paid(who, "pembatalan", row["jumlah"], row["jumlah"])
            for who in self.values["pelaksana"]
            for row in self._of("bukti", who)
        ]

    def nights_wrong(self) -> Iterator[tuple[str, str]]:
        """Yield the cells of nights that the trip has not, or that are given twice for one person."""
        nights, seen = set(self.days[:-1]), set()
        for table in ("bukti", "malam_tanpa_bukti"):
            for place, row in enumerate(self.values.get(table) or ()):
                if table == "bukti" and row["komponen"] != "penginapan":
                    continue
                key = (row["nip"], row["tanggal"])
                if row["tanggal"] not in nights:
                    yield f"{table}.{place}.tanggal", "Bukan malam dalam perjalanan ini."
                elif key in seen:
                    yield f"{table}.{place}.tanggal", "Malam ini sudah ada untuk pelaksana yang sama."
                seen.add(key)

    def _province(self, day: date) -> str:
        return rules.province_on(day, self.values["tujuan"])

    def _of(self, table: str, who: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        return (row for row in self.values.get(table) or () if row["nip"] == who["nip"])

    def _allowances(self, who: Mapping[str, Any]) -> Iterator[tuple[str, int, Decimal]]:
        """Yield component, days and rate of what is paid without receipts: by province, then representation."""
        days = self.days[1:] if who["nip"] in self.shared else self.days
        if "uang_harian" not in self.borne:
            if pocket := self.values.get("tarif_uang_saku"):
                yield "uang_saku", len(days), pocket
            elif column := self.kind.uang_harian:
                rates: list[Decimal] = [getattr(DAILY[self._province(day)], column) for day in days]
                for rate, same in groupby(rates):
                    yield "uang_harian", len(list(same)), rate
        if self.kind.representasi and days:
            row = REPRESENTATION[level(who).baris_representasi]
            if amount := getattr(row, self.kind.representasi):
                yield "representasi", len(days), amount

    def _lodged(self, who: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for row in self._of("bukti", who):
            if row["komponen"] == "penginapan":
                most = ceiling(self._province(row["tanggal"]), who)
                paid = rules.lodging_paid(row["jumlah"], most, bool(row.get("izin_kadis")))
                yield _paid(who, "penginapan", row["jumlah"], paid, most)
        bare = [ceiling(row["kode_wilayah"], who) for row in self._of("malam_tanpa_bukti", who)]
        if bare:
            amount = rules.without_hotel(bare, figure("persen_tanpa_hotel"))
            yield _paid(who, "penginapan_30", amount, amount, sum(bare, Decimal()))

    def _travelled(self, who: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for row in self._of("bukti", who):
            if row["komponen"] == "transport":
                yield _paid(who, "transport", row["jumlah"], row["jumlah"])
        for row in self._of("pengeluaran_riil", who):
            most = TAXI[row["kode_wilayah"]].besaran or Decimal()
            yield _paid(who, "taksi", row["jumlah"], min(row["jumlah"], most), most)


def total(lines: Rows, column: str) -> Decimal:
    """Return the sum of a column of lines in rupiah."""
    return sum((row[column] for row in lines), Decimal())


def _planned(who: Mapping[str, Any], component: str, volume: int, rate: Decimal) -> dict[str, Any]:
    unit = {"penginapan": "malam", "transport": "kali"}.get(component, "hari")
    return {
        "nip": who["nip"], "komponen": component, "satuan": unit, "volume": volume, "tarif": rate, "jumlah": volume * rate,
    }  # fmt: skip


def _paid(
    who: Mapping[str, Any],
    component: str,
    rate: Decimal,
    paid: Decimal,
    most: Decimal | None = None,
    volume: int = 1,
) -> dict[str, Any]:
    return {
        "nip": who["nip"], "komponen": component, "volume": volume, "tarif": rate, "batas": most, "dibayar": paid,
    }  # fmt: skip
