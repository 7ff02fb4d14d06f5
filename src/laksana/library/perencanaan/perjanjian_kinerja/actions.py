"""What the performance agreement adds to its definition: its due date, sums, quarters that add up, and the alignment test."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.documents.services import block, signatory_at
from laksana.library.gathering import gathered
from laksana.library.perencanaan.perjanjian_kinerja.alignment import ORPHAN, misalignments
from laksana.library.perencanaan.perjanjian_kinerja.rules import Rows, due, needs_reason
from laksana.library.perencanaan.quarters import accumulated
from laksana.library.rounding import half_up
from laksana.library.rupiah import rupiah
from laksana.sop.duration import Duration

agreement = Behaviour("perjanjian-kinerja")
PARTS = ("pk_administrator", "anggaran_administrator", "pk_pengawas")
QUARTERS = ("tw1", "tw2", "tw3", "tw4")
HEAD, HIS_SUPERIOR = "position:kepala-dinas", "position:wali-kota"


def _total(rows: Rows, column: str = "jumlah") -> Decimal:
    return sum((row[column] for row in rows if row.get(column)), Decimal())


@agreement.computes("siapkan")
def dates(situation: Situation) -> Mapping[str, Any]:
    """Return from which day the time to sign runs, and its last day."""
    values = situation.values
    changed = values.get("alasan_perubahan") == "pergantian_pejabat"
    start: date = values["tgl_menjabat"] if changed else values["tgl_dpa"]
    clock = next(clock for clock in situation.procedure.clocks if clock.id == "satu-bulan")
    months = int(clock.limit.amount) if isinstance(clock.limit, Duration) else 0
    return {"mulai_hitung": start, "jatuh_tempo": due(start, months)}


@agreement.check("siapkan")
def money_is_the_dpas(situation: Situation) -> Mapping[str, str]:
    """Refuse programmes that do not make the DPA's total, and a change of budget that changes no programme."""
    rows: Rows = situation.values.get("program_dpa") or ()
    if (total := _total(rows)) != situation.values["pagu_dpa"]:
        return {"pagu_dpa": f"Jumlah pagu program {rupiah(total)}."}
    if situation.values.get("alasan_perubahan") != "perubahan_anggaran":
        return {}
    missing = {
        f"program_dpa.{n}.semula": "Wajib diisi." for n, row in enumerate(rows) if row.get("semula") is None
    }
    same = all(row.get("semula") == row["jumlah"] for row in rows)
    return missing or ({"program_dpa": "Tidak ada pagu program yang berubah."} if same else {})


@agreement.computes("susun-kadis")
def compared(situation: Situation) -> Mapping[str, Any]:
    """Return the head's indicators beside the Renja's targets, and the sum of the programmes."""
    values = situation.values
    iku = {row["kode"]: row for row in values["iku"]}
    rows = []
    for row in values.get("sasaran_kadis") or ():
        plan = iku.get(row["kode"])
        rows.append({
            **row, "target_renja": plan["target_renja"] if plan else None,
            "berbeda": plan is not None and needs_reason(row["target"], plan),
        })  # fmt: skip
    return {"sasaran_kadis": rows, "total_anggaran": _total(values.get("program_anggaran") or ())}


@agreement.computes("susun-administrator", "susun-pengawas")
def whose(situation: Situation) -> Mapping[str, Any]:
    """Return the rows of an official with his name on them."""
    values = situation.values
    level = "administrator" if situation.step.id == "susun-administrator" else "pengawas"
    tables = PARTS[:2] if level == "administrator" else PARTS[2:]
    return {name: [{**row, "pejabat": values[level]} for row in values.get(name) or ()] for name in tables}


@agreement.automatic("himpun-pk")
def put_together(situation: Situation) -> Done:
    """Return what the officials agreed as tables of the case."""
    return Done(values=gathered(situation.case, *PARTS))


