"""What the letter of the periodic increase prints beyond the fields of the case."""

from collections.abc import Mapping
from typing import Any

from num2words import num2words

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.service import in_words
from laksana.people.models import Person
from laksana.sop.nip import Nip


def letter(situation: Situation) -> Mapping[str, Any]:
    """Return pay in figures and words, service in words, and who the employee is."""
    values = situation.values
    person = Person.objects.select_related("unit").get(pk=values["pegawai"])
    before = 12 * int(values.get("mkg_lama_tahun") or 0) + int(values.get("mkg_lama_bulan") or 0)
    return {
        "lahir": Nip.parse(values["nip"]).born,
        "pangkat": person.rank,
        "kantor": person.unit.name,
        "golongan_cetak": values.get("golongan") or values.get("golongan_pppk"),
        "gaji_lama_huruf": _spelled(values["gaji_lama"]),
        "gaji_baru_huruf": _spelled(values["gaji_baru"]),
        "mkg_lama_kata": in_words(before),
        "mkg_baru_kata": in_words(12 * int(values["mkg_baru_tahun"])),
        "dasar_hukum": "Peraturan Presiden Nomor 11 Tahun 2024"
        if values["status_pegawai"] == "PPPK"
        else "Peraturan Pemerintah Nomor 5 Tahun 2024",
    }


def _spelled(amount: Any) -> str:
    """Return an amount in whole rupiah in words."""
    return f"{num2words(int(amount), lang='id')} rupiah"
