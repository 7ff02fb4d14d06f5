"""What the letter of the periodic increase, and the decision that postpones it, print beyond the fields of the case."""

from collections.abc import Mapping
from typing import Any

from num2words import num2words

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.service import in_words
from laksana.people.models import Person
from laksana.sop.nip import Nip

_GROUNDS = {
    "PNS": "Peraturan Pemerintah Nomor 5 Tahun 2024",
    "CPNS": "Peraturan Pemerintah Nomor 5 Tahun 2024",
    "PPPK": "Peraturan Presiden Nomor 11 Tahun 2024",
}


def letter(situation: Situation) -> Mapping[str, Any]:
    """Return pay in figures and words, service in words, and who the employee is."""
    values = situation.values
    person = Person.objects.select_related("unit").filter(pk=values.get("pegawai")).first()
    years, more, new_years = (
        values.get(name) for name in ("mkg_lama_tahun", "mkg_lama_bulan", "mkg_baru_tahun")
    )
    status = values.get("status_pegawai")
    return {
        "lahir": Nip.parse(values["nip"]).born if values.get("nip") else None,
        "pangkat": person.rank if person else None,
        "kantor": person.unit.name if person else None,
        "golongan_cetak": values.get("golongan") or values.get("golongan_pppk"),
        "gaji_lama_huruf": _spelled(values.get("gaji_lama")),
        "gaji_baru_huruf": _spelled(values.get("gaji_baru")),
        "mkg_lama_kata": None if years is None else in_words(12 * int(years) + int(more or 0)),
        "mkg_baru_kata": None if new_years is None else in_words(12 * int(new_years)),
        "dasar_hukum": _GROUNDS.get(status) if status else None,
    }


def postponement(situation: Situation) -> Mapping[str, Any]:
    """Return the length of a postponement in words, and the rank of the employee."""
    months = situation.values.get("lama_penundaan_bulan")
    person = Person.objects.filter(pk=situation.values.get("pegawai") or 0).first()
    return {
        "lama_kata": None if months is None else num2words(int(months), lang="id"),
        "pangkat": person.rank if person else None,
    }


def _spelled(amount: Any) -> str | None:
    """Return an amount in whole rupiah in words; nothing for none."""
    return None if amount is None else f"{num2words(int(amount), lang='id')} rupiah"
