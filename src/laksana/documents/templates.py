"""Which template sets a document: the procedure's own, or a general one for its form."""

from functools import lru_cache
from pathlib import Path

from laksana.documents.typesetting import ROOT, TEMPLATES
from laksana.sop.definition import Document

_FORMS = {
    "surat": "surat",
    "surat dinas": "surat",
    "nota": "nota",
    "nota dinas": "nota",
    "keputusan": "keputusan",
    "berita acara": "berita-acara",
    "laporan": "laporan",
    "telaahan": "laporan",
    "kerangka acuan": "laporan",
    "dokumen": "laporan",
    "formulir": "formulir",
    "lembar": "formulir",
    "kartu": "formulir",
    "label": "formulir",
    "kuitansi": "formulir",
    "tanda terima": "formulir",
    "tabel": "tabel",
    "daftar": "tabel",
    "judul": "judul",
    "surat keterangan": "judul",
    "surat pengantar": "judul",
    "surat pernyataan": "judul",
    "surat tugas": "judul",
    "pernyataan": "judul",
    "perjanjian": "judul",
    "kontrak": "judul",
    "maklumat": "judul",
    "sertifikat": "judul",
}
"""Kind of document (`form`, spelt with blanks) -> general template; what is no paper by nature is a `naskah`."""


def template_of(procedure_id: str, document: Document) -> Path:
    """Return the template of a document: `<document>.typ` in the procedure's folder, else the one of its form."""
    return _found(procedure_id, document.id, form_of(document))


@lru_cache(maxsize=1024)
def _found(procedure_id: str, document_id: str, form: str) -> Path:
    folder = procedure_id.replace("-", "_")
    own = next(ROOT.glob(f"library/*/{folder}/{document_id}.typ"), None)
    return own or TEMPLATES / "forms" / f"{_FORMS.get(form, 'naskah')}.typ"


def form_of(document: Document) -> str:
    """Return the kind of a document in one spelling: "berita-acara" and "berita_acara" are "berita acara"."""
    return document.form.lower().replace("-", " ").replace("_", " ")
