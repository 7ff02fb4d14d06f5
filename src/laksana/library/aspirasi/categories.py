"""The categories of complaints, which all intake of complaints shares."""

from laksana.library.tables import Listed, Row, Table, YesNo


class CategoryRow(Row):
    """A category: who answers for it, and whether a report of it needs a place or is sensitive."""

    kode: str
    nama: str
    kelompok: str
    opd_utama: str
    opd_pendukung: str = ""
    tingkat_bawaan: str
    lokasi_wajib: YesNo
    sensitif: YesNo
    kata_kunci: Listed = ()


CATEGORIES = Table(__file__, "kategori-aduan.csv", CategoryRow, key="kode")
