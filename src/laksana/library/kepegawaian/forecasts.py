"""What is ahead of an employee, each a calculator: next increase of pay, next promotion, retirement, next medal.

A calculator opens with what the employee file says and reckons anew with what one writes instead. Beside its result stand the
rules and tables that it used; where one of them rests on law that nobody has read yet, the result says so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from laksana.library.kepegawaian.figures import figure, whole
from laksana.library.kepegawaian.functional import credit_needed
from laksana.library.kepegawaian.kenaikan_gaji_berkala.rules import CONTRACT_PAY
from laksana.library.kepegawaian.kenaikan_pangkat import rules as promotion
from laksana.library.kepegawaian.pay import (
    CONTRACT_PAY_ROWS,
    PAY,
    at_contract_top,
    basic_pay,
    contract_pay,
    next_increase,
)
from laksana.library.kepegawaian.pensiun.rules import AGES, estimate, retires
from laksana.library.kepegawaian.ranks import GRADES
from laksana.library.kepegawaian.riwayat.prefill import Facts
from laksana.library.kepegawaian.satyalancana.rules import highest, served
from laksana.library.kepegawaian.service import full_months, in_words
from laksana.library.rupiah import rupiah
from laksana.library.tables import Table
from laksana.sop import rules as registry
from laksana.sop.definition import FieldSpec
from laksana.worktime.calendar import months_later

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """A rule or table that a result rests on."""

    what: str
    source: str
    checked: bool


@dataclass(frozen=True)
class Result:
    """What a calculator says: the day, the sentence, and how it came about."""

    day: date | None
    text: str
    steps: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Calculator:
    """One forecast: what it asks, from which facts of the file it opens, and how it reckons."""

    id: str
    title: str
    procedure: str
    """The procedure that makes it true."""
    inputs: Mapping[str, FieldSpec]
    facts: Mapping[str, str]
    """Input -> fact of the employee file."""
    reckon: Callable[[Values, date], Result]
    rules: Sequence[str]
    tables: Sequence[Table[Any]] = field(default_factory=list)
    said_by_law: Sequence[Source] = ()
    """What is reckoned with without being a registered rule or a table of its own."""
    for_contracts: bool = False
    """It is ahead of a PPPK too, who has no promotion, pension of a civil servant, nor medal of service."""

    def opening(self, facts: Facts) -> dict[str, Any]:
        """Return the inputs as the file has them."""
        return {name: facts[fact][0].value for name, fact in self.facts.items() if fact in facts}

    @property
    def sources(self) -> list[Source]:
        """Return what the result rests on."""
        named = [registry.get(each) for each in self.rules]
        return [
            *(Source(rule.title, rule.source, rule.checked) for rule in named),
            *(Source(table.name, table.origin.source, table.origin.checked) for table in self.tables),
            *self.said_by_law,
        ]

    @property
    def is_checked(self) -> bool:
        """Return whether somebody has read every source."""
        return all(source.checked for source in self.sources)


def _spec(kind: str, label: str, **more: Any) -> FieldSpec:
    return FieldSpec.model_validate({"type": kind, "label": label, "required": True, **more})


def _grades() -> dict[str, str]:
    return {row.golongan: f"{row.golongan} {row.pangkat}" for row in GRADES.rows()}


def _number(label: str, most: int) -> FieldSpec:
    return _spec("number", label, min=0, max=most)


def _pay_ahead(values: Values, today: date) -> Result:
    """Return when the next row of the table of pay is reached, and what it gives."""
    grade, since = values["golongan"], values["tmt"]
    if GRADES.get(grade) is None:
        return _contract_pay_ahead(values, today)
    months = 12 * int(values["tahun"]) + int(values["bulan"])
    found = next_increase(grade, since, months // 12, months % 12)
    if found is None:
        return Result(None, f"Golongan {grade} sudah pada gaji tertinggi; tidak ada kenaikan berkala lagi.")
    day, years = found
    now, then = basic_pay(grade, months // 12), basic_pay(grade, years)
    steps = [
        (
            "Gaji pokok sekarang",
            f"{rupiah(now)} ({grade}, {in_words(months)} pada {_said(since)})" if now else "-",
        ),
        ("Baris tabel berikutnya", f"{years} tahun masa kerja golongan"),
        ("Gaji pokok baru", rupiah(then) if then else "-"),
    ]
    told = rupiah(then) if then else "-"
    return Result(day, f"Gaji pokok menjadi {told} mulai {_said(day)}.{_late(day, today)}", steps)


def _contract_pay_ahead(values: Values, today: date) -> Result:
    """Return when the pay of a PPPK rises next, two years at a time, and to what by the table of his grade."""
    grade, since, period = values["golongan"], values["tmt"], whole("kgb_pppk_bulan")
    months = 12 * int(values["tahun"]) + int(values["bulan"])
    if at_contract_top(grade, months // 12):
        return Result(None, f"Golongan {grade} sudah pada gaji tertinggi; tidak ada kenaikan berkala lagi.")
    day, then = months_later(since, period), months + period
    pay = contract_pay(grade, then // 12)
    steps = [
        ("Masa kerja pada tanggal itu", in_words(then)),
        ("Gaji pokok baru menurut tabel", rupiah(pay) if pay else "-"),
    ]
    told = f"menjadi {rupiah(pay)}" if pay else "naik menurut perjanjian (tabel tidak memuat masa kerja ini)"
    return Result(day, f"Gaji pokok PPPK {told} mulai {_said(day)}.{_late(day, today)}", steps)


def _late(day: date, today: date) -> str:
    return " Tanggal itu sudah lewat: tanyakan kepada pengelola kepegawaian." if day < today else ""


def _said(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _promotion_ahead(values: Values, today: date) -> Result:
    """Return the earliest promotion by the time in rank, the period still open for it, and what else it asks."""
    grade = values["golongan_lama"]
    above = promotion.new_grade(grade, values["jenis_kp"], values["pendidikan"])
    if above is None:
        return Result(None, f"Tidak ada golongan ruang di atas {grade} untuk jenis ini.")
    ready = promotion.earliest(values)
    if ready is None:
        return Result(None, "Jenis ini tidak mengikuti masa dalam pangkat.")
    next_first = months_later(today.replace(day=1), 1)
    day = promotion.period(today, max(ready, next_first))
    steps = [
        ("Masa dalam pangkat terpenuhi", _said(ready)),
        ("Golongan ruang berikutnya", above),
        ("Usul dikirim paling lambat", _said(promotion.cut_off(day))),
    ]
    if values["jenis_kp"] == "jabatan_fungsional" and values.get("jenjang_jf"):
        needed = credit_needed(values["jenjang_jf"], grade)
        told = (
            f"{needed[0]} (naik jenjang)"
            if needed and needed[1]
            else str(needed[0])
            if needed
            else "tidak ada"
        )
        steps.append(("Angka kredit kumulatif yang dibutuhkan", told))
    if values["jenis_kp"] == "reguler":
        schooling = promotion.SCHOOLING.get(values["pendidikan"])
        if schooling:
            steps.append(("Golongan tertinggi menurut pendidikan", schooling.golongan_tertinggi))
    return Result(
        day, f"Kenaikan pangkat ke {above} paling awal {_said(day)}, bila syarat lainnya terpenuhi.", steps
    )


def _retirement_ahead(values: Values, today: date) -> Result:
    """Return when the age is reached, the first day of the pension, and what it comes to by the present table."""
    reached, first = retires(values["tanggal_lahir"], values["jabatan_kode"])
    joined, since = values["tmt_cpns"], values["tmt"]
    served_months = full_months(joined, first)
    in_grade = 12 * int(values["tahun"]) + int(values["bulan"]) + max(0, full_months(since, first))
    pay = basic_pay(values["golongan"], in_grade // 12)
    steps = [
        ("Usia pensiun", f"{AGES[values['jabatan_kode']].bup_tahun} tahun, tercapai {_said(reached)}"),
        ("Masa kerja saat itu", in_words(served_months)),
    ]
    text = f"Pensiun mulai {_said(first)}."
    if pay is not None:
        amount = estimate(pay, served_months)
        steps += [
            (
                "Gaji pokok terakhir bila golongan tetap",
                f"{rupiah(pay)} ({values['golongan']}, {in_words(in_grade)})",
            ),
            ("Perkiraan pensiun pokok", f"{rupiah(amount)} sebulan, sebelum konversi PP 8/2024"),
        ]
        text = f"Pensiun mulai {_said(first)}, diperkirakan {rupiah(amount)} sebulan."
    left = full_months(today, first)
    return Result(first, text + (f" Masih {in_words(left)}." if left > 0 else ""), steps)


def _award_ahead(values: Values, today: date) -> Result:
    """Return the next class of the medal and the first 17 August by which its service is complete."""
    joined, held = values["tmt_cpns"], values["dimiliki"]
    own = 0 if held == "tidak_ada" else int(held)
    months = served(joined, today)
    now = highest(months, own)
    steps = [("Masa kerja sekarang", in_words(months))]
    if now is not None:
        return Result(today, f"Sudah dapat diusulkan untuk Satyalancana {now} tahun.", steps)
    following = next((years for years in (10, 20, 30) if years > own), None)
    if following is None:
        return Result(None, "Satyalancana tertinggi sudah dimiliki.", steps)
    day = months_later(joined, 12 * following)
    return Result(
        day, f"Masa kerja {following} tahun tercapai {_said(day)}, tanpa hukuman disiplin dan CLTN.", steps
    )


_MKG = {
    "tahun": _number("Masa kerja golongan pada TMT itu (tahun)", 40),
    "bulan": _number("Masa kerja golongan pada TMT itu (bulan)", 11),
}
_MKG_FACTS = {"tahun": "mkg_gaji_tahun", "bulan": "mkg_gaji_bulan", "tmt": "tmt_gaji"}
_LAW_OF_PROMOTION = Source("Masa dalam pangkat", promotion.LAW, checked=False)


def calculators() -> list[Calculator]:
    """Return the four calculators. The choices of their inputs are read from the tables in force."""
    grades, schools = _grades(), {row.ijazah: row.ijazah for row in promotion.SCHOOLING.rows()}
    contract = {row.golongan_pppk: f"{row.golongan_pppk} (PPPK)" for row in CONTRACT_PAY.rows()}
    posts = {row.kode: row.jabatan for row in promotion.POSTS.rows()}
    kinds = {
        "reguler": "Reguler",
        "jabatan_struktural": "Jabatan manajerial",
        "jabatan_fungsional": "Jabatan fungsional",
    }
    levels = dict.fromkeys(
        ("Pemula", "Terampil", "Mahir", "Penyelia", "Ahli Pertama", "Ahli Muda", "Ahli Madya", "Ahli Utama")
    )
    return [
        Calculator(
            "kgb", "Kenaikan gaji berkala berikutnya", "kenaikan-gaji-berkala",
            {
                "golongan": _spec("choice", "Golongan", choices={**grades, **contract}),
                "tmt": _spec("date", "TMT gaji terakhir"), **_MKG,
            },
            {"golongan": "golongan_gaji", **_MKG_FACTS},
            _pay_ahead, ["gaji.kenaikan-berikut", "gaji.tabel", "gaji.tabel-pppk"], [PAY, CONTRACT_PAY_ROWS],
            for_contracts=True,
        ),
        Calculator(
            "pangkat", "Kenaikan pangkat berikutnya", "kenaikan-pangkat",
            {
                "golongan_lama": _spec("choice", "Golongan ruang", choices=grades),
                "tmt_lama": _spec("date", "TMT pangkat terakhir"),
                "jenis_kp": _spec("choice", "Jenis kenaikan pangkat", choices=kinds),
                "eselon": _spec("choice", "Kelompok jabatan", choices={**posts, "pelaksana": "Pelaksana", "jf": "Fungsional"}),
                "tmt_jabatan": _spec("date", "TMT jabatan"),
                "jenjang_jf": FieldSpec.model_validate(
                    {"type": "choice", "label": "Jenjang JF", "choices": {name: name for name in levels}}
                ),
                "pendidikan": _spec("choice", "Pendidikan", choices=schools),
            },
            {
                "golongan_lama": "golongan_pns", "tmt_lama": "tmt_golongan", "jenis_kp": "jenis_kp", "eselon": "eselon",
                "tmt_jabatan": "tmt_jabatan", "jenjang_jf": "jenjang_jf", "pendidikan": "pendidikan",
            },
            _promotion_ahead, ["kenaikan-pangkat.golongan-baru", "kenaikan-pangkat.periode"],
            [promotion.SCHOOLING, promotion.POSTS, figure], [_LAW_OF_PROMOTION],
        ),
        Calculator(
            "pensiun", "Pensiun", "pensiun",
            {
                "tanggal_lahir": _spec("date", "Tanggal lahir"),
                "jabatan_kode": _spec("choice", "Jenis jabatan", choices={row.kode: row.jabatan for row in AGES.rows()}),
                "tmt_cpns": _spec("date", "TMT CPNS"),
                "golongan": _spec("choice", "Golongan ruang", choices=grades),
                "tmt": _spec("date", "TMT gaji terakhir"), **_MKG,
            },
            {
                "tanggal_lahir": "tanggal_lahir", "jabatan_kode": "jabatan_kode", "tmt_cpns": "tmt_cpns",
                "golongan": "golongan_pns", **_MKG_FACTS,
            },
            _retirement_ahead, ["pensiun.tmt-bup", "pensiun.perkiraan", "gaji.tabel"], [AGES, PAY],
        ),
        Calculator(
            "satyalancana", "Satyalancana berikutnya", "satyalancana",
            {
                "tmt_cpns": _spec("date", "TMT CPNS"),
                "dimiliki": _spec(
                    "choice", "Yang sudah dimiliki",
                    choices={"tidak_ada": "Tidak ada", "10": "10 tahun", "20": "20 tahun", "30": "30 tahun"},
                ),
            },
            {"tmt_cpns": "tmt_cpns", "dimiliki": "satyalancana"},
            _award_ahead, ["satyalancana.masa-kerja", "satyalancana.jenis"],
        ),
    ]  # fmt: skip
