"""What integrating applications adds to its definition: its number, quotas, load tests, keys, availability and assessments."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.models import Attachment
from laksana.files.services import open_file
from laksana.library.rounding import half_up
from laksana.library.teknologi.integrasi_aplikasi import rules
from laksana.numbering.services import declare_simple, give
from laksana.worktime.zone import local_day

integrasi = Behaviour("integrasi-aplikasi")
_SERIES = declare_simple(
    "integrasi-aplikasi", "INT/{urut:03}/{tahun}", "integrasi-aplikasi", "nomor_integrasi"
).key
_STAGES = {
    "ajukan": "Diajukan",
    "tolak": "Ditolak",
    "telaah": "Ditelaah",
    "tanda-tangan": "Perjanjian ditandatangani",
    "aktifkan": "Aktif",
    "cabut": "Dihentikan",
}
"""Step -> what the books say of the integration after it."""


@integrasi.computes("ajukan")
def numbered(situation: Situation) -> Mapping[str, Any]:
    """Number the integration once."""
    if situation.values.get("nomor_integrasi"):
        return {}
    return {"nomor_integrasi": give(_SERIES, situation.at, situation.case.number).written}


@integrasi.computes("telaah", "persetujuan", "musyawarah")
def assessed(situation: Situation) -> Mapping[str, Any]:
    """Return whether the effect on personal data is to be assessed, by the elements that are still asked for."""
    values = situation.values
    people, merged = values.get("jumlah_subjek") or Decimal(0), bool(values.get("penggabungan_data"))
    return {"perlu_dpia": rules.needs_assessment(values["elemen"], people, merged)}


@integrasi.computes("kontrak")
def allowed(situation: Situation) -> Mapping[str, Any]:
    """Return the quotas of the contract."""
    minute, day = rules.quotas(situation.values["puncak_menit"], situation.values["volume_harian"])
    return {"kuota_menit": minute, "kuota_hari": day}


def _load(situation: Situation) -> rules.Load:
    with open_file(Attachment.objects.get(pk=situation.values["hasil_beban"]).stored) as file:
        return rules.measured(file.read().decode("utf-8", "replace"))


@integrasi.check("uji-kontrak", "uji-ulang")
def is_a_load_test(situation: Situation) -> Mapping[str, str]:
    """Refuse a file that is no list of a load test, or too short a one."""
    try:
        found = _load(situation)
    except rules.LoadError as error:
        return {"hasil_beban": str(error)}
    least = rules.figure.whole("permintaan_terendah")
    if found.requests < least:
        return {"hasil_beban": f"Hanya {found.requests} permintaan; sedikitnya {least}."}
    return {}


@integrasi.computes("uji-kontrak", "uji-ulang")
def measured(situation: Situation) -> Mapping[str, Any]:
    """Return the requests of the load test, their 95th percentile, and the share that failed."""
    found = _load(situation)
    return {
        "jumlah_permintaan": found.requests,
        "latensi_p95": found.p95,
        "persen_gagal": half_up(found.failed),
    }


@integrasi.check("putus-uji")
def has_passed(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass a test with a mandatory operation that failed, answers too slow, or too many failed."""
    if situation.outcome != "Lulus":
        return {}
    values, found = situation.values, _load(situation)
    if any(row.get("wajib") and row["hasil"] != "lulus" for row in values["hasil_kontrak"]):
        return {"outcome": _("A mandatory operation has failed its contract test.")}
    if found.p95 > values["target_latensi_p95"]:
        return {"outcome": _("The 95th percentile is above its target.")}
    most = rules.figure("gagal_persen")
    if found.failed > most:
        return {"outcome": _("More than %s percent of the requests failed.") % most}
    return {}


@integrasi.computes("kunci-produksi")
def key(situation: Situation) -> Mapping[str, Any]:
    """Return until when the key is valid, and when its holder is reminded."""
    until = rules.key_until(local_day(situation.at), situation.values.get("perjanjian_sampai"))
    return {"kunci_sampai": until, "pengingat_kunci": [{"tanggal": day} for day in rules.reminders(until)]}


@integrasi.computes("pantau")
def kept_up(situation: Situation) -> Mapping[str, Any]:
    """Return how much of the month the integration was there, and whether that is what was agreed."""
    values = situation.values
    outages, target = values.get("gangguan") or (), values["target_ketersediaan"]
    found = rules.availability(local_day(situation.at), outages, target)
    return {"ketersediaan_persen": found.shown, "ketersediaan_tercapai": found.met}


@integrasi.row("register-integrasi")
def stage(situation: Situation) -> Mapping[str, Any]:
    """Return how far the integration has come."""
    return {"status": _STAGES.get(situation.step.id)}


@integrasi.row("katalog-api")
def offered(situation: Situation) -> Mapping[str, Any]:
    """Return whether the interface is on offer."""
    return {"status": _STAGES.get(situation.step.id)}


@integrasi.row("register-kunci")
def key_row(situation: Situation) -> Mapping[str, Any]:
    """Return where the key works, and on which day it was used last."""
    days = [row["hari"] for row in situation.values.get("pemakaian") or () if row.get("jumlah")]
    return {"lingkungan": "Produksi", "terakhir_dipakai": max(days, default=None)}
