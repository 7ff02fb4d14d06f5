"""How legal products are written: their kind, citations, dicta, titles, numbers and when they take effect."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from laksana.library.tables import Row, Table, YesNo
from laksana.sop.rules import rule

LAW = "UU 12/2011 lampiran II"
_TO_TEN = (
    "SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN", "SEPULUH",
)  # fmt: skip


LevelCode = Literal["uud", "uu", "perppu", "pp", "perpres", "permen", "perda", "perwal", "keputusan"]
Order = Annotated[int, Field(ge=1, le=99)]


class Level(Row):
    """A kind of regulation: its rank (1 is the highest), and whether it may be cited as a basis."""

    kode: str
    tingkat: int
    dapat_disebut: YesNo


LEVELS = Table(__file__, "../tingkat-peraturan.csv", Level, key="kode")


@rule("produk-hukum.jenis", title="Jenis produk hukum", source="UU 12/2011, UU 30/2014; penerapan kantor")
def kind(rules_generally: bool, of_the_city: bool) -> str:
    """Return the fitting kind: general norms are a peraturan, single acts a keputusan of the Dinas or of the Wali Kota."""
    if rules_generally:
        return "peraturan_wali_kota"
    return "keputusan_wali_kota" if of_the_city else "keputusan_kepala_dinas"


@rule("produk-hukum.urut-mengingat", title="Urutan Mengingat", source=LAW)
def citation_key(level: LevelCode, year: int, number: int) -> tuple[int, int, int]:
    """Return by what a citation is ordered: rank, year, number."""
    return LEVELS[level].tingkat, year, number


@rule("produk-hukum.mengingat", title="Peraturan yang dapat disebut", source=LAW)
def citation_fault(level: LevelCode, repealed: bool) -> str | None:
    """Return why an act may not stand under Mengingat; None where it may."""
    if repealed:
        return "Peraturan yang sudah dicabut tidak disebut pada Mengingat."
    return None if LEVELS[level].dapat_disebut else "Keputusan tidak disebut pada Mengingat."


@rule("produk-hukum.sebutan", title="Sebutan diktum", source="praktik")
def ordinal(number: Order) -> str:
    """Return the name of a dictum, up to the 99th: KESATU, KEDUA, ... KESEBELAS, KEDUA BELAS, KEDUA PULUH SATU."""
    tens, units = divmod(number, 10)
    if number <= 10:
        words = _TO_TEN[number - 1]
    elif number < 20:
        words = "SEBELAS" if units == 1 else f"{_TO_TEN[units - 1]} BELAS"
    else:
        words = f"{_TO_TEN[tens - 1]} PULUH" + (f" {_TO_TEN[units - 1]}" if units else "")
    return f"KE{words}"


@rule("produk-hukum.judul-perubahan", title="Judul perubahan", source=LAW)
def title_of_change(times: Order) -> str:
    """Return the words with which the title of an amendment begins, by how often the act has now been amended."""
    return "PERUBAHAN ATAS" if times == 1 else f"PERUBAHAN {ordinal(times)} ATAS"


@rule("produk-hukum.berlaku", title="Mulai berlaku", source="UU 12/2011; UU 30/2014 Pasal 58")
def effect(wanted: date | None, reference: date) -> tuple[date, bool]:
    """Return from when a product holds and whether that reaches back behind its enactment or promulgation."""
    return wanted or reference, wanted is not None and wanted < reference


@rule("produk-hukum.nomor-keputusan", title="Nomor Keputusan Kepala Dinas", source="praktik kantor")
def decision_number(code: str, order: int, year: int) -> str:
    """Return the number of a decision of the Kepala Dinas."""
    return f"{code}/Kep.{order:03d}/Diskominfo/{year}"


@rule("produk-hukum.nomor-peraturan", title="Nomor peraturan", source="Permendagri 80/2015")
def regulation_number(order: int, year: int) -> str:
    """Return the number of a regulation in the yearly series of the Bagian Hukum."""
    return f"NOMOR {order} TAHUN {year}"


def reference(values: Mapping[str, Any], today: date) -> date:
    """Return from when a product can hold: a regulation from its promulgation, a decision from its enactment, else today."""
    if values["jenis"] == "peraturan_wali_kota":
        return values.get("tanggal_pengundangan") or today
    return values.get("tanggal_penetapan") or today
