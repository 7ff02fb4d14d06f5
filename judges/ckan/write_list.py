"""Write the feed of a list of public information, and beside it what a catalogue must find in it.

python judges/ckan/write_list.py FOLDER SEED
"""

import json
import os
import random
import sys
from datetime import date, timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laksana.site.settings")
django.setup()

from laksana.library.informasi.dcat import catalogue  # noqa: E402
from laksana.library.informasi.published import PublicInformation  # noqa: E402
from laksana.library.tables import files_alone  # noqa: E402

PAGE = "https://informasi.contoh.example/layanan/informasi/daftar/"
OFFICE = {
    "office": "Dinas Komunikasi dan Informatika",
    "government": "Pemerintah Kota Contoh",
    "email": "ppid@contoh.example",
    "telephone": "0254 000000",
}
COUNT = 300
WORDS = (
    "laporan",
    "keuangan",
    "“tata ruang”",
    "<b>izin</b>",
    "jalan & jembatan",
    "RKPD 2027",
    "Wi-Fi",
    "données",
    "air\tminum",
)
LINKS = (
    "",
    "di kantor",
    "https://contoh.example/berkas.pdf",
    "https://contoh.example/data?tahun=2026&jenis=a%20b",
)


def entry(number: int, chance: random.Random) -> PublicInformation:
    """Return an entry with whatever an agency may write."""
    return PublicInformation(
        key=f"opd-{number}",
        number=f"E-{number}",
        summary=" ".join(chance.choices(WORDS, k=chance.randint(1, 6))),
        agency=f"Dinas {chance.randint(1, 40)}",
        unit="Bidang Contoh",
        responsible="Kepala Bidang",
        made="Kota Contoh, 2026",
        form="Dokumen",
        retention="2 tahun",
        media="PDF",
        category=chance.choice(("berkala", "serta_merta", "setiap_saat")),
        link=chance.choice(LINKS),
        published=date(2026, 1, 1) + timedelta(days=chance.randint(0, 360)),
        decree="1/2026",
    )


def main(folder: Path, seed: int) -> None:
    """Write daftar.jsonld and expected.json."""
    chance = random.Random(seed)  # noqa: S311  (chooses, keeps no secret)
    entries = [entry(number, chance) for number in range(COUNT)]
    folder.mkdir(parents=True, exist_ok=True)
    feed = json.dumps(catalogue(entries, OFFICE, PAGE, PAGE), ensure_ascii=False)
    (folder / "daftar.jsonld").write_text(feed, encoding="utf-8")
    expected = {
        each.key: {
            "title": each.summary,
            "url": f"{PAGE}{each.key}/",
            "publisher_name": each.agency,
            "contact_name": OFFICE["office"],
            "issued": each.published.isoformat(),
            "tags": sorted({each.category_name, each.agency}),
            "resources": [each.address] if each.address else [],
        }
        for each in entries
    }
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    with files_alone():  # there is no database here
        main(Path(sys.argv[1]), int(sys.argv[2]))
