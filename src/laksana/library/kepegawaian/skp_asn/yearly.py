"""The evaluation of the year or part: its predicate, the distribution in the office, objections, and the credit it gives."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.functional import credit
from laksana.library.kepegawaian.ranks import RATINGS
from laksana.library.kepegawaian.skp_asn import rules
from laksana.library.kepegawaian.skp_asn.period import others
from laksana.library.rounding import percent
from laksana.worktime.zone import local_day


def _predicate(values: Mapping[str, Any]) -> str:
    return rules.predicate(values["rating_hasil_tahunan"], values["rating_perilaku_tahunan"])


def leader_agrees(situation: Situation) -> Mapping[str, str]:
    """Refuse another rating of the leader's results than the achievement of the organisation gives."""
    values = situation.values
    due = rules.leader_rating(values["capaian_organisasi"])
    if values["jenis_jabatan"] == "jpt" and values["rating_hasil_tahunan"] != due:
        return {"rating_hasil_tahunan": "Rating hasil kerja pimpinan mengikuti capaian kinerja organisasi."}
    return {}


def rated(situation: Situation) -> Mapping[str, Any]:
    """Return the predicate of the year or part, and how many of the office have each for a period that ends with this one.

    The leader is left out. The cases tell the numbers once; after that those stand that the Sekretaris completed.
    """
    values, found = situation.values, _predicate(situation.values)
    if known := values.get("distribusi_dinas"):
        given = Counter({row["predikat"]: int(row["jumlah"]) for row in known})
    else:
        same = others(situation, periode_selesai=values["periode_selesai"].isoformat())
        given = Counter(
            d["predikat_tahunan"] for d in same if d.get("predikat_tahunan") and d["jenis_jabatan"] != "jpt"
        )
    if values["jenis_jabatan"] != "jpt":
        given[found] += 1
        given[values.get("predikat_tahunan") or ""] -= 1
    rows = [{"predikat": row.predikat, "jumlah": given[row.predikat]} for row in RATINGS.rows()]
    return {"predikat_tahunan": found, "distribusi_dinas": rows}


def _deviations(values: Mapping[str, Any]) -> list[str]:
    rows = values.get("distribusi_dinas") or ()
    return rules.deviations(
        values["capaian_organisasi"], {row["predikat"]: int(row["jumlah"]) for row in rows}
    )


def distribution_told(situation: Situation) -> Mapping[str, str]:
    """Refuse to call regular what deviates from the pattern, naming it, and to call deviating what does not."""
    found = _deviations(situation.values)
    if (situation.outcome == "Sesuai pola") == bool(found):
        return {
            "outcome": f"Menyimpang dari pola: {'; '.join(found)}." if found else "Distribusi sesuai pola."
        }
    return {}


def shares(situation: Situation) -> Mapping[str, Any]:
    """Return the percentages, and what deviates from the pattern."""
    values = situation.values
    rows = [{**row, "jumlah": Decimal(row["jumlah"])} for row in values["distribusi_dinas"]]
    total = sum((row["jumlah"] for row in rows), Decimal())
    return {
        "distribusi_dinas": [{**row, "persen": percent(row["jumlah"], total)} for row in rows],
        "penyimpangan": "; ".join(_deviations(values)) or None,
    }


def handed_over(situation: Situation) -> Mapping[str, Any]:
    """Return the day from which the fourteen days for an objection count."""
    return {"tanggal_terima_hasil": local_day(situation.at)}


def objection_decided(situation: Situation) -> Mapping[str, Any]:
    """Return what was decided on an objection, as the record of ratings tells it."""
    decided = {"Dikuatkan": "dikuatkan", "Diubah": "diubah"}.get(situation.outcome or "")
    return {"putusan_keberatan": decided} if decided else {}


def corrected(situation: Situation) -> Mapping[str, Any]:
    """Return the predicate after an objection."""
    return {"predikat_tahunan": _predicate(situation.values)}


def credited(situation: Situation) -> Mapping[str, Any]:
    """Return the credit of a functional post for the months of the period."""
    values = situation.values
    if values["jenis_jabatan"] != "jf":
        return {}
    months = rules.whole_months(values["periode_mulai"], values["periode_selesai"])
    return {"angka_kredit": credit(values["jenjang_jf"], values["predikat_tahunan"], months)}


def objects_in_time(situation: Situation) -> Mapping[str, str]:
    """Refuse an objection after its last day."""
    last = rules.objection_until(situation.values["tanggal_terima_hasil"])
    if situation.outcome == "Keberatan" and local_day(situation.at) > last:
        return {"outcome": f"Keberatan paling lambat {last:%d-%m-%Y}."}
    return {}
