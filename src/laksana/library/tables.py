"""Tables of law and office: CSV beside the rule that reads them, replaceable by the office without code.

A table is a CSV file whose first lines, beginning with `#`, say where its figures come from:

    # source: Permendagri 54/2009, lampiran
    # checked: false
    # valid_from: 2026-01-01
    # valid_until: 2026-12-31
    kecepatan,nama,batas
    biasa,Biasa,5 hari kerja

The office replaces a table by a file of the same name in the folder `tables` of LAKSANA_HOME. Either is read
in full before a figure is used; a file that is not right is refused with every fault, its line and column.

From a day on, a version that the office put in force in the workspace goes before the file (`laksana.library.law`):
a rule reads what held on the day whose law is asked for (`laksana.sop.law`).
"""

import csv
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from stat import S_ISREG
from typing import Annotated, Any, Generic, Protocol, TypeVar

from django.conf import settings
from django.utils import timezone
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from laksana.sop.law import law_day
from laksana.worktime.zone import local_day

MAX_BYTES = 5 * 1024 * 1024
"""A larger file is no table of law; it is refused before it is read."""


def _yes_no(cell: Any) -> Any:
    words = {"ya": True, "tidak": False}
    if isinstance(cell, str) and cell.strip().lower() not in words:
        raise ValueError("write ya or tidak")
    return words[cell.strip().lower()] if isinstance(cell, str) else cell


def _listed(cell: Any) -> Any:
    return tuple(part.strip() for part in cell.split("|")) if isinstance(cell, str) else cell


YesNo = Annotated[bool, BeforeValidator(_yes_no)]
"""A cell that says ya or tidak."""
Listed = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""A cell with several values, parted by |."""


class Row(BaseModel):
    """Base of a table's row: frozen and typed. A cell left empty takes the field's default."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True, str_strip_whitespace=True)


class Setting(Row):
    """A figure of law or office by its name; in words what it is, and where it stands if the heading does not say it for all."""

    ketentuan: str
    angka: Decimal
    sumber: str = ""
    keterangan: str = ""


R = TypeVar("R", bound=Row)


