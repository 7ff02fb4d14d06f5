"""The arithmetic of an SOP's life: priority, dates, real times and the score of an evaluation."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Annotated

from pydantic import Field

from laksana.library.rounding import half_up
from laksana.library.tables import Settings
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar

figure = Settings(__file__, "../ketentuan-penyusunan-sop.csv").whole
OFFICE = "metode kantor"
Marks = Annotated[int, Field(ge=1, le=5)]


@rule("penyusunan-sop.prioritas", title="Nilai dan prioritas kebutuhan SOP", source=OFFICE)
def priority(frequency: Marks, impact: Marks, difficulty: Marks, *, public: bool) -> tuple[int, str]:
    """Return the value of a needed SOP (marks of 1 to 5, the impact twice) and its priority; public services come first."""
    value = 2 * impact + frequency + difficulty
    if public or value >= figure("prioritas_tinggi"):
        return value, "tinggi"
    return value, "sedang" if value >= figure("prioritas_sedang") else "rendah"


@rule(
    "penyusunan-sop.efektif",
    title="Tanggal efektif paling awal",
    source="lembar identitas PermenPANRB 35/2012; jarak pilihan kantor",
)
def earliest(approved: date, urgent: bool, calendar: WorkCalendar) -> date:
    """Return the first day on which an SOP may bind: its approval if urgent, else the working days of announcing it later."""
    return approved if urgent else calendar.add_workdays(approved, figure("sosialisasi_hari_kerja"))


@rule("penyusunan-sop.waktu-nyata", title="Waktu nyata terhadap waktu baku", source=OFFICE)
def real_time(standard: Decimal, real: Sequence[Decimal]) -> tuple[Decimal, bool]:
    """Return the median of real minutes, and whether, in enough cases, it exceeds the standard too far to keep it."""
    middle = half_up(Decimal(median(real)), 1)
    most = standard * (100 + figure("lampau_persen")) / 100
    return middle, len(real) >= figure("kasus_terkecil") and middle > most


@rule("penyusunan-sop.skor", title="Skor evaluasi SOP", source=OFFICE)
def score(fulfilled: int) -> Decimal:
    """Return the percentage of the aspects that are fulfilled."""
    return half_up(Decimal(100 * fulfilled) / figure("aspek_evaluasi"), 1)


@rule("penyusunan-sop.simpulan", title="Simpulan evaluasi SOP", source=OFFICE)
def conclusion(reached: Decimal, law_changed: bool) -> str:
    """Return what a score means; an SOP whose law has changed is never kept as it is."""
    if reached < figure("evaluasi_revisi"):
        return "revisi_atau_cabut"
    return "revisi" if law_changed or reached < figure("evaluasi_tetap") else "tetap"
