"""What the GRDP adds to its definition: both sides balance, the province agrees, locked figures stay, findings are told."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.gathering import gathered
from laksana.library.statistik.pdrb import rules
from laksana.library.statistik.pdrb.indicators import (
    HARD,
    amounts,
    derived,
    findings,
    macro,
    published,
    quarters,
)
from laksana.library.statistik.pdrb.reconciling import (
    balance,
    comparison,
    label_faults,
    quarter_faults,
    status_faults,
    total_faults,
)
from laksana.sop.values import number_text
from laksana.worktime.zone import local_day

pdrb = Behaviour("pdrb")
Values = Mapping[str, Any]
ADJUSTED = ("sesuaikan", "sesuaikan-prov", "perbaiki-angka")


@pdrb.computes("isi-data", "lengkapi-data")
def received(situation: Situation) -> Values:
    """Return the data with the name of the agency that gave it, and the day."""
    rows = [{**row, "opd": situation.values["opd"]} for row in situation.values["data_opd"]]
    return {"data_opd": rows, "tanggal_terima": local_day(situation.at)}


@pdrb.automatic("himpun-data")
def put_together(situation: Situation) -> Done:
    """Return the data of all agencies in one table."""
    return Done(gathered(situation.case, "data_opd"))


def _once(situation: Situation, *tables: str) -> Iterator[tuple[str, str]]:
    """Yield an error for every table that lacks a category or component, or holds one twice."""
    for table in tables:
        columns = situation.procedure.fields[table].columns or {}
        key = "komponen" if "komponen" in columns else "kategori"
        choices = columns[key].choices or {}
        counts = Counter(row[key] for row in situation.values.get(table) or ())
        wrong = [name for name in choices if counts[name] != 1]
        if wrong:
            yield table, f"Harus tercantum tepat satu kali: {', '.join(wrong)}."


@pdrb.check("hitung-bps")
def worksheet_holds(situation: Situation) -> Mapping[str, str]:
    """Refuse a worksheet that is not of all categories, and a negative value added that nobody explains."""
    found = dict(_once(situation, "nilai_output"))
    for number, row in enumerate(situation.values["nilai_output"]):
        if min(_added(row).values()) < 0 and not row.get("penjelasan"):
            found[f"nilai_output.{number}.penjelasan"] = "Nilai tambah bruto negatif; jelaskan."
    return found


def _added(row: Values) -> dict[str, Decimal]:
    return {
        f"ntb_{price}": rules.value_added(row[f"output_{price}"], row[f"konsumsi_antara_{price}"])
        for price in ("berlaku", "tetap")
    }


@pdrb.computes("hitung-bps")
def valued(situation: Situation) -> Values:
    """Return the worksheet with the value added at both prices."""
    return {"nilai_output": [{**row, **_added(row)} for row in situation.values["nilai_output"]]}


@pdrb.check("lapangan-usaha", *ADJUSTED)
def industries_hold(situation: Situation) -> Mapping[str, str]:
    """Refuse tables that are not of all categories, and prices that differ in the base year."""
    found = dict(_once(situation, "adhb", "adhk"))
    values = situation.values
    if (
        not found
        and values["tahun"] == values["tahun_dasar"]
        and amounts(values["adhb"]) != amounts(values["adhk"])
    ):
        found["adhk"] = "Pada tahun dasar ADHK sama dengan ADHB."
    return found


@pdrb.check("lapangan-usaha")
def as_in_worksheet(situation: Situation) -> Mapping[str, str]:
    """Refuse figures that are not the value added of the worksheet; adjustments come later, with their reasons."""
    found = {}
    for table, price in (("adhb", "berlaku"), ("adhk", "tetap")):
        wanted = amounts(situation.values["nilai_output"], f"ntb_{price}")
        for number, row in enumerate(situation.values[table]):
            if (expected := wanted.get(row["kategori"], row["nilai"])) != row["nilai"]:
                found[f"{table}.{number}.nilai"] = f"Menurut kertas kerja {number_text(expected)}."
    return found


@pdrb.check("pengeluaran", *ADJUSTED)
def components_hold(situation: Situation) -> Mapping[str, str]:
    """Refuse tables that are not of all components."""
    return dict(_once(situation, "pengeluaran_adhb", "pengeluaran_adhk"))


@pdrb.computes("rekon-dalam", *ADJUSTED)
def balanced(situation: Situation) -> Values:
    """Return the totals and the discrepancy of both sides."""
    return balance(situation.values)


@pdrb.check("rekon-prov", "sesuaikan-prov")
def labelled_rightly(situation: Situation) -> Mapping[str, str]:
    """Refuse a table in another unit than the rest, and one whose constant prices are its current prices."""
    return label_faults(situation.values)


@pdrb.computes("rekon-prov", "sesuaikan-prov")
def compared(situation: Situation) -> Values:
    """Return how far the districts together lie from the province, by category and in all, and how often too far."""
    return comparison(situation.values)


@pdrb.computes("cocok-prov")
def decided(situation: Situation) -> Values:
    """Return the province's decision as the register of reconciliations keeps it."""
    return {"keputusan_prov": (situation.outcome or "").lower()}


