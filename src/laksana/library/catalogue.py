"""The library: every folder with a `sop.yaml` under a subject is a procedure.

A procedure `surat-masuk` lives in the folder `surat_masuk` of its subject. Its definition is read once per
process, when it is first asked for; `rules.py` and `actions.py` are imported when the applications are ready,
so that their rules, tables and behaviour are registered.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path

from django.apps import apps

from laksana.sop.book import place_in_book
from laksana.sop.definition import Procedure, dump, load
from laksana.sop.source import DefinitionError, Fault

_MODULES = ("rules", "actions")


@dataclass(frozen=True)
class Entry:
    """One procedure of the library."""

    id: str
    subject: str
    package: str
    folder: Path

    @property
    def file(self) -> Path:
        """Return the file of the definition."""
        return self.folder / "sop.yaml"

    @cached_property
    def text(self) -> str:
        """Return the definition as it is written."""
        return self.file.read_text(encoding="utf-8")

    @cached_property
    def procedure(self) -> Procedure:
        """Return the definition. Raises DefinitionError, also when the id and the folder's name differ."""
        procedure = load(self.text, str(self.file))
        if procedure.id != self.id:
            reason = f"the folder {self.folder.name} holds the procedure {self.id}, not {procedure.id}"
            raise DefinitionError([Fault(str(self.file), 1, ("id",), reason)])
        return procedure

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of what the definition says; comments and layout do not count."""
        return hashlib.sha256(dump(self.procedure).encode()).hexdigest()


@lru_cache(maxsize=1)
def entries() -> Mapping[str, Entry]:
    """Return every procedure of the library by its id, the subjects in the order of the settings."""
    found: dict[str, Entry] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("laksana.library."):
            continue
        for file in sorted(Path(config.path).glob("*/sop.yaml")):
            folder = file.parent
            entry = Entry(folder.name.replace("_", "-"), config.label, f"{config.name}.{folder.name}", folder)
            if entry.id in found:
                raise ValueError(f"two folders define {entry.id}: {found[entry.id].folder} and {folder}")
            found[entry.id] = entry
    return found


def entry(procedure_id: str) -> Entry:
    """Return a procedure of the library. Raises KeyError for an unknown one."""
    return entries()[procedure_id]


def in_order_of_the_book() -> list[Procedure]:
    """Return every procedure of the library by section and number. Raises DefinitionError."""
    return sorted((each.procedure for each in entries().values()), key=lambda of: place_in_book(of.code))


def register() -> None:
    """Import the Python side of every procedure."""
    for each in entries().values():
        for module in _MODULES:
            if (each.folder / f"{module}.py").exists():
                import_module(f"{each.package}.{module}")
