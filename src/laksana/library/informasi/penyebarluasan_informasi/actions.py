"""What the dissemination of information adds to its definition: class and approver, embargo, reach, sentiment, and times."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.informasi import accounts
from laksana.library.informasi.limits import workdays
from laksana.library.informasi.penyebarluasan_informasi import readings
from laksana.library.numbered import number_once
from laksana.library.rounding import half_up
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar, months_later
from laksana.worktime.zone import local, local_day

sebar = Behaviour("penyebarluasan-informasi")
number_once(sebar, "jadwalkan", "nomor_siaran", "SP")
_CHANNEL_TABLES = ("tayang_web", "tayang_akun", "tayang_ruang", "tayang_segera")


class ClassRow(Row):
    """A class of information: how strict it is beside the others, and who approves it last."""

    kelas: str
    urutan: int
    penyetuju: str


CLASSES = Table(__file__, "matriks-persetujuan-rilis.csv", ClassRow, key="kelas")


@rule(
    "penyebarluasan-informasi.kelas",
    title="Kelas yang berlaku di antara beberapa",
    source="Matriks kewenangan kantor",
)
def strictest(kelas: list[str]) -> str:
    """Return the strictest of several classes: darurat, sensitif, strategis, klarifikasi, rutin."""
    return max(kelas, key=lambda name: CLASSES[name].urutan)


@rule(
    "penyebarluasan-informasi.indeks-sentimen",
    title="Indeks sentimen (persen)",
    source="Praktik analisis media",
)
def sentiment_index(positif: int, netral: int, negatif: int) -> Decimal | None:
    """Return 100 x (positive - negative) / all classified, to one decimal half up; None where nothing is classified."""
    total = positif + netral + negatif
    return half_up(Decimal(100 * (positif - negatif)) / total, 1) if total else None


@rule(
    "penyebarluasan-informasi.persen-tepat",
    title="Siaran yang tayang tepat waktu (persen)",
    source="Standar kantor",
)
def share_in_time(tepat: int, total: int) -> Decimal | None:
    """Return 100 x in time / all, to one decimal half up; None where there was nothing."""
    return half_up(Decimal(100 * tepat) / total, 1) if total else None


@rule("penyebarluasan-informasi.batas-rekap", title="Batas rekap bulanan", source="standar kantor")
def recap_due(tayang: date, calendar: WorkCalendar) -> date:
    """Return the working day of the month after a publication by which its recap is due."""
    month = months_later(tayang.replace(day=1), 1)
    return calendar.add_workdays(month - timedelta(days=1), workdays("rekap-bulanan"))


@sebar.computes("telaah")
def classified(situation: Situation) -> Mapping[str, Any]:
    """Return the class in force."""
    return {"kelas": strictest(list(situation.values["kelas_termuat"]))}


@sebar.check("telaah")
def class_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse an outcome that does not fit the status chosen: an emergency takes the fast track, and nothing else does."""
    urgent = "darurat" in (situation.values.get("kelas_termuat") or [])
    if situation.values.get("status_permintaan") == "ditolak" or urgent == (situation.outcome == "Darurat"):
        return {}
    return {"kelas_termuat": "Kelas darurat selalu melalui jalur cepat, dan hanya kelas itu."}


@sebar.check("sunting", "perbaiki")
def for_chosen_channels(situation: Situation) -> Mapping[str, str]:
    """Refuse a text for a channel that the plan does not use, and two for the same."""
    channels = [row["kanal"] for row in situation.values.get("konten_kanal") or () if row.get("kanal")]
    foreign = sorted(set(channels) - set(situation.values.get("kanal") or ()))
    if foreign:
        return {"konten_kanal": f"Rencana tidak memakai kanal ini: {', '.join(foreign)}."}
    if len(channels) != len(set(channels)):
        return {"konten_kanal": "Satu isi untuk setiap kanal."}
    return {}


@sebar.computes("perbaiki")
def confirmed_anew(_situation: Situation) -> Mapping[str, Any]:
    """Return that what was mended has not been confirmed yet."""
    return {"hasil_konfirmasi": None}


@sebar.computes("konfirmasi")
def confirmed(situation: Situation) -> Mapping[str, Any]:
    """Return what the owner of the data said."""
    return {"hasil_konfirmasi": "sesuai" if situation.outcome == "Sesuai" else "koreksi"}


@sebar.computes("setujui-kabid", "setujui-kadis", "setujui-sekda")
def approved(situation: Situation) -> Mapping[str, Any]:
    """Return who approved last and when; an owner of the data who is silent is put down as such."""
    found: dict[str, Any] = {"hasil_konfirmasi": situation.values.get("hasil_konfirmasi") or "tidak_menjawab"}
    if situation.outcome == "Setuju tayang":
        kelas = CLASSES[situation.values["kelas"]]
        found |= {"penyetuju": kelas.penyetuju, "waktu_setuju": situation.at}
    return found


@sebar.computes("pengesahan-darurat")
def approved_afterwards(situation: Situation) -> Mapping[str, Any]:
    """Return who confirmed the emergency post in writing, what went out, and how long it took."""
    return {
        "penyetuju": CLASSES["darurat"].penyetuju,
        "waktu_setuju": situation.at,
        **_published(situation),
    }


@sebar.check("pengesahan-darurat")
def spoken_before_it_ran(situation: Situation) -> Mapping[str, str]:
    """Refuse an approval that was spoken before the request came, or after the message was already out."""
    values = situation.values
    spoken, shown = values.get("waktu_persetujuan_lisan"), _published(situation).get("waktu_tayang")
    if spoken and not values["waktu_permintaan"] <= spoken <= (shown or situation.at):
        return {"waktu_persetujuan_lisan": "Antara permintaan diterima dan siaran pertama tayang."}
    return {}


