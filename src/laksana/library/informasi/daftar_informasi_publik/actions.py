"""What the list of public information adds to its definition: one list of many, nothing exempt in it, and the year's figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases import services as cases
from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.informasi.annual import figures
from laksana.library.informasi.exempt import in_force
from laksana.library.informasi.informasi_dikecualikan.rules import LETTERS
from laksana.library.informasi.nearness import nearness
from laksana.library.rounding import half_up
from laksana.sop.rules import rule
from laksana.worktime.zone import local_day

dip = Behaviour("daftar-informasi-publik")

RESULTS = {"Diterima": "diterima", "Perlu perbaikan": "perbaikan", "Diduga dikecualikan": "dikecualikan"}
ANSWERS = ("dikabulkan_penuh", "dikabulkan_sebagian", "ditolak", "tidak_dikuasai")
ENDS = (*ANSWERS, "dicabut", "masih_berjalan")
ALL = 100
"""Percent of an exemption's telling words: the entry names just this."""


@rule("daftar-informasi-publik.rasio", title="Bagian atau rata-rata, satu desimal", source="rumus kantor")
def ratio(part: Decimal, whole: Decimal, factor: int = 100) -> Decimal:
    """Return factor * part / whole with one decimal, rounded half up; 0 where there is nothing."""
    return half_up(factor * part / whole, 1) if whole else Decimal(0)


