"""What a citizen's item adds to its definition: the member, what the editors' guide refuses, and its corrections."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from laksana.cases import services as cases
from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.informasi.pewarta_warga import archive, photographs
from laksana.library.informasi.pewarta_warga.rules import (
    RUBRIC,
    by_similarity,
    figure,
    may_show,
    score,
    stale,
    worthy,
)
from laksana.library.rounding import half_up
from laksana.publishing.models import Item
from laksana.publishing.services import slug_of
from laksana.worktime.zone import local_day

pewarta = Behaviour("pewarta-warga")

CHECKED = {"Lengkap": "lengkap", "Tidak lengkap": "tidak_lengkap", "Duplikat": "duplikat", "Basi": "basi"}
NOT_SHOWN = "Anak atau korban masih dapat dikenali: perlu izin yang sah atau pengaburan."


@pewarta.computes("daftar")
def member(situation: Situation) -> Mapping[str, Any]:
    """Return the writer's member number: the one he has already, else the next."""
    return {"id_anggota": archive.member_number(situation)}


@pewarta.check("kirim-naskah")
def not_too_many(situation: Situation) -> Mapping[str, str]:
    """Refuse an item beyond what one writer may send on a day."""
    limit = figure.whole("naskah_per_hari")
    full = archive.sent_today(situation) >= limit
    return {"": f"Paling banyak {limit} naskah dalam sehari."} if full else {}


@pewarta.check("kirim-naskah", "lengkapi", "perbaiki")
def may_be_sent(situation: Situation) -> Mapping[str, str]:
    """Refuse an event to come, and a child before the law or a victim who is not blurred."""
    values, faults = situation.values, {}
    if (event := values.get("kapan")) and event > situation.at:
        faults["kapan"] = "Peristiwa ini belum terjadi."
    if not _may_show(values):
        faults["identitas_dikaburkan"] = NOT_SHOWN
    return faults


def _may_show(values: Mapping[str, Any]) -> bool:
    blurred, consent = bool(values.get("identitas_dikaburkan")), bool(values.get("izin_subjek"))
    return may_show(bool(values.get("subjek_anak")), bool(values.get("subjek_perkara")), blurred, consent)


@pewarta.computes("kirim-naskah", "lengkapi")
def received(situation: Situation) -> Mapping[str, Any]:
    """Return when the item was first sent, whether its event was too old by then, and an earlier item of like title."""
    values = situation.values
    sent = values.get("waktu_kirim") or situation.at
    return {
        "waktu_kirim": sent,
        "basi": stale(sent, values["kapan"], values["kategori"]),
        "judul_serupa": archive.earlier_of_like_title(situation, sent),
    }


@pewarta.computes("kirim-naskah", "lengkapi", "perbaiki")
def looked_into(situation: Situation) -> Mapping[str, Any]:
    """Return what earlier and published texts share with the item, and what its photographs tell of themselves."""
    like = archive.likest(situation)
    return {
        "kemiripan_dihitung": like[0]["persen"] if like else Decimal(0),
        "sumber_dihitung": like,
        "metadata_foto": photographs.told(situation.values.get("foto") or (), situation.values.get("kapan")),
    }