@sebar.check("pantau")
def readings_readable(situation: Situation) -> Mapping[str, str]:
    """Refuse a file of readings that is not right, naming its lines."""
    if not (key := situation.values.get("berkas_pantau")):
        return {}
    try:
        readings.read(int(key))
    except ValueError as fault:
        return {"berkas_pantau": str(fault)}
    return {}


@sebar.computes("pantau")
def readings_added(situation: Situation) -> Mapping[str, Any]:
    """Return the readings with those of the file and of our posts; one that is there already is not added again."""
    key = situation.values.get("berkas_pantau")
    given = [*(readings.read(int(key)) if key else ()), *accounts.readings_of(situation.case)]
    return {"hasil_pantau": _joined(situation, given)} if given else {}


def _joined(situation: Situation, more: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the readings of a case and those of `more` that are not among them."""
    rows = list(situation.values.get("hasil_pantau") or ())
    known = {readings.mark(row) for row in rows}
    return [*rows, *(row for row in more if readings.mark(row) not in known)]


@sebar.check("jadwalkan", "tayang-portal", "tayang-medsos", "tayang-luar", "kirim-media")
def after_embargo(situation: Situation) -> Mapping[str, str]:
    """Refuse what would be public before the embargo ends (media partners get the text with its embargo mark)."""
    embargo: datetime | None = situation.values.get("embargo")
    if embargo is None:
        return {}
    text = f"Embargo sampai {local(embargo):%d-%m-%Y %H.%M}."
    early = {
        name: text
        for name in _CHANNEL_TABLES
        if name in situation.step.asks
        and any(row["waktu_tayang"] < embargo for row in situation.values.get(name) or ())
    }
    if "jadwal_tayang" in situation.step.asks and situation.values["jadwal_tayang"] < embargo:
        early["jadwal_tayang"] = text
    return early


@sebar.computes("catat-tayang")
def published(situation: Situation) -> Mapping[str, Any]:
    """Return where it was published, since when, and the working hours from request to publication."""
    return _published(situation)


def _published(situation: Situation) -> dict[str, Any]:
    values = situation.values
    rows = [row for name in _CHANNEL_TABLES for row in values.get(name) or ()]
    times = [row["waktu_tayang"] for row in rows]
    times += [row["waktu_kirim"] for row in values.get("media_mitra") or ()]
    if not times:
        return {"hasil_tayang": rows}
    minutes = situation.calendar.minutes_between(values["waktu_permintaan"], min(times))
    return {
        "hasil_tayang": rows,
        "waktu_tayang": min(times),
        "jam_permintaan_ke_tayang": half_up(Decimal(minutes) / 60, 1),
    }


@sebar.computes("tayang-klarifikasi")
def clarified(situation: Situation) -> Mapping[str, Any]:
    """Return the calendar hours from the finding to its clarification."""
    elapsed = situation.values["waktu_klarifikasi"] - situation.values["waktu_temuan"]
    return {"jam_klarifikasi": half_up(Decimal(elapsed.total_seconds()) / 3600)}


@sebar.check("tayang-klarifikasi")
def clarified_after_finding(situation: Situation) -> Mapping[str, str]:
    """Refuse a clarification that is older than what it clarifies."""
    if situation.values["waktu_klarifikasi"] >= situation.values["waktu_temuan"]:
        return {}
    return {"waktu_klarifikasi": "Klarifikasi tidak mungkin tayang sebelum temuannya."}


@sebar.computes("evaluasi")
def evaluated(situation: Situation) -> Mapping[str, Any]:
    """Return the reach (the last reading of each channel, added) and the index of sentiment."""
    rows = sorted(_joined(situation, accounts.readings_of(situation.case)), key=lambda row: row["waktu"])
    last = {row["kanal_atau_media"]: row["jangkauan"] for row in rows if row.get("jangkauan") is not None}
    count = _count(rows)
    return {
        "jangkauan_total": sum(last.values(), Decimal()),
        "indeks_sentimen": sentiment_index(count["positif"], count["netral"], count["negatif"]),
    }


def _count(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    found = [row.get("sentimen") for row in rows]
    return {name: found.count(name) for name in ("positif", "netral", "negatif")}


@sebar.row("register-rilis")
def release_row(situation: Situation) -> Mapping[str, Any]:
    """Return the columns that no field fills: the first link, the placements, and the rows of each sentiment."""
    values = situation.values
    return {
        "tautan": _link(values),
        "pemuatan": sum(bool(row.get("dimuat")) for row in values.get("media_mitra") or ()),
        **_count(values.get("hasil_pantau") or ()),
    }


@sebar.row("log-klarifikasi")
def clarification_row(situation: Situation) -> Mapping[str, Any]:
    """Return the link of the original and who approved the clarification."""
    return {
        "tautan": _link(situation.values),
        "penyetuju_klarifikasi": CLASSES["klarifikasi"].penyetuju,
    }


def _link(values: Mapping[str, Any]) -> str:
    return next((row["tautan"] for row in values.get("hasil_tayang") or () if row.get("tautan")), "")


@sebar.deadline("laporan-bulanan")
def due_recap(situation: Situation) -> datetime | None:
    """Return the closing of the working day, counted in the month after the publication, by which the recap is due."""
    at = situation.values.get("waktu_tayang")
    if at is None:
        return None
    return situation.calendar.closing(recap_due(local_day(at), situation.calendar))
