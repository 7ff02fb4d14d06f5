"""The month on social media in figures, for its report: posts, first answers, tickets, issues, moderation."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library import recap


def figures(situation: Situation) -> Mapping[str, Any]:
    """Return the tables of the report: posts captured since the first of the month, up to the paper."""
    cases = recap.cases_since(situation, recap.first_of_month(situation), "waktu_rekam")
    met, answered = recap.in_time(cases, "tanggapan-awal")
    tickets = [case for case in cases if case.data.get("nomor_tiket")]
    moderated = [case for case in cases if case.data.get("tindakan_moderasi")]
    strategic = [case for case in cases if case.data.get("tingkat_isu") == "strategis"]
    return {
        "per_platform": recap.by_field(situation, cases, "platform"),
        "per_pilahan": recap.by_field(situation, cases, "pilahan"),
        "per_nada": recap.by_field(situation, cases, "sentimen"),
        "per_tindakan": recap.by_field(situation, moderated, "tindakan_moderasi"),
        "indikator": [
            ["Unggahan tercatat", recap.grouped(len(cases))],
            ["Tanggapan awal tepat waktu", recap.share(met, answered)],
            ["Menjadi tiket RABEG", recap.grouped(len(tickets))],
            ["Dimoderasi", recap.grouped(len(moderated))],
            ["Isu strategis", recap.grouped(len(strategic))],
        ],
        "isu_strategis": [
            recap.told(situation, case, "waktu_unggah", "platform", "judul_laporan") for case in strategic
        ],
    }
