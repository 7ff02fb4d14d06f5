"""Read the reference models of the BPMN MIWG's test suite as drafts of SOPs: `python judge.py FOLDER`.

For every BPMN file below the folder it prints what was taken, and what was named as taken in another form or not at all. Every
process of every file is read. It fails where a file is not read, or an element is neither taken nor named.
"""

import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_STEPS = ("task", "Task", "callActivity")
_SILENT = {
    "definitions", "collaboration", "laneSet", "childLaneSet", "flowNodeRef", "incoming", "outgoing", "text",
    "extensionElements",
}  # fmt: skip
"""Elements that only hold others, or are read as a part of the one they stand in."""
_ROW = "{:<28} {:>5} {:>6} {:>8} {:>5}  {}"


def unaccounted(root: etree._Element, taken: dict[str, int], untaken: list[tuple[str, int]]) -> Counter[str]:
    """Return the kinds of elements, and how many of each, that are neither taken nor named as left out."""
    named = Counter(untaken)
    return Counter(_outside(root, named)) - Counter(taken)


def _outside(element: etree._Element, named: Counter[tuple[str, int]]) -> Iterator[str]:
    tag = str(element.tag)
    if not tag.startswith(MODEL):
        return
    kind = tag.removeprefix(MODEL)
    if named[kind, int(str(element.sourceline))]:
        named[kind, int(str(element.sourceline))] -= 1
        return
    if kind == "extensionElements":
        return
    if kind not in _SILENT:
        yield kind
    for child in element:
        yield from _outside(child, named)


def lost(root: etree._Element, steps: set[str], untaken: set[str], process: str) -> list[str]:
    """Return the activities of a process whose names are no step's and which are not named, nor stand in what is named."""
    found = []
    for element in root.iter(f"{MODEL}*"):
        kind = str(element.tag).removeprefix(MODEL)
        around = [element.get("id"), *(part.get("id") for part in element.iterancestors())]
        if kind.endswith(_STEPS) and not kind.startswith("global") and process in around:
            name = " ".join((element.get("name") or "").split())
            if name and name not in steps and not untaken.intersection(around):
                found.append(name)
    return found


def judge(file: Path) -> tuple[str, int]:
    """Return the row of a file, and how many faults of ours it shows."""
    from laksana.sop.bpmn import BpmnError, from_bpmn

    content = file.read_bytes()
    try:
        root = etree.fromstring(content, etree.XMLParser(remove_comments=True, remove_pis=True))
        ids = [str(process.get("id")) for process in root.iter(f"{MODEL}process")]
        main = from_bpmn(content)
        faults, said = 0, []
        for process in ids:
            try:
                draft = from_bpmn(content, process)
            except BpmnError as error:
                said.append(f"process {process}: {error}")
                continue
            draft.text()
            draft.faults()
            missing = unaccounted(root, draft.taken, [(each.element, each.line) for each in draft.untaken])
            names = {step.get("does") or step["decides"] for step in draft.data["steps"]}
            gone = lost(root, names, {each.id for each in draft.untaken}, process)
            if missing or gone:
                faults += 1
                said.append(f"process {process}: NEITHER TAKEN NOR NAMED: {dict(missing) or gone}")
        wrong = main.faults(file.name)
        verdict = f"a draft with {len(wrong)} faults told" if wrong else "a sound draft"
        lines = [
            _ROW.format(
                file.name,
                sum(main.taken.values()),
                len(main.changed),
                len(main.untaken),
                len(main.data["steps"]),
                verdict,
            ),
            *(f"    {line}" for line in said),
        ]
        return "\n".join(lines), faults
    except BpmnError as error:
        return _ROW.format(file.name, "-", "-", "-", "-", f"NOT READ: {error}"), 1
    except Exception:
        return _ROW.format(file.name, "-", "-", "-", "-", "BROKE OFF") + "\n" + traceback.format_exc(), 1


def main(folder: Path) -> int:
    """Read all files of a folder; return how many faults of ours they show."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laksana.site.settings")
    files = sorted({*folder.rglob("*.bpmn"), *folder.rglob("*.bpmn20.xml")})
    print(_ROW.format("file", "taken", "other", "left out", "steps", "verdict"))
    faults = 0
    for file in files:
        row, wrong = judge(file)
        faults += wrong
        print(row)
    print(f"{len(files)} files, {faults} faults")
    return faults or not files


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
