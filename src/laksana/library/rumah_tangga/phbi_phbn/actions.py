"""What feasts add to their definition: their day, flags, who must come, who stays on duty, and who came."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Falling, Situation
from laksana.library.rumah_tangga.phbi_phbn import rules
from laksana.people.models import Person
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day

hari_besar = Behaviour("phbi-phbn")


@hari_besar.finds("hari-besar")
def feasts(first: date, last: date, _calendar: WorkCalendar) -> Iterator[Falling]:
    """Yield the feasts whose case opens between two days."""
    for row in rules.DAYS.rows():
        if first <= rules.opens(row.tanggal) <= last:
            known = {"hari_besar": row.kode, "tanggal_hari_besar": row.tanggal}
            feast = rules.FEASTS.get(row.kode)
            told = feast.nama if feast else row.kode
            yield Falling(f"{row.kode}:{row.tanggal}", rules.opens(row.tanggal), known, told)


@hari_besar.check("jadwal")
def known_day(situation: Situation) -> Mapping[str, str]:
    """Refuse a feast whose next day the list does not know, unless it is given."""
    if _day(situation) is None:
        return {"tanggal_hari_besar": "Daftar hari besar belum memuat tanggal berikutnya; isi tanggalnya."}
    return {}


def _day(situation: Situation) -> date | None:
    """Return the day of the feast: as given, or its next one."""
    given: date | None = situation.values.get("tanggal_hari_besar")
    return given or rules.next_day(situation.values["hari_besar"], local_day(situation.at))


@hari_besar.computes("jadwal")
def dated(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the feast, its group, since when its case may be open, the flags, and whoever must come."""
    values = situation.values
    feast = rules.FEASTS.get(values["hari_besar"])
    group = feast.kelompok if feast else values["kelompok"]
    day = _day(situation)
    if day is None:
        return {}
    flown = rules.flags(values["hari_besar"], group, day)
    everybody = Person.objects.filter(active=True, unit__outside=False).select_related("unit").order_by("pk")
    return {
        "kelompok": group,
        "tanggal_hari_besar": day,
        "tanggal_pengingat": rules.opens(day),
        "jadwal_bendera": [{"tanggal": on, "bentuk": row.bentuk, "pukul": row.pukul} for on, row in flown],
        "peserta_wajib": [{"pegawai": person.pk, "bidang": person.unit.name} for person in everybody],
    }


@hari_besar.computes("edaran-kota")
def proposed(situation: Situation) -> Mapping[str, Any]:
    """Return the day on which the feast is to be kept."""
    values = situation.values
    feast = rules.FEASTS.get(values["hari_besar"])
    day, stays = values["tanggal_hari_besar"], feast is not None and feast.tetap
    ordered = values.get("tanggal_edaran")
    return {"usulan_tanggal": rules.kept_on(values["kelompok"], stays, day, ordered, situation.calendar)}


@hari_besar.warns("rencana")
def another_day(situation: Situation) -> Mapping[str, str]:
    """Warn of a day other than the one proposed."""
    due = situation.values["usulan_tanggal"]
    if situation.values["tanggal_kegiatan"] == due:
        return {}
    return {"tanggal_kegiatan": f"Menurut aturan geser tanggal atau edaran: {due:%d-%m-%Y}."}


@hari_besar.computes("rencana")
def budget(situation: Situation) -> Mapping[str, Any]:
    """Return the lines and the sum of the budget, and a list of attendance of all who are not on duty."""
    values = situation.values
    rows = [{**row, "jumlah": row["volume"] * row["harga_satuan"]} for row in values.get("rab") or ()]
    on_duty = {row["pegawai"] for row in values.get("petugas_jaga") or ()}
    expected = [row["pegawai"] for row in values["peserta_wajib"] if row["pegawai"] not in on_duty]
    return {
        "rab": rows,
        "jumlah_rab": sum((row["jumlah"] for row in rows), Decimal()),
        "daftar_hadir": [{"pegawai": person, "keterangan": "hadir"} for person in expected],
    }


@hari_besar.check("telaah")
def enough_on_duty(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass a plan that leaves a service with too few on duty."""
    if situation.outcome != "Ya":
        return {}
    there = Counter(row["layanan"] for row in situation.values.get("petugas_jaga") or ())
    services = situation.procedure.fields["petugas_jaga"].columns or {}
    for service, title in (services["layanan"].choices or {}).items():
        least = rules.figure(f"jaga_{service}")
        if there[service] < least:
            return {"outcome": f"{title}: petugas jaga {there[service]}, paling sedikit {least}."}
    return {}


@hari_besar.automatic("rekap-kehadiran")
def counted(situation: Situation) -> Done:
    """Return how many came, in percent of those who had to and could, and how many stayed away without reason."""
    told = Counter(row["keterangan"] for row in situation.values["daftar_hadir"])
    excused = told["cuti"] + told["sakit"] + told["dinas_luar"]
    return Done(
        {
            "jumlah_hadir": told["hadir"],
            "persen_hadir": rules.attendance(told["hadir"], told.total(), excused),
            "jumlah_tanpa_keterangan": told["tanpa_keterangan"],
        }
    )


@hari_besar.row("rekap-upacara")
def attended(situation: Situation) -> Mapping[str, Any]:
    """Return the number and the unit of the person in a row of the attendance, and whether he was there."""
    person = Person.objects.select_related("unit").get(pk=situation.values["pegawai"])
    there = situation.values["keterangan"] == "hadir"
    return {"nip": person.nip, "unit": person.unit.name, "hadir": "Ya" if there else "Tidak"}


_COME_TO = {
    "jadwal": "Dijadwalkan",
    "rencana": "Direncanakan",
    "putusan": "Disetujui",
    "tutup": "Tidak diselenggarakan",
    "laksanakan": "Dilaksanakan",
    "terima-laporan": "Selesai dilaporkan",
}


@hari_besar.row("kalender-kegiatan")
def stands(situation: Situation) -> Mapping[str, Any]:
    """Return how far a feast has come; a plan that the head sends back stays a plan."""
    if situation.step.id == "putusan" and situation.outcome != "Setuju":
        return {}
    return {"status": _COME_TO.get(situation.step.id)}
