"""How a number is written: a template over the parts of a number, checked before it is ever used. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter

from django.utils.translation import gettext as _

LONGEST = 120
SEPARABLE = ("jenis", "unit", "klasifikasi")
"""The parts by which a series may be counted separately."""
PARTS = ("sifat", "klasifikasi", "urut", "unit", "tahun", "bulan", "jenis", "tanggal", "periksa")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_WIDEST = 9


class PatternError(ValueError):
    """A pattern is not right; `faults` says everything that is wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Pattern:
    """A template such as "{klasifikasi}/{urut:03}/{unit}/{tahun}", the office's code, and by what it counts separately."""

    template: str
    unit: str = ""
    separate: tuple[str, ...] = ()

    def written(self, number: int, on: date, parts: Mapping[str, str] | None = None, suffix: str = "") -> str:
        """Return a number as the pattern writes it; a part that is not given is left out, `suffix` as in 886.a."""
        values = {**self.values(on), "periksa": check_digit(f"{on.year:04d}{number:06d}"), **(parts or {})}
        written = ""
        for literal, name, spec, _conversion in Formatter().parse(self.template):
            written += literal
            if name == "urut":
                written += format(number, spec or "") + (f".{suffix}" if suffix else "")
            elif name is not None:
                written += values.get(name, "")
        return written

    def values(self, on: date) -> dict[str, str]:
        """Return the parts that the pattern and the date give by themselves."""
        year, month = str(on.year), _ROMAN[on.month - 1]
        return {"unit": self.unit, "tahun": year, "bulan": month, "tanggal": f"{on:%Y%m%d}"}

    def counter(self, key: str, on: date, parts: Mapping[str, str] | None = None) -> str:
        """Return the key of the counter that a number is taken from: one for each value of what counts separately."""
        values = {**self.values(on), **(parts or {})}
        return "|".join([key, *(values.get(name, "") for name in SEPARABLE if name in self.separate)])


def check_digit(digits: str) -> str:
    """Return the digit that tells a mistyped number (Luhn, ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def check(
    template: str, separate: Collection[str] = (), allowed: Collection[str] = PARTS, *, dated: bool = True
) -> None:
    """Raise PatternError with everything that is wrong with a template, in words that say where and what was expected.

    `dated` is off for numbers that are told apart by their book and year and need not show it.
    """
    if faults := list(_faults(template, separate, allowed, dated=dated)):
        raise PatternError(faults)


def _faults(
    template: str, separate: Collection[str], allowed: Collection[str], *, dated: bool
) -> Iterator[str]:
    if not template.strip():
        yield _("Write a pattern, such as {klasifikasi}/{urut}/{unit}/{tahun}.")
        return
    if len(template) > LONGEST:
        yield _("A pattern has at most %(most)d characters; this one has %(n)d.") % {
            "most": LONGEST,
            "n": len(template),
        }
    if not template.isprintable():
        yield _("A pattern is one line of visible characters.")
    try:
        pieces = list(Formatter().parse(template))
    except ValueError:
        yield _brace(template)
        return
    names = [name for _literal, name, _spec, _conversion in pieces if name is not None]
    for literal, name, spec, conversion in pieces:
        yield from _literal_faults(literal)
        if name is not None:
            yield from _part_faults(name, spec or "", conversion, allowed)
    yield from _whole_faults(names, separate, dated=dated)


def _brace(template: str) -> str:
    """Return the words about the first brace that has no partner."""
    opened = -1
    for place, sign in enumerate(template):
        if sign == "{":
            if opened >= 0:
                break
            opened = place
        elif sign == "}":
            if opened < 0:
                opened = place
                break
            opened = -1
    return _("The brace at character %(place)d has no partner: a part is written {urut}.") % {
        "place": max(opened, 0) + 1
    }


def _literal_faults(literal: str) -> Iterator[str]:
    if "{" in literal or "}" in literal:
        yield _("A number holds no braces: write each part between one pair of them.")


def _part_faults(name: str, spec: str, conversion: str | None, allowed: Collection[str]) -> Iterator[str]:
    shown = "{" + name + "}"
    if name not in allowed:
        yield _("%(part)s is no part of this number; the parts are %(parts)s.") % {
            "part": shown,
            "parts": ", ".join("{" + one + "}" for one in PARTS if one in allowed),
        }
    elif conversion:
        yield _("%(part)s takes no conversion: leave out “!%(more)s”.") % {"part": shown, "more": conversion}
    elif spec and name != "urut":
        yield _("Only {urut} takes a width; leave out “:%(more)s” at %(part)s.") % {
            "part": shown,
            "more": spec,
        }
    elif spec and not _is_width(spec):
        yield _(
            "The width “%(more)s” of {urut} is not understood: write {urut:03} for 001, with 1 to 9 digits."
        ) % {"more": spec}


def _is_width(spec: str) -> bool:
    digits = spec.removeprefix("0")
    return spec.isascii() and digits.isdecimal() and spec.startswith("0") and 1 <= int(digits) <= _WIDEST


def _whole_faults(names: list[str], separate: Collection[str], *, dated: bool) -> Iterator[str]:
    if names.count("urut") != 1:
        yield _("The running number {urut} must stand in the pattern exactly once.")
    if dated and not {"tahun", "tanggal"} & set(names):
        yield _("The year {tahun} must stand in the pattern: the count begins anew every year.")
    for name in separate:
        if name not in names:
            yield _(
                "What is counted separately by %(part)s must show it, else one number would be written twice."
            ) % {"part": "{" + name + "}"}
