"""What the SKUM-PTK adds to its definition: who counts, what is paid for them, from when, and what was paid too much."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Falling, Situation
from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.penjagaan.employees import employees
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.library.kepegawaian.service import full_months, in_words
from laksana.library.kepegawaian.skumptk import papers, rules
from laksana.library.numbered import number_once
from laksana.sop.nip import Nip
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day

skumptk = Behaviour("skumptk")
OPENS = (1, 2)
"""Month and day of the yearly statement."""
_FROM_FILE = {
    "nip": "nip",
    "nama": "nama",
    "status_pegawai": "status_pegawai",
    "jabatan": "jabatan",
    "golongan": "pangkat_golongan",
    "tmt_golongan": "tmt_golongan",
    "gaji_pokok": "gaji_pokok",
    "masa_kerja_golongan": "mkg_kata",
    "pasangan": "pasangan",
    "anak": "anak",
}
_REMEMBERED = ("tempat_tanggal_lahir", "agama", "alamat", "penghasilan_pasangan")
skumptk.prefills("isi", "perbaiki")(from_file(_FROM_FILE, remembers=_REMEMBERED))


@skumptk.finds("tahunan")
def statements(first: date, last: date, _calendar: WorkCalendar) -> Iterator[Falling]:
    """Yield the yearly statement of everybody in service, his own case, between two days."""
    for year in range(first.year, last.year + 1):
        day = date(year, *OPENS)
        for employee in employees(day) if first <= day <= last else ():
            known = {**employee.told, "status_pegawai": employee.status, "sebab": "tahunan"}
            yield Falling(f"{year}:{employee.nip.number}", day, known, employee.person.name, employee.person)


FIGURES = ("ketentuan-kepegawaian.csv",)
skumptk.rests(
    "tunjangan_pasangan",
    "tunjangan_anak",
    "jumlah_tunjangan",
    on="skumptk.tunjangan",
    tables=FIGURES,
)
skumptk.rests("jumlah_anak_tunjangan", on="skumptk.anak", tables=FIGURES)
skumptk.rests("jumlah_jiwa", "tunjangan_beras", on="skumptk.beras", tables=FIGURES)
skumptk.rests("berlaku_mulai", on="skumptk.mulai")
skumptk.rests("selisih_lebih", "bulan_selisih", on="skumptk.selisih", tables=FIGURES)
skumptk.paper("skumptk")(papers.statement)
skumptk.paper("perhitungan-selisih")(papers.overpaid_months)
number_once(skumptk, "bagi", "nomor_skum", "SKUM")
_OF_SPOUSE = ("perceraian", "pasangan_berpenghasilan")
_OF_CHILD = ("anak_21", "anak_tidak_sekolah", "anak_bekerja", "anak_kawin")


@skumptk.computes("isi")
def reported(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the first report, and what the NIP tells: sex and length of service."""
    nip = Nip.parse(str(situation.values["nip"]))
    day = situation.values.get("tanggal_lapor") or local_day(situation.at)
    found: dict[str, Any] = {"tanggal_lapor": day, "jenis_kelamin": "P" if nip.female else "L"}
    if nip.appointed_month is not None:
        service = full_months(date(nip.appointed_year, nip.appointed_month, 1), day)
        found["masa_kerja_seluruhnya"] = in_words(service)
    return found


@skumptk.check("isi", "perbaiki")
def one_receives(situation: Situation) -> Mapping[str, str]:
    """Refuse allowances for the one of two public employees who has the lower pay."""
    values = situation.values
    if not values.get("penghasilan_pasangan") or values.get("gaji_pokok_pasangan") is None:
        return {}
    right = rules.receiver(values["gaji_pokok"], values["gaji_pokok_pasangan"])
    if right in (None, values.get("tunjangan_diterima_pasangan")):
        return {}
    who = "pegawai ini" if right == "pegawai" else "istri/suami"
    return {"tunjangan_diterima_pasangan": f"Tunjangan diterima oleh {who}, yang gaji pokoknya lebih tinggi."}


def _starts(values: Mapping[str, Any]) -> date:
    """Return the first month with the new family: after the event where it ends a right, otherwise after the report."""
    ends = values["sebab"] in (*_OF_SPOUSE, *_OF_CHILD, "kematian")
    return rules.stops(values["tanggal_peristiwa"]) if ends else rules.begins(values["tanggal_lapor"])


def _overpaid(values: Mapping[str, Any]) -> tuple[int, Decimal]:
    """Return the months and the rupiah paid too much, where a right ended before it was reported."""
    cause = values["sebab"]
    of_spouse = cause in _OF_SPOUSE or values.get("yang_meninggal") == "pasangan"
    if not of_spouse and cause not in _OF_CHILD and values.get("yang_meninggal") != "anak":
        return 0, Decimal()
    months, allowance, rice = rules.overpaid(
        values["gaji_pokok"], values["tanggal_peristiwa"], values["tanggal_lapor"], of_spouse,
        values["status_pegawai"], not (of_spouse and values.get("penghasilan_pasangan")),
    )  # fmt: skip
    return months, allowance + rice


@skumptk.automatic("hitung-tunjangan-keluarga")
def reckon(situation: Situation) -> Done:
    """Return the allowances by the month from which they count, who is counted, and what is to be paid back."""
    values = situation.values
    start = _starts(values)
    receives = values.get("tunjangan_diterima_pasangan") != "pasangan"
    spouses, children = values.get("pasangan") or (), values.get("anak") or ()
    has_spouse = receives and any(row.get("tercatat") for row in spouses)
    counted = rules.counted_children(children, start) if receives else []
    paid = rules.allowances(values["gaji_pokok"], has_spouse, len(counted), values["status_pegawai"])
    heads, rice = rules.rice(has_spouse, len(counted), bool(values.get("penghasilan_pasangan")))
    months, overpaid = _overpaid(values)
    return Done(
        values={
            "pasangan": [{**row, "dapat_tunjangan": has_spouse and bool(row.get("tercatat"))} for row in spouses],
            "anak": [_guarded(row, place in counted) for place, row in enumerate(children)],
            "jumlah_anak_tunjangan": len(counted), "tunjangan_pasangan": paid["pasangan"], "tunjangan_anak": paid["anak"],
            "jumlah_tunjangan": paid["jumlah"], "jumlah_jiwa": heads, "tunjangan_beras": rice,
            "berlaku_mulai": start, "selisih_lebih": overpaid, "bulan_selisih": months,
        }
    )  # fmt: skip


def _guarded(row: Mapping[str, Any], counted: bool) -> Mapping[str, Any]:
    born = row["tanggal_lahir"]
    last = rules.child_until(born, row.get("sekolah_sampai"))
    return {
        **row, "dapat_tunjangan": counted, "tanggal_21": rules.birthday(born, whole("tunjangan_anak_usia")),
        "tanggal_25": rules.birthday(born, whole("tunjangan_anak_usia_sekolah")),
        "berakhir": rules.month_after(last) - timedelta(days=1),
    }  # fmt: skip
