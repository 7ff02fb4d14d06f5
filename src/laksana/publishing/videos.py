"""Videos for everybody: as they were sent, but for what tells of place, time, camera and programs.

Nothing is encoded anew. An MP4 is a tree of boxes; of it stays what a player needs for pictures and sound, everything else is
overwritten in its place, so that no address in the file moves. What lies within the stream of pictures is not looked at.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, BinaryIO, Final, cast

from laksana.files.models import StoredFile
from laksana.files.services import open_file

PUBLISHED: Final = "video/mp4"
_MOST_INDEX: Final = 32 << 20
"""How large the part may be that says where each picture lies."""
_MOST_PIECES: Final = 2_000_000
_CHUNK: Final = 1 << 20
_KEPT: Final[Mapping[bytes, frozenset[bytes]]] = {
    b"": frozenset({b"ftyp", b"moov", b"mdat"}),
    b"moov": frozenset({b"mvhd", b"trak"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"dinf", b"stbl"}),
    b"stbl": frozenset(
        {
            *(b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2"),
            *(b"stco", b"co64", b"stss", b"sdtp", b"sgpd", b"sbgp"),
        }
    ),
}
"""Box -> the boxes in it that a player needs; what is not named here is overwritten."""
_TIMED: Final = (b"mvhd", b"tkhd", b"mdhd")
_SHOWN: Final = (b"vide", b"soun")
_COMPRESSOR: Final = slice(50, 82)
"""Where an entry of a picture track names the encoder, from the entry's beginning."""


class NoVideoError(ValueError):
    """It is no MP4 that can be played from one index."""


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int
    body: int
    end: int


def made_public(stored: StoredFile) -> BinaryIO | None:
    """Return a video that plays as it did and holds nothing else; None for what is no video or cannot be read."""
    if stored.media_type != PUBLISHED:
        return None
    copy = cast("BinaryIO", TemporaryFile())  # noqa: SIM115  (whoever gets it closes it)
    try:
        with open_file(stored) as content:
            copyfileobj(content, copy, _CHUNK)
        _clean(copy)
    except (OSError, NoVideoError):
        copy.close()
        return None
    copy.seek(0)
    return copy


def _clean(file: IO[bytes]) -> None:
    """Overwrite in a file whatever a player does not need. Raises NoVideoError."""
    size = file.seek(0, 2)
    outer = list(_outer(file, size))
    indexes = [box for box in outer if box.kind == b"moov"]
    if not outer or outer[0].kind != b"ftyp" or len(indexes) != 1 or any(b.kind == b"moof" for b in outer):
        raise NoVideoError
    index = indexes[0]
    if index.end - index.start > _MOST_INDEX:
        raise NoVideoError
    file.seek(index.start)
    held = bytearray(file.read(index.end - index.start))
    try:
        used = _clean_index(held)
    except (struct.error, IndexError, KeyError) as error:
        raise NoVideoError from error
    file.seek(index.start)
    file.write(held)
    for box in outer:
        if box.kind not in _KEPT[b""]:
            file.seek(box.start + 4)
            file.write(b"free")
            _blank(file, box.body, box.end)
        elif box.kind == b"mdat":
            for start, end in _gaps(used, box.body, box.end):
                _blank(file, start, end)


def _outer(file: IO[bytes], size: int) -> Iterator[_Box]:
    """Yield the boxes of a file. Raises NoVideoError."""
    at = 0
    while at < size:
        file.seek(at)
        box = _box_at(file.read(16), at, size)
        yield box
        at = box.end


def _inner(held: bytearray, box: _Box) -> Iterator[_Box]:
    """Yield the boxes within a box. Raises NoVideoError."""
    at = box.body
    while at < box.end:
        found = _box_at(bytes(held[at : at + 16]), at, box.end)
        yield found
        at = found.end


def _box_at(head: bytes, start: int, limit: int) -> _Box:
    if len(head) < 8:
        raise NoVideoError
    length, kind = struct.unpack(">I4s", head[:8])
    body = start + 8
    if length == 1 and len(head) == 16:
        length, body = struct.unpack(">Q", head[8:])[0], start + 16
    end = limit if length == 0 else start + length
    if not body <= end <= limit:
        raise NoVideoError
    return _Box(kind, start, body, end)


