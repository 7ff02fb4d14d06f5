"""What the list of public information adds to its definition: one list of many, nothing exempt in it, and the year's figures."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases import services as cases
from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.rounding import half_up
from laksana.sop.rules import rule
from laksana.worktime.zone import local_day

dip = Behaviour("daftar-informasi-publik")

RESULTS = {"Diterima": "diterima", "Perlu perbaikan": "perbaikan", "Diduga dikecualikan": "dikecualikan"}
ANSWERS = ("dikabulkan_penuh", "dikabulkan_sebagian", "ditolak", "tidak_dikuasai")
ENDS = (*ANSWERS, "dicabut", "masih_berjalan")


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
    rows: list[Any] = []
    sent = on_time = 0
    for instance in cases.instances(situation.case):
        given = instance.data.get("tanggal_kirim")
        if given:
            sent += 1
            on_time += str(given) <= str(situation.values["batas_isian"])
            rows += instance.data.get("daftar_entri") or ()
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
    rows = {
        row["nomor"]: row for row in [*(situation.values.get("dip") or ()), *situation.values["daftar_entri"]]
    }
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


@dip.automatic("rekap-layanan-informasi")
def year_figures(situation: Situation) -> Done:
    """Return the figures of the year over the answered requests."""
    rows = situation.values["rekap_layanan"]

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
            "jumlah_permohonan": total("jumlah_permohonan"),
            "rata_rata_hari": ratio(total("hari_terpakai"), answered, 1),
            "persen_tepat_waktu": ratio(total("tepat_waktu"), answered),
            "persen_ditolak": ratio(total("ditolak"), answered),
        }
    )
