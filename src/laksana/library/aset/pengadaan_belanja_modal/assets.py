"""Entering capital goods: a register number and a cost for every unit, the rows of the KIB, and what is handed on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import PositiveInt

from laksana.cases.behaviour import Situation
from laksana.library.aset import procurement
from laksana.library.aset.accounting import stands_on_balance_sheet, useful_life
from laksana.library.aset.codes import MOTOR_VEHICLES, is_of
from laksana.library.aset.pengadaan_belanja_modal.planning import NONE
from laksana.library.tables import Row, Table
from laksana.numbering.services import next_number
from laksana.sop.rules import rule

_EVER = 0
"""Register numbers run on over the years: their series has no year."""
_KIB = {"1.3.1": "A", "1.3.2": "B", "1.3.3": "C", "1.3.4": "D", "1.3.5": "E", "1.3.6": "F"}
_ASKED = {
    "A": ("luas", "letak", "dokumen", "penggunaan"),
    "C": ("luas", "letak", "konstruksi", "dokumen", "tanah", "bertingkat", "beton"),
    "D": ("konstruksi", "panjang", "lebar", "letak", "dokumen"),
    "E": ("judul_pencipta", "jenis"),
    "F": ("konstruksi", "luas", "letak", "dokumen"),
}
"""What the book of inventory of each group needs to know beside what every asset has (Permendagri 47/2021)."""
_OF_OTHERS = (
    "luas", "letak", "konstruksi", "dokumen", "penggunaan", "tanah", "panjang", "lebar", "judul_pencipta", "asal_daerah",
    "jenis",
)  # fmt: skip


class LastRegister(Row):
    """The last register number of a code that was given before this system was in use."""

    kode_barang: str
    nomor_terakhir: int


LAST = Table(__file__, "../register-aset.csv", LastRegister, key="kode_barang")


@rule("aset.nilai-satuan", title="Nilai perolehan setiap unit", source="PSAP 07; Permendagri 47/2021")
def unit_costs(nilai: Decimal, jumlah: PositiveInt) -> list[Decimal]:
    """Return the cost in rupiah of each of several units; the last takes what does not divide."""
    each = nilai // jumlah
    return [each] * (jumlah - 1) + [nilai - each * (jumlah - 1)]


def rows_to_fill(situation: Situation) -> Mapping[str, Any]:
    """Return a row for every unit that was delivered, for the store clerk to complete."""
    if situation.values.get("daftar_register"):
        return {}
    return {
        "daftar_register": [
            {"kode_barang": row["kode_barang"], "nama": row["nama_spesifikasi"]}
            for row in situation.values["rincian_kontrak"]
            for _ in range(int(row["jumlah"]))
        ]
    }


def entry_errors(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong with the entries: more or fewer units than were delivered, a vehicle without its numbers."""
    entered = Counter(row["kode_barang"] for row in situation.values["daftar_register"])
    bought = {row["kode_barang"]: int(row["jumlah"]) for row in situation.values["rincian_kontrak"]}
    if dict(entered) == bought:
        rows = situation.values["daftar_register"]
        return _vehicle_errors(rows) or _missing_in_book(rows)
    counted = ", ".join(f"{code}: {entered[code]} dari {count}" for code, count in bought.items())
    return {"daftar_register": f"Satu baris untuk setiap unit yang diterima ({counted})."}


