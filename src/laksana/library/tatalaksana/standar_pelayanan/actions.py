"""What the service standards add to their definition: components, time that the SOP allows, a forum that counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.tables import Settings
from laksana.sop.duration import Duration, Unit
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

standards = Behaviour("standar-pelayanan")
USERS = "pengguna"
Rows = Sequence[Mapping[str, Any]]


figure = Settings(__file__, "../ketentuan-standar-pelayanan.csv")


@rule(
    "standar-pelayanan.waktu",
    title="Menit kerja dari jangka waktu",
    source="PermenPANRB 15/2014 (keselarasan dengan SOP)",
)
def minutes(text: str) -> int:
    """Return the working minutes of times joined by +, such as "5 hari kerja + 2 jam". Raises ValueError for other units."""
    lengths = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.WORKDAY: figure.whole("menit_sehari")}
    total = 0
    for part in text.split("+"):
        length = Duration.parse(part.strip())
        if length.unit not in lengths:
            raise ValueError(f"{part.strip()}: tulis dalam menit, jam, atau hari kerja")
        total += int(length.amount * lengths[length.unit])
    return total


@rule(
    "standar-pelayanan.tinjau", title="Tanggal peninjauan berikutnya", source="praktik; PermenPANRB 15/2014"
)
def review_on(decided: date) -> date:
    """Return when a standard must be reviewed at the latest."""
    return months_later(decided, figure.whole("bulan_peninjauan"))


def _time_fault(text: str) -> str | None:
    try:
        minutes(text)
    except ValueError as error:
        return str(error)
    return None


@standards.check("tugaskan")
def sop_times(situation: Situation) -> Mapping[str, str]:
    """Refuse a time of an SOP that cannot be read."""
    rows: Rows = situation.values.get("layanan") or ()
    return {
        f"layanan.{n}.waktu_sop": why for n, row in enumerate(rows) if (why := _time_fault(row["waktu_sop"]))
    }


@standards.check("rancang", "perbaiki-rancangan")
def promised(situation: Situation) -> Mapping[str, str]:
    """Refuse a promise for a service that is not listed, or in a time that cannot be read."""
    codes = {row["kode"] for row in situation.values["layanan"]}
    found = {}
    for number, row in enumerate(situation.values.get("waktu_standar") or ()):
        if row["layanan"] not in codes:
            found[f"waktu_standar.{number}.layanan"] = f"{row['layanan']} tidak ada pada daftar layanan."
        if why := _time_fault(row["waktu_standar"]):
            found[f"waktu_standar.{number}.waktu_standar"] = why
    return found


@standards.computes("tugaskan")
def named(situation: Situation) -> Mapping[str, Any]:
    """Return the names of the services in one text."""
    return {"daftar_layanan": ", ".join(row["nama"] for row in situation.values.get("layanan") or ())}


@standards.computes("rancang", "perbaiki-rancangan")
def completed(situation: Situation) -> Mapping[str, Any]:
    """Return the promises with what the register repeats of each service."""
    services = {row["kode"]: row for row in situation.values["layanan"]}
    return {
        "waktu_standar": [
            {**row, **{name: services[row["layanan"]][name] for name in ("nama", "sop")}}
            if row["layanan"] in services
            else row
            for row in situation.values.get("waktu_standar") or ()
        ]
    }


@standards.automatic("uji-standar")
def tested(situation: Situation) -> Done:
    """Return how many components are missing, and whose promise is shorter than its SOP."""
    values = situation.values
    columns = situation.procedure.fields["komponen"].columns or {}
    wanted = set(columns["komponen"].choices or ())
    given = {(row["layanan"], row["komponen"]) for row in values.get("komponen") or ()}
    promises = {row["layanan"]: row["waktu_standar"] for row in values.get("waktu_standar") or ()}
    missing, rows = 0, []
    for service in values["layanan"]:
        code = service["kode"]
        missing += sum((code, part) not in given for part in wanted) + (code not in promises)
        needed, offered = minutes(service["waktu_sop"]), minutes(promises[code]) if code in promises else 0
        rows.append(
            {"layanan": code, "menit_sop": needed, "menit_standar": offered, "cukup": offered >= needed}
        )
    short = sum(not row["cukup"] for row in rows)
    return Done(values={"waktu_sop": rows, "kelengkapan": missing, "waktu_kurang": short})


@standards.check("fkp")
def forum_counts(situation: Situation) -> Mapping[str, str]:
    """Refuse a forum without users, or with users alone."""
    kinds = {row["unsur"] for row in situation.values.get("peserta") or ()}
    if USERS in kinds and len(kinds) >= figure("unsur_forum"):
        return {}
    return {"peserta": "Pengguna layanan dan sekurangnya satu unsur lain harus hadir."}


@standards.computes("fkp", "tampung")
def forum_in_figures(situation: Situation) -> Mapping[str, Any]:
    """Return who came to the forum and what became of their remarks."""
    values = situation.values
    people: Rows = values.get("peserta") or ()
    remarks: Rows = values.get("masukan") or ()
    refused = [row["alasan"] for row in remarks if row.get("tanggapan") == "tidak" and row.get("alasan")]
    return {
        "jumlah_peserta": sum(int(row["jumlah"]) for row in people),
        "unsur_hadir": ", ".join(sorted({row["unsur"] for row in people})),
        "jumlah_masukan": len(remarks),
        "jumlah_ditampung": sum(row.get("tanggapan") == "ditampung" for row in remarks),
        "alasan_masukan": "; ".join(refused),
    }


@standards.check("tampung")
def every_remark_is_answered(situation: Situation) -> Mapping[str, str]:
    """Refuse to go on while a remark has no answer."""
    return {
        f"masukan.{number}.tanggapan": "Pilih tanggapan atas masukan ini."
        for number, row in enumerate(situation.values.get("masukan") or ())
        if not row.get("tanggapan")
    }


@standards.computes("tetapkan")
def review_planned(situation: Situation) -> Mapping[str, Any]:
    """Return when the standard is reviewed, once it is decided."""
    decided = situation.values.get("tgl_sk")
    return {"tgl_tinjau": review_on(decided), "status_sp": "Berlaku"} if decided else {}


@standards.computes("publikasikan")
def published(situation: Situation) -> Mapping[str, Any]:
    """Return the day of publication."""
    return {"tgl_publikasi": local_day(situation.at)}
