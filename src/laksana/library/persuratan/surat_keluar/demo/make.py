"""Make the file of the demonstration: a signed letter, as it is kept. Run `python -m` this module; it writes beside itself."""

from pathlib import Path
from typing import Any

from laksana.library.persuratan.surat_masuk.demo.make import typeset

HERE = Path(__file__).resolve().parent
REQUEST: dict[str, Any] = {
    "mark": "KS",
    "head": [
        "PEMERINTAH KOTA SERANG",
        "DINAS KOMUNIKASI DAN INFORMATIKA",
        "Jalan Contoh Raya Nomor 2, Kota Serang 42100, telepon (0254) 000001",
    ],
    "about": [
        ["Nomor", "500.12/874/Diskominfo/2026"],
        ["Sifat", "Biasa"],
        ["Lampiran", "-"],
        ["Hal", "Permintaan data aplikasi"],
    ],
    "dated": "Serang, 18 November 2026",
    "to": ["Yth. Kepala Dinas Kesehatan", "Kota Serang", "di Serang"],
    "body": [
        "Mohon Saudara menyampaikan daftar aplikasi yang dipakai di lingkungan Dinas Kesehatan paling lambat 30 November 2026.",
        "Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.",
    ],
    "sign": ["Kepala Dinas,", "RINA CONTOHWATI, S.Kom., M.T.", "Contoh naskah, bukan dokumen resmi"],
    "copies": ["Sekretaris Daerah Kota Serang"],
}

if __name__ == "__main__":
    (HERE / "naskah-final.pdf").write_bytes(typeset(REQUEST, format="pdf"))
