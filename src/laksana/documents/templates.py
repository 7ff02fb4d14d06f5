"""Which template sets a document: the procedure's own, or the shared one of its kind of naskah dinas.

The kind follows from what the document declares as its `form`. A form that says only the shape ("surat", "judul", "formulir")
leaves the kind to the title: a "surat" that is called Surat Kuasa is set as a surat kuasa.
"""

from functools import lru_cache
from pathlib import Path

from laksana.documents.signature import Naming
from laksana.documents.typesetting import ROOT, TEMPLATES
from laksana.sop.definition import Document

_FORMS = {
    "surat": "surat",
    "surat dinas": "surat",
    "surat undangan": "surat",
    "undangan": "surat",
    "surat panggilan": "surat",
    "pesan atau surat": "surat",
    "nota": "nota",
    "nota dinas": "nota",
    "memo": "nota",
    "keputusan": "keputusan",
    "surat edaran": "edaran",
    "pengumuman": "edaran",
    "instruksi": "edaran",
    "siaran pers": "edaran",
    "surat tugas": "tugas",
    "surat perintah": "tugas",
    "surat perjalanan dinas": "spd",
    "berita acara": "berita-acara",
    "notula": "notula",
    "laporan": "laporan",
    "kerangka acuan": "laporan",
    "dokumen": "laporan",
    "publikasi": "laporan",
    "telaahan": "telaahan",
    "telaahan staf": "telaahan",
    "surat keterangan": "keterangan",
    "surat izin": "keterangan",
    "rekomendasi": "keterangan",
    "surat rekomendasi": "keterangan",
    "surat pernyataan": "pernyataan",
    "pernyataan": "pernyataan",
    "maklumat": "pernyataan",
    "surat pengantar": "pengantar",
    "surat kuasa": "kuasa",
    "perjanjian": "perjanjian",
    "surat perjanjian": "perjanjian",
    "kontrak": "perjanjian",
    "kuitansi": "kuitansi",
    "tanda terima": "kuitansi",
    "lembar disposisi": "disposisi",
    "formulir": "formulir",
    "lembar": "formulir",
    "kartu": "formulir",
    "label": "formulir",
    "tabel": "tabel",
    "daftar": "tabel",
    "daftar hadir": "tabel",
    "judul": "judul",
    "sertifikat": "sertifikat",
    "piagam": "sertifikat",
}
"""Kind of document (`form`, spelt with blanks) -> shared template; what is no paper by nature is a `naskah`."""
_SHAPES = {
    "surat": (
        "surat kuasa", "surat perintah", "surat tugas", "surat keterangan", "surat izin", "surat pengantar", "surat edaran",
        "surat rekomendasi", "rekomendasi", "surat pernyataan", "pernyataan", "pengumuman", "instruksi", "surat perjanjian",
    ),
    "judul": ("keputusan", "surat edaran", "pengumuman", "instruksi", "surat keterangan", "surat pernyataan"),
    "formulir": ("surat perjalanan dinas", "kuitansi", "lembar disposisi"),
    "lembar": ("lembar disposisi",),
    "nota": ("memo",),
    "dokumen": ("kerangka acuan",),
}  # fmt: skip
"""Form that says only the shape -> the kinds that the beginning of a title tells."""
_WITHOUT_DEGREES = ("keputusan", "sertifikat")
"""Templates of papers whose signatory's name stands without degrees (Permendagri 1/2023 pasal 44 ayat 1)."""


def template_of(procedure_id: str, document: Document) -> Path:
    """Return the template of a document: `<document>.typ` in the procedure's folder, else the one of its kind."""
    return _found(procedure_id, document.id, kind_of(document))


@lru_cache(maxsize=1024)
def _found(procedure_id: str, document_id: str, kind: str) -> Path:
    folder = procedure_id.replace("-", "_")
    own = next(ROOT.glob(f"library/*/{folder}/{document_id}.typ"), None)
    return own or TEMPLATES / "forms" / f"{_FORMS.get(kind, 'naskah')}.typ"


def template_name(procedure_id: str, document: Document) -> str:
    """Return where the template of a document lies, as a path inside the package."""
    return str(template_of(procedure_id, document).relative_to(ROOT))


def has_own_template(procedure_id: str, document: Document) -> bool:
    """Return whether a document is set by a template of its procedure, which reads the fields by name."""
    return TEMPLATES not in template_of(procedure_id, document).parents


def form_of(document: Document) -> str:
    """Return the form of a document in one spelling: "berita-acara" and "berita_acara" are "berita acara"."""
    return document.form.lower().replace("-", " ").replace("_", " ")


def kind_of(document: Document) -> str:
    """Return the kind of naskah dinas that a document is: its form, or where that is but a shape, what its title says."""
    form, title = form_of(document), document.title.lower()
    return next((kind for kind in _SHAPES.get(form, ()) if title.startswith(kind)), form)


def naming_of(document: Document) -> Naming:
    """Return how the name of whoever signs a document is written."""
    return Naming.PLAIN if _FORMS.get(kind_of(document)) in _WITHOUT_DEGREES else Naming.FULL
