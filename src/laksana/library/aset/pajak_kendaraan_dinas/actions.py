"""What the vehicle tax adds to its definition: reminders, what is owed, what the notice must show, and the next due dates."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.documents.services import block, signatory_at
from laksana.library.aset.pajak_kendaraan_dinas.rules import (
    Owed,
    Vehicle,
    figure,
    kind_of_payment,
    next_due,
    next_registration,
    owed,
    struck_off_from,
)
from laksana.library.rupiah import rupiah
from laksana.worktime.calendar import END_OF_DAY, months_later
from laksana.worktime.zone import OFFICE_ZONE, local_day

pajak = Behaviour("pajak-kendaraan-dinas")
FIVE_YEARLY = "lima_tahunan"
PAPERS = {"tahunan": ("stnk_asli", "surat_kuasa"), FIVE_YEARLY: ("stnk_asli", "surat_kuasa", "fotokopi_bpkb")}
"""Kind of payment -> the papers without which nothing is prepared; the physical check comes after them."""
PAID = ("pkb_dibayar", "opsen_dibayar", "sanksi_dibayar", "swdkllj_dibayar", "pnbp_dibayar")


def _owed(values: Mapping[str, Any], paid: date) -> Owed:
    vehicle = Vehicle(
        values["jenis_kendaraan"], values["golongan_swdkllj"], values["njkb"], values["bobot"], values["tarif_pkb"]
    )  # fmt: skip
    return owed(vehicle, values["jatuh_tempo"], paid, five_yearly=values["jenis_pembayaran"] == FIVE_YEARLY)


def _told(found: Owed) -> dict[str, Any]:
    return {
        "pkb_terutang": found.pkb, "opsen_terutang": found.opsen, "sanksi_terutang": found.sanksi,
        "swdkllj_terutang": found.swdkllj, "denda_swdkllj": found.denda, "pnbp_terutang": found.pnbp,
        "bulan_terlambat": found.bulan, "hari_terlambat": found.hari,
    }  # fmt: skip


@pajak.computes("daftar")
def registration_at_risk(situation: Situation) -> Mapping[str, Any]:
    """Return from when the vehicle may be struck off the registration."""
    return {"batas_hapus_registrasi": struck_off_from(situation.values["jatuh_tempo_stnk"])}


@pajak.warns("daftar")
def expired_long_ago(situation: Situation) -> Mapping[str, str]:
    """Warn of a vehicle whose STNK ended so long ago that it may be struck off before long."""
    expiry = situation.values.get("jatuh_tempo_stnk")
    if not expiry or local_day(situation.at) < months_later(expiry, figure.whole("peringatan_hapus_bulan")):
        return {}
    return {"jatuh_tempo_stnk": f"Registrasi dapat dihapus sejak {struck_off_from(expiry):%d-%m-%Y}."}


@pajak.deadline("pajak")
def due_tax(situation: Situation) -> datetime | None:
    """Return the end of the due date, which no day off moves."""
    return datetime.combine(situation.values["jatuh_tempo"], END_OF_DAY, OFFICE_ZONE)


@pajak.automatic("pengingat-jatuh-tempo")
def reminders(situation: Situation) -> Done:
    """Return the days of reminding that are still to come, today among them."""
    due, today = situation.values["jatuh_tempo"], local_day(situation.at)
    names = (row.ketentuan for row in figure.rows() if row.ketentuan.startswith("pengingat_"))
    days = sorted((figure.whole(name) for name in names), reverse=True)
    rows = [{"hari": days_before, "tanggal": due - timedelta(days=days_before)} for days_before in days]
    return Done(values={"jadwal_pengingat": [row for row in rows if row["tanggal"] >= today]})


@pajak.check("siapkan")
def kind_follows(situation: Situation) -> Mapping[str, str]:
    """Refuse a yearly payment where the registration must be renewed, and the other way round."""
    values = situation.values
    right = kind_of_payment(values["jatuh_tempo"], values["jatuh_tempo_stnk"])
    if values.get("jenis_pembayaran") == right:
        return {}
    return {"jenis_pembayaran": f"Menurut masa berlaku STNK pembayaran ini {right.replace('_', ' ')}."}


@pajak.warns("siapkan")
def unusual(situation: Situation) -> Mapping[str, str]:
    """Warn of a rate above that of government vehicles, and of a weight other than the table's."""
    values, found = situation.values, {}
    rate, weight = values.get("tarif_pkb"), values.get("bobot")
    if rate is not None and rate > figure("tarif_pemerintah_persen"):
        found["tarif_pkb"] = f"Tarif kendaraan pemerintah paling tinggi {figure('tarif_pemerintah_persen')}%."
    if weight is not None and weight != (usual := figure(f"bobot_{values['jenis_kendaraan']}")):
        found["bobot"] = f"Koefisien bobot jenis kendaraan ini {usual}."
    return found


