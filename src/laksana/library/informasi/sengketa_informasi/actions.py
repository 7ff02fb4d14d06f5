"""What a dispute adds to its definition: its days of law, what its grounds allow, and when a decision is final."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.disclosure import services as disclosure
from laksana.library.informasi import giving
from laksana.library.informasi.limits import workdays
from laksana.library.informasi.readings import read_as
from laksana.library.tables import Row, Table
from laksana.worktime.zone import local_day

sengketa = Behaviour("sengketa-informasi")
disclosure.declare(sengketa.procedure, ("dokumen_informasi",), giving.grounds)

EXEMPTION = "a"
"""The ground that leads straight to adjudication (UU 14/2008 art. 42)."""
NOT_ANSWERED = "tanpa_tanggapan"
GRANTED = ("mengabulkan_seluruhnya", "mengabulkan_sebagian", "mediasi_dikuatkan")
UNCONTESTABLE = ("mediasi_dikuatkan", "gugur", "dicabut")
"""Rulings that no party can sue against: an agreement (UU 14/2008 art. 40) and a dispute that nobody pursues."""
RULING_AFTER = {"gugur": "gugur", "dicabut": "dicabut", "tidak_terpenuhi": "tidak_dapat_diterima"}
"""Result of the first hearing -> the only ruling that follows from it."""


class PeriodRow(Row):
    """A period of a dispute in days, and where it stands."""

    kode: str
    nama: str
    hari: int
    dasar: str


PERIODS = Table(__file__, "batas-sengketa.csv", PeriodRow, key="kode")


@sengketa.check("ajukan")
def grounds_agree(situation: Situation) -> Mapping[str, str]:
    """Refuse grounds that contradict what the application says of the exemption and of the answer, and impossible days."""
    values, faults = situation.values, {}
    grounds, answered = values.get("alasan") or [], values.get("tanggal_tanggapan_diterima")
    if bool(values.get("dasar_sengketa")) != (EXEMPTION in grounds):
        faults["dasar_sengketa"] = "Dicentang bila, dan hanya bila, alasannya memuat huruf a."
    if bool(answered) == (NOT_ANSWERED in grounds):
        faults["alasan"] = (
            "Tanggapan sudah diterima; alasan tanpa tanggapan tidak berlaku."
            if answered
            else "Tanpa tanggal tanggapan, alasannya memuat keberatan tidak ditanggapi."
        )
    filed, objected = values.get("tanggal_permohonan"), values.get("tanggal_keberatan")
    if filed and filed > local_day(situation.at):
        faults["tanggal_permohonan"] = "Tanggal permohonan belum tiba."
    elif filed and objected and filed < objected:
        faults["tanggal_permohonan"] = "Permohonan sengketa tidak mendahului keberatan."
    return faults


@sengketa.computes("ajukan")
def window(situation: Situation) -> Mapping[str, Any]:
    """Return until when the commission could be asked, and whether it was later (UU 14/2008 art. 37 (2)).

    Whether a late application is admissible is for the commission; the city only records it.
    """
    values = situation.values
    start = values.get("tanggal_tanggapan_diterima") or values["batas_tanggapan"]
    limit = situation.calendar.add_workdays(start, workdays("pengajuan-sengketa"))
    return {"batas_permohonan": limit, "lewat_waktu": values["tanggal_permohonan"] > limit}


@sengketa.computes("registrasi")
def start_limit(situation: Situation) -> Mapping[str, Any]:
    """Return by when the commission begins to settle the dispute (UU 14/2008 art. 38 (1))."""
    registered = situation.values["tanggal_registrasi"]
    return {"batas_mulai": situation.calendar.add_workdays(registered, workdays("mulai-sengketa"))}


@sengketa.computes("panggilan")
def end_limit(situation: Situation) -> Mapping[str, Any]:
    """Return by when the commission settles the dispute, from the first hearing or from the registration,
    as the office reads UU 14/2008 art. 38 (2).
    """
    start = local_day(situation.values["tanggal_sidang"])
    if read_as("penyelesaian", "registrasi"):
        start = situation.values["tanggal_registrasi"]
    return {"batas_selesai": situation.calendar.add_workdays(start, workdays("selesai-sengketa"))}


@sengketa.check("susun-kronologi")
def every_day_proven(situation: Situation) -> Mapping[str, str]:
    """Refuse a chronology without a day that the respondent must prove, or with another day than the case has."""
    values, rows = situation.values, situation.values.get("kronologi") or []
    days: dict[str, set[date]] = {}
    for row in rows:
        days.setdefault(row.get("peristiwa"), set()).add(row.get("tanggal"))
    missing = [name for name in _events_due(values) if name not in days]
    if missing:
        return {"kronologi": f"Tanggal ini belum dibuktikan: {', '.join(missing)}."}
    for name, field in (("keberatan", "tanggal_keberatan"), ("tanggapan", "tanggal_tanggapan_diterima")):
        if name in days and values.get(field) not in days[name]:
            return {"kronologi": f"Tanggal {name} berbeda dari yang tercatat pada perkara."}
    return {}


def _events_due(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the events of which a dispute must show the day: not an answer that never came, nor a request not needed."""
    grounds = set(values.get("alasan") or []) - {NOT_ANSWERED}
    if grounds != {"b"}:
        yield "permohonan"
        if "c" not in grounds:
            yield "jawaban"
    yield "keberatan"
    if values.get("tanggal_tanggapan_diterima"):
        yield "tanggapan"


