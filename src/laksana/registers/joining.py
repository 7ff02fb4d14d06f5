"""Joins PDFs that one template has set, part by part, into one that is tagged throughout (PDF/A-2a), in little memory.

qpdf and what builds on it hold every object of the whole in memory, some 80 MB for a thousand rows of a book, and leave the
trees of tags with their part. Here a part's objects pass through once, numbered anew, and are gone: what is kept of it are
its pages, the entry of each page in the tree of tags, and the ids of its heads.
"""

import re
import zlib
from array import array
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_AT_ONCE: Final = 200
"""How many objects one object stream holds."""
_OF_THE_WHOLE: Final = ("/Pages", "/StructTreeRoot", "/Outlines")
"""What of a part's catalogue is made anew."""


class Joined:
    """A PDF under way: `add` its parts in order, then `finish` it."""

    def __init__(self, target: BinaryIO) -> None:
        """Begin a PDF in an empty file."""
        self._file = _Objects(target)
        self._pages, self._root, self._document = (self._file.reserve() for _ in range(3))
        self._kids: list[int] = []
        self._parents: list[tuple[int, int]] = []
        self._ids: list[tuple[bytes, int]] = []
        self._children: list[bytes] = []
        self._next_key = 0
        self._trailer: dict[str, bytes] = {}
        self._parts = 0

    @property
    def pages(self) -> int:
        """Return how many pages there are so far."""
        return len(self._kids)

    def add(self, part: Pdf) -> None:
        """Add a part's pages and tags; its head and colours are the whole's, where it is the first."""
        self._parts += 1
        tree = part.Root.StructTreeRoot
        document = tree.K[0] if isinstance(tree.K, Array) else tree.K
        moved = _Moved(self._file, self._next_key, f"{self._parts}-" if self._parts > 1 else "")
        moved.known[document.objgen[0]] = self._document
        moved.known[tree.objgen[0]] = self._root
        for page in part.pages:
            moved.parent[page.obj.objgen[0]] = self._pages
        made_anew = (
            part.Root,
            part.Root.Pages,
            tree.ParentTree,
            tree.get("/IDTree"),
            part.Root.get("/Outlines"),
        )
        left_out = {*moved.known, *(each.objgen[0] for each in made_anew if each is not None)} - {0}
        for each in part.objects:
            if isinstance(each, Object) and each.objgen[0] not in left_out and _is_part(each):
                moved.write(each)
        self._kids += [moved.number(page.obj) for page in part.pages]
        self._children += [moved.text(child) for child in document.K]
        self._ids += moved.ids
        for key, value in _numbered(tree.ParentTree):
            number = moved.number(value) if value.is_indirect else self._file.add(moved.text(value))
            self._parents.append((key + self._next_key, number))
        self._next_key += int(tree.ParentTreeNextKey)
        if self._parts == 1:
            self._begin(part, moved, tree)

    def _begin(self, part: Pdf, moved: "_Moved", tree: Any) -> None:
        """Keep what the first part says of the whole."""
        catalogue = {key: moved.text(value) for key, value in part.Root.items() if key not in _OF_THE_WHOLE}
        self._catalogue = catalogue
        self._roles = moved.text(tree.get("/RoleMap", Dictionary()))
        for key in ("/ID", "/Info"):
            if key in part.trailer:
                self._trailer[key] = moved.text(part.trailer[key])

    def finish(self) -> None:
        """Write what binds the parts together; without a part there is nothing to finish."""
        reference = _reference
        put = self._file.add
        put(_dictionary({"/Type": b"/Pages", "/Count": b"%d" % len(self._kids), "/Kids": _list(map(reference, self._kids))}),
            self._pages)  # fmt: skip
        entries = (b"%d %d 0 R" % entry for entry in self._parents)
        names = (b"%s %d 0 R" % (_string(name), number) for name, number in sorted(self._ids))
        tree = {
            "/Type": b"/StructTreeRoot",
            "/K": _list([reference(self._document)]),
            "/ParentTree": reference(put(_dictionary({"/Nums": _list(entries)}))),
            "/ParentTreeNextKey": b"%d" % self._next_key,
            "/RoleMap": self._roles,
        }
        if self._ids:
            tree["/IDTree"] = reference(put(_dictionary({"/Names": _list(names)})))
        put(_dictionary(tree), self._root)
        document = {"/Type": b"/StructElem", "/S": b"/Document", "/P": reference(self._root)}
        put(_dictionary({**document, "/K": _list(self._children)}), self._document)
        catalogue = {
            **self._catalogue,
            "/Pages": reference(self._pages),
            "/StructTreeRoot": reference(self._root),
        }
        self._file.close({"/Root": reference(put(_dictionary(catalogue))), **self._trailer})


