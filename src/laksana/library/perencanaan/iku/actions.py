"""What setting the IKU adds to its definition: SMART test, coverage, direction and end of targets, versions, ratios."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.perencanaan.targets import TARGETS, end_target, step_back, yearly
from laksana.library.rounding import percent
from laksana.library.tables import Listed, Row, Table
from laksana.sop.rules import rule

iku = Behaviour("iku")
QUESTIONS = ("spesifik", "terukur", "tercapai", "relevan", "berwaktu")
NO_POPULATION = "tidak ada populasi"
Rows = Sequence[Mapping[str, Any]]


class Setting(Row):
    """A limit or a list of words that the office sets."""

    ketentuan: str
    angka: int = 0
    kata: Listed = ()


SETTINGS = Table(__file__, "../ketentuan-iku.csv", Setting, key="ketentuan")


@rule("iku.smart", title="Uji SMART satu indikator", source="PER/09/M.PAN/5/2007 (kriteria indikator)")
def passes_smart(answers: Mapping[str, Any], manual: Mapping[str, Any]) -> bool:
    """Return whether all five questions are answered yes, and a source of data and somebody responsible are named."""
    named = bool(manual.get("sumber_data")) and bool(manual.get("penanggung_jawab"))
    return named and all(answers.get(question) is True for question in QUESTIONS)


@rule("iku.rasio", title="Nilai indikator rasio", source="PER/20/M.PAN/11/2008")
def ratio(numerator: Decimal, denominator: Decimal, decimals: int = 2) -> Decimal | None:
    """Return numerator / denominator * 100, rounded half up; None where there is no population."""
    return percent(numerator, denominator, decimals)


def _by_code(rows: Rows | None) -> dict[str, Mapping[str, Any]]:
    return {str(row["kode"]): row for row in rows or ()}


def _measured(row: Mapping[str, Any], manual: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a baseline with its value worked out where numerator and denominator are given."""
    if row.get("pembilang") is None or row.get("penyebut") is None:
        return row
    value = ratio(row["pembilang"], row["penyebut"], int(manual.get("desimal") or 2))
    return {**row, "nilai": value, "keterangan": NO_POPULATION if value is None else ""}


def _entry(
    row: Mapping[str, Any], base: Mapping[str, Any], target: Mapping[str, Any], period: str
) -> Mapping[str, Any]:
    """Return a line of the manual with what the dictionary of indicators repeats of it."""
    first, last = period.split("-")
    value = base.get("nilai")
    start = (
        NO_POPULATION
        if base.get("keterangan") == NO_POPULATION
        else f"{value} ({base.get('tahun')})"
        if base
        else ""
    )
    years = "; ".join(f"{int(first) + n}: {each}" for n, each in enumerate(yearly(target)))
    return {
        **row, "kondisi_awal": start, "target_tahunan": years, "berlaku_sejak": int(first), "berlaku_sampai": int(last),
    }  # fmt: skip


@iku.computes("susun", "perbaiki-rancangan")
def tested(situation: Situation) -> Mapping[str, Any]:
    """Return the tables with values, end targets and verdicts filled in, and the two counts that hold the decision back."""
    values = situation.values
    manual = _by_code(values.get("manual"))
    bases = [_measured(row, manual.get(str(row["kode"]), {})) for row in values.get("baseline") or ()]
    targets = [_ended(row, manual.get(str(row["kode"]), {})) for row in values.get("target") or ()]
    tests = [
        {**row, "lulus": passes_smart(row, manual.get(str(row["kode"]), {}))}
        for row in values.get("uji_smart") or ()
    ]
    good = {str(row["kode"]) for row in tests if row["lulus"]}
    covered = {row["sasaran"] for code, row in manual.items() if code in good}
    goals = {row["kode"] for row in values.get("sasaran") or () if row["jenis"] == "sasaran"}
    by_base, by_target = _by_code(bases), _by_code(targets)
    entries = [
        _entry(row, by_base.get(code, {}), by_target.get(code, {}), values["periode"])
        for code, row in manual.items()
    ]
    return {
        "manual": entries, "baseline": bases, "target": targets, "uji_smart": tests,
        "cakupan": len(goals - covered), "gagal_smart": len(set(manual) - good),
    }  # fmt: skip


def _ended(row: Mapping[str, Any], manual: Mapping[str, Any]) -> Mapping[str, Any]:
    years = yearly(row)
    if row.get("akhir") is not None or not years:
        return row
    return {**row, "akhir": end_target(years, str(manual.get("agregasi", "")))}


@iku.check("susun", "perbaiki-rancangan")
def targets_hold(situation: Situation) -> Mapping[str, str]:
    """Refuse targets that step back without a reason, an end target that is not theirs, and codes that the manual lacks."""
    values = situation.values
    manual, bases = _by_code(values.get("manual")), _by_code(values.get("baseline"))
    found: dict[str, str] = {}
    for table in ("baseline", "target", "uji_smart"):
        for number, row in enumerate(values.get(table) or ()):
            if str(row["kode"]) not in manual:
                found[f"{table}.{number}.kode"] = f"{row['kode']} tidak ada pada manual indikator."
    for number, row in enumerate(values.get("target") or ()):
        about = manual.get(str(row["kode"]), {})
        found |= dict(
            _target_errors(f"target.{number}", row, about, bases.get(str(row["kode"]), {}), values["periode"])
        )
    for number, row in enumerate(values.get("penggantian") or ()):
        if row["berlaku_sejak"] != row["tahun_terakhir"] + 1:
            found[f"penggantian.{number}.berlaku_sejak"] = (
                "Versi baru berlaku tepat setelah tahun terakhir versi lama."
            )
    return found


def _target_errors(
    place: str, row: Mapping[str, Any], manual: Mapping[str, Any], base: Mapping[str, Any], period: str
) -> Iterator[tuple[str, str]]:
    years, first = yearly(row), int(period[:4])
    if len(years) < len(TARGETS) or not manual:
        return
    start = None if manual["agregasi"] == "kumulatif" else base.get("nilai")
    back = step_back(start, years, manual["polaritas"])
    if back is not None and not row.get("alasan"):
        target = str(years[back - 1]).replace(".", ",")
        yield (
            f"{place}.t{back}",
            f"Target {first + back - 1} ({target}) mundur; perbaiki atau beri alasan.",
        )
    end = end_target(years, manual["agregasi"])
    if row.get("akhir") not in (None, end):
        yield f"{place}.akhir", f"Target akhir indikator ini {end}."


@iku.warns("susun", "perbaiki-rancangan")
def many_or_activities(situation: Situation) -> Mapping[str, str]:
    """Warn of more indicators than the office wants, and of names that tell an activity instead of a result."""
    rows = situation.values.get("manual") or ()
    per_goal, in_all = SETTINGS["maks_per_sasaran"].angka, SETTINGS["maks_dinas"].angka
    found = {
        f"manual.{number}.indikator": "Nama ini menyebut kegiatan; IKU mengukur hasil."
        for number, row in enumerate(rows)
        if str(row["indikator"]).startswith(SETTINGS["awalan_kegiatan"].kata)
    }
    most = Counter(row["sasaran"] for row in rows).most_common(1)
    if len(rows) > in_all or (most and most[0][1] > per_goal):
        found["manual"] = f"Lebih dari {per_goal} indikator per sasaran atau {in_all} indikator untuk dinas."
    return found