@sengketa.warns("himpun-bukti")
def proof_sealed(situation: Situation) -> Mapping[str, str]:
    """Warn of written proof that does not bear the seal and the stamp duty."""
    rows = situation.values.get("dokumen_bukti") or []
    bare = [row.get("kode_t") or "?" for row in rows if not row.get("dileges")]
    return {"dokumen_bukti": f"Belum dileges dan bermeterai: {', '.join(bare)}."} if bare else {}


@sengketa.check("sidang-awal", "mediasi")
def mediation_day(situation: Situation) -> Mapping[str, str]:
    """Refuse a first mediation before the first hearing or later than the days allowed after it (Perki 1/2013 art. 37)."""
    values, calendar = situation.values, situation.calendar
    day, hearings = values.get("tanggal_mediasi"), values.get("catatan_sidang") or []
    held = [row["tanggal"] for row in hearings if row.get("tanggal")]
    if not day or not held:
        return {}
    if not max(held) <= day <= calendar.add_workdays(max(held), PERIODS["hari-mediasi"].hari):
        return {
            "tanggal_mediasi": "Mediasi dimulai pada hari sidang awal atau paling lambat tiga hari kerja sesudahnya."
        }
    return {}


@sengketa.warns("sidang-awal", "pembuktian")
def respondent_absent(situation: Situation) -> Mapping[str, str]:
    """Warn that the city stayed away from a hearing: it may be decided without it (Perki 1/2013 art. 31)."""
    days = [str(row.get("tanggal")) for row in _without_respondent(situation)]
    text = "Termohon tidak hadir ({days}); perkara tetap diputus. Laporkan kepada Sekretaris Daerah."
    return {"catatan_sidang": text.format(days=", ".join(days))} if days else {}


@sengketa.computes("sidang-awal", "pembuktian")
def hearing_held(situation: Situation) -> Mapping[str, Any]:
    """Return whether the city ever stayed away, and by when a mediation ends (Perki 1/2013 art. 41)."""
    return {"termohon_absen": bool(list(_without_respondent(situation))), **mediation_limit(situation)}


def _without_respondent(situation: Situation) -> Iterator[Mapping[str, Any]]:
    return (row for row in situation.values.get("catatan_sidang") or [] if not row.get("hadir_termohon"))


@sengketa.computes("mediasi")
def mediation_limit(situation: Situation) -> Mapping[str, Any]:
    """Return the last day of the mediation, counted from its first meeting, with its one extension."""
    values = situation.values
    if not (first := values.get("tanggal_mediasi")):
        return {}
    days = workdays("mediasi") + (
        workdays("perpanjangan-mediasi") if values.get("mediasi_diperpanjang") else 0
    )
    return {"batas_mediasi": situation.calendar.add_workdays(first, days)}


@sengketa.deadline("mediasi")
def due_mediation(situation: Situation) -> datetime | None:
    """Return the closing of the last day of the mediation."""
    day = situation.values.get("batas_mediasi")
    return situation.calendar.closing(day) if day else None