class Origin(BaseModel):
    """Where a table's figures come from, and from when until when they hold (both days included)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    checked: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the table holds on a day."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)


@dataclass(frozen=True)
class TableFault:
    """One thing wrong in a table. `column` counts the cells of the line from 1; 0 means all of it."""

    file: str
    line: int
    column: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column or 1}: {self.reason}"


class TableError(ValueError):
    """A table is refused; `faults` says each reason."""

    def __init__(self, faults: list[TableFault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Contents(Generic[R]):
    """What a file holds."""

    file: Path
    origin: Origin
    rows: tuple[R, ...]
    version: int | None = None
    """The version that the office put in force; None for a file."""


@dataclass(frozen=True)
class Version:
    """A version that the office put in force, without its content."""

    key: int
    digest: str
    """SHA-256 of the content."""
    since: date
    until: date | None

    def begun(self, day: date) -> bool:
        """Return whether it has begun by a day."""
        return self.since <= day

    def holds_on(self, day: date) -> bool:
        """Return whether it holds on a day."""
        return self.since <= day <= (self.until or day)


class Store(Protocol):
    """Keeps the versions that the office put in force."""

    def versions(self, table: str) -> Sequence[Version]:
        """Return those of a table."""

    def text(self, version: Version) -> str:
        """Return the content of one, as CSV with its heading."""


class _NoStore:
    """Has none: before the applications are loaded, and where files alone are wanted."""

    def versions(self, table: str) -> Sequence[Version]:  # noqa: ARG002
        return ()

    def text(self, version: Version) -> str:
        raise KeyError(version.key)


_store: Store = _NoStore()
_files_alone: ContextVar[bool] = ContextVar("files_alone", default=False)


def keep_versions_in(store: Store) -> None:
    """Let tables be read in the versions of a store."""
    global _store  # noqa: PLW0603  (set once, when the applications are loaded)
    _store = store


@contextmanager
def files_alone() -> Iterator[None]:
    """Read the tables from their files within, whatever the office put in force: where there may be no database."""
    token = _files_alone.set(True)
    try:
        yield
    finally:
        _files_alone.reset(token)


_tables: dict[str, "Table[Any]"] = {}
_being_read: ContextVar[dict[str, "Table[Any]"] | None] = ContextVar("tables_being_read", default=None)


@contextmanager
def tables_read() -> Iterator[dict[str, "Table[Any]"]]:
    """Give a mapping that fills with the tables read within: what a result rests on besides its rule."""
    found: dict[str, Table[Any]] = {}
    token = _being_read.set(found)
    try:
        yield found
    finally:
        _being_read.reset(token)


class Table(Generic[R]):
    """A table: its file beside the rule, the type of its rows, and the column that identifies a row."""

    def __init__(self, beside: str, name: str, row: type[R], *, key: str | None = None) -> None:
        """Declare the table in the folder of a module's file. Raises ValueError for a name taken."""
        self.shipped = Path(beside).parent / name
        self.name = self.shipped.name
        self.row = row
        self.key = key
        self._cached: tuple[tuple[str, int, int], Contents[R], dict[str, R]] | None = None
        self._versions: dict[Version, tuple[Contents[R], dict[str, R]]] = {}
        other = _tables.setdefault(self.name, self)
        if other.shipped.resolve() != self.shipped.resolve():
            raise ValueError(f"two tables are named {self.name}: {other.shipped} and {self.shipped}")
        _tables[self.name] = self

    @property
    def file(self) -> Path:
        """Return the file in use: the office's, where there is one, else the one that ships."""
        own = Path(settings.HOME) / "tables" / self.name
        return own if own.is_file() else self.shipped

    def contents(self) -> Contents[R]:
        """Return the origin and rows in force. Raises TableError."""
        return self._read()[0]

    def contents_of_file(self) -> Contents[R]:
        """Return the origin and rows of the file in use, whatever the office put in force. Raises TableError."""
        return self._of_file()[0]

    def contents_of(self, version: Version) -> Contents[R]:
        """Return the origin and rows of a version. Raises TableError."""
        return self._of_version(version)[0]

    @property
    def origin(self) -> Origin:
        """Return where the figures in force come from. Raises TableError."""
        return self.contents().origin

    def rows(self) -> tuple[R, ...]:
        """Return the rows in force, in their order. Raises TableError."""
        return self.contents().rows

    def get(self, key: str) -> R | None:
        """Return the row of a key, or None. Raises TableError."""
        return self._read()[1].get(key)

    def __getitem__(self, key: str) -> R:
        """Return the row of a key. Raises KeyError, TableError."""
        return self._read()[1][key]

    def chosen(self, day: date, versions: Sequence[Version]) -> Version | None:
        """Return which of some versions is in force on a day; None where the file is. Raises TableError.

        What holds on the day goes first, then what began last: past its end the last one stays until another follows it.
        """
        file = self._of_file()[0].origin
        best: tuple[bool, date, Version | None] = (file.holds_on(day), file.valid_from or date.min, None)
        for version in versions:
            if version.begun(day) and (version.holds_on(day), version.since) >= best[:2]:
                best = (version.holds_on(day), version.since, version)
        return best[2]

    def _read(self) -> tuple[Contents[R], dict[str, R]]:
        if (noted := _being_read.get()) is not None:
            noted[self.name] = self
        versions = () if _files_alone.get() else _store.versions(self.name)
        if versions:
            version = self.chosen(law_day() or local_day(timezone.now()), versions)
            if version is not None:
                return self._of_version(version)
        return self._of_file()

    def _of_version(self, version: Version) -> tuple[Contents[R], dict[str, R]]:
        if version not in self._versions:
            name = Path(f"{self.shipped.stem}@{version.since:%Y-%m-%d}.csv")
            contents = read_text(name, _store.text(version), self.row, self.key, version.key)
            self._versions[version] = (contents, self._by_key(contents))
        return self._versions[version]

    def _of_file(self) -> tuple[Contents[R], dict[str, R]]:
        stamp = self._stamp()
        if self._cached is None or self._cached[0] != stamp:
            contents = read(Path(stamp[0]), self.row, self.key)
            self._cached = (stamp, contents, self._by_key(contents))
        return self._cached[1], self._cached[2]

    def _by_key(self, contents: Contents[R]) -> dict[str, R]:
        return {str(getattr(row, self.key)): row for row in contents.rows} if self.key else {}

    def _stamp(self) -> tuple[str, int, int]:
        """Return the file in use, when it was changed, and its size. Every row read asks, so the system is asked directly."""
        for file in (f"{settings.HOME}/tables/{self.name}", str(self.shipped)):
            try:
                stat = os.stat(file)  # noqa: PTH116
            except OSError:
                continue
            if S_ISREG(stat.st_mode):
                return file, stat.st_mtime_ns, stat.st_size
        raise FileNotFoundError(self.shipped)


