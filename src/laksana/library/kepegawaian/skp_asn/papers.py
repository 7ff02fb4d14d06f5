"""What the papers of the evaluation of performance print beyond the fields of the case."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.functional import LEVELS, credit_needed
from laksana.library.kepegawaian.ranks import RATINGS
from laksana.library.kepegawaian.signers import named
from laksana.library.kepegawaian.skp_asn import rules
from laksana.library.kepegawaian.skp_asn.period import others
from laksana.people.models import Person
from laksana.people.services import desk_title, desks_of


def parties(situation: Situation) -> Mapping[str, Any]:
    """Return who is rated and who rates, each with rank, post and unit."""
    people = Person.objects.select_related("unit").in_bulk(
        [key for name in ("pegawai", "penilai") if (key := situation.values.get(name))]
    )
    return {
        f"{name}_cetak": _party(people.get(situation.values.get(name) or 0), situation)
        for name in ("pegawai", "penilai")
    }


def evaluation(situation: Situation) -> Mapping[str, Any]:
    """Return who is rated and who rates, and each result beside what was planned for it."""
    values = situation.values
    realised = {row["nomor"]: row for row in values.get("realisasi") or ()}
    return {
        **parties(situation),
        "hasil_dinilai": [
            {**row, "realisasi": realised.get(row["nomor"], {}).get("realisasi")}
            for row in values.get("hasil_kerja") or ()
        ],
    }


def conversion(situation: Situation) -> Mapping[str, Any]:
    """Return the credit of the period, of the years before at the same level, in all, and what the next rank needs."""
    values = situation.values
    level, rating = values.get("jenjang_jf"), values.get("predikat_tahunan")
    if not (level and rating):
        return parties(situation)
    before = [
        {
            "tahun": data["periode_selesai"][:4],
            "predikat": data["predikat_tahunan"],
            "ak": Decimal(data["angka_kredit"]),
        }
        for data in others(situation, pegawai=values["pegawai"], jenjang_jf=level)
        if data.get("angka_kredit") and data["periode_selesai"] < values["periode_selesai"].isoformat()
    ]
    grade = re.search(r"\b([IV]+/[a-e])\b", values["pangkat_golongan"])
    needed = credit_needed(level, grade[1]) if grade else None
    credit = values.get("angka_kredit") or Decimal()
    return {
        **parties(situation),
        "bulan_dinilai": rules.whole_months(values["periode_mulai"], values["periode_selesai"]),
        "persentase": RATINGS[rating].persen,
        "koefisien": LEVELS[level].koefisien,
        "ak_sebelum": sorted(before, key=lambda row: row["tahun"]),
        "ak_jumlah": credit + sum((row["ak"] for row in before), Decimal()),
        "ak_kebutuhan": needed[0] if needed else None,
        "naik_jenjang": bool(needed and needed[1]),
    }


def _party(person: Person | None, situation: Situation) -> dict[str, str | None]:
    if person is None:
        return {**named(None), "unit": None}
    posts = sorted(desk for desk in desks_of(person, situation.at) if desk.startswith("position:"))
    return {**named(person, desk_title(posts[0]) if posts else ""), "unit": person.unit.name}
