"""The rules of a backup: the manifest of its files, and which generations stay."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from re import compile as pattern
from typing import NamedTuple

from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.zone import local_day

_LINE = pattern(r"[0-9a-f]{64}  (?P<path>[^\n\\]+)")


class Kept(Row):
    """How many generations of a period stay."""

    periode: str
    generasi: int


KEPT = Table(__file__, "retensi-generasi.csv", Kept, key="periode")


class Manifest(NamedTuple):
    """What a manifest says of itself: SHA-256 of its bytes, its lines and its bytes."""

    digest: str
    lines: int
    size: int


class ManifestError(ValueError):
    """A text is no manifest; the message says in which line and why, in the office's words."""


@rule("backup-internal.manifes", title="Manifes SHA-256", source="format GNU coreutils sha256sum")
def manifest_of(berkas: Mapping[str, bytes]) -> bytes:
    """Return the manifest of files by their paths, as `sha256sum -c` reads it, ordered by the bytes of the paths."""
    paths = sorted(berkas, key=str.encode)
    return "".join(f"{sha256(berkas[path]).hexdigest()}  {path}\n" for path in paths).encode()


def measured(manifest: bytes) -> Manifest:
    """Return what a manifest says of itself. Raises ManifestError where it is none."""
    try:
        text = manifest.decode("utf-8")
    except UnicodeDecodeError:
        raise ManifestError("Manifes bukan teks UTF-8.") from None
    if not text.endswith("\n"):
        raise ManifestError("Baris terakhir manifes tidak berakhir dengan ganti baris.")
    before = b""
    lines = text[:-1].split("\n")
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        if found is None:
            raise ManifestError(f"Baris {number}: bukan 64 angka heksadesimal, dua spasi, dan jalur berkas.")
        path = found["path"].encode()
        if path <= before:
            raise ManifestError(f"Baris {number}: jalur tidak urut atau berulang.")
        before = path
    return Manifest(sha256(manifest).hexdigest(), len(lines), len(manifest))


_PERIODS: Mapping[str, Callable[[datetime], tuple[int, ...]]] = {
    "harian": lambda at: local_day(at).timetuple()[:3],
    "mingguan": lambda at: tuple(local_day(at).isocalendar()[:2]),
    "bulanan": lambda at: local_day(at).timetuple()[:2],
    "tahunan": lambda at: local_day(at).timetuple()[:1],
}


@rule("backup-internal.retensi-generasi", title="Generasi yang dipertahankan", source="kebijakan pencadangan")
def kept(terverifikasi: Iterable[datetime]) -> list[datetime]:
    """Return the verified snapshots that stay, oldest first: the newest of each of the last days, ISO weeks, months and years."""
    newest_first = sorted(terverifikasi, reverse=True)
    stay: set[datetime] = set()
    for name, period_of in _PERIODS.items():
        newest: dict[tuple[int, ...], datetime] = {}
        for at in newest_first:
            newest.setdefault(period_of(at), at)
        stay.update(list(newest.values())[: KEPT[name].generasi])
    return sorted(stay)