@sengketa.check("putusan")
def ruling_follows(situation: Situation) -> Mapping[str, str]:
    """Refuse a ruling that does not follow from the hearing or the mediation before it."""
    values = situation.values
    ruling, agreed = values.get("amar"), values.get("hasil_mediasi") == "sepakat"
    expected = RULING_AFTER.get(values.get("hasil_pemeriksaan_awal") or "")
    if expected and ruling != expected:
        return {"amar": "Amar tidak sesuai dengan hasil pemeriksaan awal."}
    ended = values.get("mediasi") == "Permohonan dicabut" or (
        values.get("pembuktian") == "Pemohon gugur atau mencabut"
    )
    if ended and ruling not in ("gugur", "dicabut"):
        return {"amar": "Pemohon tidak melanjutkan perkara: amarnya gugur atau dicabut."}
    if agreed != (ruling == "mediasi_dikuatkan"):
        return {"amar": "Kesepakatan mediasi seluruhnya, dan hanya itu, dikuatkan dengan putusan mediasi."}
    return {}


@sengketa.check("catat-putusan")
def received_after_reading(situation: Situation) -> Mapping[str, str]:
    """Refuse a copy received before its decision was read."""
    read = situation.values.get("tanggal_putusan_dibacakan")
    fields = ("tanggal_putusan_diterima", "tanggal_putusan_diterima_pemohon")
    early = [f for f in fields if read and (day := situation.values.get(f)) and day < read]
    return dict.fromkeys(early, "Salinan tidak diterima sebelum putusan dibacakan.")


@sengketa.computes("catat-putusan", "tetap-mengikat")
def final_day(situation: Situation) -> Mapping[str, Any]:
    """Return until when each party may refuse the decision, and when it is or becomes final (UU 14/2008 art. 48).

    A ruling that nobody can sue against is final on the day it is read. A court's decision counts from its own receipt.
    """
    values, calendar = situation.values, situation.calendar
    received = values["tanggal_putusan_diterima"]
    days = workdays("upaya-hukum")
    city = calendar.add_workdays(received, days)
    applicant = calendar.add_workdays(values.get("tanggal_putusan_diterima_pemohon") or received, days)
    final = _final(values, max(city, applicant) + timedelta(days=1))
    limit = calendar.add_workdays(final, int(values.get("jangka_putusan") or workdays("pelaksanaan-putusan")))
    gives = situation.outcome == "Informasi wajib diberikan" or (not situation.outcome and _must_give(values))
    return {
        "batas_upaya": city,
        "batas_upaya_pemohon": applicant,
        "tanggal_berkekuatan_tetap": None if situation.outcome == "Pemohon menggugat" else final,
        "batas_pelaksanaan": limit if gives else None,
    }


def _final(values: Mapping[str, Any], undisputed: date) -> date:
    """Return the day on which the last decision is final; `undisputed` is that of the commission's when nobody sues."""
    day: date = undisputed
    if values.get("amar") in UNCONTESTABLE:
        day = values["tanggal_putusan_dibacakan"]
    elif values.get("tanggal_putusan_kasasi"):
        day = values["tanggal_putusan_kasasi"]
    elif values.get("batas_kasasi"):
        day = values["batas_kasasi"] + timedelta(days=1)
    accepted: date | None = values.get("tanggal_menerima_tertulis")
    return min(day, accepted) if accepted else day


def _must_give(values: Mapping[str, Any]) -> bool | None:
    """Return whether the last decision obliges to give information; None where its text must be read."""
    granted = values.get("amar") in GRANTED
    court, supreme = values.get("hasil_pengadilan"), values.get("hasil_kasasi")
    if supreme in ("membatalkan", "mengubah") or court == "mengubah":
        return None
    return not granted if court == "membatalkan" else granted


@sengketa.check("telaah-putusan")
def suit_in_time(situation: Situation) -> Mapping[str, str]:
    """Refuse the city's own suit after its days are over; a suit of the applicant is judged by the court."""
    limit = situation.values.get("batas_upaya")
    if situation.outcome == "Menggugat" and limit and local_day(situation.at) > limit:
        return {"outcome": "Batas menyatakan tidak menerima putusan sudah lewat."}
    return {}


