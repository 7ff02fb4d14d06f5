"""Which rows of a `for_each` step BPMN can hold: those whose steps form a block of their own, a multi-instance sub-process.

BPMN has no word for rows that other parts of the flow share steps with, or that make rows of their own kind again.
"""

from laksana.sop.definition import END, Procedure, Step


def regions(procedure: Procedure) -> dict[str, frozenset[str]]:
    """Return, for every step whose rows form a block, the steps of the block, itself included."""
    gathering = {step.gathers.of: step.id for step in procedure.steps if step.gathers}
    found = {}
    for step in procedure.steps:
        if step.for_each and step.id in gathering:
            block = _until(procedure, step, gathering)
            if _is_closed(procedure, step, block):
                found[step.id] = block
    return found


def unspoken(procedure: Procedure) -> list[str]:
    """Return the steps whose rows are gathered elsewhere but form no block, so that BPMN shows them as one step."""
    blocks = regions(procedure)
    gathered = {step.gathers.of for step in procedure.steps if step.gathers}
    return [step.id for step in procedure.steps if step.id in gathered and step.id not in blocks]


def targets(procedure: Procedure, step: Step) -> set[str]:
    """Return every step that a step leads to, the end included."""
    late = step.timeout.then if step.timeout else ()
    return {target for group in (*procedure.successors(step).values(), late) for target in group}


def _until(procedure: Procedure, maker: Step, gathering: dict[str, str]) -> frozenset[str]:
    """Return the steps from a maker to where its rows are gathered; rows within lead on to where they are gathered."""
    block, todo = {maker.id}, [maker]
    while todo:
        step = todo.pop()
        inner = {gathering[step.id]} if step.id in gathering and step is not maker else set()
        for target in (targets(procedure, step) | inner) - block - {END, gathering[maker.id]}:
            block.add(target)
            todo.append(procedure.step(target))
    return frozenset(block)


def _is_closed(procedure: Procedure, maker: Step, block: frozenset[str]) -> bool:
    """Return whether nothing leads into the block but to its first step, and nothing in it waits for what is outside."""
    for step in procedure.steps:
        inner = targets(procedure, step) & block
        if step.id in block and (maker.id in inner or (step.gathers and step.gathers.of not in block)):
            return False
        if step.id not in block and inner - {maker.id}:
            return False
    return maker.gathers is None and (procedure.steps[0].id not in block or procedure.steps[0].id == maker.id)
