"""The quarter's accounts in figures, for their recapitulation: by agency and kind, who holds much, what is idle."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library import recap

_PRIVILEGED = "istimewa"


def figures(situation: Situation) -> Mapping[str, Any]:
    """Return the tables of the recapitulation: accounts issued or closed since the first of the quarter."""
    first = recap.first_of_quarter(situation)
    issued = recap.cases_since(situation, first, "waktu_terbit")
    privileged = [case for case in issued if case.data.get("jenis_akun") == _PRIVILEGED]
    closed = recap.done(recap.cases_since(situation, first, "waktu_jalur"), "cabut")
    return {
        "per_opd": _by_agency(situation, issued),
        "indikator": [
            ["Akun diterbitkan", recap.grouped(len(issued))],
            ["Dibuka pemegangnya", recap.grouped(_having(issued, "waktu_dibuka"))],
            ["Kata sandi sudah diganti", recap.grouped(_having(issued, "waktu_ganti"))],
            ["Autentikasi dua faktor terpasang", recap.grouped(_having(issued, "mfa_terpasang"))],
            ["Ditangguhkan", recap.grouped(recap.done(issued, "tangguhkan"))],
            ["Terbit, tetapi tidak dibuka", recap.grouped(len(issued) - _having(issued, "waktu_dibuka"))],
            ["Dicabut", recap.grouped(closed)],
        ],
        "istimewa": [
            recap.told(situation, case, "nama_pengguna", "nama", "opd", "sistem") for case in privileged
        ],
    }


def _having(cases: list[Case], name: str) -> int:
    return sum(bool(case.data.get(name)) for case in cases)


def _by_agency(situation: Situation, cases: list[Case]) -> recap.Rows:
    """Return how many accounts each agency got, by their kind."""
    found = Counter(tuple(recap.told(situation, case, "opd", "jenis_akun")) for case in cases)
    return [[agency, kind, recap.grouped(count)] for (agency, kind), count in sorted(found.items())]