@sengketa.computes("gugat")
def not_final(situation: Situation) -> Mapping[str, Any]:
    """Return that nothing is final while a court has the case, and who went there where nobody said so before."""
    who = situation.values.get("sikap")
    return {
        "tanggal_berkekuatan_tetap": None,
        "batas_pelaksanaan": None,
        # the applicant may sue after the city accepted, or said nothing within its days
        "sikap": who if who == "termohon_menggugat" else "pemohon_menggugat",
    }


@sengketa.computes("putusan-pengadilan")
def cassation_limit(situation: Situation) -> Mapping[str, Any]:
    """Return until when the Supreme Court may be asked, in calendar or working days as the office reads UU 14/2008 art. 50."""
    received, days = situation.values["tanggal_putusan_pengadilan"], PERIODS["kasasi"].hari
    if read_as("kasasi", "hari_kerja"):
        return {"batas_kasasi": situation.calendar.add_workdays(received, days)}
    return {"batas_kasasi": received + timedelta(days=days)}


@sengketa.check("tetap-mengikat")
def is_final(situation: Situation) -> Mapping[str, str]:
    """Refuse to call a decision final before it is, a suit after it is, and an outcome that the decision contradicts."""
    today, values = local_day(situation.at), situation.values
    if (accepted := values.get("tanggal_menerima_tertulis")) and accepted > today:
        return {"tanggal_menerima_tertulis": "Tanggal ini belum tiba."}
    final = final_day(situation)["tanggal_berkekuatan_tetap"]
    if situation.outcome == "Pemohon menggugat":
        limit = final_day(situation)["batas_upaya_pemohon"]
        return {"outcome": "Batas pemohon menggugat sudah lewat."} if today > limit or accepted else {}
    if today < final:
        return {"outcome": f"Putusan baru berkekuatan hukum tetap {final:%d-%m-%Y}."}
    obliged = _must_give(values)
    if obliged is not None and obliged != (situation.outcome == "Informasi wajib diberikan"):
        return {"outcome": "Pilihan ini bertentangan dengan putusan terakhir."}
    return {}


@sengketa.computes("tetap-mengikat")
def last_word(situation: Situation) -> Mapping[str, Any]:
    """Return the stand of the parties where nobody spoke in time, and the decision that holds in the end."""
    values = situation.values
    if situation.outcome == "Pemohon menggugat":
        return {}
    words = [
        situation.procedure.fields[name].choices[values[name]]  # type: ignore[index]
        for name in ("amar", "hasil_pengadilan", "hasil_kasasi")
        if values.get(name) and values[name] != "tidak_ada"
    ]
    return {"sikap": values.get("sikap") or "menerima", "putusan_akhir": "; ".join(words)}


@sengketa.deadline("selesai-ki")
def due_settlement(situation: Situation) -> datetime | None:
    """Return the closing of the last day for settling the dispute."""
    day = situation.values.get("batas_selesai")
    return situation.calendar.closing(day) if day else None


@sengketa.deadline("pelaksanaan")
def due_carrying_out(situation: Situation) -> datetime | None:
    """Return the closing of the last day for carrying out the decision."""
    day = situation.values.get("batas_pelaksanaan")
    return situation.calendar.closing(day) if day else None


@sengketa.check("laksanakan")
def not_before_final(situation: Situation) -> Mapping[str, str]:
    """Refuse a handing over before the decision was final, or on a day to come."""
    day, final = (
        situation.values.get("tanggal_pelaksanaan"),
        situation.values.get("tanggal_berkekuatan_tetap"),
    )
    if day and ((final and day < final) or day > local_day(situation.at)):
        return {"tanggal_pelaksanaan": "Antara tanggal putusan berkekuatan tetap dan hari ini."}
    return {}


@sengketa.check("laksanakan")
def two_people_released(situation: Situation) -> Mapping[str, str]:
    """Refuse to carry out a ruling with files that two people have not released."""
    return giving.refuse_unreleased(situation)


@sengketa.computes("laksanakan")
def ruling_carried_out(situation: Situation) -> Mapping[str, Any]:
    """Return the files that the applicant gets, and what is blacked out in them."""
    return giving.carried_out(situation)
