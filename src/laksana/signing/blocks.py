"""The signature blocks that a paper's data hold: who signs it, in the order in which the paper names them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


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
