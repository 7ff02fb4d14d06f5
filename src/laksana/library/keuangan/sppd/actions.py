"""What official travel adds to its definition, step by step; what is long stands with its matter."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.keuangan.sppd import others, proposal, rows, rules, settling
from laksana.library.keuangan.sppd.costs import Trip, total
from laksana.library.keuangan.sppd.tables import KINDS, figure
from laksana.library.rupiah import rupiah
from laksana.numbering.services import declare_simple, give
from laksana.people.services import holders

sppd = Behaviour("sppd")
sppd.check("usul")(proposal.sensible_proposal)
sppd.computes("usul")(proposal.proposed)
sppd.check("laksanakan")(settling.real_days)
sppd.computes("laksanakan")(settling.carried_out)
sppd.check("lapor", "lengkapi", "batal")(settling.proof_fits)
sppd.computes("lapor")(settling.handed_in)
sppd.computes("verifikasi-spj")(settling.settlement)
sppd.row("register-st")(rows.papers_row)
sppd.row("register-spd")(rows.papers_row)
sppd.row("kartu-perjalanan")(rows.card_row)
sppd.row("kartu-kendali")(rows.budget_row)


def _enters(step: str, state: str, outcome: str | None = None) -> None:
    """Let a step, or one outcome of it, bring the trip into a state."""

    @sppd.computes(step)
    def entered(situation: Situation) -> Mapping[str, Any]:
        return {"status_perjalanan": state} if situation.outcome == outcome else {}


for _step, _state, _outcome in (
    ("rencana-biaya-cukup", "direncanakan", "Mencukupi"),
    ("rencana-biaya-cukup", "diusulkan", "Melampaui"),
    ("paraf-kasubag", "diparaf", "Ya"),
    ("tolak", "ditolak", None),
    ("laksanakan", "batal", "Batal"),
    ("bukukan", "selesai", None),
):
    _enters(_step, _state, _outcome)


@sppd.warns("cek-anggaran")
def usual_account(situation: Situation) -> Mapping[str, str]:
    """Warn of an account that is not the one of this kind of trip."""
    usual, code = (
        KINDS[situation.values["jenis_perjalanan"]].kode_rekening,
        situation.values.get("kode_rekening"),
    )
    return {"kode_rekening": f"Lazimnya {' atau '.join(usual)}."} if code and code not in usual else {}


def _plan(situation: Situation) -> list[dict[str, Any]]:
    return Trip(situation.values, others.shared_first_day(situation)).plan()


@sppd.check("rencana-biaya-cukup")
def within_budget(situation: Situation) -> Mapping[str, str]:
    """Refuse a plan over what the account has left after other plans, and a payer who does not travel."""
    values = situation.values
    if wrong := others.strangers(values, "rencana_transport"):
        return wrong
    left = values["sisa_anggaran"] - others.committed(situation)
    over = total(_plan(situation), "jumlah") - left
    if situation.outcome == "Mencukupi" and over > 0:
        return {"outcome": f"Rencana melampaui sisa anggaran sebesar {rupiah(over)}."}
    return {}


@sppd.computes("rencana-biaya-cukup")
def planned(situation: Situation) -> Mapping[str, Any]:
    """Return the lines and the sum of the plan, and what other plans hold of the same account."""
    lines = _plan(situation)
    return {
        "rencana_biaya": lines,
        "jumlah_rencana": total(lines, "jumlah"),
        "komitmen": others.committed(situation),
    }


@sppd.check("paraf-kasubag")
def nobody_twice(situation: Situation) -> Mapping[str, str]:
    """Refuse to initial an assignment of somebody who travels or is on leave on one of its days."""
    found = list(others.clashing(situation)) if situation.outcome == "Ya" else []
    return {"outcome": f"Tumpang tindih: {'; '.join(found)}."} if found else {}


@sppd.check("putusan")
def may_sign(situation: Situation) -> Mapping[str, str]:
    """Refuse the head's own signature where the Sekda signs or must consent first."""
    if situation.outcome != "Setuju":
        return {}
    values = situation.values
    heads = {person.nip for person in holders(proposal.HEAD, situation.at)}
    if heads & others.travellers(values):
        return {"outcome": "Kepala Dinas tidak menandatangani surat tugas bagi dirinya sendiri."}
    if len(values["pelaksana"]) > figure("batas_orang"):
        return {"outcome": f"Lebih dari {figure('batas_orang')} orang memerlukan persetujuan Sekda."}
    away = any(stop["kode_wilayah"] != str(figure("provinsi_kantor")) for stop in values["tujuan"])
    if away and figure("luar_provinsi_izin"):
        return {"outcome": "Perjalanan ke luar provinsi memerlukan izin Sekda."}
    return {}


_ORDERS = declare_simple("sppd-nomor_surat_tugas", "ST/{urut:03}/{tahun}", "sppd", "nomor_surat_tugas").key
_TRAVELS = declare_simple("sppd-nomor_spd", "SPD/{urut:03}/{tahun}", "sppd", "nomor_spd").key


@sppd.automatic("nomor-surat")
def number_papers(situation: Situation) -> Done:
    """Return the number of the surat tugas, the Sekda's where he signed it, and an SPD number for each traveller."""
    values = situation.values

    def next_of(series: str) -> str:
        return give(series, situation.at, situation.case.number).written

    found: dict[str, Any] = {"status_perjalanan": "terbit"}
    found["nomor_surat_tugas"] = values.get("nomor_setda") or next_of(_ORDERS)
    if values["pembiayaan"] != "pengundang_penuh":
        rows = values["pelaksana"]
        found["nomor_spd"] = [{"nip": row["nip"], "nomor_spd": next_of(_TRAVELS)} for row in rows]
    return Done(found)


@sppd.check("pilih-bayar")
def advance_open(situation: Situation) -> Mapping[str, str]:
    """Refuse an advance to travellers who have a report overdue."""
    late = list(others.unreported(situation)) if situation.outcome == "Uang muka" else []
    return {"outcome": f"Pertanggungjawaban {', '.join(late)} terlambat; uang muka ditutup."} if late else {}


@sppd.check("bayar-uang-muka")
def advance_within(situation: Situation) -> Mapping[str, str]:
    """Refuse an advance above the office's share of the plan."""
    plan, given = situation.values["jumlah_rencana"], situation.values["uang_muka"]
    most = rules.most_advance(plan, figure("persen_uang_muka"), figure("pembulatan_uang_muka"))
    return {"uang_muka": f"Paling banyak {rupiah(most)}."} if given > most else {}


def _due_after(name: str) -> Callable[[Situation], datetime | None]:
    def due(situation: Situation) -> datetime | None:
        """Return the closing of the last day for the report, by working days after the real return."""
        back = situation.values.get("tanggal_kembali_nyata")
        if back is None:
            return None
        return situation.calendar.closing(rules.report_due(back, figure.whole(name), situation.calendar))

    return due


sppd.deadline("pertanggungjawaban")(_due_after("lapor_hari_kerja"))
sppd.deadline("pertanggungjawaban-akhir")(_due_after("lapor_akhir_hari_kerja"))
