"""What the nightly backup adds to its definition: counts, manifest, attempts, the measured restore, what stays."""

from collections.abc import Mapping
from datetime import datetime
from math import ceil
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.cases.models import Attachment
from laksana.files.services import open_file
from laksana.library.others import other_cases
from laksana.library.teknologi.backup_internal import rules
from laksana.library.teknologi.backup_policy import longest_restore
from laksana.numbering.services import declare_simple, give

cadangan = Behaviour("backup-internal")
_SERIES = declare_simple("ba-cadangan-internal", "BA-CI/{urut:03}/{tahun}", "backup-internal", "nomor_ba").key
_ORDINARY = "B"


@cadangan.computes("klasifikasi")
def counted(situation: Situation) -> Mapping[str, Any]:
    """Return how many documents are ordinary and how many excluded: by the list in force, or by their grade."""
    rows = situation.values.get("daftar_naskah") or ()
    excluded = sum(
        bool(row.get("dikecualikan")) or row.get("klasifikasi_keamanan") != _ORDINARY for row in rows
    )
    return {
        "jumlah_biasa": len(rows) - excluded,
        "jumlah_dikecualikan": excluded,
        "nihil_dikecualikan": excluded == 0,
    }


def _manifest(situation: Situation) -> bytes:
    with open_file(Attachment.objects.get(pk=situation.values["manifes"]).stored) as file:
        return file.read()


@cadangan.check("manifes")
def is_a_manifest(situation: Situation) -> Mapping[str, str]:
    """Refuse a file that is no manifest as `sha256sum -c` reads it."""
    try:
        rules.measured(_manifest(situation))
    except rules.ManifestError as error:
        return {"manifes": str(error)}
    return {}


@cadangan.automatic("manifes-hash")
def measured(situation: Situation) -> Done:
    """Return the sum of the manifest's own bytes, its lines and its size."""
    found = rules.measured(_manifest(situation))
    return Done({"hash_manifes": found.digest, "jumlah_berkas": found.lines, "jumlah_bita": found.size})


@cadangan.computes("telusuri")
def attempted(situation: Situation) -> Mapping[str, Any]:
    """Count a failed attempt."""
    return {"percobaan_ke": int(situation.values.get("percobaan_ke") or 0) + 1}


@cadangan.computes("uji-pulih")
def restored(situation: Situation) -> Mapping[str, Any]:
    """Return the measured time of the restore in whole minutes, rounded up."""
    begun, ended = situation.values.get("mulai_pulih"), situation.values.get("selesai_pulih")
    if begun is None or ended is None:
        return {}
    return {"rto_terukur_menit": ceil((ended - begun).total_seconds() / 60)}


@cadangan.check("hasil-uji")
def fast_enough(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass a trial that took longer than the RTO of the strictest class in the backup."""
    values = situation.values
    longest, taken = longest_restore("internal", _classes(values)), values.get("rto_terukur_menit")
    if situation.outcome == "Lulus" and taken is not None and taken > longest:
        return {"outcome": f"Pemulihan {taken} menit melampaui RTO {longest} menit."}
    return {}


@cadangan.computes("berita-acara")
def numbered(situation: Situation) -> Mapping[str, Any]:
    """Number the record once."""
    if situation.values.get("nomor_ba"):
        return {}
    return {"nomor_ba": give(_SERIES, situation.at, situation.case.number).written}


@cadangan.automatic("retensi-generasi")
def generations(situation: Situation) -> Done:
    """Return the verified generations that no longer stay, and before them what the administrator named besides."""
    values, earlier = situation.values, list(other_cases(situation, nomor_ba__isnull=False))
    deleted = {
        row["id_snapshot"]
        for case in earlier
        if case.data.get("bukti_hapus")
        for row in case.data.get("daftar_generasi_lewat") or ()
    }
    found = {
        datetime.fromisoformat(case.data["titik_akhir"]): case.data["id_snapshot_biasa"] for case in earlier
    }
    found[values["titik_akhir"]] = values["id_snapshot_biasa"]
    present = {at: name for at, name in found.items() if name not in deleted}
    stay = set(rules.kept(present))
    over = [
        {"id_snapshot": name, "waktu": at, "himpunan": "biasa", "alasan": "Lewat retensi"}
        for at, name in sorted(present.items())
        if at not in stay
    ]
    known = set(present.values())
    named = [row for row in values.get("daftar_generasi_lewat") or () if row["id_snapshot"] not in known]
    return Done({"daftar_generasi_lewat": [*named, *over]})


@cadangan.row("log-cadangan-internal")
def log_row(situation: Situation) -> Mapping[str, Any]:
    """Return which sets of records were backed up."""
    return {"himpunan": _sets(situation.values)}


@cadangan.row("log-uji-pulih")
def trial_row(situation: Situation) -> Mapping[str, Any]:
    """Return which sets were restored, and how long that may take."""
    values = situation.values
    return {
        "himpunan": _sets(values),
        "rto_target_menit": longest_restore("internal", _classes(values)),
    }


@cadangan.row("log-kunci")
def key_row(situation: Situation) -> Mapping[str, Any]:
    """Return what the key was used for."""
    return {
        "tujuan": f"Enkripsi himpunan dikecualikan {situation.values.get('id_snapshot_terbatas') or ''}".strip()
    }


def _sets(values: Mapping[str, Any]) -> str:
    return "Biasa" if values.get("nihil_dikecualikan") else "Biasa dan dikecualikan"


def _classes(values: Mapping[str, Any]) -> list[str]:
    return ["biasa"] if values.get("nihil_dikecualikan") else ["biasa", "dikecualikan"]
