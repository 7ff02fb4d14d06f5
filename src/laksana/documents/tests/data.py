"""What templates of papers are fed with in tests."""

from datetime import datetime
from typing import Any

from laksana.documents.signature import Signatory, block
from laksana.worktime.zone import OFFICE_ZONE

AT = datetime(2026, 11, 18, 9, 20, tzinfo=OFFICE_ZONE)
RINA = Signatory(
    title="Kepala Dinas Komunikasi dan Informatika",
    name="Rina Contoh, S.Kom., M.T.",
    rank="Pembina Utama Muda (IV/c)",
    nip="197505052000032001",
)
LETTERHEAD = {
    "government": "Pemerintah Kota Serang",
    "office": "Dinas Komunikasi dan Informatika",
    "address": "Pusat Pemerintahan Kota Serang, Provinsi Banten",
    "postal_code": "",
    "telephone": "",
    "website": "diskominfo.example.id",
    "email": "",
    "place": "Serang",
}


class Names:
    """Names everything by its key."""

    def person(self, key: int) -> str:
        """Return a name."""
        return f"Orang {key}"

    def unit(self, code: str) -> str:
        """Return a name."""
        return f"Unit {code}"

    def desk(self, desk: str) -> str:
        """Return a title."""
        return f"Meja {desk}"

    def file(self, key: Any) -> str:
        """Return a name."""
        return f"Berkas {key}"


def paper(**over: Any) -> dict[str, Any]:
    """Return the data of a paper."""
    return {
        "letterhead": LETTERHEAD,
        "document": {"id": "contoh", "title": "Surat Contoh", "form": "surat"},
        "case": {"number": "CONTOH/2026/0001"},
        "date": AT,
        "values": {},
        "words": {},
        "sections": [],
        "signature": block(RINA),
        "numbered": True,
    } | over
