"""The rules of access rights: which accounts stand out in a review, what follows by itself, and when the next review is."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from laksana.library.rounding import half_up
from laksana.library.tables import Row, Table, YesNo
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar, months_later

WITHDRAWN = ("yatim", "tidak_aktif", "lewat_masa", "dorman_tutup")
"""Marks whose account is withdrawn whatever its owner says."""
USUAL = "biasa"


class Kind(Row):
    """What holds for a kind of account: months between reviews, days of validity and of disuse, and whether it needs MFA."""

    jenis_akun: str
    tinjauan_bulan: int
    masa_berlaku_maks_hari: int
    dorman_tangguhkan_hari: int
    dorman_tutup_hari: int
    mfa_wajib: YesNo


KINDS = Table(__file__, "parameter-hak-akses.csv", Kind, key="jenis_akun")


@rule("hak-akses.dorman", title="Tanda akun yang tidak dipakai", source="parameter hak akses")
def disuse(jenis_akun: str, hari_ini: date, masuk_terakhir: date | None, dibuat: date | None) -> str | None:
    """Return dorman_tutup or dorman by the days since an account was used, or since it was made; None where it is in use."""
    since = masuk_terakhir or dibuat
    if since is None:
        return None
    days, kind = (hari_ini - since).days, KINDS[jenis_akun]
    if days > kind.dorman_tutup_hari:
        return "dorman_tutup"
    return "dorman" if days > kind.dorman_tangguhkan_hari else None


@rule("hak-akses.keputusan-otomatis", title="Keputusan menurut tanda", source="kebijakan kantor")
def decision(tanda: list[str], keputusan: str | None, alasan: str | None) -> str | None:
    """Return what becomes of an account: what its marks demand, else what its owner decided."""
    if set(WITHDRAWN) & set(tanda):
        return "cabut"
    if "liar" in tanda:
        return "tangguhkan"
    if "dorman" in tanda and not (keputusan == "cabut" or (keputusan and alasan)):
        return "tangguhkan"
    return keputusan


@rule("hak-akses.persen-tinjauan", title="Bagian akun yang ditinjau", source="kebijakan kantor")
def reviewed(ditinjau: int, jumlah: int) -> Decimal:
    """Return the share of accounts that their owner decided, in percent; 100 where there are none."""
    return half_up(Decimal(100 * ditinjau) / jumlah) if jumlah else Decimal("100.00")


@rule("hak-akses.siklus-tinjauan", title="Tinjauan berikut", source="parameter hak akses")
def next_review(disahkan: date, jenis_akun: Collection[str], calendar: WorkCalendar) -> date:
    """Return when the rights of a system are reviewed again: by the kind of account that is reviewed most often."""
    months = min(KINDS[kind].tinjauan_bulan for kind in jenis_akun or (USUAL,))
    return calendar.workday_on_or_after(months_later(disahkan, months))
