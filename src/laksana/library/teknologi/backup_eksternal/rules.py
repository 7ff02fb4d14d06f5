"""The rules of the backup outside the building: when it is due, how long a medium serves, and whether there are copies enough."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from laksana.library.tables import Row, Settings, Table
from laksana.library.teknologi.backup_policy import promised
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar, months_later

WORKING = "kerja"


class Life(Row):
    """How many years a medium serves; 0 where it does not wear."""

    media: str
    umur_tahun: int


LIVES = Table(__file__, "umur-media.csv", Life, key="media")
figure = Settings(__file__, "ketentuan-cadangan-eksternal.csv")
KINDS = {"HDD": "cakram", "SSD": "cakram", "LTO": "pita", "BD-R": "optik", "objek": "objek"}
"""Media -> the kind that counts as one."""


@rule("backup-eksternal.jatuh-tempo", title="Hari pencadangan eksternal", source="kebijakan kantor")
def due_on(tanggal: date, cara: str, calendar: WorkCalendar) -> date:
    """Return when a backup planned for a day is made: one that is carried moves to the next working day."""
    return calendar.workday_on_or_after(tanggal) if cara == "media_fisik" else tanggal


@rule("backup-eksternal.umur-media", title="Ganti media paling lambat", source="umur media cadangan")
def replace_by(media: str, mulai_pakai: date) -> date | None:
    """Return from when a medium is to be replaced; None for one that does not wear."""
    months = LIVES[media].umur_tahun * 12 * figure("persen_umur") // 100
    return months_later(mulai_pakai, int(months)) if months else None


def counts(copy: Mapping[str, Any], at: datetime) -> bool:
    """Return whether a copy counts: the working one, or a verified one that is not older than twice its RPO."""
    if copy["asal"] == WORKING:
        return True
    hours = [row.rpo_jam for row in promised(copy["asal"], [copy["kelas"]])]
    age = (at - copy["titik_akhir"]).total_seconds() / 3600
    return bool(hours) and age <= hours[0] * figure("rpo_kali")


@rule("backup-eksternal.posisi-321", title="Posisi 3-2-1-1-0", source="kaidah 3-2-1-1-0")
def position(kelas: str, salinan: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return of copies that count: how many, on how many kinds of media, off the site, offline or fixed, and their open errors.

    `patuh` says whether that is enough, `alasan` in words what is missing.
    """
    found: dict[str, Any] = {
        "salinan": len(salinan),
        "jenis_media": len({KINDS[copy["media"]] for copy in salinan}),
        "luar_lokasi": sum((copy.get("jarak_km") or Decimal()) >= figure("jarak_km") for copy in salinan),
        "luring_atau_kekal": sum(bool(copy.get("luring_atau_kekal")) for copy in salinan),
        "galat": int(sum(copy.get("galat") or 0 for copy in salinan)),
    }
    missing = [
        f"{words} {found[name]} dari {figure.whole(name)}"
        for name, words in (
            ("salinan", "salinan"),
            ("jenis_media", "jenis media"),
            ("luar_lokasi", "salinan luar lokasi"),
            ("luring_atau_kekal", "salinan luring atau kekal"),
        )
        if found[name] < figure(name)
    ]
    if found["galat"] > figure("galat"):
        missing.append(f"galat terbuka {found['galat']}")
    return {"kelas": kelas, **found, "patuh": not missing, "alasan": "; ".join(missing)}
