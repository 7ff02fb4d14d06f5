"""The rules of promotion: the new grade, from when, and the time in rank that each kind asks."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.pay import basic_pay, regraded
from laksana.library.kepegawaian.ranks import grade_above, order
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later


class Schooling(Row):
    """A diploma: the highest grade of a regular promotion, and the grade to which an adjustment to it lifts (empty: none)."""

    ijazah: str
    golongan_tertinggi: str
    golongan_awal: str = ""
    termasuk: str = ""


class Post(Row):
    """A managerial post and the grades that it spans."""

    kode: str
    jabatan: str
    eselon: str
    golongan_terendah: str
    golongan_tertinggi: str


class Honour(Row):
    """Months of service, and the months in the last rank that they ask for a promotion in honour of service."""

    masa_kerja_bulan: int
    pangkat_bulan: int


SCHOOLING = Table(__file__, "pangkat-pendidikan.csv", Schooling, key="ijazah")
POSTS = Table(__file__, "jenjang-pangkat-jabatan.csv", Post, key="kode")
HONOURS = Table(__file__, "masa-pengabdian.csv", Honour)
BY_EVENT = ("pengabdian", "anumerta")
"""The kinds that take effect on an event, not in a monthly period."""
LAW = "PP 99/2000 jo. PP 12/2002"


@rule("kenaikan-pangkat.golongan-baru", title="Golongan ruang baru", source=LAW)
def new_grade(golongan_lama: str, jenis_kp: str, pendidikan: str) -> str | None:
    """Return the grade one step up, or that of the diploma for an adjustment to one; None where there is none."""
    if jenis_kp != "ijazah":
        return grade_above(golongan_lama)
    start = SCHOOLING[pendidikan].golongan_awal
    return start if start and order(golongan_lama) < order(start) else None


@rule(
    "kenaikan-pangkat.batas-usul",
    title="Batas usul suatu periode",
    source="Peraturan BKN 4/2025; tanggal batas ketentuan kantor",
)
def cut_off(tmt: date) -> date:
    """Return the last day on which a proposal for a period must be sent."""
    return months_later(tmt, -whole("pangkat_batas_usul_bulan_sebelum")).replace(
        day=whole("pangkat_batas_usul_tanggal")
    )


@rule(
    "kenaikan-pangkat.periode",
    title="TMT menurut tanggal usul terkirim",
    source="Peraturan BKN 4/2025",
    checked=True,
)
def period(tanggal_kirim: date, tmt_usul: date) -> date:
    """Return the proposed first of a month, or the next one whose last day for proposals has not passed; never an earlier one."""
    while cut_off(tmt_usul) < tanggal_kirim:
        tmt_usul = months_later(tmt_usul, 1)
    return tmt_usul


@rule(
    "kenaikan-pangkat.pengabdian",
    title="Masa kerja kenaikan pangkat pengabdian",
    source="PP 99/2000 Pasal 27 jo. PP 12/2002",
)
def honoured(masa_kerja_bulan: int, pangkat_bulan: int) -> bool:
    """Return whether months of service and months in rank suffice for a promotion in honour of service."""
    return any(
        masa_kerja_bulan >= row.masa_kerja_bulan and pangkat_bulan >= row.pangkat_bulan
        for row in HONOURS.rows()
    )


def months_asked(values: Mapping[str, Any]) -> int:
    """Return the months in the last rank that the kind of promotion asks; 0 where none are fixed."""
    match values["jenis_kp"]:
        case "reguler":
            return whole("pangkat_reguler_bulan")
        case "jabatan_struktural":
            return whole(
                "pangkat_struktural_di_bawah_bulan" if below_post(values) else "pangkat_struktural_bulan"
            )
        case "jabatan_fungsional":
            return whole("pangkat_fungsional_bulan")
        case "ijazah":
            return whole("pangkat_ijazah_bulan")
    return 0


def earliest(values: Mapping[str, Any]) -> date | None:
    """Return the first first-of-a-month on which the time in rank is complete; None where none is fixed."""
    asked = months_asked(values)
    if not asked:
        return None
    day = months_later(values["tmt_lama"], asked + int(values.get("bulan_cltn") or 0))
    if below_post(values):
        day = max(day, months_later(values["tmt_jabatan"], asked))
    return day if day.day == 1 else months_later(day.replace(day=1), 1)


def below_post(values: Mapping[str, Any]) -> bool:
    """Return whether a manager's rank is below the lowest of the post."""
    post = POSTS.get(values["eselon"]) if values["jenis_kp"] == "jabatan_struktural" else None
    return post is not None and order(values["golongan_lama"]) < order(post.golongan_terendah)


@rule("kenaikan-pangkat.paling-awal", title="TMT paling awal menurut masa dalam pangkat", source=LAW)
def earliest_of(
    jenis_kp: str,
    golongan_lama: str,
    tmt_lama: date,
    eselon: str = "pelaksana",
    tmt_jabatan: date | None = None,
    bulan_cltn: int = 0,
) -> date | None:
    """Return the first first-of-a-month on which a kind's time in rank and post is complete; None where none is fixed."""
    return earliest(
        {
            "jenis_kp": jenis_kp, "golongan_lama": golongan_lama, "tmt_lama": tmt_lama, "eselon": eselon,
            "tmt_jabatan": tmt_jabatan or tmt_lama, "bulan_cltn": bulan_cltn,
        }
    )  # fmt: skip


@rule("kenaikan-pangkat.ujian-dinas", title="Ujian dinas", source="PP 99/2000 Pasal 15-16")
def examined(golongan_lama: str, pendidikan: str) -> bool:
    """Return whether an official examination is asked: before III/a and before IV/a, unless a high diploma excuses from it."""
    excusing = {"II/d": "S1/DIV", "III/d": "S2/Profesi setara"}.get(golongan_lama)
    ladder = [row.ijazah for row in SCHOOLING.rows()]
    return excusing is not None and ladder.index(pendidikan) < ladder.index(excusing)


@rule(
    "kenaikan-pangkat.tmt-pengabdian", title="TMT kenaikan pangkat pengabdian", source="PP 99/2000 Pasal 27"
)
def honour_day(tmt_pensiun: date) -> date:
    """Return from when a promotion in honour of service counts: the month in which the retirement age is reached."""
    return months_later(tmt_pensiun, -1)


@rule(
    "kenaikan-pangkat.gaji-baru", title="Gaji pokok setelah kenaikan pangkat", source="PP 7/1977; PP 5/2024"
)
def new_pay(golongan_lama: str, golongan_baru: str, mkg_bulan: int) -> tuple[int, Decimal | None]:
    """Return service in the new grade, in months, and its basic pay; from one group into the next years are taken off."""
    served = regraded(mkg_bulan, golongan_lama, golongan_baru)
    return served, basic_pay(golongan_baru, served // 12)