@pewarta.check("periksa-administrasi")
def outcome_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass a stale item or a double, and to call one so that is not."""
    values, outcome = situation.values, situation.outcome
    stale_item, double = bool(values.get("basi")), values.get("judul_serupa")
    if outcome == "Lengkap" and (stale_item or double):
        return {"outcome": f"Serupa dengan {double}." if double else "Peristiwanya melewati usia berita."}
    if outcome == "Basi" and not stale_item:
        return {"outcome": "Peristiwanya belum melewati usia berita."}
    return {}


@pewarta.computes("periksa-administrasi")
def administration(situation: Situation) -> Mapping[str, Any]:
    """Return the result that belongs to the outcome."""
    return {"hasil_administrasi": CHECKED[situation.outcome or "Tidak lengkap"]}


@pewarta.check("periksa-kemiripan")
def source_named(situation: Situation) -> Mapping[str, str]:
    """Refuse a similarity that counts without its source."""
    values = situation.values
    share = values.get("tingkat_kemiripan")
    if share is not None and by_similarity(Decimal(share)) != "bebas" and not values.get("sumber_kemiripan"):
        return {"sumber_kemiripan": "Sebut sumber yang mirip."}
    counted = values.get("kemiripan_dihitung")
    if (
        share is not None
        and counted
        and Decimal(share) < Decimal(counted)
        and not values.get("alasan_kemiripan")
    ):
        return {
            "alasan_kemiripan": f"Sistem menghitung {counted} persen; sebut alasan menilainya lebih rendah."
        }
    return {}


@pewarta.check("saring-nilai")
def rubric_filled(situation: Situation) -> Mapping[str, str]:
    """Refuse scores that are not one whole number for each criterion."""
    rows = situation.values.get("skor") or []
    if sorted(row["kriteria"] for row in rows) != sorted(row.kode for row in RUBRIC.rows()):
        return {"skor": "Setiap kriteria dinilai satu kali."}
    whole = all(row["skor"] == int(row["skor"]) for row in rows)
    return {} if whole else {"skor": "Skor adalah 1, 2, 3, atau 4."}


@pewarta.check("saring-nilai")
def guide_allows(situation: Situation) -> Mapping[str, str]:
    """Refuse an outcome that the guide does not leave open, and a reason that the item contradicts."""
    values, outcome, reason = situation.values, situation.outcome, situation.values.get("alasan_tolak")
    copied = by_similarity(Decimal(values["tingkat_kemiripan"])) == "tolak"
    if copied and outcome != "Ditolak":
        return {"outcome": "Kemiripannya mewajibkan penolakan karena plagiasi."}
    if copied and reason != "plagiasi":
        return {"alasan_tolak": "Alasannya plagiasi."}
    if outcome == "Layak diverifikasi" and not rubric_filled(situation):
        why = next(_obstacles(values), None)
        return {"outcome": why} if why else {}
    if outcome == "Ditolak" and reason == "unsur_terlarang" and not values.get("unsur_terlarang"):
        return {"unsur_terlarang": "Sebut unsur terlarangnya."}
    return {}


def _obstacles(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield why an item cannot go on to verification."""
    if values.get("unsur_terlarang"):
        yield "Memuat unsur terlarang."
    if by_similarity(Decimal(values["tingkat_kemiripan"])) != "bebas":
        yield "Kemiripannya terlalu tinggi."
    if values.get("indikasi_hoaks") == "terindikasi":
        yield "Terindikasi hoaks."
    if not _may_show(values):
        yield NOT_SHOWN
    if not worthy(_scores(values)):
        yield "Nilainya belum memenuhi, atau akurasinya tidak dapat diuji."


def _scores(values: Mapping[str, Any]) -> dict[str, int]:
    return {row["kriteria"]: int(row["skor"]) for row in values["skor"]}


@pewarta.computes("saring-nilai")
def scored(situation: Situation) -> Mapping[str, Any]:
    """Return the weights, the weighted score, whether it is enough, and what becomes of the item so far."""
    given = _scores(situation.values)
    rows = [{**row, "bobot": RUBRIC[row["kriteria"]].bobot_persen} for row in situation.values["skor"]]
    so_far = "perbaikan" if situation.outcome == "Perlu perbaikan" else None
    return {"skor": rows, "nilai_total": score(given), "layak": worthy(given), "keputusan": so_far}


@pewarta.automatic("himpun-konfirmasi")
def answers(situation: Situation) -> Done:
    """Return what each agency answered, of one asked again its newest answer, and whether one is still to answer."""
    found: dict[tuple[Any, Any], dict[str, Any]] = {}
    for each in cases.instances(situation.case):
        key = (each.row.get("perangkat_daerah"), each.row.get("pertanyaan"))
        found[key] = {**each.row, "jawaban": each.data.get("jawaban_opd")}
    rows = list(found.values())
    return Done({"jawaban_konfirmasi": rows, "belum_dikonfirmasi": any(not row["jawaban"] for row in rows)})


