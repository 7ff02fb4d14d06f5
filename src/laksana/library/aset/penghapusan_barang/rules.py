"""What the write-off of assets reckons: whether repair is worth it, book values, who approves, and limits of a month."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from laksana.library.aset.accounting import book_value
from laksana.library.aset.codes import MOTOR_VEHICLES, is_of
from laksana.library.rounding import half_up
from laksana.library.tables import Settings
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

OFFICE = "standar internal"
Way = Literal["lelang", "hibah", "musnah", "hapus_sebab_lain"]
"""How goods are disposed of."""


figure = Settings(__file__, "../ketentuan-penghapusan.csv")


@rule("penghapusan-barang.bagian-perbaikan", title="Biaya perbaikan terhadap nilai", source=OFFICE)
def repair_share(biaya_perbaikan: Decimal, nilai_setelah: Decimal) -> Decimal | None:
    """Return the cost of repair in percent of the fair value after it, not rounded; None where that is nothing."""
    return biaya_perbaikan / nilai_setelah * 100 if nilai_setelah else None


@rule("penghapusan-barang.kelayakan", title="Perbaikan tidak ekonomis", source=OFFICE)
def is_uneconomic(
    biaya_perbaikan: Decimal, nilai_setelah: Decimal, rusak_berat: bool, suku_cadang_habis: bool
) -> bool:
    """Return whether repair is not worth it: dearer than its share, or no parts for what is heavily damaged."""
    if rusak_berat and suku_cadang_habis:
        return True
    return biaya_perbaikan > nilai_setelah * figure("perbaikan_persen") / 100


@rule("penghapusan-barang.nilai-usulan", title="Nilai usulan", source="praktik")
def value_of_proposal(cara: Way, nilai_wajar: Decimal | None, nilai_perolehan: Decimal) -> Decimal:
    """Return what is held against the limit: the fair value of a sale, else the acquisition value."""
    return nilai_wajar if cara == "lelang" and nilai_wajar is not None else nilai_perolehan


@rule(
    "penghapusan-barang.kewenangan",
    title="Perlu persetujuan DPRD",
    source="UU 1/2004 pasal 46-47",
    checked=True,
)
def needs_council(cara: Way, nilai_usulan: Decimal, tanah_bangunan: bool, dikecualikan: bool) -> bool:
    """Return whether the DPRD approves: transfers of land and buildings unless excepted, and of other goods above the limit."""
    if cara not in ("lelang", "hibah"):
        return False
    return (tanah_bangunan and not dikecualikan) or nilai_usulan > figure("batas_dprd")


@rule("penghapusan-barang.usia-kendaraan", title="Umur kendaraan", source="Permendagri 19/2016; PP 84/2014")
def age(tanggal_perolehan: date, pada: date) -> int:
    """Return the full years of a vehicle on a day."""
    earlier = months_later(tanggal_perolehan, 12 * (pada.year - tanggal_perolehan.year)) > pada
    return pada.year - tanggal_perolehan.year - earlier


def may_be_sold(row: Mapping[str, Any], day: date) -> bool:
    """Return whether goods may be sold; a vehicle only when old enough, or wrecked by an accident."""
    if not is_of(row["kode_barang"], MOTOR_VEHICLES) or age(row["tanggal_perolehan"], day) >= figure(
        "umur_kendaraan_tahun"
    ):
        return True
    left = row.get("sisa_kondisi")
    return bool(row.get("kecelakaan")) and left is not None and left <= figure("sisa_kondisi_persen")


@rule("penghapusan-barang.tenggat-bulan", title="Batas pemusnahan", source="Permendagri 19/2016")
def destroyed_until(tanggal_persetujuan: date) -> date:
    """Return the last day for destroying: the same day of the next month, or its last; no day off moves it."""
    return months_later(tanggal_persetujuan, figure.whole("batas_musnah_bulan"))


def valued(row: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Return an item with its book value on a day, and whether its repair is worth it where that was estimated."""
    written_off, value = book_value(row["kode_barang"], row["nilai_perolehan"], row["tanggal_perolehan"], day)
    cost, after = row.get("taksiran_biaya_perbaikan"), row.get("nilai_setelah_perbaikan")
    found = {
        **row, "tahun_perolehan": str(row["tanggal_perolehan"].year), "akumulasi": written_off,
        "nilai_buku": value,
    }  # fmt: skip
    if cost is None or after is None:
        return found
    share = repair_share(cost, after)
    return {
        **found,
        "bagian_perbaikan": None if share is None else half_up(share, 1),
        "tidak_ekonomis": is_uneconomic(
            cost, after, row["kondisi"] == "RB", bool(row.get("suku_cadang_habis"))
        ),
    }
