"""The month of 112 in figures, for its report: calls, answers within the target, incidents, response times, pranks."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library import recap
from laksana.library.aspirasi.panggilan_darurat_112 import rules

_EMERGENCY = "darurat"
_PRANKS = ("hantu", "iseng")


def figures(situation: Situation, targets: Mapping[str, int]) -> Mapping[str, Any]:
    """Return the tables of the report: calls since the first of the month, up to the paper.

    `targets` says of each event in how many minutes somebody is to be there.
    """
    calls = recap.cases_since(situation, recap.first_of_month(situation), "t0_masuk")
    incidents = [case for case in calls if case.data.get("nomor_insiden")]
    return {
        "panggilan": _calls(calls),
        "per_jenis": recap.by_field(situation, calls, "jenis_panggilan"),
        "per_jam": _by_hour(calls),
        "per_kejadian": recap.by_field(situation, incidents, "kode_kejadian"),
        "per_kecamatan": recap.by_field(situation, incidents, "kecamatan"),
        "per_unit": recap.counted(
            row["unit"]
            for case in incidents
            for row in case.data.get("unit_dikerahkan") or ()
            if row.get("unit")
        ),
        "tanggap": _responses(incidents, targets),
        "iseng": recap.by_field(
            situation,
            [case for case in calls if case.data.get("jenis_panggilan") in _PRANKS],
            "tindakan_nomor",
        ),
    }


def _calls(calls: list[Case]) -> recap.Rows:
    answered = [case for case in calls if case.data.get("t1_jawab")]
    emergencies = sum(case.data.get("jenis_panggilan") == _EMERGENCY for case in calls)
    found = rules.calls(len(calls), len(answered), emergencies)
    limit = rules.figure.whole("jawab_detik")
    quick = sum(rules.seconds(_at(case, "t0_masuk"), _at(case, "t1_jawab")) <= limit for case in answered)
    return [
        ["Panggilan masuk", recap.grouped(len(calls))],
        ["Terjawab", f"{recap.grouped(len(answered))} ({recap.share(len(answered), len(calls))})"],
        ["Ditinggalkan", recap.grouped(found.abandoned)],
        [f"Terjawab dalam {limit} detik", recap.share(quick, len(answered))],
        ["Panggilan darurat", f"{recap.grouped(emergencies)} ({recap.share(emergencies, len(answered))})"],
    ]


def _by_hour(calls: list[Case]) -> recap.Rows:
    """Return the calls by the hour of the day, in the order of the day."""
    hours = [recap.hour_of(case, "t0_masuk") for case in calls]
    return [[f"{hour:02}.00-{hour:02}.59", recap.grouped(hours.count(hour))] for hour in sorted(set(hours))]


def _responses(incidents: list[Case], targets: Mapping[str, int]) -> recap.Rows:
    """Return the response times by the events that have one target: mean, median, 90th percentile, share within it."""
    by_target: dict[int, list[Decimal]] = {}
    for case in incidents:
        target = targets.get(case.data.get("kode_kejadian") or "")
        if target and case.data.get("t1_jawab") and case.data.get("t6_tiba"):
            taken = rules.seconds(_at(case, "t1_jawab"), _at(case, "t6_tiba"))
            by_target.setdefault(target, []).append(Decimal(taken) / 60)
    rows = []
    for target, times in sorted(by_target.items()):
        found = rules.responses(times, Decimal(target))
        if found is not None:
            told = (found.mean, found.median, found.p90, found.met)
            rows.append([f"{target} menit", recap.grouped(len(times)), *map(recap.decimal, told)])
    return rows


def _at(case: Case, moment: str) -> datetime:
    return datetime.fromisoformat(case.data[moment])
