"""What drafting an SOP adds to its definition: priorities, examination of the draft, numbers, versions and evaluation."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.documents.services import block, signatory_at
from laksana.library.drafts import effect
from laksana.library.drafts.examining import examined as examined_draft
from laksana.library.drafts.saving import open_draft
from laksana.library.tatalaksana.penyusunan_sop.drafting import WRONG, Rows, duration, examine
from laksana.library.tatalaksana.penyusunan_sop.from_draft import fields_of, findings_of
from laksana.library.tatalaksana.penyusunan_sop.rules import (
    conclusion,
    earliest,
    figure,
    priority,
    real_time,
    score,
)
from laksana.library.tatalaksana.penyusunan_sop.versions import with_next, without_last
from laksana.numbering.services import give
from laksana.sop.duration import Duration
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

drafting = Behaviour("penyusunan-sop")
CODE = "000.8.3.3"
"""The code of SOP in Permendagri 83/2022, which stands in an SOP's number."""
_OUTCOMES = {"tetap": ("Tetap",), "revisi": ("Revisi",), "revisi_atau_cabut": ("Revisi", "Cabut")}


@drafting.check("nilai-kebutuhan")
def is_needed(situation: Situation) -> Mapping[str, str]:
    """Refuse a matrix without the SOP that this case is to draft."""
    name = situation.values["nama_sop"]
    if name in {row["nama_sop"] for row in situation.values.get("matriks_kebutuhan") or ()}:
        return {}
    return {"matriks_kebutuhan": f"{name} belum ada dalam matriks kebutuhan."}


@drafting.computes("nilai-kebutuhan")
def prioritised(situation: Situation) -> Mapping[str, Any]:
    """Return the matrix with value and priority of each SOP."""
    rows = []
    for row in situation.values.get("matriks_kebutuhan") or ():
        frequency, impact, difficulty = (int(row[name]) for name in ("frekuensi", "dampak", "kesulitan"))
        value, rank = priority(frequency, impact, difficulty, public=bool(row.get("layanan_publik")))
        rows.append({**row, "nilai": value, "prioritas": rank})
    return {"matriks_kebutuhan": rows}


@drafting.check("susun-langkah")
def draft_is_ordered(situation: Situation) -> Mapping[str, str]:
    """Refuse rows out of number, a promise that is no time, and a date of making that is late or has been changed."""
    values, found = situation.values, {}
    rows: Rows = values.get("langkah") or ()
    for place, row in enumerate(rows):
        if row["no"] != place + 1:
            found[f"langkah.{place}.no"] = f"Langkah diberi nomor urut; di sini {place + 1}."
    if promise := values.get("janji_layanan"):
        try:
            Duration.parse(promise)
        except ValueError:
            found["janji_layanan"] = "Tulis bilangan dan satuan, misalnya 10 hari kerja."
    made, versions = values["tanggal_pembuatan"], values.get("riwayat") or ()
    if made > local_day(situation.at):
        found["tanggal_pembuatan"] = "Tanggal pembuatan tidak sesudah hari ini."
    if versions and made != versions[-1]["tanggal_pembuatan"]:
        found["tanggal_pembuatan"] = "Tanggal pembuatan tidak berubah pada revisi."
    return found


@drafting.check("susun-langkah", "gambar")
def draft_can_be_taken(situation: Situation) -> Mapping[str, str]:
    """Refuse a draft that nobody writes in the browser, or that another case carries."""
    name = situation.values.get("rancangan")
    why = effect.obstacle(name, situation.case) if name else ""
    return {"rancangan" if situation.step.id == "susun-langkah" else "": why} if why else {}


@drafting.computes("susun-langkah")
def drafted(situation: Situation) -> Mapping[str, Any]:
    """Return the date of the revised draft, unless this is the first version, what a draft of the browser says, and its count."""
    values = situation.values
    revises = values["pemicu"] != "baru" or bool(values.get("riwayat"))
    draft = open_draft(values["rancangan"]) if values.get("rancangan") else None
    written = fields_of(draft.data) if draft else {}
    return {
        "tanggal_revisi": local_day(situation.at) if revises else None,
        **written,
        "jumlah_langkah": len(written.get("langkah") or values.get("langkah") or ()),
    }


