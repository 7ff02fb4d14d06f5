"""What the SKP adds to its definition, step by step. The period and the yearly evaluation live in modules of their own."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from laksana.cases.behaviour import Behaviour, Falling, Situation
from laksana.library.kepegawaian.penjagaan.employees import employees
from laksana.library.kepegawaian.penjagaan.finding import year_of_work
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.kepegawaian.skp_asn import papers, period, rules, yearly
from laksana.worktime.calendar import WorkCalendar

skp = Behaviour("skp-asn")
_FACTS = (
    "nip",
    "nama",
    "pangkat_golongan",
    "jabatan",
    "jenis_jabatan",
    "jenjang_jf",
    "penilai",
    "penilai_nip",
)
skp.prefills("buka")(from_file({name: name for name in _FACTS}, chosen_by="pegawai"))
skp.rests("predikat_periodik", "predikat_tahunan", on="skp.kuadran", tables=("predikat-kinerja.csv",))
skp.rests("penyimpangan", on="skp.distribusi", tables=("distribusi-predikat.csv",))
skp.rests("angka_kredit", on="angka-kredit.konversi", tables=("angka-kredit.csv", "predikat.csv"))

_OPENS = (1, 2)
"""Month and day of the SKP of a year."""


@skp.finds("tahunan")
def years_of_work(first: date, last: date, _calendar: WorkCalendar) -> Iterator[Falling]:
    """Yield the SKP of the year of everybody in service, between two days."""
    for year in range(first.year, last.year + 1):
        day = date(year, *_OPENS)
        for employee in employees(day) if first <= day <= last else ():
            yield Falling(
                f"{year}:{employee.nip.number}", day, year_of_work(employee, year), employee.person.name
            )


# -- the period
skp.check("buka")(period.period_fits)
skp.computes("buka")(period.opened)
skp.computes("tetapkan", "ulang")(period.ahead)
skp.check("ulang")(period.period_goes_on)
skp.computes("ulang")(period.period_ends)
skp.deadline("penetapan-skp")(period.set_by)
skp.deadline("isi-realisasi")(period.quarter_reported)

# -- the year or part
skp.check("evaluasi-tahunan")(yearly.leader_agrees)
skp.computes("evaluasi-tahunan")(yearly.rated)
skp.check("uji-distribusi")(yearly.distribution_told)
skp.computes("uji-distribusi")(yearly.shares)
skp.computes("serahkan")(yearly.handed_over)
skp.check("terima")(yearly.objects_in_time)
skp.computes("putus-keberatan", "putus-sekda")(yearly.objection_decided)
skp.computes("evaluasi-ulang", "evaluasi-ulang-sekda")(yearly.corrected)
skp.computes("tetap")(yearly.credited)

skp.paper("skp")(papers.parties)
skp.paper("evaluasi")(papers.evaluation)
skp.paper("konversi-ak")(papers.conversion)


@skp.check("susun")
def targets_are_sound(situation: Situation) -> Mapping[str, str]:
    """Refuse targets without a main one, numbered twice or without measure, and other than the seven behaviours."""
    values = situation.values
    rows = values["hasil_kerja"]
    if not any(row["jenis"] == "utama" for row in rows):
        return {"hasil_kerja": "Sekurangnya satu hasil kerja utama."}
    if len({row["nomor"] for row in rows}) < len(rows):
        return {"hasil_kerja": "Nomor hasil kerja tidak boleh berulang."}
    if values["pendekatan"] == "kuantitatif" and not all(
        row.get("aspek") and row.get("satuan") for row in rows
    ):
        return {"hasil_kerja": "Pendekatan kuantitatif memerlukan aspek dan satuan setiap hasil kerja."}
    if [row["perilaku"] for row in values["perilaku"]] != [row.perilaku for row in rules.BEHAVIOURS.rows()]:
        return {"perilaku": "Tujuh perilaku BerAKHLAK, menurut urutannya."}
    return {}


@skp.check("telaah")
def aligned(situation: Situation) -> Mapping[str, str]:
    """Refuse as aligned a main target that says no target of the superior."""
    if situation.outcome != "Selaras":
        return {}
    loose = [
        str(row["nomor"]) for row in situation.values["hasil_kerja"]
        if row["jenis"] == "utama" and not row.get("rencana_hasil_kerja_pimpinan")
    ]  # fmt: skip
    return (
        {"outcome": f"Hasil kerja utama nomor {', '.join(loose)} belum mengintervensi hasil kerja pimpinan."}
        if loose
        else {}
    )


@skp.check("isi-realisasi")
def all_realised(situation: Situation) -> Mapping[str, str]:
    """Refuse a report that leaves out a target, or reports on none."""
    planned = {row["nomor"] for row in situation.values["hasil_kerja"]}
    if {row["nomor"] for row in situation.values["realisasi"]} != planned:
        return {"realisasi": "Isi realisasi setiap hasil kerja menurut nomornya."}
    return {}


@skp.computes("umpan-balik")
def evaluated(situation: Situation) -> Mapping[str, Any]:
    """Return the predicate of the quarter, and the quarters evaluated so far."""
    values = situation.values
    found = rules.predicate(values["rating_hasil"], values["rating_perilaku"])
    kept = ("triwulan", "umpan_balik", "rating_hasil", "rating_perilaku")
    row = {**{name: values[name] for name in kept}, "predikat": found}
    return {"predikat_periodik": found, "evaluasi_periodik": [*(values.get("evaluasi_periodik") or ()), row]}


@skp.row("rekap-predikat")
def recorded(situation: Situation) -> Mapping[str, Any]:
    """Return the predicate of each quarter."""
    by_quarter = {row["triwulan"]: row["predikat"] for row in situation.values.get("evaluasi_periodik") or ()}
    return {f"tw_{name.lower()}": by_quarter.get(name) for name in rules.QUARTERS}
