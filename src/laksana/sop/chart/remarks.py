"""What stands under Keterangan: the step's own note, and what the symbols cannot say."""

from collections.abc import Iterator, Mapping

from laksana.sop.definition import Procedure, Step


def remarks(procedure: Procedure, step: Step, titles: Mapping[str, str]) -> list[str]:
    """Return the remarks on a step, one entry each. `titles` names other procedures; one it lacks is named by its id."""
    return [remark for remark in (step.note.strip(), *_implied(procedure, step, titles)) if remark]


def _implied(procedure: Procedure, step: Step, titles: Mapping[str, str]) -> Iterator[str]:
    if step.unattended:
        yield "Otomatis oleh sistem."
    if any(len(targets) > 1 for targets in procedure.successors(step).values()):
        yield "Dilaksanakan paralel."
    if step.joins:
        yield "Menunggu semua cabang."
    if step.for_each:
        spec = procedure.fields.get(step.for_each.field)
        yield f"Untuk tiap {_lower(spec.label) if spec else step.for_each.field}."
    if step.gathers:
        yield f"Menunggu semua pelaksana langkah {_number(procedure, step.gathers.of)}."
    if step.starts:
        names = [titles.get(other, other) for other in step.starts.procedures]
        yield f"Ke SOP {' / '.join(names)}."


def _number(procedure: Procedure, step_id: str) -> int:
    return 1 + [step.id for step in procedure.steps].index(step_id)


def _lower(label: str) -> str:
    """Return a label for the middle of a sentence; abbreviations keep their capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
