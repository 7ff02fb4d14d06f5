"""The month of RABEG in figures, for its report: what came in, what was answered in time, and how it was liked."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library import recap
from laksana.library.aspirasi.rabeg import rules
from laksana.worktime.zone import local_day

_NO_CASES = ("Duplikat", "Bukan kewenangan", "Tidak layak", "Keadaan darurat")
"""Outcomes of the verification with which a report is not answered here."""


def figures(situation: Situation) -> Mapping[str, Any]:
    """Return the tables of the report: reports received since the first of the month, up to the paper."""
    cases = recap.cases_since(situation, recap.first_of_month(situation), "waktu_terima")
    met, verified = recap.in_time(cases, "verifikasi")
    answered = [case for case in cases if _answered(case)]
    on_time, stopped = recap.in_time(cases, "selesai")
    liked = rules.satisfaction([int(case.data["nilai"]) for case in cases if case.data.get("nilai")])
    not_counted = sum(recap.done(cases, "verifikasi", outcome) for outcome in _NO_CASES)
    return {
        "per_kanal": recap.by_field(situation, cases, "kanal"),
        "per_jenis": recap.by_field(situation, cases, "jenis_laporan"),
        "per_kategori": recap.by_field(situation, cases, "kategori"),
        "per_kecamatan": recap.by_field(situation, cases, "kecamatan"),
        "per_opd": _by_agency(situation, cases),
        "indikator": [
            ["Laporan diterima", recap.grouped(len(cases))],
            ["Tidak dihitung (duplikat, dialihkan, ditolak)", recap.grouped(not_counted)],
            ["Verifikasi tepat waktu", recap.share(met, verified)],
            ["Sudah dijawab", recap.share(len(answered), len(cases) - not_counted)],
            ["Jawaban tepat waktu", recap.share(on_time, stopped)],
            [
                "Rata-rata waktu penyelesaian (hari kerja)",
                recap.mean([_days(situation, case) for case in answered]),
            ],
            ["Nilai kepuasan rata-rata (1 sampai 5)", recap.decimal(liked[0]) if liked else "-"],
            ["Pelapor puas (nilai 4 dan 5)", f"{recap.decimal(liked[1])}%" if liked else "-"],
        ],
        "lewat_tenggat": [
            [case.data["nomor_tiket"], *recap.told(situation, case, "opd_koordinator", "tenggat")]
            for case in cases
            if not _answered(case) and _is_late(situation, case)
        ],
    }


def _by_agency(situation: Situation, cases: list[Case]) -> recap.Rows:
    """Return for each agency its reports, how many are answered, and the share of these in time."""
    by_agency: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.data.get("opd_koordinator"):
            by_agency[recap.told(situation, case, "opd_koordinator")[0]].append(case)
    rows = []
    for agency, theirs in sorted(by_agency.items()):
        answered = sum(map(_answered, theirs))
        rows.append(
            [
                agency,
                recap.grouped(len(theirs)),
                recap.grouped(answered),
                recap.share(*recap.in_time(theirs, "selesai")),
            ]
        )
    return rows


def _answered(case: Case) -> bool:
    return bool(case.data.get("jawaban")) and case.state == Case.State.ENDED


def _days(situation: Situation, case: Case) -> int:
    since = recap.day_of(case, "waktu_lengkap") or recap.day_of(case, "waktu_terima")
    ended = local_day(case.ended_at or situation.at)
    return situation.calendar.workdays_between(since, ended) if since else 0


def _is_late(situation: Situation, case: Case) -> bool:
    end = recap.day_of(case, "tenggat")
    return end is not None and end < local_day(situation.at)