class Settings(Table[Setting]):
    """A table of plain figures, asked by name: `figure = Settings(__file__, "ketentuan-x.csv")`, then `figure("batas")`."""

    def __init__(self, beside: str, name: str) -> None:
        """Declare the table in the folder of a module's file. Raises ValueError for a name taken."""
        super().__init__(beside, name, Setting, key="ketentuan")

    def __call__(self, name: str) -> Decimal:
        """Return a figure in force. Raises KeyError for a name that the table lacks, TableError."""
        return self[name].angka

    def whole(self, name: str) -> int:
        """Return a figure in force as a whole number: days, months, years or a count. Raises KeyError, TableError."""
        return int(self(name))


def table_of(name: str) -> Table[Any]:
    """Return a table by its name. Raises KeyError for an unknown one."""
    return _tables[name]


def all_tables() -> Iterator[Table[Any]]:
    """Yield every declared table in order of its name."""
    yield from (_tables[name] for name in sorted(_tables))


def faults() -> list[TableFault]:
    """Return what is wrong in the file in use of any table, and in any file of the office that replaces no table."""
    found: list[TableFault] = []
    for table in all_tables():
        try:
            table.contents_of_file()
        except TableError as error:
            found += error.faults
    own = Path(settings.HOME) / "tables"
    known = ", ".join(_tables)
    for file in sorted(own.glob("*")) if own.is_dir() else ():
        if file.name not in _tables:
            found.append(TableFault(str(file), 1, 0, f"replaces no table; the tables are {known}"))
    return found


def read(file: Path, row: type[R], key: str | None = None) -> Contents[R]:
    """Return what a table's file holds. Raises TableError with every fault found."""
    return read_text(file, _text(file), row, key)


def read_text(
    file: Path, text: str, row: type[R], key: str | None = None, version: int | None = None
) -> Contents[R]:
    """Return what the text of a table holds; faults name `file`. Raises TableError with every fault found."""
    lines = text.splitlines(keepends=True)
    heading = next((n for n, line in enumerate(lines) if not line.lstrip().startswith("#")), len(lines))
    problems: list[TableFault] = []
    origin = _origin(file, lines[:heading], problems)
    rows = _rows(file, lines[heading:], heading, row, problems)
    if key is not None:
        problems += _repeated(file, rows, key)
    if problems or origin is None:
        raise TableError(sorted(problems, key=lambda fault: (fault.line, fault.column)))
    return Contents(file, origin, tuple(placed.row for placed in rows), version)


@dataclass(frozen=True)
class _Placed(Generic[R]):
    """A row, and where it stands."""

    line: int
    columns: list[str]
    row: R


def _text(file: Path) -> str:
    return decoded(file, file.read_bytes()[: MAX_BYTES + 1])