@agreement.check("susun-aksi")
def quarters_make_the_year(situation: Situation) -> Mapping[str, str]:
    """Refuse targets that are not those agreed, and quarters that do not make the year's target."""
    values = situation.values
    agreed = {
        row["kode"]: row["target"]
        for table in ("pk_pengawas", "pk_administrator", "sasaran_kadis")
        for row in values.get(table) or ()
    }
    found: dict[str, str] = {}
    for number, row in enumerate(values.get("rencana_aksi") or ()):
        target = row["target"]
        if agreed.get(row["kode"], target) != target:
            found[f"rencana_aksi.{number}.target"] = f"Target dalam PK {_plain(agreed[row['kode']])}."
        made = accumulated([row.get(name) for name in QUARTERS], row["agregasi"])
        if made is None or half_up(made) != half_up(target):
            short = target - (made or 0)
            word = "kurang" if short > 0 else "lebih"
            found[f"rencana_aksi.{number}.tw4"] = (
                f"Triwulan menghasilkan {_plain(made or Decimal())}, {word} {_plain(abs(short))} dari target {_plain(target)}."
            )
    return found


@agreement.computes("susun-aksi")
def tested(situation: Situation) -> Mapping[str, Any]:
    """Return what is out of line between the levels, the Renja, the IKU and the DPA."""
    found = list(misalignments(situation.values))
    parentless = sum(finding["uji"] == ORPHAN for finding in found)
    return {"hasil_uji": found, "tidak_selaras": len(found), "yatim": parentless}


@agreement.computes("ttd-internal")
def signed(situation: Situation) -> Mapping[str, Any]:
    """Return every agreement signed now, and by how many days the last came late."""
    values = situation.values
    inner: date = values["tgl_ttd_internal"]
    by_head: date | None = values.get("tgl_ttd_kadis")
    since = values.get("tgl_menjabat") if values.get("alasan_perubahan") == "pergantian_pejabat" else None
    rows: list[dict[str, Any]] = []
    if by_head is not None:
        rows.append(
            _agreement(
                "kepala_dinas", HEAD, HIS_SUPERIOR, by_head, values["sasaran_kadis"], values["total_anggaran"]
            )
        )
    for row in values.get("pembagian_administrator") or ():
        whom = row["administrator"]
        money = _total(_of(values, "anggaran_administrator", whom))
        rows.append(
            _agreement("administrator", whom, HEAD, inner, _of(values, "pk_administrator", whom), money)
        )
    for row in values.get("pembagian_pengawas") or ():
        own = _of(values, "pk_pengawas", row["pengawas"])
        rows.append(
            _agreement("pengawas", row["pengawas"], row["atasan"], inner, own, _total(own, "anggaran"))
        )
    late = max((max(inner, by_head or inner) - values["jatuh_tempo"]).days, 0)
    return {
        "daftar_pk": [{**row, "berlaku_sejak": since or row["tgl_ttd"]} for row in rows],
        "tepat_waktu": late == 0, "hari_terlambat": late,
    }  # fmt: skip


def _of(values: Mapping[str, Any], table: str, whom: str) -> Rows:
    return [row for row in values.get(table) or () if row["pejabat"] == whom]


def _agreement(
    level: str, whom: str, superior: str, day: date, indicators: Rows, money: Decimal
) -> dict[str, Any]:
    return {
        "jenjang": level, "jabatan": whom, "atasan": superior, "tgl_ttd": day,
        "jumlah_indikator": len(indicators), "anggaran": money,
    }  # fmt: skip


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


@agreement.paper("pk-administrator")
def administrator_signs(situation: Situation) -> Mapping[str, Any]:
    """Return the two parties of an administrator's agreement: he, and the Kepala Dinas."""
    return _parties(situation.values["administrator"], "position:kepala-dinas", situation)


@agreement.paper("pk-pengawas")
def supervisor_signs(situation: Situation) -> Mapping[str, Any]:
    """Return the two parties of a supervisor's agreement: he, and his superior."""
    return _parties(situation.values["pengawas"], situation.values["atasan"], situation)


def _parties(first: str, second: str, situation: Situation) -> Mapping[str, Any]:
    """Return the blocks of both parties; the first is who signs, so that the one who only recorded it is not asked."""
    pledging = block(signatory_at(first, situation.at))
    return {
        "pihak_pertama": pledging,
        "pihak_kedua": block(signatory_at(second, situation.at)),
        "signature": pledging,
    }
