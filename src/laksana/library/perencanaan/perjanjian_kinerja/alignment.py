"""The alignment test of performance agreements: what does not fit between the levels, the plans and the budget."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from laksana.library.perencanaan.perjanjian_kinerja.rules import (
    Rows,
    codes,
    differences,
    orphans,
    torn,
    unsupported,
)
from laksana.library.rupiah import rupiah

ORPHAN = "Tanpa indikator atasan"
Finding = dict[str, Any]


def misalignments(values: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield everything that the agreements of a case do not have in line with each other, the Renja, the IKU and the DPA."""
    head: Rows = values["sasaran_kadis"]
    for row in values["iku"]:
        if row["kode"] not in codes(head):
            yield _finding("IKU tidak tercantum", row["kode"], row["indikator"])
    for row in head:
        if row["berbeda"] and not row.get("alasan"):
            yield _finding("Target berbeda tanpa alasan", row["kode"], row["indikator"])
    for code in sorted(codes(head) - codes(values["rencana_aksi"])):
        yield _finding("Tanpa rencana aksi", code, "Indikator Kepala Dinas")
    for code, amount in differences(values["program_anggaran"], values["program_dpa"]).items():
        yield _finding("Anggaran Kepala Dinas berbeda dari DPA", code, rupiah(abs(amount)), amount)
    if values["jenis_pk"] == "awal" or values.get("alasan_perubahan") == "perubahan_anggaran":
        kegiatan: Rows = values.get("anggaran_administrator") or ()
        for code, amount in differences(kegiatan, values["program_dpa"], "kegiatan").items():
            yield _finding("Anggaran administrator berbeda dari DPA", code, rupiah(abs(amount)), amount)
    yield from _broken_links(values, head)


def _broken_links(values: Mapping[str, Any], head: Rows) -> Iterator[Finding]:
    """Yield what the tree of indicators lacks. In a revision the matrix stands for the agreements that are not signed anew."""
    matrix: Rows = values["penjenjangan"]
    kept: Rows = () if values["jenis_pk"] == "awal" else matrix
    administrators: Rows = values.get("pk_administrator") or ()
    supervisors: Rows = values.get("pk_pengawas") or ()
    above = [*administrators, *(row for row in kept if row["jenjang"] == "administrator")]
    for level, rows, superiors in (
        ("Administrator", administrators, codes(head)), ("Pengawas", supervisors, codes(above)),
    ):  # fmt: skip
        for code in orphans(rows, superiors):
            yield _finding(ORPHAN, code, level)
        for code in torn(rows):
            yield _finding("Lebih dari satu indikator atasan", code, level)
    for level, superiors_rows, below in (
        ("Kepala Dinas", head, [*administrators, *kept]), ("Administrator", administrators, [*supervisors, *kept]),
    ):  # fmt: skip
        for code in unsupported(superiors_rows, codes(below, "kode_atasan")):
            yield _finding("Tanpa indikator bawahan", code, level)
    signing = {row["pejabat"] for row in (*administrators, *supervisors)}
    agreed = codes(administrators) | codes(supervisors)
    for row in matrix:
        if row["kode"] not in agreed and (not kept or row["penanggung_jawab"] in signing):
            yield _finding("Belum diperjanjikan", row["kode"], row["indikator"])


def _finding(test: str, code: str, text: str, difference: Decimal | None = None) -> Finding:
    return {"uji": test, "kode": code, "uraian": text, "selisih": difference}
