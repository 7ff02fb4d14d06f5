"""The rules of pensions: from when, on which conditions, how much, and for whom."""

from datetime import date
from decimal import Decimal
from typing import Literal

from laksana.library.kepegawaian.figures import figure, whole
from laksana.library.kepegawaian.pay import PAY, basic_pay
from laksana.library.rounding import half_up
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

Kind = Literal["bup", "atas_permintaan_sendiri", "tidak_cakap_jasmani_rohani", "meninggal", "tewas"]
LAW = "UU 11/1969"
_LEAST = {
    "bup": "pensiun_bulan_bup",
    "atas_permintaan_sendiri": "pensiun_bulan_permintaan_sendiri",
    "tidak_cakap_jasmani_rohani": "pensiun_bulan_tidak_cakap",
}
"""Kind of pension -> the figure that says its least service in months."""


class RetirementAge(Row):
    """At what age the holders of a kind of post retire."""

    kode: str
    jabatan: str
    bup_tahun: int


class Conversion(Row):
    """The amount that takes the place of a computed pension of a grade: the row of the smallest `lajur_2` not below it."""

    lampiran: Literal["I", "II", "III"]
    golongan: str
    lajur_2: Decimal
    lajur_3: Decimal


AGES = Table(__file__, "../bup-jabatan.csv", RetirementAge, key="kode")
CONVERSIONS = Table(__file__, "konversi-pensiun-pp8.csv", Conversion)


def next_first(day: date) -> date:
    """Return the first of the next month."""
    return months_later(day.replace(day=1), 1)


@rule(
    "pensiun.tmt-bup",
    title="TMT pensiun karena batas usia",
    source="UU 20/2023 Pasal 55; PP 11/2017 Pasal 239",
    checked=True,
)
def retires(tanggal_lahir: date, jabatan_kode: str) -> tuple[date, date]:
    """Return the day on which the age is reached and the first day of the pension, the first of the next month."""
    reached = months_later(tanggal_lahir, 12 * AGES[jabatan_kode].bup_tahun)
    return reached, next_first(reached)


@rule("pensiun.tmt", title="TMT pensiun menurut jenisnya", source=f"{LAW}; tafsiran kantor")
def starts(
    jenis_pensiun: Kind,
    tanggal_lahir: date | None = None,
    jabatan_kode: str | None = None,
    peristiwa: date | None = None,
) -> date:
    """Return the first day of a pension, always a first of a month.

    `peristiwa`: the day asked for (own request), of the death, or of the examining team's letter. Raises ValueError without the
    days that the kind asks.
    """
    if jenis_pensiun == "bup":
        if tanggal_lahir is None or jabatan_kode is None:
            raise ValueError("tanggal_lahir dan jabatan_kode belum diisi")
        return retires(tanggal_lahir, jabatan_kode)[1]
    if peristiwa is None:
        raise ValueError("tanggal peristiwa belum diisi")
    if jenis_pensiun == "atas_permintaan_sendiri" and peristiwa.day == 1:
        return peristiwa
    return next_first(peristiwa)


@rule("pensiun.masa-kerja", title="Masa kerja pensiun dalam bulan", source=LAW)
def service(tmt_cpns: date, tmt_pensiun: date, pmk_bulan: int = 0, bulan_cltn: int = 0) -> int:
    """Return the months from joining to the pension with recognised earlier service and without unpaid leave; never below 0."""
    months = (tmt_pensiun.year - tmt_cpns.year) * 12 + tmt_pensiun.month - tmt_cpns.month
    return max(0, months + pmk_bulan - bulan_cltn)


@rule(
    "pensiun.aps-paling-awal",
    title="TMT paling awal pensiun atas permintaan sendiri",
    source="UU 11/1969 Pasal 9",
)
def earliest_by_request(tanggal_lahir: date, tmt_cpns: date, pmk_bulan: int = 0, bulan_cltn: int = 0) -> date:
    """Return the first day on which age and service both allow retirement at one's own request."""
    by_service = whole("pensiun_bulan_permintaan_sendiri") - pmk_bulan + bulan_cltn
    return max(
        next_first(months_later(tanggal_lahir, 12 * whole("pensiun_umur_permintaan_sendiri"))),
        months_later(tmt_cpns, by_service),
    )