@drafting.automatic("gambar-sop")
def examined(situation: Situation) -> Done:
    """Return what the examination by the anatomy of SOP finds, and the total standard time.

    A draft of the browser is taken as it stands now: what is reviewed, tested and approved afterwards is this and nothing later.
    """
    taken: dict[str, Any] = {}
    if name := situation.values.get("rancangan"):
        draft = effect.take(name, situation.case)
        findings, total = findings_of(examined_draft(draft, draft.data, situation.at))
        taken = fields_of(draft.data)
        taken |= {"revisi_rancangan": draft.revision, "jumlah_langkah": len(taken["langkah"])}
    else:
        findings, total = examine(situation.values)
    wrong = sum(each["berat"] == WRONG for each in findings)
    return Done(
        values={**taken, "temuan_aturan": findings, "temuan_salah": wrong, "jumlah_waktu": total or None}
    )


def _times(situation: Situation, table: str) -> list[dict[str, Any]]:
    """Return of every step that was timed its standard and the median of the real minutes."""
    real: dict[int, list[Decimal]] = defaultdict(list)
    for row in situation.values.get(table) or ():
        real[int(row["langkah"])].append(row["waktu_nyata"])
    rows = []
    for step in situation.values["langkah"]:
        number, time = int(step["no"]), duration(step)
        standard = time.working_minutes if time else None
        if standard is not None and number in real:
            middle, over = real_time(standard, real[number])
            rows.append(
                {
                    "langkah": number,
                    "baku": standard,
                    "kasus": len(real[number]),
                    "median": middle,
                    "lampau": over,
                }
            )
    return rows


@drafting.check("uji-coba")
def tested_steps_exist(situation: Situation) -> Mapping[str, str]:
    """Refuse real times of steps that the draft does not have."""
    return _unknown_steps(situation, "hasil_uji")


@drafting.check("terapkan")
def applied_in_force(situation: Situation) -> Mapping[str, str]:
    """Refuse to close the application before the SOP binds, and real times of steps that it does not have."""
    since = situation.values["tanggal_efektif"]
    if local_day(situation.at) < since:
        return {"": f"SOP baru berlaku mulai {since:%d-%m-%Y}."}
    return _unknown_steps(situation, "pelaksanaan")


def _unknown_steps(situation: Situation, table: str) -> Mapping[str, str]:
    count = len(situation.values["langkah"])
    return {
        f"{table}.{place}.langkah": f"SOP ini hanya memiliki {count} langkah."
        for place, row in enumerate(situation.values.get(table) or ())
        if row["langkah"] > count
    }


@drafting.computes("uji-coba")
def tested(situation: Situation) -> Mapping[str, Any]:
    """Return the times of the test beside the standard."""
    return {"waktu_langkah": _times(situation, "hasil_uji")}


@drafting.computes("terapkan")
def applied(situation: Situation) -> Mapping[str, Any]:
    """Return the times of the application beside the standard."""
    return {"waktu_langkah": _times(situation, "pelaksanaan")}


@drafting.warns("nilai-uji", "monev")
def slower_than_standard(situation: Situation) -> Mapping[str, str]:
    """Warn of every step whose median is above its standard, however few the cases."""
    slow = [
        f"langkah {row['langkah']} ({row['median']} menit, baku {row['baku']:f})"
        for row in situation.values.get("waktu_langkah") or ()
        if row["median"] > row["baku"]
    ]
    return {"": f"Lebih lama daripada waktu baku: {', '.join(slow)}."} if slow else {}


@drafting.check("sahkan")
def binds_in_time(situation: Situation) -> Mapping[str, str]:
    """Refuse a date of effect before the SOP can be announced, or not after the version that it replaces."""
    values, since = situation.values, situation.values.get("tanggal_efektif")
    if situation.outcome != "Ya" or since is None:
        return {}
    first = earliest(local_day(situation.at), bool(values.get("mendesak")), situation.calendar)
    before = [row["tanggal_efektif"] for row in values.get("riwayat") or () if row.get("tanggal_efektif")]
    if since < first:
        return {"tanggal_efektif": f"SOP berlaku paling awal {first:%d-%m-%Y}."}
    if before and since <= before[-1]:
        return {"tanggal_efektif": "SOP berlaku sesudah versi yang digantikannya."}
    return {}


