"""The signature blocks that a paper's data hold: who signs it, in the order in which the paper names them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import laksana

_ROOT: Final = Path(laksana.__file__).parent
_PRINTED: Final = re.compile(r"data\.signature|\bsigned(?:-together)?\(|\bsignature-block\(")
_IMPORTED: Final = re.compile(
    r'#import "(?:(/documents/typst/naskah\.typ)|([\w-]+\.typ))"(?:: *([\w, -]+|\*))?'
)
_DEFINED: Final = re.compile(r"^#let ([\w-]+)", re.MULTILINE)
_NAME: Final = re.compile(r"[\w-]+")


@lru_cache(maxsize=1024)
def prints_a_signature(template: str) -> bool:
    """Return whether a template, named by its path in the package, prints who signs: a sheet without a block is not signed.

    Of a file beside it only what the template takes from there counts.
    """
    file = _ROOT / template
    text = file.read_text(encoding="utf-8")
    if _PRINTED.search(text):
        return True
    for frames, beside, names in _IMPORTED.findall(text):
        if frames:
            if _defines_a_signature(frames.lstrip("/"), _NAME.findall(text)):
                return True
            continue
        path = str((file.parent / beside).relative_to(_ROOT))
        taken = _NAME.findall(names)
        if _defines_a_signature(path, taken) if taken else prints_a_signature(path):
            return True
    return False


def _defines_a_signature(template: str, names: Iterable[str]) -> bool:
    """Return whether one of these definitions of a file prints who signs, itself or by another definition of the file."""
    parts = _DEFINED.split((_ROOT / template).read_text(encoding="utf-8"))
    bodies = dict(zip(parts[1::2], parts[2::2], strict=True))
    open_names, looked_at = set(names), set[str]()
    while open_names:
        name = open_names.pop()
        looked_at.add(name)
        body = bodies.get(name, "")
        if _PRINTED.search(body):
            return True
        open_names |= (bodies.keys() & set(_NAME.findall(body))) - looked_at
    return False


@dataclass(frozen=True)
class Block:
    """Where a block stands in the data, and what it prints."""

    name: str
    title: str
    nip: str


def blocks(data: Any) -> list[Block]:
    """Return the blocks of a paper's data, each signer once; the paper's own first."""
    found = list(_found(data))
    return list({(block.name, block.nip): block for block in found}.values())


def _found(data: Any) -> Iterator[Block]:
    match data:
        case {"lines": [*lines], "name": str(name), "nip": str(nip), "mark": _}:
            yield Block(name, " ".join(str(line) for line in lines).strip(" ,"), nip)
        case Mapping():
            if "signature" in data:
                yield from _found(data["signature"])
            for key, value in data.items():
                if key != "signature":
                    yield from _found(value)
        case list():
            for value in data:
                yield from _found(value)