@rule("pensiun.syarat", title="Syarat hak pensiun", source="UU 11/1969 Pasal 9; PP 11/2017", checked=True)
def entitled(
    jenis_pensiun: Kind,
    masa_kerja_bulan: int,
    tmt_pensiun: date | None = None,
    tmt_paling_awal: date | None = None,
    karena_dinas: bool = False,
) -> bool:
    """Return whether service suffices for a pension, and at one's own request whether it is not too early.

    Death asks no service, nor does what duty itself caused.
    """
    least = whole(_LEAST[jenis_pensiun]) if jenis_pensiun in _LEAST and not karena_dinas else 0
    too_early = tmt_pensiun is not None and tmt_paling_awal is not None and tmt_pensiun < tmt_paling_awal
    return masa_kerja_bulan >= least and not too_early


@rule("pensiun.dasar", title="Dasar pensiun", source=f"{LAW}; PP 5/2024; PP 99/2000")
def pension_base(golongan: str, mkg_tahun: int, golongan_pengabdian: str | None = None) -> Decimal | None:
    """Return the last basic pay: of the rank of honour where one is granted, else of the rank held; None below the table."""
    return basic_pay(golongan_pengabdian or golongan, mkg_tahun)


@rule(
    "pensiun.perkiraan",
    title="Perkiraan pensiun pokok sebelum konversi PP 8/2024",
    source="UU 11/1969 Pasal 11",
)
def estimate(gaji_pokok: Decimal, bulan: int, pecahan: bool | None = None) -> Decimal:
    """Return a share of the basic pay for each year of service, within its bounds and not below the lowest basic pay.

    Months that make no full year count in twelfths; without `pecahan` they do not. None: as the office has set it.
    """
    counted = bulan if (figure("pensiun_pecahan") if pecahan is None else pecahan) else bulan // 12 * 12
    share = min(
        max(figure("pensiun_persen_setahun") * counted / 12, figure("pensiun_persen_terendah")),
        figure("pensiun_persen_tertinggi"),
    )
    return max(half_up(share * gaji_pokok / 100, 0), lowest_pay())


@rule("pensiun.karena-dinas", title="Pensiun karena tidak cakap akibat dinas", source="UU 11/1969 Pasal 11")
def by_duty(gaji_pokok: Decimal) -> Decimal:
    """Return the pension of one whom the duty itself made unable to work: the highest share, whatever the service."""
    return max(half_up(gaji_pokok * figure("pensiun_persen_tertinggi") / 100, 0), lowest_pay())


@rule("pensiun.konversi-pp8", title="Konversi pensiun pokok", source="PP 8/2024")
def converted(hasil: Decimal, golongan: str, lampiran: Literal["I", "II", "III"] = "I") -> Decimal | None:
    """Return the amount that takes the place of a computed pension; None while the office has not loaded the table."""
    fitting = [
        row
        for row in CONVERSIONS.rows()
        if (row.lampiran, row.golongan) == (lampiran, golongan) and row.lajur_2 >= hasil
    ]
    return min(fitting, key=lambda row: row.lajur_2).lajur_3 if fitting else None


@rule("pensiun.janda-duda", title="Perkiraan pensiun janda/duda", source="UU 11/1969")
def survivors(gaji_pokok: Decimal, tewas: bool = False) -> Decimal:
    """Return a share of the basic pay, a larger one where the employee fell on duty, not below the floor of each."""
    share = figure("pensiun_persen_janda_tewas" if tewas else "pensiun_persen_janda")
    floor = lowest_pay() * (100 if tewas else figure("pensiun_persen_janda_terendah"))
    return half_up(max(share * gaji_pokok, floor) / 100, 0)


@rule("pensiun.bagian-janda", title="Bagian tiap janda", source=LAW)
def share_of_each(jumlah: Decimal, penerima: int) -> Decimal:
    """Return what each of several receives of a survivors' pension: equal shares in whole rupiah, half up."""
    return half_up(jumlah / penerima, 0)


@rule("pensiun.mpp", title="Masa persiapan pensiun", source="PP 11/2017; Peraturan BKN 2/2019")
def preparation(tmt_pensiun: date) -> tuple[date, date]:
    """Return the first and the last first day that the period of preparation may have."""
    return months_later(tmt_pensiun, -whole("pensiun_mpp_bulan")), months_later(tmt_pensiun, -1)


@rule("pensiun.tenggat", title="Tenggat usul dan SK pensiun", source="Peraturan BKN 2/2018")
def due(tmt_pensiun: date) -> dict[str, date]:
    """Return when a retirement is listed, and the last days of the proposal and of the decree."""
    return {
        "dijaring": months_later(tmt_pensiun, -whole("pensiun_jaring_bulan")),
        "usul": months_later(tmt_pensiun, -whole("pensiun_usul_bulan")),
        "sk": months_later(tmt_pensiun, -whole("pensiun_sk_bulan")),
    }


def lowest_pay() -> Decimal:
    """Return the lowest basic pay of all."""
    return min(row.gaji_pokok for row in PAY.rows())