def decoded(file: Path, content: bytes) -> str:
    """Return the text of a CSV file. Raises TableError where it is too large or no UTF-8."""
    if len(content) > MAX_BYTES:
        raise TableError([TableFault(str(file), 1, 0, f"larger than {MAX_BYTES // 1024 // 1024} MB")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TableError([TableFault(str(file), line, 0, "not UTF-8; save the file as CSV UTF-8")]) from None


def _origin(file: Path, lines: list[str], problems: list[TableFault]) -> Origin | None:
    given: dict[str, str] = {}
    where: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        name, colon, value = line.lstrip()[1:].partition(":")
        if colon and name.strip() in Origin.model_fields:
            given[name.strip()] = value.strip()
            where[name.strip()] = number
    try:
        return Origin.model_validate(given)
    except ValidationError as error:
        for item in error.errors():
            name = str(item["loc"][0])
            reason = "is missing" if item["type"] == "missing" else _reason(item)
            problems.append(TableFault(str(file), where.get(name, 1), 0, f"# {name}: {reason}"))
        return None


def _rows(
    file: Path, lines: list[str], skipped: int, row: type[R], problems: list[TableFault]
) -> list[_Placed[R]]:
    """Return the rows that can be read; what is wrong with the others goes into `problems`."""
    reader = csv.reader(io.StringIO("".join(lines), newline=""), strict=True)
    rows: list[_Placed[R]] = []
    try:
        columns = [name.strip() for name in next(reader, [])]
        if faults := list(_heading_faults(file, skipped + 1, columns, row)):
            problems += faults
            return []
        before = reader.line_num
        for cells in reader:
            line, before = skipped + before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                _add(file, line, columns, cells, row, rows, problems)
    except csv.Error as error:
        problems.append(TableFault(str(file), skipped + reader.line_num, 0, f"not readable as CSV: {error}"))
    return rows


def _heading_faults(file: Path, line: int, columns: list[str], row: type[R]) -> Iterator[TableFault]:
    for name, field in row.model_fields.items():
        if field.is_required() and name not in columns:
            yield TableFault(str(file), line, 0, f"the column {name} is missing")
    for place, name in enumerate(columns, start=1):
        if name not in row.model_fields:
            expected = ", ".join(row.model_fields)
            yield TableFault(str(file), line, place, f"unknown column {name!r}; the columns are {expected}")
        elif name in columns[: place - 1]:
            yield TableFault(str(file), line, place, f"the column {name} stands here a second time")


def _add(
    file: Path,
    line: int,
    columns: list[str],
    cells: list[str],
    row: type[R],
    rows: list[_Placed[R]],
    problems: list[TableFault],
) -> None:
    if len(cells) != len(columns):
        reason = f"{len(cells)} cells where the heading has {len(columns)} columns"
        problems.append(TableFault(str(file), line, min(len(cells), len(columns)) + 1, reason))
        return
    given = {name: cell for name, cell in zip(columns, cells, strict=True) if cell.strip()}
    try:
        rows.append(_Placed(line, columns, row.model_validate(given)))
    except ValidationError as error:
        for item in error.errors(include_url=False):
            name = str(item["loc"][0]) if item["loc"] else ""
            place = columns.index(name) + 1 if name in columns else 0
            reason = "empty" if item["type"] == "missing" else _reason(item)
            problems.append(TableFault(str(file), line, place, f"{name}: {reason}" if name else reason))


def _reason(item: Any) -> str:
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"{message[:1].lower()}{message[1:]}, not {str(item['input'])[:60]!r}"


def _repeated(file: Path, rows: list[_Placed[R]], key: str) -> Iterator[TableFault]:
    first: dict[str, int] = {}
    for placed in rows:
        value = str(getattr(placed.row, key))
        if value in first:
            reason = f"{key} {value} stands already in line {first[value]}"
            yield TableFault(str(file), placed.line, placed.columns.index(key) + 1, reason)
        first.setdefault(value, placed.line)
