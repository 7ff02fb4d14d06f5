"""The lines of a request: what the cards say of each, what may be given, and which lots it takes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.aset import cards, stock
from laksana.worktime.zone import local_day

NONE = Decimal()


def approved(values: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return the quantity of every item that the SPB gives."""
    return {row["kode_barang"]: row["jumlah"] for row in values.get("jumlah_disetujui") or ()}


def checked_lines(situation: Situation) -> list[dict[str, Any]]:
    """Return each line asked for with what the card holds, what may be given, and what is above the unit's quota."""
    values, found = situation.values, []
    heads = {
        "pegawai": values["jumlah_pegawai"],
        "printer": values.get("jumlah_printer") or NONE,
        "unit": Decimal(1),
    }
    for row in values["daftar_permintaan"]:
        code = row["kode_barang"]
        held, promised = cards.balance(code)[0], cards.promised(code, situation.case)
        line = dict(row, saldo=held, dicadangkan=promised, tersedia=max(NONE, held - promised))
        if (standard := stock.STANDARDS.get(code)) is not None:
            line["jatah"] = standard.jumlah_per_triwulan * heads[standard.per]
            line["sudah_diterima"] = cards.received_in_quarter(code, values["unit"], local_day(situation.at))
            line["jatah_sisa"] = max(NONE, line["jatah"] - line["sudah_diterima"])
        met, over = stock.within_quota(row["jumlah_diminta"], line["tersedia"], line.get("jatah_sisa"))
        found.append(line | {"dapat_dipenuhi": met, "lewat_jatah": over})
    return found


def proposal(line: Mapping[str, Any], quantity: Decimal, purpose: str) -> dict[str, Any]:
    """Return a line of a proposal to buy, as pengadaan-barang-pakai-habis takes it."""
    return {
        "kode_barang": line["kode_barang"],
        "nama_spesifikasi": line["nama_spesifikasi"],
        "jumlah_kebutuhan": quantity,
        "satuan": line["satuan"],
        "keperluan": purpose,
    }


def taken_lots(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what the approved quantities take from the lots that are left now, oldest first."""
    given = approved(values)
    return [
        {
            "kode_barang": line["kode_barang"],
            "nama_spesifikasi": line["nama_spesifikasi"],
            "satuan": line["satuan"],
            "lot": part.lot,
            "tanggal_masuk": part.day,
            "jumlah": part.quantity,
            "harga_satuan": part.unit_price,
            "nilai": part.value,
        }
        for line in values["hasil_cek"]
        for part in stock.take(cards.lots(line["kode_barang"]), given[line["kode_barang"]])
    ]
