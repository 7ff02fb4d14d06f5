"""The figures of the yearbook: when it is released, when data are due, and the concepts that tables are recomputed by."""

from datetime import date
from decimal import Decimal

from laksana.library.rounding import half_up, percent
from laksana.library.tables import Listed, Row, Settings, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar


class Frame(Row):
    """One table of the yearbook as BPS and the office plan it. Columns and checks are parted by a semicolon."""

    kode: str
    bab: str
    judul: str
    tingkat: str
    satuan: str
    produsen: str
    jenis: str
    aturan: str = ""
    kolom: str = ""


class Area(Row):
    """The city, a kecamatan or a kelurahan, by the code of the ministry of home affairs."""

    kode: str
    tingkat: str
    nama: str
    kode_induk: str


class Range(Row):
    """The lowest and highest value that a column can have."""

    kolom: str
    terendah: Decimal
    tertinggi: Decimal


class PartOf(Row):
    """A column that cannot be more than another one in the same row."""

    bagian: str
    keseluruhan: str


class SameFigure(Row):
    """A figure that has to be the same in all these tables; * stands for every table."""

    besaran: str
    tabel: Listed
    baris: str
    kolom: str


class MetadataColumn(Row):
    """A column of metadata that has to be filled in."""

    jenis: str
    kolom: str


figure = Settings(__file__, "../ketentuan-ksda.csv")
FRAME = Table(__file__, "../tabel-ksda.csv", Frame, key="kode")
AREAS = Table(__file__, "../wilayah-kota-serang.csv", Area, key="kode")
RANGES = Table(__file__, "../ksda-rentang.csv", Range, key="kolom")
PARTS = Table(__file__, "../ksda-bagian.csv", PartOf)
SAME = Table(__file__, "../ksda-angka-sama.csv", SameFigure)
METADATA = Table(__file__, "../ksda-metadata.csv", MetadataColumn)


@rule(
    "kota-serang-dalam-angka.tanggal-rilis",
    title="Tanggal rilis",
    source="kebiasaan rilis serentak Daerah Dalam Angka",
)
def release_day(year: int, calendar: WorkCalendar) -> date:
    """Return the day on which the book of a year is released: 28 February, or the last working day before it."""
    day = date(year, figure.whole("bulan_rilis"), figure.whole("tanggal_rilis"))
    return calendar.workday_on_or_before(day)


@rule("kota-serang-dalam-angka.batas-data", title="Batas penyampaian data", source="jadwal penyusunan")
def data_due(letter: date, calendar: WorkCalendar) -> date:
    """Return the last day for the data asked for by a letter, whose own day is not counted."""
    return calendar.add_workdays(letter, figure.whole("batas_data"))


@rule("kota-serang-dalam-angka.lonjakan", title="Perubahan terhadap tahun lalu", source="praktik pemeriksaan")
def change(now: Decimal, before: Decimal) -> Decimal | None:
    """Return the change in percent, not rounded; None where there was nothing before."""
    return (now - before) / before * 100 if before else None


def threshold(before: Decimal, own: Decimal | None) -> Decimal | None:
    """Return from what change in percent on a figure must be explained; None where it is too small to be judged."""
    if before < figure("nilai_terlalu_kecil"):
        return None
    if own is not None:
        return own
    return figure("ambang_lonjakan_kecil" if before < figure("nilai_kecil") else "ambang_lonjakan")


def _ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    return half_up(part / whole) if whole else None


@rule("kota-serang-dalam-angka.kepadatan", title="Kepadatan penduduk", source="konsep BPS")
def density(people: Decimal, area: Decimal) -> Decimal | None:
    """Return people per km2 with two decimals; None without an area."""
    return _ratio(people, area)


@rule("kota-serang-dalam-angka.rasio-jk", title="Rasio jenis kelamin", source="konsep BPS")
def sex_ratio(males: Decimal, females: Decimal) -> Decimal | None:
    """Return males per 100 females with two decimals; None without females."""
    return percent(males, females)


@rule("kota-serang-dalam-angka.laju-penduduk", title="Laju pertumbuhan penduduk", source="konsep BPS")
def growth(now: Decimal, before: Decimal, years: Decimal = Decimal(1)) -> Decimal | None:
    """Return the geometric growth a year in percent with two decimals, `years` in months/12; None where it is undefined."""
    if before <= 0 or now <= 0 or years <= 0:
        return None
    return half_up(((now / before) ** (1 / years) - 1) * 100)


@rule("kota-serang-dalam-angka.rasio-ketergantungan", title="Rasio ketergantungan", source="konsep BPS")
def dependency(young: Decimal, working_age: Decimal, old: Decimal) -> Decimal | None:
    """Return those of 0-14 and from 65 on per 100 of 15-64, with two decimals; None without the latter."""
    return percent(young + old, working_age)


@rule(
    "kota-serang-dalam-angka.tpak", title="Tingkat partisipasi angkatan kerja", source="konsep BPS (Sakernas)"
)
def participation(labour_force: Decimal, of_age: Decimal) -> Decimal | None:
    """Return the labour force in percent of the people of 15 and over, with two decimals."""
    return percent(labour_force, of_age)


@rule("kota-serang-dalam-angka.tpt", title="Tingkat pengangguran terbuka", source="konsep BPS (Sakernas)")
def unemployment(unemployed: Decimal, labour_force: Decimal) -> Decimal | None:
    """Return the unemployed in percent of the labour force, with two decimals."""
    return percent(unemployed, labour_force)


@rule("kota-serang-dalam-angka.rasio-murid-guru", title="Rasio murid-guru", source="praktik pendidikan")
def pupils_per_teacher(pupils: Decimal, teachers: Decimal) -> Decimal | None:
    """Return pupils per teacher with two decimals; None without teachers."""
    return _ratio(pupils, teachers)


@rule("kota-serang-dalam-angka.produktivitas", title="Produktivitas panen", source="praktik pertanian")
def crop_yield(tons: Decimal, hectares: Decimal) -> Decimal | None:
    """Return ku/ha with two decimals; None without a harvested area."""
    return _ratio(tons * 10, hectares)


@rule(
    "kota-serang-dalam-angka.inflasi",
    title="Inflasi dari IHK",
    source="konsep BPS; IHK 2022=100",
    checked=True,
)
def inflation(index: Decimal, earlier: Decimal) -> Decimal | None:
    """Return the change of the index in percent with two decimals: of the month before (mtm) or of twelve months before (yoy)."""
    return percent(index - earlier, earlier)


@rule("kota-serang-dalam-angka.kelengkapan", title="Kelengkapan", source="praktik kantor")
def completeness(done: int, wanted: int) -> Decimal | None:
    """Return what is there in percent of what is wanted, with two decimals; None where nothing is wanted."""
    return percent(Decimal(done), Decimal(wanted))
