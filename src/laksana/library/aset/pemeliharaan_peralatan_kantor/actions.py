"""What equipment adds to its definition: priority, warranty, safe data, the ceiling left, downtime, the next maintenance."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.models import Case
from laksana.library.aset.pemeliharaan_peralatan_kantor import rules
from laksana.library.numbered import number_once
from laksana.library.others import other_cases
from laksana.library.rounding import half_up
from laksana.library.rupiah import rupiah
from laksana.worktime.calendar import WorkCalendar, months_later
from laksana.worktime.zone import local_day

peralatan = Behaviour("pemeliharaan-peralatan-kantor")
number_once(peralatan, "lapor", "nomor_tiket", "TIKET")
number_once(peralatan, "perintah", "nomor_spk", "PK-ALAT")


@peralatan.check("lapor")
def not_to_come(situation: Situation) -> Mapping[str, str]:
    """Refuse a report from the future."""
    future = situation.values["waktu_lapor"] > situation.at
    return {"waktu_lapor": "Waktu lapor tidak boleh sesudah sekarang."} if future else {}


@peralatan.computes("lapor")
def first_priority(situation: Situation) -> Mapping[str, Any]:
    """Return the priority by what the fault stops; the technician may correct it."""
    return {"prioritas": rules.priority(situation.values["dampak"])}


@peralatan.check("triase")
def warranty_first(situation: Situation) -> Mapping[str, str]:
    """Refuse to pay for what the warranty covers, unless a reason is given."""
    values = situation.values
    until = values.get("garansi_sampai")
    covered = until is not None and until >= local_day(values["waktu_lapor"])
    if situation.outcome == "Garansi" and not covered:
        return {"garansi_sampai": "Garansi tidak berlaku pada tanggal lapor."}
    if situation.outcome == "Pihak ketiga" and covered and not values.get("alasan_bukan_garansi"):
        return {
            "alasan_bukan_garansi": f"Garansi berlaku sampai {until:%d-%m-%Y}; pilih Garansi atau sebutkan alasan."
        }
    return {}


@peralatan.computes("triase")
def repeated(situation: Situation) -> Mapping[str, Any]:
    """Return how often the same fault of the same item was repaired in the last months, this time counted."""
    values = situation.values
    since = months_later(local_day(situation.at), -rules.figure("perbaikan_sama_bulan"))
    same = other_cases(situation).filter(
        data__kode_barang=values["kode_barang"],
        data__register=values["register"],
        data__gangguan=values["gangguan"],
    )
    times = [case.data.get("waktu_pulih") for case in same]
    lately = [at for at in times if at and local_day(datetime.fromisoformat(at)) >= since]
    return {"jumlah_perbaikan_sama": len(lately) + 1}


@peralatan.check("garansi", "siapkan-keluar")
def data_safe(situation: Situation) -> Mapping[str, str]:
    """Refuse to let a computer leave the office with its data."""
    values = situation.values
    if values["jenis_peralatan"] == "komputer" and not values.get("hapus_data"):
        return {"hapus_data": "Media data harus dihapus aman atau dicabut sebelum perangkat keluar."}
    return {}


@peralatan.check("setujui")
def worth_it(situation: Situation) -> Mapping[str, str]:
    """Refuse to call a repair reasonable that is not worth its price."""
    values = situation.values
    lost = rules.uneconomic(values["estimasi"], values["harga_baru"], int(values["jumlah_perbaikan_sama"]))
    if situation.outcome == "Wajar" and lost and values["sumber"] == "laporan_kerusakan":
        return {
            "outcome": "Tidak ekonomis: terlalu mahal dibanding barang baru, atau gangguan sama terlalu sering."
        }
    return {}


@peralatan.computes("setujui")
def left_of_ceiling(situation: Situation) -> Mapping[str, Any]:
    """Return the pooled ceiling of the kind this year, what is spent and ordered of it, and what is left."""
    values = situation.values
    ceiling = rules.pooled_ceiling(values["jenis_peralatan"], int(values["jumlah_unit"]))
    spent = sum(_committed(situation), Decimal())
    return {"pagu_gabungan": ceiling, "realisasi": spent, "sisa_pagu": ceiling - spent}


def _committed(situation: Situation) -> Iterator[Decimal]:
    """Yield what other tickets of the same kind cost this year: as billed, or as ordered."""
    year = local_day(situation.at).year
    same = other_cases(situation).filter(data__jenis_peralatan=situation.values["jenis_peralatan"])
    for case in same.filter(data__tanggal_perintah__isnull=False):
        if date.fromisoformat(case.data["tanggal_perintah"]).year == year:
            yield Decimal(str(case.data.get("biaya_akhir") or case.data["estimasi"]))


@peralatan.check("anggaran")
def within_ceiling(situation: Situation) -> Mapping[str, str]:
    """Refuse to call the ceiling enough when it is not, and the other way round."""
    short = situation.values["estimasi"] - situation.values["sisa_pagu"]
    if situation.outcome == "Cukup" and short > 0:
        return {"outcome": f"Sisa pagu kurang {rupiah(short)}."}
    return {"outcome": "Sisa pagu mencukupi."} if situation.outcome == "Tidak cukup" and short <= 0 else {}


@peralatan.computes("tunda")
def put_off(_situation: Situation) -> Mapping[str, Any]:
    """Return the condition of an item whose repair waits for money."""
    return {"kondisi_tercatat": "RR"}


@peralatan.computes("perintah")
def ordered(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the order."""
    return {"tanggal_perintah": local_day(situation.at)}