class _Moved:
    """The objects of a part under their numbers in the whole."""

    def __init__(self, file: "_Objects", next_key: int, prefix: str) -> None:
        self._file = file
        self._next_key = next_key
        self._prefix = prefix
        self.known: dict[int, int] = {}
        self.parent: dict[int, int] = {}
        """Of each page the node of pages that it hangs on now."""
        self.ids: list[tuple[bytes, int]] = []

    def number(self, each: Object) -> int:
        """Return the number of an object in the whole."""
        own = each.objgen[0]
        if own not in self.known:
            self.known[own] = self._file.reserve()
        return self.known[own]

    def write(self, each: Any) -> None:
        """Write an object of the part."""
        number = self.number(each)
        if isinstance(each, Stream):
            self._file.add_stream(self._entries(each), each.read_raw_bytes(), number)
            return
        if isinstance(each, Dictionary) and "/ID" in each and each.get("/Type") == Name.StructElem:
            self.ids.append((self._named(each.ID), number))
        self._file.add(self._content(each), number)

    def text(self, value: Any) -> bytes:
        """Return a value as it is written inside another: what stands by itself is referred to."""
        if isinstance(value, Object) and value.is_indirect:
            return _reference(self.number(value))
        return self._content(value)

    def _content(self, value: Any) -> bytes:
        if isinstance(value, bool):
            return b"true" if value else b"false"
        if isinstance(value, int | Decimal | float):
            return f"{value}".encode() if isinstance(value, int) else f"{value:f}".encode()
        if value is None:
            return b"null"
        if isinstance(value, Array):
            return _list(map(self.text, value))
        if isinstance(value, Dictionary):
            return _dictionary(self._entries(value))
        raw: bytes = value.unparse()
        return raw

    def _entries(self, value: Any) -> dict[str, bytes]:
        """Return the entries of a dictionary; those that count or name things of the part are moved."""
        page = self.parent.get(value.objgen[0]) if value.is_indirect else None
        element = value.get("/Type") == Name.StructElem
        found: dict[str, bytes] = {}
        for key, held in value.items():
            if key == "/Parent" and page is not None:
                found[key] = _reference(page)
            elif key in ("/StructParents", "/StructParent"):
                found[key] = b"%d" % (int(held) + self._next_key)
            elif key == "/ID" and element:
                found[key] = _string(self._named(held))
            elif key == "/Headers" and value.get("/O") == Name.Table:
                found[key] = _list(_string(self._named(head)) for head in held)
            elif key != "/Length":
                found[key] = self.text(held)
        return found

    def _named(self, name: Any) -> bytes:
        """Return the id of a head so that no other part has it."""
        return self._prefix.encode() + bytes(name)


class _Objects:
    """The objects of a PDF that is written from its beginning to its end; several at once are packed together."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._at = 0
        self._kinds = array("B", [0])
        self._places = array("Q", [0])
        self._indexes = array("H", [65535])
        self._waiting: list[tuple[int, bytes]] = []
        self._put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """Return a number for an object to come."""
        self._kinds.append(0)
        self._places.append(0)
        self._indexes.append(0)
        return len(self._kinds) - 1

    def add(self, content: bytes, number: int | None = None) -> int:
        """Write an object; return its number."""
        number = self.reserve() if number is None else number
        self._waiting.append((number, content))
        if len(self._waiting) >= _AT_ONCE:
            self._pack()
        return number

    def add_stream(self, entries: dict[str, bytes], content: bytes, number: int) -> None:
        """Write a stream as it is packed already."""
        self._kinds[number], self._places[number], self._indexes[number] = 1, self._at, 0
        head = _dictionary({**entries, "/Length": b"%d" % len(content)})
        self._put(b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, head, content))

    def close(self, trailer: dict[str, bytes]) -> None:
        """Write where each object stands."""
        self._pack()
        number, start = self.reserve(), self._at
        self._kinds[number], self._places[number] = 1, start
        rows = zip(self._kinds, self._places, self._indexes, strict=True)
        table = b"".join(
            kind.to_bytes(1) + place.to_bytes(6) + index.to_bytes(2) for kind, place, index in rows
        )
        entries = {
            "/Type": b"/XRef", "/Size": b"%d" % len(self._kinds), "/W": b"[1 6 2]", "/Filter": b"/FlateDecode", **trailer,
        }  # fmt: skip
        self.add_stream(entries, zlib.compress(table), number)
        self._put(b"startxref\n%d\n%%%%EOF\n" % start)

    def _pack(self) -> None:
        if not self._waiting:
            return
        number, offsets, at = self.reserve(), [], 0
        for index, (each, content) in enumerate(self._waiting):
            self._kinds[each], self._places[each], self._indexes[each] = 2, number, index
            offsets.append(b"%d %d" % (each, at))
            at += len(content) + 1
        head = b" ".join(offsets) + b"\n"
        packed = zlib.compress(head + b"\n".join(content for _each, content in self._waiting))
        entries = {
            "/Type": b"/ObjStm", "/N": b"%d" % len(offsets), "/First": b"%d" % len(head), "/Filter": b"/FlateDecode",
        }  # fmt: skip
        self._waiting = []
        self.add_stream(entries, packed, number)

    def _put(self, content: bytes) -> None:
        self._at += self._target.write(content)


def _is_part(each: Any) -> bool:
    """Return whether an object belongs to what a part says, and not to how its file is laid out."""
    return not (isinstance(each, Stream) and each.get("/Type") in (Name.ObjStm, Name.XRef))


def _numbered(tree: Any) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a tree of numbers."""
    for kid in tree.get("/Kids", ()):
        yield from _numbered(kid)
    entries = list(tree.get("/Nums", ()))
    for key, value in zip(entries[::2], entries[1::2], strict=True):
        yield int(key), value


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


def _list(items: Iterable[bytes]) -> bytes:
    return b"[" + b" ".join(items) + b"]"


def _dictionary(entries: dict[str, bytes]) -> bytes:
    return b"<<" + b" ".join(_name(key) + b" " + held for key, held in entries.items()) + b">>"


_PLAIN: Final = re.compile(r"[!-~]", re.ASCII)
_SIGNS: Final = frozenset("#()<>[]{}/%")


def _name(key: str) -> bytes:
    """Return a name as it is written."""
    return b"/" + "".join(
        sign if _PLAIN.fullmatch(sign) and sign not in _SIGNS else "".join(f"#{byte:02X}" for byte in sign.encode())
        for sign in key[1:]
    ).encode()  # fmt: skip


def _string(content: bytes) -> bytes:
    return b"<" + content.hex().encode() + b">"