@pajak.computes("siapkan")
def estimated(situation: Situation) -> Mapping[str, Any]:
    """Return the parts and the sum of what is owed when it is paid in time, or today where that is past."""
    found = _owed(situation.values, max(local_day(situation.at), situation.values["jatuh_tempo"]))
    return {**_told(found), "estimasi": found.total}


@pajak.check("jenis")
def papers_there(situation: Situation) -> Mapping[str, str]:
    """Refuse to go on without the papers that this kind of payment needs."""
    given = situation.values.get("kelengkapan") or ()
    labels = situation.procedure.fields["kelengkapan"].choices or {}
    missing = [labels[name] for name in PAPERS[situation.values["jenis_pembayaran"]] if name not in given]
    return {"kelengkapan": f"Belum ada: {', '.join(missing)}."} if missing else {}


@pajak.check("anggaran")
def budget_covers(situation: Situation) -> Mapping[str, str]:
    """Refuse to call a budget sufficient that holds less than the estimate."""
    values = situation.values
    if situation.outcome != "Tersedia" or values["sisa_anggaran"] >= values["estimasi"]:
        return {}
    return {"outcome": f"Sisa anggaran kurang dari estimasi {rupiah(values['estimasi'])}."}


@pajak.check("setujui")
def within_budget(situation: Situation) -> Mapping[str, str]:
    """Refuse to give more money than the budget line still holds."""
    values = situation.values
    over = values["nilai_setuju"] > values["sisa_anggaran"]
    return {"nilai_setuju": "Melampaui sisa anggaran pada rekening."} if over else {}


@pajak.check("bayar")
def not_to_come(situation: Situation) -> Mapping[str, str]:
    """Refuse a day of payment that is still to come."""
    late = situation.values["tanggal_bayar"] > local_day(situation.at)
    return {"tanggal_bayar": "Tanggal ini belum tiba."} if late else {}


@pajak.warns("bayar")
def other_than_owed(situation: Situation) -> Mapping[str, str]:
    """Warn of amounts on the notice other than reckoned for the day of payment, and of more than the money given."""
    values = situation.values
    if values.get("tanggal_bayar") is None:
        return {}
    found = _owed(values, values["tanggal_bayar"])
    right = (found.pkb, found.opsen, found.sanksi, found.swdkllj + found.denda, found.pnbp)
    warned = {
        name: f"Menurut hitungan {rupiah(amount)}."
        for name, amount in zip(PAID, right, strict=True)
        if (values.get(name) or Decimal()) != amount
    }
    if _paid(values) > values["nilai_setuju"]:
        warned[""] = "Jumlah yang dibayar melampaui uang yang disetujui."
    return warned


def _paid(values: Mapping[str, Any]) -> Decimal:
    return sum((values.get(name) or Decimal() for name in PAID), Decimal())


@pajak.computes("bayar")
def paid(situation: Situation) -> Mapping[str, Any]:
    """Return what was owed on the day of payment, what was paid, and how far that is from the estimate."""
    values = situation.values
    found, total = _owed(values, values["tanggal_bayar"]), _paid(values)
    return {
        **_told(found),
        "total_terutang": found.total,
        "total_dibayar": total,
        "selisih": total - values["estimasi"],
    }


@pajak.check("periksa")
def difference_explained(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass a notice that is further from the estimate than allowed without a reason."""
    values = situation.values
    allowed = values["estimasi"] * figure("selisih_persen") / 100
    if values.get("catatan_periksa") or abs(values["selisih"]) <= allowed:
        return {}
    return {"catatan_periksa": f"Selisih terhadap estimasi {rupiah(values['selisih'])}; beri alasannya."}


@pajak.automatic("hitung-jatuh-tempo-berikut")
def next_dates(situation: Situation) -> Done:
    """Return when the tax is due next, and until when the STNK holds from now on."""
    values = situation.values
    expiry = values["jatuh_tempo_stnk"]
    renewed = values["jenis_pembayaran"] == FIVE_YEARLY
    return Done(
        values={
            "jatuh_tempo_berikut": next_due(values["jatuh_tempo"]),
            "jatuh_tempo_stnk_berikut": next_registration(expiry) if renewed else expiry,
        }
    )


@pajak.row("register-kendaraan")
def vehicle_row(situation: Situation) -> Mapping[str, Any]:
    """Return how long the STNK holds now, and by which payment."""
    return {
        "masa_stnk": situation.values["jatuh_tempo_stnk_berikut"],
        "keterangan": f"Pajak dibayar {situation.values['tanggal_bayar']:%d-%m-%Y}",
    }


@pajak.row("kendali-pajak")
def control_row(situation: Situation) -> Mapping[str, Any]:
    """Return the lateness as the book writes it."""
    days, months = situation.values["hari_terlambat"], situation.values["bulan_terlambat"]
    return {"terlambat": f"{days} hari / {months} bulan"}


@pajak.paper("surat-kuasa")
def power_of_attorney(situation: Situation) -> Mapping[str, Any]:
    """Return the signature of the Kepala Dinas, who gives the power; the one who prepares the paper takes it."""
    return {"pemberi": block(signatory_at("position:kepala-dinas", situation.at))}
