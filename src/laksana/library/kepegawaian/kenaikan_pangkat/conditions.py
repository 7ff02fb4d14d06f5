"""What each kind of promotion asks, told as what is lacking."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from typing_extensions import TypedDict

from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.functional import credit_needed
from laksana.library.kepegawaian.kenaikan_pangkat.rules import (
    LAW,
    POSTS,
    SCHOOLING,
    below_post,
    examined,
    honoured,
    months_asked,
    new_grade,
)
from laksana.library.kepegawaian.ranks import at_least, order
from laksana.library.kepegawaian.service import full_months
from laksana.sop.rules import rule


def enough_said(values: Mapping[str, Any]) -> bool:
    """Return whether a form being filled in says enough for `unmet_by_data`."""
    kind = values.get("jenis_kp")
    named = ["jenis_kp", "golongan_lama", "pendidikan", "eselon", "tmt_lama", "tmt_jabatan", "tmt_usul"]
    named += {"jabatan_fungsional": ["jenjang_jf", "ak_kumulatif"], "pengabdian": ["tmt_cpns"]}.get(
        str(kind), []
    )
    return all(values.get(name) is not None for name in named)


def unmet_by_data(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what service, schooling, post or credit lack for the promotion that is proposed."""
    new = new_grade(values["golongan_lama"], values["jenis_kp"], values["pendidikan"])
    if new is None:
        yield _no_grade(values)
        return
    served = full_months(values["tmt_lama"], values["tmt_usul"]) - int(values.get("bulan_cltn") or 0)
    if served < (asked := months_asked(values)):
        yield f"Masa dalam pangkat terakhir {served} bulan, disyaratkan {asked} bulan."
    match values["jenis_kp"]:
        case "reguler":
            yield from _regular(values, new)
        case "jabatan_struktural":
            yield from _managerial(values, new)
        case "jabatan_fungsional":
            yield from _functional(values)
        case "pengabdian":
            yield from _in_honour(values, served)


def unmet_by_papers(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what ratings, examinations, penalties and files lack."""
    kind, least = values["jenis_kp"], whole("pangkat_predikat_terendah")
    years = {"anumerta": (), "ijazah": (1,), "pengabdian": (1,)}.get(kind, (1, 2))
    for back in years:
        if not at_least(values.get(f"skp_tahun_{back}"), least):
            yield f"Predikat kinerja tahun N-{back} belum sekurangnya Baik."
    if values.get("hukdis_sedang_berat"):
        yield "Sedang menjalani hukuman disiplin sedang atau berat."
    if kind == "reguler" and not values.get("ujian_dinas") and _examined(values):
        yield "Belum lulus ujian dinas dan tidak dikecualikan."
    if kind == "ijazah" and not values.get("ujian_penyesuaian"):
        yield "Belum lulus ujian kenaikan pangkat penyesuaian ijazah."
    if kind == "jabatan_fungsional":
        needed = credit_needed(values["jenjang_jf"], values["golongan_lama"])
        if needed and needed[1] and not values.get("uji_kompetensi"):
            yield "Naik jenjang mensyaratkan lulus uji kompetensi."
        if needed and needed[1] and not values.get("formasi_tersedia"):
            yield "Naik jenjang mensyaratkan lowongan kebutuhan jabatan."
    if not values.get("sk_kp_terakhir"):
        yield "SK kenaikan pangkat terakhir belum diserahkan."


def _no_grade(values: Mapping[str, Any]) -> str:
    if values["jenis_kp"] == "ijazah":
        return f"Pangkat awal ijazah {values['pendidikan']} sudah dimiliki atau tidak ada."
    return "Tidak ada pangkat di atas IV/e."


def _regular(values: Mapping[str, Any], new: str) -> Iterator[str]:
    if values["eselon"] != "pelaksana":
        yield "Kenaikan pangkat reguler hanya bagi pelaksana."
    highest = SCHOOLING[values["pendidikan"]].golongan_tertinggi
    if order(new) > order(highest):
        yield f"Ijazah {values['pendidikan']} hanya sampai {highest}; jalannya penyesuaian ijazah atau jabatan fungsional."


def _managerial(values: Mapping[str, Any], new: str) -> Iterator[str]:
    post = POSTS.get(values["eselon"])
    if post is None:
        yield "Bukan pemegang jabatan manajerial."
    elif order(new) > order(post.golongan_tertinggi):
        yield f"Pangkat tertinggi jabatan ini {post.golongan_tertinggi}."
    elif below_post(values):
        asked, held = months_asked(values), full_months(values["tmt_jabatan"], values["tmt_usul"])
        if held < asked:
            yield f"Masa dalam jabatan {held} bulan, disyaratkan {asked} bulan."


def _functional(values: Mapping[str, Any]) -> Iterator[str]:
    needed = credit_needed(values["jenjang_jf"], values["golongan_lama"])
    if values["eselon"] != "jf":
        yield "Bukan pemegang jabatan fungsional."
    elif needed is None:
        yield "Golongan ruang tidak dapat naik pada jenjang jabatan ini."
    elif values["ak_kumulatif"] < needed[0]:
        yield f"Angka kredit {values['ak_kumulatif']}, dibutuhkan {needed[0]}."


def _examined(values: Mapping[str, Any]) -> bool:
    return examined(values["golongan_lama"], values["pendidikan"])


def _in_honour(values: Mapping[str, Any], in_rank: int) -> Iterator[str]:
    if values.get("bulan_cltn"):
        yield "Cuti di luar tanggungan negara memutus masa kerja terus-menerus."
    if not honoured(full_months(values["tmt_cpns"], values["tmt_usul"]), in_rank):
        yield "Masa kerja atau masa dalam pangkat terakhir belum cukup untuk kenaikan pangkat pengabdian."


class _Proposed(TypedDict):
    jenis_kp: str
    golongan_lama: str
    tmt_lama: date
    tmt_usul: date
    pendidikan: str


class Proposal(_Proposed, total=False):
    """A promotion that is proposed, under the names of the form; what is left out counts as not there."""

    eselon: str
    tmt_jabatan: date
    jenjang_jf: str
    ak_kumulatif: Decimal
    tmt_cpns: date
    bulan_cltn: int
    skp_tahun_1: str
    skp_tahun_2: str
    hukdis_sedang_berat: bool
    ujian_dinas: bool
    ujian_penyesuaian: bool
    uji_kompetensi: bool
    formasi_tersedia: bool


@rule("kenaikan-pangkat.syarat", title="Syarat kenaikan pangkat yang belum terpenuhi", source=LAW)
def lacking(usul: Proposal) -> list[str]:
    """Return what a proposed promotion lacks in service, schooling, post, credit, ratings, examinations and penalties."""
    since = {"eselon": "pelaksana", "tmt_jabatan": usul["tmt_lama"], "tmt_cpns": usul["tmt_lama"]}
    values = {**since, "ak_kumulatif": Decimal(), **usul, "sk_kp_terakhir": True}
    return [*unmet_by_data(values), *unmet_by_papers(values)]