@peralatan.check("kerjakan")
def as_offered(situation: Situation) -> Mapping[str, str]:
    """Refuse a bill above the offer that was ordered."""
    above = situation.values["biaya_akhir"] > situation.values["estimasi"]
    return {"biaya_akhir": "Biaya melebihi penawaran yang diperintahkan."} if above else {}


@peralatan.check("uji")
def restored_after_report(situation: Situation) -> Mapping[str, str]:
    """Refuse a time of restoration before the report, and to call working what is beyond repair."""
    values = situation.values
    if values["waktu_pulih"] < values["waktu_lapor"]:
        return {"waktu_pulih": "Waktu pulih harus sesudah waktu lapor."}
    broken = situation.outcome == "Berfungsi" and values["kondisi_akhir"] == "RB"
    return {"kondisi_akhir": "Peralatan yang berfungsi tidak rusak berat."} if broken else {}


@peralatan.computes("catat")
def card(situation: Situation) -> Mapping[str, Any]:
    """Return downtime, the next maintenance, and availability and mean time to repair of the kind this month."""
    values = situation.values
    down = _hours(values["waktu_pulih"] - values["waktu_lapor"])
    month = local_day(values["waktu_lapor"]).replace(day=1)
    kind = values["jenis_peralatan"]
    earlier = [Decimal(str(case.data["jam_henti"])) for case in _same_month(situation, month)]
    service = _service_hours(kind, month, situation.calendar)
    found: dict[str, Any] = {
        "jam_henti": down,
        "kondisi_tercatat": values["kondisi_akhir"],
        "ketersediaan": rules.availability(service, sum(earlier, down)),
        "mttr": rules.mean_time_to_repair([*earlier, down]),
    }
    if routine := rules.next_routine(kind, local_day(values["waktu_pulih"]), situation.calendar):
        work, due, opens = routine
        found |= {"pekerjaan_berkala": work.pekerjaan, "jadwal_berikut": due, "buka_tiket_berikut": opens}
    return found


def _hours(span: timedelta) -> Decimal:
    return half_up(Decimal(int(span.total_seconds())) / 3600)


def _same_month(situation: Situation, month: date) -> Iterator[Case]:
    same = other_cases(situation).filter(
        data__jenis_peralatan=situation.values["jenis_peralatan"], data__jam_henti__isnull=False
    )
    for case in same.order_by("pk"):
        if local_day(datetime.fromisoformat(case.data["waktu_lapor"])).replace(day=1) == month:
            yield case


def _service_hours(kind: str, month: date, calendar: WorkCalendar) -> Decimal:
    """Return the hours in which a kind serves in a month: all of them, or those of the office."""
    after = months_later(month, 1)
    if rules.serves_around_the_clock(kind):
        return Decimal(24 * (after - month).days)
    first, last = (calendar.opening(calendar.workday_on_or_after(day)) for day in (month, after))
    return Decimal(calendar.minutes_between(first, last)) / 60


@peralatan.row("kartu-pemeliharaan")
def worked(situation: Situation) -> Mapping[str, Any]:
    """Return the day of an entry and the parts used."""
    rows = situation.values.get("suku_cadang") or ()
    used = ", ".join(f"{row['kode_barang']} x {row['jumlah']:f}" for row in rows)
    return {"tanggal_catat": local_day(situation.at), "suku_cadang_dipakai": used}


@peralatan.row("dhpb")
@peralatan.row("buku-keluar")
def entered(situation: Situation) -> Mapping[str, Any]:
    """Return the day of an entry."""
    return {"tanggal_catat": local_day(situation.at)}