@drafting.computes("sahkan")
def approved(situation: Situation) -> Mapping[str, Any]:
    """Return the day of approval."""
    return {"tanggal_pengesahan": local_day(situation.at)} if situation.outcome == "Ya" else {}


@drafting.check("nomori")
def draft_still_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse to number a draft of the browser that no longer fits the office: a position or another SOP has gone since."""
    draft = effect.carried_by(situation.case) if situation.values.get("rancangan") else None
    found = effect.faults(draft, situation.at) if draft else []
    return {"": " ".join(found)} if found else {}


@drafting.automatic("nomor-sop")
def numbered(situation: Situation) -> Done:
    """Return the number, the version, and the list of versions in which the one before ends the day before this one binds.

    A draft of the browser becomes the next version of its procedure, in force from the date of effect.
    """
    values, today = situation.values, local_day(situation.at)
    given = give("sop", situation.at, situation.case.number, {"klasifikasi": CODE})
    versions = with_next(values, given.written, today)
    newest = versions[-1]
    done = {"nomor_sop": newest["nomor_sop"], "versi": newest["versi"], "riwayat": versions}
    draft = effect.carried_by(situation.case) if values.get("rancangan") else None
    if draft is not None:
        dates = (newest["tanggal_pembuatan"], newest["tanggal_revisi"], newest["tanggal_efektif"])
        version = effect.enact(draft, effect.Identity(newest["nomor_sop"], *dates), situation.at)
        done["versi_prosedur"] = version.version
    return Done(values=done)


def _judged(values: Mapping[str, Any]) -> tuple[Decimal, str]:
    reached = score(sum(bool(row.get("skor")) for row in values.get("hasil_monev") or ()))
    return reached, conclusion(reached, bool(values.get("perubahan_hukum")))


@drafting.check("monev")
def follows_the_score(situation: Situation) -> Mapping[str, str]:
    """Refuse an evaluation that leaves out an aspect or judges one twice, and an outcome that its score does not allow."""
    aspects = [row["aspek"] for row in situation.values.get("hasil_monev") or ()]
    if len(aspects) != figure("aspek_evaluasi") or len(set(aspects)) != len(aspects):
        return {"hasil_monev": f"Nilai {figure('aspek_evaluasi')} aspek, masing-masing satu kali."}
    reached, meaning = _judged(situation.values)
    if situation.outcome in _OUTCOMES[meaning]:
        return {}
    return {"outcome": f"Dengan skor {reached} simpulannya {' atau '.join(_OUTCOMES[meaning])}."}


@drafting.computes("monev")
def judged(situation: Situation) -> Mapping[str, Any]:
    """Return the score and what it means."""
    reached, meaning = _judged(situation.values)
    return {"skor": reached, "simpulan": meaning}


@drafting.row("register-monev")
def monitored(situation: Situation) -> Mapping[str, Any]:
    """Return what was decided after an evaluation."""
    return {"hasil": situation.values.get("monev")}


@drafting.computes("terapkan-lanjut")
def kept(situation: Situation) -> Mapping[str, Any]:
    """Return when the SOP that stays in force is evaluated again."""
    return {"evaluasi_berikutnya": months_later(local_day(situation.at), figure("evaluasi_bulan"))}


@drafting.computes("cabut")
def withdrawn(situation: Situation) -> Mapping[str, Any]:
    """Return the versions with the last one ended on this day."""
    return {"riwayat": without_last(situation.values["riwayat"], local_day(situation.at))}


@drafting.paper("sop-sah")
def signed(situation: Situation) -> Mapping[str, Any]:
    """Return the signature of the Kepala Dinas, who approved what the administration numbers."""
    return {"signature": block(signatory_at("position:kepala-dinas", situation.at))}