@dip.computes("mulai-siklus")
def round_begins(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the request, and the year the report is of: the one before the round."""
    year = int(situation.values["tahun"]) - 1
    return {
        "tanggal_permintaan": local_day(situation.at),
        "tahun_laporan": year,
        "akhir_tahun": date(year, 12, 31),
        "jumlah_opd": len(situation.values["daftar_opd"]),
    }


@dip.automatic("himpun-entri")
def collect(situation: Situation) -> Done:
    """Return the entries of all agencies, and how many agencies sent theirs in time."""
    rows: list[dict[str, Any]] = []
    sent = on_time = 0
    for instance in cases.instances(situation.case):
        given = instance.data.get("tanggal_kirim")
        if given:
            sent += 1
            on_time += str(given) <= str(situation.values["batas_isian"])
            agency = instance.row.get("opd")
            rows += [{"opd": agency, **row} for row in instance.data.get("daftar_entri") or ()]
    rows = merged(rows)
    asked = len(situation.values["daftar_opd"])
    share = ratio(Decimal(on_time), Decimal(asked))
    return Done(
        {
            "dip": rows,
            "jumlah_lapor": sent,
            "jumlah_tepat": on_time,
            "jumlah_entri": len(rows),
            "tingkat_kepatuhan": share,
        }
    )


def merged(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries of all agencies as one list: one told twice by an agency stands once, and no number stands twice.

    Agencies number by themselves: where two used one number, the later one's gets the place of its agency before it.
    """
    kept: list[dict[str, Any]] = []
    told: set[tuple[str, ...]] = set()
    numbers: set[str] = set()
    agencies: dict[Any, int] = {}
    for row in rows:
        place = agencies.setdefault(row.get("opd"), len(agencies) + 1)
        same = tuple(
            str(row.get(name)).strip().lower() for name in ("opd", "ringkasan_isi", "unit_menguasai")
        )
        if same in told:
            continue
        told.add(same)
        number = str(row["nomor"])
        while number in numbers:
            number = f"{place}.{number}"
        numbers.add(number)
        kept.append({**row, "nomor": number})
    return kept


@dip.warns_at_once("verifikasi")
def near_exempt(situation: Situation) -> Mapping[str, str]:
    """Warn of entries that are near an information of the list of exempt information."""
    exempt = in_force(situation.at)
    near = [
        f"{row['nomor']} ({', '.join(sorted({each.decision for each in touched}))})"
        for row in situation.values.get("dip") or ()
        if (touched := [each for each in exempt if each.touched_by(row["ringkasan_isi"])])
    ]
    return {"": f"Mendekati informasi yang dikecualikan: {'; '.join(near)}."} if near else {}


@dip.check("verifikasi")
def nothing_of_the_list(situation: Situation) -> Mapping[str, str]:
    """Refuse to accept an entry that says all that an exemption in force says, unless the notes send it back or to a test."""
    exempt = in_force(situation.at)
    named = {each["nomor"] for each in situation.values.get("catatan_verifikasi") or ()}
    for row in situation.values.get("dip") or ():
        if row["nomor"] in named and situation.outcome != "Diterima":
            continue
        for each in exempt:
            if any(
                text and nearness(row["ringkasan_isi"], text) >= ALL
                for text in (each.information, *each.titles)
            ):
                return {
                    "outcome": f"Entri {row['nomor']} dikecualikan dengan {each.decision}; ajukan uji konsekuensi."
                }
    return {}


@dip.check("verifikasi")
def nothing_exempt(situation: Situation) -> Mapping[str, str]:
    """Refuse to accept an entry that the list of exempt information names (UU 14/2008 articles 11 and 17)."""
    exempt = {
        row["judul"].strip().lower(): row["keputusan"] for row in situation.values.get("dik_berlaku") or ()
    }
    for row in situation.values.get("dip") or ():
        decree = exempt.get(row["ringkasan_isi"].strip().lower())
        named = {each["nomor"] for each in situation.values.get("catatan_verifikasi") or ()}
        if decree and (situation.outcome == "Diterima" or row["nomor"] not in named):
            return {"outcome": f"Entri {row['nomor']} dikecualikan dengan {decree}; ajukan uji konsekuensi."}
    return {}


@dip.computes("verifikasi")
def verified(situation: Situation) -> Mapping[str, Any]:
    """Return the result that belongs to the outcome."""
    return {"hasil_verifikasi": RESULTS[situation.outcome or "Diterima"]}


@dip.computes("perbaiki")
def corrected(situation: Situation) -> Mapping[str, Any]:
    """Return the entries with the corrected ones in the place of those of the same number."""
    rows = {row["nomor"]: row for row in situation.values.get("dip") or ()}
    for row in situation.values["daftar_entri"]:
        rows[row["nomor"]] = {**rows.get(row["nomor"], {}), **row}
    return {"dip": list(rows.values()), "jumlah_entri": len(rows)}


@dip.computes("susun")
def listed(situation: Situation) -> Mapping[str, Any]:
    """Return the list without what waits for its test or was refused, and its numbers by category."""
    out = {
        row["nomor"]
        for row in situation.values.get("catatan_verifikasi") or ()
        if row["hasil"] != "perbaikan"
    }
    rows = [row for row in situation.values.get("dip") or () if row["nomor"] not in out]
    kinds = ("berkala", "serta_merta", "setiap_saat")
    return {"dip_umum": rows} | {
        f"jumlah_{kind}": sum(row["kategori"] == kind for row in rows) for kind in kinds
    }


@dip.check("rekap")
def all_counted(situation: Situation) -> Mapping[str, str]:
    """Refuse a month whose outcomes do not add up to its requests."""
    return {
        f"rekap_layanan.{number}.jumlah_permohonan": "Tidak sama dengan jumlah hasil dan yang masih berjalan."
        for number, row in enumerate(situation.values.get("rekap_layanan") or ())
        if sum(row[name] for name in ENDS) != row["jumlah_permohonan"]
    }


@dip.warns_at_once("rekap")
def other_than_registers(situation: Situation) -> Mapping[str, str]:
    """Warn where the number of requests entered is not the registers'."""
    rows = situation.values.get("rekap_layanan")
    counted = figures(int(situation.values["tahun_laporan"]), situation.at).requests
    entered = sum(int(row.get("jumlah_permohonan") or 0) for row in rows or ())
    if rows and entered != counted:
        return {"rekap_layanan": f"Register mencatat {counted} permohonan; di sini {entered}."}
    return {}


@dip.paper("laporan-layanan")
def report(situation: Situation) -> Mapping[str, Any]:
    """Return the year as the report prints it, and the letters of article 17 in words."""
    told = situation.values.get("tahun_laporan")
    year = int(told) if told else None
    return {
        "tahun_laporan": year,
        "sampai": min(date(year, 12, 31), local_day(situation.at)) if year else None,
        "huruf_pasal_17": {row.huruf: f"{row.huruf}. {row.uraian}" for row in LETTERS.rows()},
    }


@dip.automatic("rekap-layanan-informasi")
def year_figures(situation: Situation) -> Done:
    """Return the figures of the year over the answered requests: as entered, else as the registers tell."""
    year = figures(int(situation.values["tahun_laporan"]), situation.at)
    rows = situation.values.get("rekap_layanan") or [month.row for month in year.months]

    def total(*names: str) -> Decimal:
        return sum((Decimal(row[name]) for row in rows for name in names), Decimal(0))

    answered = total(*ANSWERS)
    months = [
        {**row, "rata_rata_hari": ratio(row["hari_terpakai"], sum(row[name] for name in ANSWERS), 1)}
        for row in rows
    ]
    return Done(
        {
            "rekap_layanan": months,
            "rincian_layanan": [
                {"bagian": part, "ukuran": figure, "rincian": of, "nilai": value}
                for part, figure, of, value in year.lines()
                if not part.startswith("bulan ")
            ],
            "jumlah_permohonan": total("jumlah_permohonan"),
            "rata_rata_hari": ratio(total("hari_terpakai"), answered, 1),
            "persen_tepat_waktu": ratio(total("tepat_waktu"), answered),
            "persen_ditolak": ratio(total("ditolak"), answered),
        }
    )
