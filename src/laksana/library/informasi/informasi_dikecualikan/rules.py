"""What the law says of an exemption: how long each letter of article 17 may hold, when it ends and must be reviewed."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from laksana.library.informasi.limits import workdays
from laksana.library.tables import Listed, Row, Table, YesNo
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar, months_later

Kind = Literal["jangka_pasti", "sampai_peristiwa", "tanpa_batas_pasal20"]
Unit = Literal["bulan", "tahun"]
Status = Literal["berlaku", "ditinjau", "berakhir", "dibatalkan"]


class LetterRow(Row):
    """A letter of article 17: whether it may hold without limit, for how many years at most, and whether it guards a person."""

    huruf: str
    uraian: str
    sub_butir: Listed = ()
    permanen: Literal["ya", "tidak", "menurut_uu"]
    jangka_maksimum_tahun: int | None = None
    pribadi: YesNo
    cara_menetapkan_jangka: str
    dibuka_bila: str


LETTERS = Table(__file__, "pasal17-pengecualian.csv", LetterRow, key="huruf")


def longest_years(letters: Iterable[str]) -> int | None:
    """Return the most years that the strictest of these letters allows; None where none sets a maximum."""
    return min(
        (years for letter in letters if (years := LETTERS[letter].jangka_maksimum_tahun)), default=None
    )


def personal(letters: Iterable[str]) -> list[str]:
    """Return those of the letters that guard a person, so that his consent lifts them (UU 14/2008 art. 18 (2))."""
    return [letter for letter in letters if LETTERS[letter].pribadi]


@rule(
    "informasi-dikecualikan.jangka",
    title="Jangka pengecualian yang dibolehkan",
    source="UU 14/2008 pasal 20 ayat (1); PP 61/2010 pasal 5",
)
def period_allowed(
    huruf: list[str], jenis_jangka: Kind, lama: int = 0, satuan: Unit = "tahun"
) -> Literal["boleh", "tidak_permanen", "terlalu_lama"]:
    """Return whether these letters may be exempt for that long, and if not, why."""
    if jenis_jangka == "tanpa_batas_pasal20":
        never = [letter for letter in huruf if LETTERS[letter].permanen == "tidak"]
        return "tidak_permanen" if never else "boleh"
    years = longest_years(huruf)
    months = lama * (12 if satuan == "tahun" else 1)
    return "terlalu_lama" if jenis_jangka == "jangka_pasti" and years and months > 12 * years else "boleh"


@rule(
    "informasi-dikecualikan.berakhir", title="Tanggal berakhirnya pengecualian", source="PP 61/2010; kantor"
)
def expiry(tanggal_keputusan: date, lama: int, satuan: Unit) -> date:
    """Return the last day of an exemption: the same day so many months or years later, or that month's last."""
    return months_later(tanggal_keputusan, lama * (12 if satuan == "tahun" else 1))


@rule(
    "informasi-dikecualikan.peninjauan",
    title="Batas menetapkan informasi terbuka sebelum pengecualian berakhir",
    source="PP 61/2010 pasal 10",
    checked=True,
)
def review_day(tanggal_berakhir: date, tanggal_keputusan: date, calendar: WorkCalendar) -> date:
    """Return by when the PPID says that the information is open: 30 working days before the end, not before the decision."""
    day = calendar.subtract_workdays(tanggal_berakhir, workdays("penetapan-terbuka"))
    return max(day, tanggal_keputusan)


@rule("informasi-dikecualikan.status", title="Status entri DIK pada suatu hari", source="PP 61/2010 pasal 10")
def status(
    hari: date, batas_terbuka: date | None = None, berakhir: date | None = None, dibatalkan: bool = False
) -> Status:
    """Return what an entry of the list is worth on a day; the whole of its last day is still exempt.

    A final decision that opens the information cancels the entry (UU 14/2008 art. 11 (2)).
    """
    if dibatalkan:
        return "dibatalkan"
    if berakhir and hari > berakhir:
        return "berakhir"
    return "ditinjau" if batas_terbuka and hari >= batas_terbuka else "berlaku"


@rule("informasi-dikecualikan.batas-uji", title="Batas penyelesaian uji konsekuensi", source="standar kantor")
def limit_of_test(tanggal_catat: date, calendar: WorkCalendar, batas_perkara: date | None = None) -> date:
    """Return by when a test is done: in time for the request, objection or dispute that waits, whose days go on.

    That is two working days before its limit, or at the latest on the limit where the test began too late for that.
    """
    if batas_perkara is None:
        return calendar.add_workdays(tanggal_catat, workdays("uji-rutin"))
    early = calendar.subtract_workdays(batas_perkara, workdays("sisa-perkara"))
    latest = max(early, min(tanggal_catat, batas_perkara))
    return min(calendar.add_workdays(tanggal_catat, workdays("uji-perkara")), latest)
