"""The versions of an SOP: numbers, what each replaces, and which is in force."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from laksana.library.tatalaksana.penyusunan_sop.rules import figure
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

_KEPT = ("tanggal_pembuatan", "tanggal_revisi", "tanggal_pengesahan", "tanggal_efektif", "jumlah_langkah")
Versions = Sequence[Mapping[str, Any]]


@rule("penyusunan-sop.berlaku", title="SOP yang berlaku pada suatu hari", source="praktik kantor")
def in_force(versions: Sequence[tuple[str, date, date | None]], day: date) -> str | None:
    """Return the number of the version in force on a day, of versions as number, first and last day; None for none."""
    return next(
        (number for number, since, until in versions if since <= day and (until is None or day <= until)),
        None,
    )


def with_next(values: Mapping[str, Any], number: str, today: date) -> list[dict[str, Any]]:
    """Return the versions with the one numbered today; the one before ends the day before this one binds.

    An SOP that a case of its own brought in comes first, as far as this case knows it.
    """
    versions = [dict(row) for row in values.get("riwayat") or ()]
    if not versions and values["pemicu"] != "baru":
        made = values["tanggal_pembuatan"]
        versions = [
            {"nomor_sop": values["sop_lama"], "tanggal_pembuatan": made, "versi": values["versi_lama"]}
        ]
    if versions:
        versions[-1] |= {
            "tanggal_berakhir": values["tanggal_efektif"] - timedelta(days=1),
            "status": "diganti",
        }
    newest = {
        **{name: values.get(name) for name in _KEPT},
        "nomor_sop": number,
        "versi": int(versions[-1]["versi"]) + 1 if versions else 0,
        "evaluasi_berikutnya": months_later(today, figure("evaluasi_bulan")),
    }
    return [*versions, newest]


def without_last(versions: Versions, today: date) -> list[dict[str, Any]]:
    """Return the versions with the last one withdrawn today."""
    *before, last = (dict(row) for row in versions)
    return [*before, {**last, "tanggal_berakhir": today, "status": "dicabut"}]
