"""What the backup outside the building adds to its definition: its keys, its age, its tests, its media and its 3-2-1 position."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.numbered import number_once
from laksana.library.others import other_cases
from laksana.library.rounding import half_up
from laksana.library.teknologi import backup_policy
from laksana.library.teknologi.backup_eksternal import rules
from laksana.worktime.zone import local_day

luar = Behaviour("backup-eksternal")
_PLACE = "eksternal"
_MEDIUM = {
    None: "Dipakai",
    "pakai_ulang": "Ditarik untuk dipakai ulang",
    "musnahkan": "Ditarik untuk dimusnahkan",
    "tahan": "Ditahan",
}
"""What becomes of a medium -> how the inventory says it."""
_CLOSED = {"dikecualikan", "vital"}


@luar.check("enkripsi")
def enough_holders(situation: Situation) -> Mapping[str, str]:
    """Refuse a package of excluded or vital records that one holder alone could open."""
    if _CLOSED & set(situation.values["kelas"]) and situation.values["ambang_kunci"] != "dua_dari_tiga":
        return {"ambang_kunci": "Paket ini memuat naskah dikecualikan atau vital: kunci pemulihan 2 dari 3."}
    return {}


@luar.computes("cek-hash")
def age(situation: Situation) -> Mapping[str, Any]:
    """Return how old in hours the oldest generation of the package is, and whether that keeps the RPO."""
    values = situation.values
    if values["sha256_di_lokasi"] != values["sha256_paket"]:
        return {}
    oldest = min(row["titik_akhir"] for row in values["generasi_sumber"])
    hours = half_up(Fraction((situation.at - oldest) // timedelta(seconds=1), 3600))
    longest = min(row.rpo_jam for row in backup_policy.promised(_PLACE, values["kelas"]))
    return {"umur_generasi_jam": hours, "rpo_terpenuhi": hours <= longest}


def _test_due(situation: Situation) -> date | None:
    passed = situation.values.get("uji_terakhir_lulus")
    classes = list(situation.values["kelas"])
    return backup_policy.test_due(passed, _PLACE, classes, situation.calendar) if passed else None


@luar.computes("jadwal-uji")
def when_tried(situation: Situation) -> Mapping[str, Any]:
    """Return when a restore from outside is to be tried next: at once where none has passed."""
    return {"uji_jatuh_tempo": _test_due(situation) or local_day(situation.at)}


@luar.check("jadwal-uji")
def tried_when_due(situation: Situation) -> Mapping[str, str]:
    """Refuse to put off a trial that is due."""
    due = _test_due(situation)
    if situation.outcome != "Belum" or (due and local_day(situation.at) < due):
        return {}
    return {
        "outcome": f"Uji jatuh tempo {due:%d-%m-%Y}." if due else "Belum ada uji yang lulus: uji sekarang."
    }


@luar.check("hasil-uji")
def fast_enough(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass a trial that took longer than the RTO."""
    values = situation.values
    longest = backup_policy.longest_restore(_PLACE, values["kelas"])
    if situation.outcome == "Lulus" and values["rto_terukur_menit"] > longest:
        return {"outcome": f"Pemulihan {values['rto_terukur_menit']} menit melampaui RTO {longest} menit."}
    return {}


@luar.automatic("posisi-321")
def position(situation: Situation) -> Done:
    """Return the 3-2-1 position of every class, and the media that have served their time, before those named besides."""
    values = situation.values
    copies = [row for row in values["daftar_salinan"] if rules.counts(row, situation.at)]
    classes = dict.fromkeys(row["kelas"] for row in values["daftar_salinan"])
    worn = list(_worn(situation))
    known = {row["nomor_media"] for row in worn}
    named = [row for row in values.get("media_ditarik") or () if row["nomor_media"] not in known]
    return Done(
        {
            "posisi_321": [
                rules.position(each, [c for c in copies if c["kelas"] == each]) for each in classes
            ],
            "media_ditarik": [*worn, *named],
        }
    )


def _worn(situation: Situation) -> Iterator[dict[str, Any]]:
    """Yield the media of this case and of others that are to be replaced; one that was destroyed is not."""
    cases = [case.data for case in other_cases(situation, cara="media_fisik")]
    destroyed = {
        row["nomor_media"]
        for data in cases
        if data.get("cara_musnah")
        for row in data.get("media_ditarik") or ()
    }
    media = {
        data["nomor_media"]: (data["media"], date.fromisoformat(data["media_mulai_pakai"])) for data in cases
    }
    values = situation.values
    if values["cara"] == "media_fisik":
        media[values["nomor_media"]] = (values["media"], values["media_mulai_pakai"])
    for number, (kind, since) in sorted(media.items()):
        until = rules.replace_by(kind, since)
        if number not in destroyed and until is not None and until <= local_day(situation.at):
            told = f"Habis umur pakai: ganti paling lambat {until:%d-%m-%Y}"
            yield {"nomor_media": number, "waktu": situation.at, "alasan": told, "tindakan": "musnahkan"}


@luar.row("buku-media")
def medium_row(situation: Situation) -> Mapping[str, Any]:
    """Return from when the medium is to be replaced, and whether it stays in use."""
    values = situation.values
    if values["cara"] != "media_fisik":
        return {}
    taken = {row["nomor_media"]: row["tindakan"] for row in values.get("media_ditarik") or ()}
    return {
        "ganti_paling_lambat": rules.replace_by(values["media"], values["media_mulai_pakai"]),
        "status": _MEDIUM[taken.get(values["nomor_media"])],
    }


@luar.computes("laporan")
def next_backup(situation: Situation) -> Mapping[str, Any]:
    """Return when the next weekly backup is due: a week on, moved where it is carried on a day off."""
    opened = local_day(situation.case.opened_at)
    monday = opened + timedelta(days=7 - opened.weekday())
    return {"pencadangan_berikut": rules.due_on(monday, situation.values["cara"], situation.calendar)}


@luar.row("log-uji-eksternal")
def trial_row(situation: Situation) -> Mapping[str, Any]:
    """Return how long a restore from outside may take."""
    return {"rto_target_menit": backup_policy.longest_restore(_PLACE, situation.values["kelas"])}


number_once(luar, "serah-terima", "nomor_ba", "BA-CE")
