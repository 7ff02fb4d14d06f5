"""What a call to 112 adds to its definition: its number, the times, and the priority that its event demands."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.aspirasi.panggilan_darurat_112 import report, rules
from laksana.library.others import other_cases
from laksana.library.tables import Listed, Row, Table, YesNo
from laksana.numbering.services import declare_simple, give
from laksana.worktime.zone import local, local_day

emergency = Behaviour("panggilan-darurat-112")
_TIME_OF = {
    "jawab": "t1_jawab",
    "catat": "t2_data",
    "kerahkan": "t3_kerah",
    "terima-tugas": "t4_terima",
    "berangkat": "t5_berangkat",
    "tiba": "t6_tiba",
}
"""Step -> the time that is taken when it is first done."""
_LIFE = {"tidak_sadar", "tidak_bernapas", "pendarahan_hebat", "terjebak"}
_DANGER = {"api_meluas", "gas_atau_bahan_kimia", "senjata"}
_UNTRUE = ("laporan_palsu", "dibatalkan")
_STEPS_UP = {"P1": "P1", "P2": "P1", "P3": "P2", "P4": "P3"}
_SEVERAL_VICTIMS, _MANY_AGENCIES, _FACTOR = 2, 3, 2


class EventRow(Row):
    """A kind of emergency: its priority, who answers it, and in how many minutes."""

    kode: str
    kejadian: str
    kelompok: str
    prioritas_dasar: str
    unit_utama: str = ""
    unit_pendukung: Listed = ()
    target_berangkat_menit: int
    target_tiba_menit: int
    cap_kategori: str
    cap_kejadian: str
    darurat: YesNo


EVENTS = Table(__file__, "kejadian-112.csv", EventRow, key="kode")


class ShiftRow(Row):
    """A shift: from when until when it has the desk."""

    sif: str
    mulai: time
    selesai: time


SHIFTS = Table(__file__, "sif-112.csv", ShiftRow)


@emergency.computes(*_TIME_OF)
def taken_time(situation: Situation) -> Mapping[str, Any]:
    """Return the time of a step where nobody has given it; the first one stays."""
    name = _TIME_OF[situation.step.id]
    return {name: situation.values.get(name) or situation.at}


@emergency.computes("catat")
def incident(situation: Situation) -> Mapping[str, Any]:
    """Number an incident once, propose its priority, and let the clocks that its event starts run from the answer."""
    values = situation.values
    priority = proposed_priority(values)
    return {
        "nomor_insiden": values.get("nomor_insiden") or _number(situation),
        "prioritas": priority,
        "prioritas_usul": priority,
        "t1_jawab": values.get("t1_jawab") or situation.at,
    }


_SERIES = declare_simple(
    "insiden-112", "112-{tanggal}-{urut:04}", "panggilan-darurat-112", "nomor_insiden"
).key


def _number(situation: Situation) -> str:
    day = local_day(situation.values.get("t0_masuk") or situation.at)
    return give(_SERIES, situation.at, situation.case.number, on=day, within=f"{day:%m%d}").written


def proposed_priority(values: Mapping[str, Any]) -> str:
    """Return the priority of an event, raised by danger to life and by several victims."""
    base = EVENTS[values["kode_kejadian"]].prioritas_dasar
    if _LIFE & set(values.get("kondisi_korban") or ()) or _DANGER & set(values.get("bahaya_lanjutan") or ()):
        return "P1"
    return _STEPS_UP[base] if (values.get("jumlah_korban") or 0) >= _SEVERAL_VICTIMS else base


@emergency.computes("lapor-lapangan", "tutup-insiden")
def evaluation(situation: Situation) -> Mapping[str, Any]:
    """Return the response time in minutes, and whether the incident must be evaluated before it is closed."""
    values = situation.values
    answered, arrived = values.get("t1_jawab"), values.get("t6_tiba")
    minutes = rules.minutes(answered, arrived)
    if values.get("hasil_penanganan") in _UNTRUE:
        return {"menit_tanggap": minutes, "wajib_evaluasi": False}
    event = EVENTS.get(values.get("kode_kejadian") or "")
    late = (
        answered is not None
        and arrived is not None
        and event is not None
        and rules.seconds(answered, arrived) > _FACTOR * event.target_tiba_menit * 60
    )
    agencies = {row.get("instansi") for row in values.get("unit_dikerahkan") or ()}
    deaths = (values.get("korban_meninggal") or 0) > 0
    return {"menit_tanggap": minutes, "wajib_evaluasi": deaths or late or len(agencies) >= _MANY_AGENCIES}


@emergency.computes("pilah")
def against_number(situation: Situation) -> Mapping[str, Any]:
    """Count the confirmed prank calls of the number, this one with them, and return what follows."""
    values = situation.values
    kind, number = values.get("jenis_panggilan"), values.get("nomor_pemanggil")
    if kind not in ("hantu", "iseng"):
        return {}
    since = values["t0_masuk"] - timedelta(days=rules.figure.whole("iseng_jendela_hari"))
    before = 0
    if number:
        pranks = other_cases(
            situation, nomor_pemanggil=number, jenis_panggilan="iseng", kali_iseng__isnull=False
        )
        before = pranks.filter(opened_at__gte=since, opened_at__lte=situation.at).count()
    if kind == "hantu":
        return {"kali_iseng": before, "tindakan_nomor": "tidak_ada", "blokir_sampai": None}
    measure = rules.against_number(before + 1)
    blocked = rules.blocked_until(values["t0_masuk"]) if measure == "blokir_1x24_jam" else None
    return {"kali_iseng": before + 1, "tindakan_nomor": measure, "blokir_sampai": blocked}


@emergency.row("register-panggilan")
def call_row(situation: Situation) -> Mapping[str, Any]:
    """Return how many seconds a caller waited, and in which shift he called."""
    values = situation.values
    called, answered = values["t0_masuk"], values.get("t1_jawab")
    return {
        "detik_jawab": rules.seconds(called, answered) if answered else None,
        "sif": shift_of(local(called).time()),
    }


def shift_of(at: time) -> str:
    """Return the shift that has the desk at a time of day."""
    begun = [row.sif for row in SHIFTS.rows() if row.mulai <= at]
    return begun[-1] if begun else SHIFTS.rows()[-1].sif  # the last of the evening lasts into the morning


@emergency.row("log-insiden")
def incident_row(situation: Situation) -> Mapping[str, Any]:
    """Return how long it took to set out, and whether the target of the event was met, in seconds before rounding."""
    values = situation.values
    answered, arrived = values.get("t1_jawab"), values.get("t6_tiba")
    event = EVENTS.get(values.get("kode_kejadian") or "")
    met = None
    if answered and arrived and event:
        met = rules.seconds(answered, arrived) <= event.target_tiba_menit * 60
    return {"menit_gerak": rules.minutes(answered, values.get("t5_berangkat")), "memenuhi_target": met}


@emergency.paper("laporan-bulanan-112")
def month(situation: Situation) -> Mapping[str, Any]:
    """Return the month in figures."""
    return report.figures(situation, {row.kode: row.target_tiba_menit for row in EVENTS.rows()})
