"""Form data made from the types of fields alone, for walks that no rule of law guides."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any

from hypothesis import find
from hypothesis import strategies as st
from PIL import Image

from laksana.cases import services as cases
from laksana.people.models import Person
from laksana.sop.definition import FieldSpec
from laksana.sop.expression import Expression
from laksana.sop.values import to_json

DESKS = ("position:kabid-egov", "position:kabid-statistik", "position:kasubag-keuangan")
UNITS = ("bidang-egov", "bidang-statistik", "sekretariat")
WORDS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh"
TRIES = 600
MAIL = (
    b"From: a@contoh.example\r\nTo: b@contoh.example\r\nDate: Mon, 2 Nov 2026 08:00:00 +0700\r\n"
    b"Subject: Uji\r\n\r\nIsi\r\n"
)


class Data:
    """Makes values that the form of a field accepts; the same seed makes the same values."""

    def __init__(self, seed: int, store: "Files") -> None:
        self.random = random.Random(seed)  # noqa: S311  (chooses, keeps no secret)
        self.store = store

    def value(self, spec: FieldSpec, at: datetime) -> Any:
        """Return a value for a field: never empty, within what its definition demands."""
        if spec.must_be is not None:
            return spec.must_be
        if spec.columns:
            return self.rows(spec, at)
        if spec.choices:
            chosen = self.random.choice(list(spec.choices))
            return [chosen] if spec.type == "multichoice" else chosen
        makers: Mapping[str, Callable[[], Any]] = {
            "text": lambda: self._text(spec),
            "longtext": lambda: self._text(spec),
            "prose": lambda: self._text(spec),
            "number": lambda: self._number(spec),
            "money": lambda: self._number(spec),
            "file": lambda: self.store.one(spec, at),
            "files": lambda: [self.store.one(spec, at) for _ in range(spec.min_files or 1)],
        }
        return makers.get(spec.type, lambda: self._known(spec, at))()

    def rows(self, spec: FieldSpec, at: datetime, where: Expression | None = None) -> list[dict[str, Any]]:
        """Return rows of a table, as many as it needs; those that a step runs for hold its condition."""
        columns = {name: column for name, column in (spec.columns or {}).items() if not column.computed}
        rows = []
        for _ in range(max(2 if (spec.max_rows or 2) > 1 else 1, spec.min_rows or 0)):
            row = {name: self.value(column, at) for name, column in columns.items()}
            if where is not None:
                row |= self.solved([where], columns, row, at) or {}
            rows.append(row)
        return rows

    def solved(
        self,
        conditions: Sequence[Expression],
        free: Mapping[str, FieldSpec],
        known: Mapping[str, Any],
        at: datetime,
        filled: Sequence[str] = (),
    ) -> dict[str, Any] | None:
        """Return values of free fields for which all conditions hold, with what is known; None where none were found.

        Those named in `filled` are never empty.
        """
        names = sorted({name for each in conditions for name in each.names if name in free})
        literals = {(n, repr(v)): v for each in conditions for n, v in each.comparisons()}
        for _ in range(TRIES):
            given = {name: self._candidate(name, free, literals, known, at) for name in names}
            empty = any(given[name] in (None, []) for name in names if name in filled)
            if not empty and all(each.holds({**known, **given}) for each in conditions):
                return given
        return None

    def _candidate(
        self,
        name: str,
        free: Mapping[str, FieldSpec],
        literals: Mapping[tuple[str, str], Any],
        known: Mapping[str, Any],
        at: datetime,
    ) -> Any:
        """Return one value that may make a condition hold: what it is compared with, or what fields of its kind hold."""
        spec, current = free[name], known.get(name)
        told = [value for (of, _shown), value in literals.items() if of == name]
        match spec.type:
            case "number" | "money":
                return self.random.choice(
                    [*(Decimal(n) for n in (0, 1, 2, 5, 60, 1000, 10**6, 10**9, -1)), *told]
                )
            case "multichoice":
                choices = list(spec.choices or {})
                return self.random.sample(choices, self.random.randint(1, len(choices)))
            case "table":
                return self.random.choice([[], current or self.rows(spec, at)])
            case "choice" | "bool":
                return self.value(spec, at)
        held = [known.get(other) for other, its in free.items() if its.type == spec.type]
        alike = [value for value in held if value and _has_room(spec, value)]
        return self.random.choice([None, current, self.value(spec, at), *told, *alike])

    def _text(self, spec: FieldSpec) -> str:
        if spec.pattern:
            return _matching(spec.pattern, spec.min_length or 1)
        words = WORDS.split() * (1 + (spec.min_words or 0) // 10)
        text = " ".join(words[: max(2, spec.min_words or 0)])
        if len(text) < (spec.min_length or 0):
            text = (text + " ") * (spec.min_length or 0)
        return text[: spec.max_length or 400].strip()

    def _number(self, spec: FieldSpec) -> Decimal:
        low = spec.min if spec.min is not None else Decimal(1)
        high = spec.max if spec.max is not None else low + 100
        return Decimal(self.random.randint(int(low), max(int(low), int(high))))

    def _known(self, spec: FieldSpec, at: datetime) -> Any:
        near = at + timedelta(days=self.random.randint(-20, 40), minutes=self.random.randint(0, 300))
        made: Mapping[str, Any] = {
            "bool": self.random.random() < 0.5,
            "date": near.date(),
            "datetime": near,
            "time": near.time().replace(second=0, microsecond=0),
            "person": self.random.choice(self.store.people),
            "unit": self.random.choice(UNITS),
            "assignee": self.random.choice(DESKS),
            "email": "warga@contoh.example",
            "phone": "081200000001",
            "nip": self.store.nip,
            "nik": "3673010101900001",
            "npwp": "013121660091000",
            "location": {"lat": Decimal("-6.12"), "lon": Decimal("106.15")},
            "url": "https://contoh.example/halaman",
        }
        return made[spec.type]


class Files:
    """The files and people that values name: not the leaders, whose superiors are outside the office."""

    def __init__(self, paper: bytes) -> None:
        self.contents = {
            "application/pdf": ("berkas.pdf", paper),
            "image/png": ("gambar.png", _picture()),
            "message/rfc822": ("surel.eml", MAIL),
            "text/plain": ("catatan.txt", b"Catatan\n"),
            "text/csv": (
                "tabel.csv",
                b"waktu,kanal_atau_media,judul\n2026-10-31 08:00,Koran Contoh,Contoh\n",
            ),
        }
        known = Person.objects.filter(account__isnull=False).order_by("pk")
        self.people = list(known.values_list("pk", flat=True)[4:16])
        self.sender = known[4]
        self.nip = self.sender.nip

    def one(self, spec: FieldSpec, at: datetime) -> int:
        """Return a stored file of a kind that a field accepts."""
        accepted = spec.accept or ("application/pdf",)
        name, content = next(file for kind, file in self.contents.items() if kind in accepted)
        return int(cases.upload(BytesIO(content), name, spec, self.sender, at).pk)


@lru_cache(maxsize=256)
def _matching(pattern: str, least: int) -> str:
    """Return the simplest text that matches a pattern whole and is not empty."""
    found = find(st.from_regex(pattern, fullmatch=True), lambda text: len(text.strip()) >= least)
    return str(found).strip()


def _picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, "PNG")
    return made.getvalue()


def as_sent(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return typed values as a page sends them."""
    return {name: to_json(value) for name, value in values.items()}


def _has_room(spec: FieldSpec, value: Any) -> bool:
    """Return whether a field takes a text as long as that of another."""
    return not isinstance(value, str) or spec.max_length is None or len(value) <= spec.max_length
