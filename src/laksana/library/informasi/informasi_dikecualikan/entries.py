"""What a decision adds to the list of exempt information."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from laksana.library.informasi.informasi_dikecualikan.rules import expiry, longest_years, review_day, status
from laksana.worktime.calendar import WorkCalendar, months_later

PARTLY = "dikecualikan_sebagian"
"""The result of a test by which only parts are exempt."""


def entries(values: Mapping[str, Any], today: date, calendar: WorkCalendar) -> Iterator[dict[str, Any]]:
    """Yield the entries of a decision: one for each exempt part, or one for the whole, each with its own end and review."""
    decided = values["tanggal_keputusan"]
    whole = {
        "bagian": values["uraian_informasi"],
        "huruf": ", ".join(values["huruf_final"]),
        "uu_dan_pasal": values.get("uu_final"),
    }
    for row in values["bagian_dikecualikan"] if values["hasil_uji"] == PARTLY else [whole]:
        period = row if row.get("jenis_jangka") else values
        end = _end(row["huruf"].split(", "), period, decided)
        review = review_day(end, decided, calendar) if end else None
        yield {
            "informasi": row["bagian"],
            "dasar": "; ".join(filter(None, (f"Pasal 17 huruf {row['huruf']}", row.get("uu_dan_pasal")))),
            "jangka": _in_words(period),
            "berakhir": end,
            "batas_terbuka": review,
            "status": status(today, review, end),
        }


def _end(letters: list[str], period: Mapping[str, Any], decided: date) -> date | None:
    """Return the last day of an exemption; one until an event ends at the latest when its letters' most years are over."""
    if period["jenis_jangka"] == "jangka_pasti":
        return expiry(decided, int(period["jangka_angka"]), period["jangka_satuan"])
    years = longest_years(letters) if period["jenis_jangka"] == "sampai_peristiwa" else None
    return months_later(decided, 12 * years) if years else None


def _in_words(period: Mapping[str, Any]) -> str:
    if period["jenis_jangka"] == "jangka_pasti":
        return f"{int(period['jangka_angka'])} {period['jangka_satuan']}"
    if period["jenis_jangka"] == "sampai_peristiwa":
        return f"Sampai {period['peristiwa_akhir']}"
    return "Tanpa batas (Pasal 20)"
