"""What a RABEG report adds to its definition: ticket and tracking code, what its category demands, and counts."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.cases.models import WorkItem
from laksana.library.aspirasi.categories import CATEGORIES
from laksana.library.aspirasi.rabeg import report, rules
from laksana.library.aspirasi.tickets import TICKET, is_ticket
from laksana.library.others import other_cases
from laksana.numbering.services import declare_simple, give
from laksana.sop.definition import Limit
from laksana.worktime.zone import local_day

rabeg = Behaviour("rabeg")
_SERIES = declare_simple("tiket-rabeg", TICKET, "rabeg", "nomor_tiket", also=("periksa",)).key
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 8


@rabeg.automatic("nomor-tiket")
def register_report(situation: Situation) -> Done:
    """Give a report its ticket number, tracking code and time of receipt, once."""
    if situation.values.get("nomor_tiket"):
        return Done()
    received = situation.values.get("waktu_terima") or situation.at
    number = give(_SERIES, situation.at, situation.case.number, on=local_day(received)).written
    alike = list(_alike(situation, received))
    return Done(
        {
            "nomor_tiket": number,
            "kode_lacak": _tracking_code(number),
            "waktu_terima": received,
            "tiket_serupa": alike,
        }
    )


def _alike(situation: Situation, received: datetime) -> Iterator[dict[str, Any]]:
    """Yield the open tickets that may be of the same thing: near, of the same category, and not long ago; the nearest first."""
    place, code = situation.values.get("lokasi"), situation.values.get("kategori_usulan") or ""
    if place is None or CATEGORIES.get(code) is None:
        return
    found = []
    since = received - timedelta(days=rules.figure.whole("duplikat_hari") + 1)
    running = other_cases(situation, lokasi__isnull=False).filter(state="berjalan", opened_at__gte=since)
    for case in running.only("data"):
        there, its = case.data["lokasi"], case.data.get("kategori")
        if not _same_kind(code, its, case.data.get("kategori_usulan") or ""):
            continue
        metres = rules.distance(float(place.lat), float(place.lon), float(there["lat"]), float(there["lon"]))
        when = datetime.fromisoformat(case.data["waktu_terima"])
        if rules.may_be_the_same(metres, (local_day(received) - local_day(when)).days):
            found.append({"nomor": case.data["nomor_tiket"], "jarak_m": metres, "diterima": local_day(when)})
    yield from sorted(found, key=lambda row: row["jarak_m"])


def _same_kind(code: str, classified: str | None, proposed: str) -> bool:
    """Return whether a proposed category is that of another report, or of its group while that one is not classified."""
    if classified:
        return code == classified
    other = CATEGORIES.get(proposed)
    return other is not None and CATEGORIES[code].kelompok == other.kelompok


def _tracking_code(number: str) -> str:
    """Return eight letters that nobody guesses who does not know the office's secret."""
    digest = hashlib.blake2b(number.encode(), key=settings.SECRET_KEY.encode()[:64]).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_CODE_LENGTH])


@rabeg.computes("verifikasi", "usul-tolak")
def complete_since(situation: Situation) -> Mapping[str, Any]:
    """Return since when a report counts as complete, its verification as fit, and what the public may read of it."""
    fit = situation.outcome in ("Layak", "Tidak setuju")
    if not fit:
        return {}
    values = situation.values
    return {
        "waktu_lengkap": situation.at,
        "judul_publik": rules.masked(values["judul"])[:120],
        "isi_publik": rules.masked(values["isi"])[:4000],
    }


@rabeg.check("verifikasi", "gabung")
def parent_is_a_ticket(situation: Situation) -> Mapping[str, str]:
    """Refuse a parent that is no ticket: its check digit tells a slip of the pen."""
    parent = situation.values.get("tiket_induk")
    if situation.outcome in (None, "Duplikat") and parent and not is_ticket(parent):
        return {"tiket_induk": _("This is no ticket number; its last digit does not fit.")}
    return {}


@rabeg.check("klasifikasi")
def known_category(situation: Situation) -> Mapping[str, str]:
    """Refuse a category that is not in the table."""
    if CATEGORIES.get(situation.values.get("kategori") or "") is None:
        return {"kategori": _("There is no such category.")}
    return {}


@rabeg.computes("klasifikasi")
def classified(situation: Situation) -> Mapping[str, Any]:
    """Return what the category demands, and the end of the time to answer; a report of abuse becomes secret."""
    values = situation.values
    category = CATEGORIES[values["kategori"]]
    abuse = values.get("jenis_laporan") == "pengaduan_berkadar"
    secret = abuse or values.get("kerahasiaan") == "rahasia"
    complete = values.get("waktu_lengkap") or situation.at
    return {
        "lokasi_wajib": category.lokasi_wajib,
        "kategori_sensitif": category.sensitif,
        "kerahasiaan": "rahasia" if secret else values.get("kerahasiaan"),
        "publikasi": bool(values.get("publikasi")) and not (secret or category.sensitif),
        "judul_publik": rules.masked(values.get("judul_publik") or values["judul"])[:120],
        "isi_publik": rules.masked(values.get("isi_publik") or values["isi"])[:4000],
        "waktu_lengkap": complete,
        "tenggat": _end(situation, "selesai", complete),
    }


def _end(situation: Situation, clock: str, since: datetime) -> datetime | None:
    limit = next(spec.limit for spec in situation.procedure.clocks if spec.id == clock)
    chosen = limit.choose.get(situation.values["jenis_laporan"]) if isinstance(limit, Limit) else limit
    return situation.calendar.deadline(since, chosen) if chosen else None


@rabeg.computes("terima-opd")
def sent_back(situation: Situation) -> Mapping[str, Any]:
    """Count a disposition that an agency sends back."""
    if situation.outcome != "Bukan kewenangan":
        return {}
    return {"jumlah_kembali": int(situation.values.get("jumlah_kembali") or 0) + 1}


@rabeg.computes("eskalasi-opd")
def escalated(_situation: Situation) -> Mapping[str, Any]:
    """Return the level of an escalation: the first, to the head of the agency."""
    return {"tingkat_eskalasi": "1"}


@rabeg.computes("periksa-buka")
def reopened(situation: Situation) -> Mapping[str, Any]:
    """Count a reopening, and set the end of its time to answer."""
    if situation.outcome != "Dibuka kembali":
        return {}
    count = int(situation.values.get("jumlah_buka") or 0) + 1
    return {"jumlah_buka": count, "tenggat": _end(situation, "selesai-dibuka-kembali", situation.at)}


@rabeg.row("register-rabeg")
def register_row(situation: Situation) -> Mapping[str, Any]:
    """Return when a report was answered, in how many working days, and whether in time."""
    values = situation.values
    answered = _answered_at(situation)
    if answered is None:
        return {}
    since, end = values.get("waktu_lengkap") or values["waktu_terima"], values.get("tenggat")
    return {
        "waktu_jawaban": answered,
        "hari_kerja_penyelesaian": situation.calendar.workdays_between(local_day(since), local_day(answered)),
        "tepat_waktu": None if end is None else answered <= end,
    }


def _answered_at(situation: Situation) -> datetime | None:
    """Return when the last answer that closes a report went out; a provisional one does not."""
    sent = situation.case.work_items.filter(step="sampaikan", state=WorkItem.State.DONE)
    return sent.order_by("-done_at").values_list("done_at", flat=True).first()


rabeg.paper("laporan-bulanan")(report.figures)