def _clean_index(held: bytearray) -> list[tuple[int, int]]:
    """Overwrite in the index what a player does not need; return where the kept tracks' pictures and sound lie, in order."""
    used: list[tuple[int, int]] = []
    root = _box_at(bytes(held[:16]), 0, len(held))
    for box in _inner(held, root):
        if box.kind == b"trak":
            tables = dict(_tables(held, box))
            if tables[b"hdlr"][8:12] not in _SHOWN:
                _drop(held, box)
                continue
            used += _samples(tables)
        _keep(held, box, b"moov")
    if not used:
        raise NoVideoError
    return sorted(used)


def _keep(held: bytearray, box: _Box, within: bytes) -> None:
    """Overwrite a box that is not needed within another, or what is not needed in it."""
    if box.kind not in _KEPT[within]:
        _drop(held, box)
    elif box.kind in _KEPT:
        for each in _inner(held, box):
            _keep(held, each, box.kind)
    elif box.kind in _TIMED:
        wide = held[box.body] == 1
        held[box.body + 4 : box.body + (20 if wide else 12)] = bytes(16 if wide else 8)
    elif box.kind == b"hdlr":
        name = slice(box.body + 24, box.end)
        held[name] = bytes(len(held[name]))
    elif box.kind == b"stsd":
        _forget_encoder(held, box)


def _forget_encoder(held: bytearray, box: _Box) -> None:
    entries = _Box(box.kind, box.start, box.body + 8, box.end)
    for entry in _inner(held, entries):
        if entry.kind in (b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"vp09", b"mp4v"):
            name = slice(entry.start + _COMPRESSOR.start, entry.start + _COMPRESSOR.stop)
            held[name] = bytes(len(held[name]))


def _drop(held: bytearray, box: _Box) -> None:
    held[box.start + 4 : box.start + 8] = b"free"
    held[box.body : box.end] = bytes(box.end - box.body)


def _tables(held: bytearray, track: _Box) -> Iterator[tuple[bytes, bytes]]:
    """Yield the tables of a track with their content."""
    for box in _inner(held, track):
        if box.kind in (b"mdia", b"minf", b"stbl"):
            yield from _tables(held, box)
        elif box.kind in (b"hdlr", b"stsc", b"stsz", b"stco", b"co64"):
            yield box.kind, bytes(held[box.body : box.end])


def _samples(tables: Mapping[bytes, bytes]) -> list[tuple[int, int]]:
    """Return where the pieces of a track lie in the file: each from and to."""
    wide = b"co64" in tables
    offsets = _numbers(tables[b"co64" if wide else b"stco"], 4, ">Q" if wide else ">I")
    runs = list(struct.iter_unpack(">III", _rows(tables[b"stsc"], 4, 12)))
    same, count = struct.unpack_from(">II", tables[b"stsz"], 4)
    sizes = [same] * count if same else _numbers(tables[b"stsz"], 8, ">I")
    if count > _MOST_PIECES or len(offsets) > _MOST_PIECES:
        raise NoVideoError
    found, sample, run = [], 0, 0
    for number, start in enumerate(offsets, 1):
        while run + 1 < len(runs) and runs[run + 1][0] <= number:
            run += 1
        some = sizes[sample : sample + runs[run][1]]
        sample += len(some)
        found.append((start, start + sum(some)))
    return found


def _numbers(table: bytes, count_at: int, form: str) -> list[int]:
    return [each for (each,) in struct.iter_unpack(form, _rows(table, count_at, struct.calcsize(form)))]


def _rows(table: bytes, count_at: int, width: int) -> bytes:
    """Return the rows of a table, as many as it says it has."""
    (count,) = struct.unpack_from(">I", table, count_at)
    rows = table[count_at + 4 : count_at + 4 + count * width]
    if len(rows) != count * width:
        raise NoVideoError
    return rows


def _gaps(used: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what lies between the pieces that are used."""
    at = start
    for first, last in used:
        if last <= start or first >= end:
            continue
        if first > at:
            yield at, first
        at = max(at, last)
    if at < end:
        yield at, end


def _blank(file: IO[bytes], start: int, end: int) -> None:
    file.seek(start)
    for at in range(start, end, _CHUNK):
        file.write(bytes(min(_CHUNK, end - at)))