@pdrb.check("kunci")
def may_be_locked(situation: Situation) -> Mapping[str, str]:
    """Refuse to lock what does not add up, or would be less sure than before."""
    return total_faults(situation.values) | quarter_faults(situation.values) | status_faults(situation.values)


@pdrb.automatic("kunci-angka")
def lock(situation: Situation) -> Done:
    """Return the next version, its figures added to those of the versions before it."""
    values = situation.values
    version = int(values.get("versi") or 0) + 1
    constant = amounts(values["adhk"])
    rows = [
        {
            "versi": version,
            "status": values["status_angka"],
            "kategori": name,
            "adhb": value,
            "adhk": constant[name],
        }
        for name, value in amounts(values["adhb"]).items()
    ]
    return Done({"versi": version, "riwayat_angka": [*(values.get("riwayat_angka") or ()), *rows]})


@pdrb.automatic("hitung-indikator")
def indicators(situation: Situation) -> Done:
    """Return the derived indicators with what looks wrong in them."""
    values = situation.values
    table = derived(values["adhb"], values["adhk"], values["nilai_provinsi"])
    people, unit = values["penduduk_pertengahan"], values["satuan"]
    each = {
        "per_kapita_adhb": rules.per_capita(values["pdrb_adhb"], people, unit),
        "per_kapita_adhk": rules.per_capita(values["pdrb_adhk"], people, unit),
        "per_kapita_ribu": rules.per_capita(values["pdrb_adhb"], people, unit, 1000),
    }
    wrong = findings(values, table)
    return Done(
        {
            **each,
            "indikator": table,
            "pertumbuhan_triwulan": quarters(values.get("seri_triwulan") or ()),
            "indikator_makro": macro({**values, **each}, table[-1]),
            "temuan_uji": wrong,
            "galat_keras": sum(row["tingkat"] == HARD for row in wrong),
        }
    )


@pdrb.check("naskah")
def findings_are_told(situation: Situation) -> Mapping[str, str]:
    """Refuse a text that does not name every category whose figures needed an explanation."""
    columns = situation.procedure.fields["nilai_provinsi"].columns or {}
    names = columns["kategori"].choices or {}
    text = situation.values["catatan_analisis"].lower()
    for row in situation.values.get("temuan_uji") or ():
        name = names.get(row["kategori"], row["kategori"]).partition(". ")[2] or row["kategori"]
        if name.lower() not in text:
            return {"catatan_analisis": f"Ulasan belum menyebut {name}: {row['nilai']}."}
    return {}


@pdrb.check("rilis")
def released_already(situation: Situation) -> Mapping[str, str]:
    """Refuse a release before the official one."""
    if situation.values["tanggal_rilis"] > local_day(situation.at):
        return {"tanggal_rilis": "Angka tidak diumumkan sebelum rilis resmi BPS."}
    return {}


@pdrb.automatic("tabel-terbuka")
def opened(situation: Situation) -> Done:
    """Return the table for the portal."""
    return Done({"tabel_terbuka": published(situation.values)})


@pdrb.check("revisi")
def one_step_on(situation: Situation) -> Mapping[str, str]:
    """Refuse a figure whose status does not move one step on."""
    order = rules.STATUSES
    return {
        f"daftar_revisi.{number}.status_baru": "Status naik satu tingkat setiap putaran tahunan."
        for number, row in enumerate(situation.values["daftar_revisi"])
        if order.index(row["status_baru"]) != order.index(row["status_lama"]) + 1
    }


@pdrb.computes("revisi")
def revised(situation: Situation) -> Values:
    """Return the revisions with the change of each figure at current prices."""
    rows = situation.values["daftar_revisi"]
    return {"daftar_revisi": [{**row, "selisih": row["adhb_baru"] - row["adhb_lama"]} for row in rows]}


@pdrb.row("data-masukan")
def input_row(situation: Situation) -> Values:
    """Return when the data were looked at and with what result."""
    return {"diperiksa": local_day(situation.at), "status": situation.outcome or ""}


@pdrb.row("kertas-kerja")
def worksheet_row(situation: Situation) -> Values:
    """Return the version that the worksheet is for, and who recorded it."""
    return {
        "versi_kertas": int(situation.values.get("versi") or 0) + 1,
        "penyusun": str(situation.actor or ""),
    }


@pdrb.row("rekon-pdrb")
def reconciliation_row(situation: Situation) -> Values:
    """Return the day of the reconciliation."""
    return {"tanggal_rekon": local_day(situation.at)}


@pdrb.row("register-revisi-pdrb")
def revision_row(situation: Situation) -> Values:
    """Return the day of the revision."""
    return {"tanggal_revisi": local_day(situation.at)}


@pdrb.row("register-indikator")
def handed_over_row(situation: Situation) -> Values:
    """Return the day on which planning got the indicators."""
    return {"diserahkan": local_day(situation.at)}
