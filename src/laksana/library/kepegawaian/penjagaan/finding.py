"""Who comes onto which list on a day, why, and what is known of it for the case that is opened."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.kenaikan_gaji_berkala import rules as kgb
from laksana.library.kepegawaian.kenaikan_pangkat import rules as promotion
from laksana.library.kepegawaian.penjagaan.employees import Employee, PayBase
from laksana.library.kepegawaian.pensiun import rules as pension
from laksana.library.kepegawaian.ranks import GRADES, grade_above, order
from laksana.library.kepegawaian.satyalancana import rules as medal
from laksana.library.kepegawaian.service import full_months, in_words
from laksana.library.kepegawaian.skp_asn import rules as evaluation
from laksana.library.kepegawaian.skumptk import rules as family
from laksana.library.tables import Settings
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

ahead = Settings(__file__, "ketentuan-penjagaan.csv").whole
_SIGNERS = {"kepala_dinas": "Kepala Dinas", "sekda": "Sekretaris Daerah", "wali_kota": "Wali Kota"}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """Something that falls due for an employee, and the case that it asks for (empty: none)."""

    kind: str
    key: str
    due: date
    why: str
    rule: str
    act_by: date | None = None
    procedure: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)
    same: Mapping[str, Any] = field(default_factory=dict)
    """By what a case already opened for it is recognised: look-ups of its data."""
    own: bool = False
    """The first step is the employee's."""


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def pay(employee: Employee, on: date) -> Iterator[Due]:
    """Yield the periodic increase that falls due within the months of the list."""
    base = employee.pay_base
    if base is None:
        return
    civil = employee.status == "PNS"
    if civil and GRADES.get(base.grade) is None:
        return
    values = _known(
        pegawai=employee.person.pk, **employee.told, status_pegawai=employee.status, jabatan_kelompok=employee.group,
        golongan=base.grade if civil else None, golongan_pppk=None if civil else base.grade,
        tmt_lama=base.since, bulan_cltn=employee.unpaid_months(base.since) or None,
        gaji_lama_pppk=None if civil else base.row.data.get("gaji_pokok"), **_last_decree(base, civil),
    )  # fmt: skip
    values |= {"mkg_lama_tahun": base.months // 12, "mkg_lama_bulan": base.months % 12}
    found = kgb.increase(values)
    if found is None or found["tmt_baru"] > months_later(on, whole("kgb_jaring_bulan_sebelum")):
        return
    start: date = found["tmt_baru"]
    yield Due(
        "kgb", start.isoformat(), start,
        f"MKG {in_words(base.months)} pada {base.since:%d-%m-%Y} ({base.grade}); mencapai {found['mkg_baru_tahun']} tahun.",
        "kgb.perhitungan", found["batas_terbit"], "kenaikan-gaji-berkala", values,
        {"pegawai": employee.person.pk, "tmt_baru": start.isoformat()},
    )  # fmt: skip


def _last_decree(base: PayBase, civil: bool) -> dict[str, Any]:
    """Return what the form asks of the last decision: what the file proves, and the case where one decided it."""
    row, data = base.row, base.row.case.data if base.row.case else {}
    kind = "sk_kenaikan_pangkat" if row.kind == "pangkat" else None
    if data and row.kind == "gaji":
        kind = "surat_kgb"
    day = data.get("tanggal_surat") or data.get("tanggal_sk")
    return {
        "sk_terakhir_jenis": kind if civil else kind or "perjanjian_kerja_pppk",
        "sk_terakhir_nomor": row.document or (row.case.number if row.case else None),
        "sk_terakhir_tanggal": date.fromisoformat(day) if day else None,
        "sk_terakhir_pejabat": _SIGNERS.get("wali_kota" if data and row.kind == "pangkat" else str(data.get("wewenang"))),
    }  # fmt: skip


def grade(employee: Employee, on: date) -> Iterator[Due]:
    """Yield the promotion for which time in rank is complete within the months of the list."""
    row = employee.latest("pangkat")
    held = str(row.data["golongan"]) if row else ""
    if row is None or employee.status == "PPPK" or (new := grade_above(held)) is None:
        return
    kind = {"pelaksana": "reguler", "jf": "jabatan_fungsional"}.get(employee.group, "jabatan_struktural")
    post = _post_code(employee)
    since_post = employee.holding.since if employee.holding else row.since
    unpaid = employee.unpaid_months(row.since)
    first = promotion.earliest_of(kind, held, row.since, post, since_post, unpaid)
    if (
        first is None
        or first > months_later(on, ahead("pangkat_jaring_bulan"))
        or _ceiling(employee, kind, post, new)
    ):
        return
    start = promotion.period(on, max(first, months_later(on.replace(day=1), 1)))
    values = _known(
        pegawai=employee.person.pk, **employee.told, jenis_kp=kind, golongan_lama=held, tmt_lama=row.since,
        jabatan=employee.title, tmt_jabatan=since_post, eselon=post,
        jenjang_jf=employee.level if kind == "jabatan_fungsional" else None,
        pendidikan=employee.schooling, tmt_usul=start, bulan_cltn=unpaid or None,
    )  # fmt: skip
    values |= {"mkg_lama_tahun": int(row.data["mkg_tahun"]), "mkg_lama_bulan": int(row.data["mkg_bulan"])}
    yield Due(
        "pangkat", f"{new}:{row.since.isoformat()}", start,
        f"{held} sejak {row.since:%d-%m-%Y}; masa dalam pangkat genap {first:%d-%m-%Y}, menjadi {new}.{_ratings(employee, on)}",
        "kenaikan-pangkat.paling-awal", promotion.cut_off(start), "kenaikan-pangkat", values,
        {"pegawai": employee.person.pk, "golongan_lama": held},
    )  # fmt: skip


def _post_code(employee: Employee) -> str:
    """Return the code of the post among those of promotions."""
    if employee.group != "administrator" or employee.position is None:
        return employee.group
    return "administrator_sekretaris" if employee.position.code == "sekretaris" else "administrator_kabid"


def _ceiling(employee: Employee, kind: str, post: str, new: str) -> bool:
    """Return whether the new grade lies above the highest of the schooling or of the post."""
    if kind == "reguler" and employee.schooling:
        return order(new) > order(promotion.SCHOOLING[employee.schooling].golongan_tertinggi)
    row = promotion.POSTS.get(post) if kind == "jabatan_struktural" else None
    return row is not None and order(new) > order(row.golongan_tertinggi)


def _ratings(employee: Employee, on: date) -> str:
    """Return the ratings of the last two years as the file has them, for who decides."""
    rows = {int(row.data["tahun"]): row.data["predikat"] for row in employee.file.get("skp", ())}
    told = [f"{year} {rows[year]}" for year in (on.year - 1, on.year - 2) if year in rows]
    return f" Predikat: {', '.join(told)}." if told else ""


def retirement(employee: Employee, on: date) -> Iterator[Due]:
    """Yield the retirement by age that lies within the months of the list."""
    if employee.status == "PPPK":
        return
    code = _retirement_code(employee)
    reached, start = pension.retires(employee.nip.born, code)
    limits = pension.due(start)
    if not limits["dijaring"] <= on < start:
        return
    base = employee.pay_base
    values = _known(
        calon=employee.person.pk, **employee.told, tanggal_lahir=employee.nip.born, jabatan_kode=code, jenis_pensiun="bup",
        golongan=base.grade if base else None, tmt_cpns=employee.joined,
        bulan_cltn=employee.unpaid_months(employee.joined) or None,
    )  # fmt: skip
    if base:
        months = max(0, base.months + full_months(base.since, start) - employee.unpaid_months(base.since))
        values |= {"mkg_tahun": months // 12, "mkg_bulan": months % 12}
    yield Due(
        "pensiun", start.isoformat(), start,
        f"Mencapai {pension.AGES[code].bup_tahun} tahun pada {reached:%d-%m-%Y} ({pension.AGES[code].jabatan}).",
        "pensiun.tmt-bup", limits["usul"], "pensiun", values, {"calon": employee.person.pk, "jenis_pensiun": "bup"},
    )  # fmt: skip


def _retirement_code(employee: Employee) -> str:
    if employee.group != "jf":
        return employee.group
    level = (employee.level or "Ahli Pertama").lower()
    return f"jf_{level.replace(' ', '_')}" if level.startswith("ahli") else "jf_keterampilan"


def children(employee: Employee, on: date) -> Iterator[Due]:
    """Yield the children who come to the age at which the allowance ends, or ends unless they are at school."""
    for row in employee.file.get("keluarga", ()):
        if not str(row.data["hubungan"]).lower().startswith("anak") or not row.data["tertanggung"]:
            continue
        if row.until is not None and row.until < on:
            continue
        born = date.fromisoformat(row.data["tanggal_lahir"])
        at_school, last = whole("tunjangan_anak_usia"), whole("tunjangan_anak_usia_sekolah")
        for age in (at_school, last):
            day = family.birthday(born, age)
            # After 21 schooling may go on; whoever still counts after 25 is paid for wrongly, however long ago that was.
            oldest = date.min if age == last else months_later(on, -1)
            if oldest <= day <= months_later(on, ahead("anak_jaring_bulan")):
                yield _child(employee, row.data["nama"], born, age, day)


def _child(employee: Employee, name: str, born: date, age: int, day: date) -> Due:
    grade_row, pay_row = employee.latest("pangkat"), employee.latest("gaji")
    values = _known(
        **employee.told, status_pegawai=employee.status, jabatan=employee.title, sebab="anak_21", tanggal_peristiwa=day,
        golongan=grade_row.data["golongan"] if grade_row else employee.person.rank,
        tmt_golongan=grade_row.since if grade_row else None, gaji_pokok=pay_row.data["gaji_pokok"] if pay_row else None,
    )  # fmt: skip
    return Due(
        "anak", f"{name[:60]}:{born.isoformat()}:{age}", day,
        f"{name} berusia {age} tahun pada {day:%d-%m-%Y}; tunjangan berhenti mulai {family.stops(day):%d-%m-%Y}"
        + (" kecuali masih bersekolah." if age == whole("tunjangan_anak_usia") else "."),
        "skumptk.anak-sampai", day, "skumptk", values,
        {"nip": employee.nip.number, "sebab": "anak_21", "tanggal_peristiwa": day.isoformat()}, own=True,
    )  # fmt: skip


def award(employee: Employee, on: date) -> Iterator[Due]:
    """Yield the class of the medal that is reached by the next award day and not held."""
    if employee.status == "PPPK":
        return
    day = date(on.year, ahead("satyalancana_bulan"), ahead("satyalancana_tanggal"))
    day = day if day >= on else months_later(day, 12)
    if months_later(day, -ahead("satyalancana_jaring_bulan")) > on:
        return
    held = max((_class(row.data["penghargaan"]) for row in employee.file.get("penghargaan", ())), default=0)
    start = medal.counted_from(
        employee.joined, day, "gugur", list(_penalties(employee)), list(_unpaid(employee))
    )
    months = medal.served(start, day) if start else 0
    found = medal.highest(months, held)
    if found is None:
        return
    values = _known(
        tahun=day.year, tanggal_hitung=day, kebijakan="gugur", pegawai=employee.person.pk, **employee.told,
        tmt_cpns=employee.joined, jenis_terakhir=str(held) if held else "tidak_ada",
    )  # fmt: skip
    yield Due(
        "satyalancana", str(found), day, f"Masa kerja {in_words(months)} pada {day:%d-%m-%Y}; memiliki {held or 'belum ada'}.",
        "satyalancana.jenis", None, "satyalancana", values, {"pegawai": employee.person.pk, "tahun": day.year},
    )  # fmt: skip


def _class(text: str) -> int:
    """Return the class that an award in the file names: of 10, 20 or 30 years; 0 for any other award."""
    found = re.search(r"\b(10|20|30)\b", text)
    other = "satyalancana" not in text.lower() and not text.strip().isdigit()
    return 0 if found is None or other else int(found.group())


def _penalties(employee: Employee) -> Iterator[medal.Penalty]:
    levels: Mapping[str, Literal["ringan", "sedang", "berat"]] = {"ringan": "ringan", "sedang": "sedang"}
    for row in employee.file.get("disiplin", ()):
        level = levels.get(str(row.data["tingkat"]).strip().lower(), "berat")
        yield {"tingkat": level, "tanggal_mulai": row.since, "tanggal_selesai": row.until}


def _unpaid(employee: Employee) -> Iterator[medal.Unpaid]:
    for row in employee.file.get("cuti", ()):
        if row.data["jenis_cuti"] == "cltn":
            yield {"mulai": row.since, "selesai": row.until or row.since}


@rule("penjagaan.kontrak", title="Penjagaan akhir perjanjian kerja PPPK", source="PP 49/2018 Pasal 37")
def listed_from(akhir_kontrak: date) -> date:
    """Return from when a contract that ends is on the list."""
    return months_later(akhir_kontrak, -ahead("kontrak_jaring_bulan"))


def contract(employee: Employee, on: date) -> Iterator[Due]:
    """Yield the contract of a PPPK that ends within the months of the list."""
    row = employee.latest("kontrak")
    if row is None or row.until is None or on < listed_from(row.until):
        return
    yield Due(
        "kontrak", row.until.isoformat(), row.until,
        f"Perjanjian kerja {row.document} berakhir {row.until:%d-%m-%Y}; diperpanjang atau berakhir.",
        "penjagaan.kontrak", row.until,
    )  # fmt: skip


def quarter(employee: Employee, on: date) -> Iterator[Due]:
    """Yield the quarter that ends within the days of the list, by whose end results and feedback are due."""
    name, end = evaluation.quarter_end(on)
    if end > on + ahead("skp_jaring_hari") * _DAY:
        return
    values = year_of_work(employee, end.year)
    yield Due(
        "skp", f"{end.year}-{name}", end,
        f"Triwulan {name} {end.year} berakhir {end:%d-%m-%Y}: realisasi, bukti, dan umpan balik.",
        "skp.triwulan", end, "skp-asn", values, {"pegawai": employee.person.pk, "periode_selesai__startswith": f"{end.year}-"},
    )  # fmt: skip


def year_of_work(employee: Employee, year: int) -> dict[str, Any]:
    """Return what the SKP of a year asks of an employee when it is opened."""
    kind = {"jpt_pratama": "jpt"}.get(employee.group, employee.group)
    above = employee.superior
    return _known(
        pegawai=employee.person.pk, **employee.told, pangkat_golongan=employee.person.rank, jabatan=employee.title,
        jenis_jabatan=kind, jenjang_jf=employee.level if kind == "jf" else None, penilai=above.pk if above else None,
        penilai_nip=above.nip if above else None, periode_mulai=date(year, 1, 1), periode_selesai=date(year, 12, 31),
    )  # fmt: skip


FINDERS: tuple[Callable[[Employee, date], Iterator[Due]], ...] = (
    pay,
    grade,
    retirement,
    children,
    award,
    contract,
    quarter,
)
