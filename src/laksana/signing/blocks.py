"""The signature blocks that a paper's data hold: who signs it, in the order in which the paper names them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import laksana

_ROOT: Final = Path(laksana.__file__).parent
_PRINTED: Final = re.compile(r"data\.signature|\bsigned(?:-together)?\(|\bsignature-block\(")
_IMPORTED: Final = re.compile(r'#import "([\w-]+\.typ)"')


@lru_cache(maxsize=1024)
def prints_a_signature(template: str) -> bool:
    """Return whether a template, named by its path in the package, prints who signs: a sheet without a block is not signed."""
    file = _ROOT / template
    text = file.read_text(encoding="utf-8")
    beside = (str((file.parent / name).relative_to(_ROOT)) for name in _IMPORTED.findall(text))
    return bool(_PRINTED.search(text)) or any(prints_a_signature(each) for each in beside)


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
