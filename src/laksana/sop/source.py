"""Reading YAML so that a fault can name its line, and the faults themselves."""

from dataclasses import dataclass
from typing import Any

import yaml

from laksana.sop.message import Message

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a definition: where it stands and what was expected."""

    file: str
    line: int
    path: Path
    reason: Message | str

    @property
    def key(self) -> str:
        """Return the path as one writes it: `steps[3].then`."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}"
        return text.lstrip(".")

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key + ': ' if self.path else ''}{self.reason}"


class DefinitionError(ValueError):
    """A definition is refused; `faults` says each reason."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Source:
    """Parsed YAML with the line of every key and item."""

    file: str
    data: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of the deepest part of `path` that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, reason: Message | str) -> Fault:
        """Return a fault at `path`."""
        return Fault(self.file, self.line(path), path, reason)


def read(text: str, file: str, what: str = "a definition", first: str = "id") -> Source:
    """Return the data of a YAML text with its lines. Raises DefinitionError for broken YAML and repeated keys.

    `what` it is and its `first` key are told where the text holds no mapping.
    """
    if len(text) > _MOST_CHARACTERS:
        raise DefinitionError([Fault(file, 1, (), f"longer than {_MOST_CHARACTERS} characters; no SOP is")])
    try:
        walk = _Walk(file)
        data = _built(text, walk)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line, text.count("\n")) + 1 if mark else 1
        raise DefinitionError([Fault(file, line, (), f"not readable as YAML: {error.problem}")]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DefinitionError([Fault(file, 1, (), f"not readable as YAML: {error}")]) from None
    if not isinstance(data, dict):
        walk.faults.append(Fault(file, 1, (), f"{what} is a mapping of keys, starting with {first}"))
    if walk.faults:
        raise DefinitionError(walk.faults)
    return Source(file, data, walk.lines)


def plain(text: str) -> Any:
    """Return what a YAML text of our own holds, read safely. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506  (a safe one)


_MOST_CHARACTERS = 1_000_000
_MOST_NODES = 100_000
_DEEPEST = 50
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader written in C where PyYAML was built with it: ten times as fast."""


def _built(text: str, walk: "_Walk") -> Any:
    """Return the data of a text once its depth and its size, aliases followed, are known to be bearable."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):  # without recursion, which in C would end the process
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError(f"its parts stand more than {_DEEPEST} deep within each other")
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        walk.through(root, ())
        return None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


class _Walk:
    """Goes through a YAML document, aliases followed, before it is built; so a few lines cannot grow into gigabytes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self._visited = 0

    def through(self, node: yaml.Node | None, path: Path) -> None:
        if node is None:
            return
        self._visited += 1
        if self._visited > _MOST_NODES:
            raise ValueError(f"its aliases make more than {_MOST_NODES} parts")
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            self._through_mapping(node, path)
        elif isinstance(node, yaml.SequenceNode):
            for place, item in enumerate(node.value):
                self.through(item, (*path, place))

    def _through_mapping(self, node: yaml.MappingNode, path: Path) -> None:
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            line = key.start_mark.line + 1
            if name in seen:
                self.faults.append(Fault(self.file, line, (*path, name), "the key stands here a second time"))
            seen.add(name)
            self.lines[*path, name] = line
            self.through(value, (*path, name))
