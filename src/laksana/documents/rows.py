"""What papers and books share: one for each row of a table, and steps that several people do together."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from laksana.cases.behaviour import Situation
from laksana.cases.models import WorkItem
from laksana.sop.definition import FieldSpec, Procedure


def each_row(situation: Situation, table: str | None) -> Iterator[Situation]:
    """Yield the situation with each row of a field over its values; the situation itself where there is no such field."""
    if table is None:
        yield situation
        return
    for row in situation.values.get(table) or []:
        seen = row if isinstance(row, Mapping) else {table: row, "value": row}
        yield replace(situation, values={**situation.values, **seen})


def specs_over(procedure: Procedure, table: str | None) -> Mapping[str, FieldSpec]:
    """Return the fields that `each_row` shows: the procedure's, and in the place of the table its columns."""
    columns = procedure.fields[table].columns if table else None
    others = {name: spec for name, spec in procedure.fields.items() if name != table or not columns}
    return {**others, **(columns or {})}


def others_still_at_it(situation: Situation, item: WorkItem) -> bool:
    """Return whether a step that several do together is still open for somebody else."""
    if len(situation.step.by) == 1:
        return False
    items = WorkItem.objects.filter(case=situation.case, step=item.step, instance=item.instance)
    return items.filter(state=WorkItem.State.OPEN).exclude(pk=item.pk).exists()
