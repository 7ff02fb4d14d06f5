"""What the nightly backup adds to its definition: counts, attempts, the measured restore, and the number of its record."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
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


@cadangan.computes("berita-acara")
def numbered(situation: Situation) -> Mapping[str, Any]:
    """Number the record once."""
    if situation.values.get("nomor_ba"):
        return {}
    return {"nomor_ba": give(_SERIES, situation.at, situation.case.number).written}