@pewarta.check("tayang")
def not_to_come(situation: Situation) -> Mapping[str, str]:
    """Refuse a time of publication to come."""
    shown = situation.values.get("waktu_tayang")
    return {"waktu_tayang": "Waktu ini belum tiba."} if shown and shown > situation.at else {}


@pewarta.computes("tayang")
def published(situation: Situation) -> Mapping[str, Any]:
    """Return the decision and the name under which the item runs: the member number of one who does not show his."""
    values = situation.values
    anonymous = f"Pewarta Warga {values['id_anggota']}"
    return {
        "keputusan": "tayang",
        "nama_tayang": values["nama_pena"] if values.get("setuju_nama_tayang") else anonymous,
        "tautan": values.get("tautan") or _address(situation),
    }


def _address(situation: Situation) -> str:
    """Return where the item stands on the office's own pages."""
    slug = slug_of(situation.values["judul"], situation.case, Item.Kind.STORY)
    return settings.BASE_URL.rstrip("/") + reverse("news:item", args=[slug])


@pewarta.check("pantau-aduan")
def complaint_after_publication(situation: Situation) -> Mapping[str, str]:
    """Refuse a complaint before the item ran, or of a time to come."""
    at, shown = situation.values.get("waktu_aduan"), situation.values.get("waktu_tayang")
    if situation.outcome == "Ada aduan" and at and not (shown or at) <= at <= situation.at:
        return {"waktu_aduan": "Antara waktu tayang dan sekarang."}
    return {}


@pewarta.check("koreksi")
def action_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse an action before its complaint or to come, and anything but a takedown where the writer himself asks for it."""
    values = situation.values
    done, complained = values.get("waktu_tindakan"), values.get("waktu_aduan")
    if done and complained and not complained <= done <= situation.at:
        return {"waktu_tindakan": "Antara waktu aduan dan sekarang."}
    if values.get("jenis_aduan") == "permintaan_penulis" and values.get("tindakan") != "turunkan":
        return {"tindakan": "Penulis dapat setiap saat meminta beritanya diturunkan."}
    return {}


@pewarta.computes("koreksi")
def corrected(situation: Situation) -> Mapping[str, Any]:
    """Return the hours since the complaint, whether in time, and the fee: none for an item taken down in its month."""
    values = situation.values
    hours = half_up(Decimal((values["waktu_tindakan"] - values["waktu_aduan"]).total_seconds()) / 3600)
    done, shown = local_day(values["waktu_tindakan"]), local_day(values["waktu_tayang"])
    lost = values["tindakan"] == "turunkan" and (done.year, done.month) == (shown.year, shown.month)
    fee = Decimal(0) if lost else values.get("honor")
    return {"selisih_jam": hours, "koreksi_tepat": hours <= figure("koreksi_jam"), "honor": fee}


@pewarta.row("log-koreksi")
def correction_logged(situation: Situation) -> Mapping[str, Any]:
    """Return who made the correction."""
    return {"petugas": situation.actor.name if situation.actor else ""}


@pewarta.computes("tolak")
def refused(situation: Situation) -> Mapping[str, Any]:
    """Return the decision, and its reason where the way here says it: a double, a stale item, or time that ran out."""
    values = situation.values
    return {"keputusan": "ditolak", "alasan_tolak": _reason(values) or values.get("alasan_tolak")}


def _reason(values: Mapping[str, Any]) -> str | None:
    """Return the reason that follows from the last decision; None where somebody named one."""
    checked = {
        "Duplikat": "duplikat",
        "Basi": "tidak_bernilai_berita",
        "Tidak lengkap": "melewati_batas_perbaikan",
    }
    if reason := checked.get(values.get("periksa_administrasi") or ""):
        return reason
    if values.get("saring_nilai") == "Perlu perbaikan":
        return "melewati_batas_perbaikan"
    unsure = (
        values.get("saring_nilai") == "Layak diverifikasi"
        and values.get("verifikasi") == "Tidak dapat diverifikasi"
    )
    return "tidak_dapat_diverifikasi" if unsure else None
