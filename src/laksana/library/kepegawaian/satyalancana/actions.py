"""What a proposal for the Satyalancana adds to its definition: the service counted, the class, and the circular's date."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.kepegawaian.satyalancana import papers, rules
from laksana.library.kepegawaian.service import in_words

satyalancana = Behaviour("satyalancana")
_FROM_FILE = {
    "nip": "nip",
    "nama": "nama",
    "tmt_cpns": "tmt_cpns",
    "jenis_terakhir": "satyalancana",
    "nomor_keppres_lama": "nomor_satyalancana",
    "hukdis": "hukdis",
    "cltn": "cltn",
}
satyalancana.prefills("jaring")(from_file(_FROM_FILE, chosen_by="pegawai"))
satyalancana.rests("jenis", on="satyalancana.jenis")
satyalancana.rests("masa_kerja", on="satyalancana.masa-kerja")
satyalancana.rests("memenuhi", on="satyalancana.mulai")
satyalancana.rests("tahun_berikutnya", on="satyalancana.tahun-berikutnya")
satyalancana.paper("usul")(papers.proposed)
satyalancana.paper("pernyataan")(papers.proposed)
satyalancana.paper("drh")(papers.career)


@satyalancana.computes("jaring")
def screened(situation: Situation) -> Mapping[str, Any]:
    """Return the service, the class it gives, and the first year in which the next class may be proposed."""
    values = situation.values
    held = int(values["jenis_terakhir"]) if values["jenis_terakhir"] != "tidak_ada" else 0
    at = values["tanggal_hitung"]
    start = rules.counted_from(
        values["tmt_cpns"], at, values["kebijakan"], values.get("hukdis") or (), values.get("cltn") or ()
    )
    if start is None:
        return {"memenuhi": False, "jenis": None, "masa_kerja": "terputus", "tahun_berikutnya": None}
    months = rules.served(start, at)
    found = rules.highest(months, held)
    later = rules.next_year(months, at, held) if found is None else None
    return {
        "memenuhi": found is not None,
        "jenis": str(found) if found else None,
        "masa_kerja": in_words(months),
        "tahun_berikutnya": later,
    }


@satyalancana.computes("verifikasi-bkpsdm")
def next_year(situation: Situation) -> Mapping[str, Any]:
    """Return the year in which a proposal that came too late will be made again."""
    late = situation.outcome == "Lewat batas, tahun berikutnya"
    return {"tahun_berikutnya": int(situation.values["tahun"]) + 1} if late else {}


@satyalancana.deadline("batas-usul")
def due(situation: Situation) -> datetime | None:
    """Return the closing of the last working day that the circular gives."""
    day, calendar = situation.values.get("batas_bkpsdm"), situation.calendar
    return calendar.closing(calendar.workday_on_or_before(day)) if day else None