def _vehicle_errors(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    for place, row in enumerate(rows):
        for column in ("nomor_rangka", "nomor_mesin"):
            if is_of(row["kode_barang"], MOTOR_VEHICLES) and not row.get(column):
                return {f"daftar_register.{place}.{column}": "Wajib untuk kendaraan bermotor."}
    return {}


def _missing_in_book(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the first cell that the book of inventory (KIB) of an asset needs and that is still empty."""
    for place, row in enumerate(rows):
        for column in _ASKED.get(_kib(row), ()):
            if row.get(column) is None or row[column] == "":
                return {f"daftar_register.{place}.{column}": f"Wajib untuk KIB {_kib(row)}."}
    return {}


def entered(situation: Situation) -> Mapping[str, Any]:
    """Return the units with their numbers and costs, the rows of the KIB, and what is handed on to be distributed."""
    values = situation.values
    lines = values["rincian_kontrak"]
    prices = [row["jumlah"] * row["harga_satuan"] for row in lines]
    costs = procurement.with_shared_cost(prices, values.get("biaya_atribusi") or NONE)
    left = {
        row["kode_barang"]: unit_costs(cost, int(row["jumlah"]))
        for row, cost in zip(lines, costs, strict=True)
    }
    rows = [_unit(row, left[row["kode_barang"]].pop(0)) for row in values["daftar_register"]]
    year = str(values["tanggal_terima"].year)
    return {
        "daftar_register": rows,
        "kib_b": [_kib_b(row, year) for row in rows if _kib(row) == "B"],
        "kib_lain": [_kib_other(row, year, values) for row in rows if _kib(row) != "B"],
        "daftar_psp": [_for_status(row, year) for row in rows],
        "barang_distribusi": [_for_distribution(row) for row in rows],
    }


def _for_status(row: Mapping[str, Any], year: str) -> dict[str, Any]:
    """Return a unit as the proposal of its use status lists it."""
    told = {name: row[name] for name in ("kode_barang", "nomor_register", "nama")}
    return {**told, "tahun": year, "nilai": row["nilai_perolehan"]}


def _for_distribution(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a unit as it is handed on to be distributed: good, from the room where it waits."""
    told = {name: row[name] for name in ("kode_barang", "nomor_register", "nama")}
    return {**told, "kondisi": "B", "dari": row["ruangan_sementara"]}


def _unit(row: Mapping[str, Any], cost: Decimal) -> dict[str, Any]:
    code = row["kode_barang"]
    before = LAST.get(code)
    number = next_number(f"register-aset:{code}", _EVER) + (before.nomor_terakhir if before else 0)
    return {
        **row,
        "nomor_register": f"{number:06d}",
        "nilai_perolehan": cost,
        "komptabel": "intra" if stands_on_balance_sheet(code, cost) else "ekstra",
        "masa_manfaat": useful_life(code),
    }


def _kib(row: Mapping[str, Any]) -> str:
    return _KIB.get(row["kode_barang"][:5], "Aset tak berwujud")


def _common(row: Mapping[str, Any]) -> dict[str, Any]:
    how = "Intrakomptabel" if row["komptabel"] == "intra" else "Ekstrakomptabel"
    told = {name: row.get(name) for name in ("kode_barang", "nomor_register", "bahan")}
    return {
        **told,
        "nama_barang": row["nama"],
        "harga": row["nilai_perolehan"],
        "asal_usul": "Pembelian",
        "keterangan": how,
    }


def _kib_b(row: Mapping[str, Any], year: str) -> dict[str, Any]:
    names = ("merek_tipe", "ukuran_cc", "nomor_pabrik", "nomor_rangka", "nomor_mesin", "nomor_polisi")
    told = {name: row.get(name) for name in names}
    return {**_common(row), **told, "nomor_bpkb": row.get("bpkb"), "tahun_pembelian": year}


_YES_NO = {"ya": "Ya", "tidak": "Tidak"}


def _kib_other(row: Mapping[str, Any], year: str, values: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: row.get(name) for name in _OF_OTHERS}
    under_construction = _kib(row) == "F"
    return {
        **_common(row),
        **told,
        "kib": _kib(row),
        "bertingkat": _YES_NO.get(row.get("bertingkat") or ""),
        "beton": _YES_NO.get(row.get("beton") or ""),
        "spesifikasi": row["merek_tipe"],
        "ukuran": row.get("ukuran_cc"),
        "jumlah": 1,
        "tanggal_mulai": values["tanggal_kontrak"] if under_construction else None,
        "nilai_kontrak": values["nilai_kontrak"] if under_construction else None,
        "tahun": year,
    }
