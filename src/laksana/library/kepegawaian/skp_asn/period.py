"""The period of an SKP: its quarters, its end by a change of post, and until when things are due in it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.skp_asn import rules
from laksana.library.others import other_cases
from laksana.people.services import holders
from laksana.worktime.calendar import END_OF_DAY
from laksana.worktime.zone import OFFICE_ZONE, local_day


def others(situation: Situation, **having: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the data of the other cases that were not given up."""
    yield from (case.data for case in other_cases(situation, **having))


def period_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse rating oneself, and a period outside one year, under a month, or overlapping another of the same person."""
    values = situation.values
    begin, end = values["periode_mulai"], values["periode_selesai"]
    if values["penilai"] == values["pegawai"]:
        return {"penilai": "Pejabat penilai tidak menilai dirinya sendiri."}
    if begin.year != end.year or begin > end:
        return {"periode_selesai": "Periode berada dalam satu tahun dan berakhir setelah mulai."}
    if rules.whole_months(begin, end) < 1:
        return {
            "periode_selesai": "Penggalan di bawah satu bulan digabungkan dengan penggalan di sebelahnya."
        }
    for other in others(situation, pegawai=values["pegawai"]):
        if "periode_selesai" not in other:
            continue
        first, last = (date.fromisoformat(other[name]) for name in ("periode_mulai", "periode_selesai"))
        if first <= end and begin <= last:
            return {"periode_mulai": f"Bertumpuk dengan SKP {first:%d-%m-%Y} sampai {last:%d-%m-%Y}."}
    return {}


def opened(situation: Situation) -> Mapping[str, Any]:
    """Return the seven behaviours to agree upon, and whether an objection goes above the office."""
    values = situation.values
    rated_by_head = values["penilai"] in (
        person.pk for person in holders("position:kepala-dinas", situation.at)
    )
    rows = [{"perilaku": row.perilaku, "panduan": row.panduan} for row in rules.BEHAVIOURS.rows()]
    return {
        "perilaku": rows,
        "tahun": str(values["periode_selesai"].year),
        "putusan_di_atas_dinas": rated_by_head or values["jenis_jabatan"] == "jpt",
    }


def next_quarter(values: Mapping[str, Any]) -> tuple[str, date] | None:
    """Return the quarter to evaluate next, and its last day; None when the period has no more."""
    done = len(values.get("evaluasi_periodik") or ())
    return rules.quarter(values["periode_mulai"], values["periode_selesai"], done)


def ahead(situation: Situation) -> Mapping[str, Any]:
    """Return the quarter to evaluate next, and the day on which the SKP was signed."""
    found = next_quarter(situation.values)
    signed = {"tanggal_penetapan": local_day(situation.at)} if situation.step.id == "tetapkan" else {}
    return {"triwulan": found[0] if found else None, **signed}


def period_goes_on(situation: Situation) -> Mapping[str, str]:
    """Refuse to go on after the last quarter, to end before it, and a change of post outside the period."""
    values, left = situation.values, next_quarter(situation.values)
    match situation.outcome:
        case "Triwulan berikutnya" | "SKP berubah (target)" if left is None:
            return {"outcome": "Semua triwulan dalam periode sudah dievaluasi."}
        case "Akhir periode" if left is not None:
            return {"outcome": f"Triwulan {left[0]} belum dievaluasi."}
        case "Jabatan atau penilai berganti":
            begin, moved = values["periode_mulai"], values["tanggal_mutasi"]
            if not begin < moved <= values["periode_selesai"]:
                return {"tanggal_mutasi": "Tanggal mutasi berada dalam periode SKP."}
            missing = rules.quarter(begin, moved - timedelta(days=1), len(values["evaluasi_periodik"]))
            if missing:
                return {"tanggal_mutasi": f"Triwulan {missing[0]} sampai hari mutasi belum dievaluasi."}
    return {}


def period_ends(situation: Situation) -> Mapping[str, Any]:
    """Return the shortened period of one who changes posts; at its end, the achievement that was set for the office already."""
    values, found = situation.values, {}
    if situation.outcome == "Jabatan atau penilai berganti":
        found = {
            "akhir_semula": values["periode_selesai"],
            "periode_selesai": values["tanggal_mutasi"] - timedelta(days=1),
        }
    if situation.outcome in ("Jabatan atau penilai berganti", "Akhir periode"):
        end = found.get("periode_selesai", values["periode_selesai"])
        same = others(situation, periode_selesai=end.isoformat())
        found["capaian_organisasi"] = next(
            (d["capaian_organisasi"] for d in same if d.get("capaian_organisasi")), None
        )
    return found


def set_by(situation: Situation) -> datetime | None:
    """Return the end of a day in January for a year's SKP, else so many days after its opening (later, or for a part)."""
    begin, opened_on = situation.values["periode_mulai"], local_day(situation.case.opened_at)
    day = opened_on + timedelta(days=whole("skp_penetapan_hari"))
    in_january = date(begin.year, 1, whole("skp_penetapan_tanggal_januari"))
    if (begin.month, begin.day) == (1, 1) and opened_on <= in_january:
        day = in_january
    return datetime.combine(day, END_OF_DAY, OFFICE_ZONE)


def quarter_reported(situation: Situation) -> datetime | None:
    """Return until when a quarter is reported: some working days after its end, or after the step's opening if that is later."""
    found, calendar = next_quarter(situation.values), situation.calendar
    day = max(found[1] if found else date.min, local_day(situation.at))
    return calendar.closing(
        calendar.workday_on_or_after(calendar.add_workdays(day, whole("skp_realisasi_hari_kerja")))
    )
