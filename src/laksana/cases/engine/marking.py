"""The marking of a case's net, read from its rows: the active work items and the unfinished instances."""

from collections.abc import Iterable

from laksana.cases.engine.rows import is_optional
from laksana.cases.models import Instance as InstanceRow
from laksana.cases.models import WorkItem
from laksana.sop.definition import Procedure
from laksana.sop.flow import Instance, Marking, Net

ACTIVE = (WorkItem.State.OPEN, WorkItem.State.WAITING)
UNFINISHED = (InstanceRow.State.OPEN, InstanceRow.State.GATHERED)


def path_of(text: str) -> Instance:
    """Return the instance that a row's path names: "2.1" -> (2, 1), "" -> ()."""
    return tuple(int(part) for part in text.split(".")) if text else ()


def text_of(instance: Instance) -> str:
    """Return how rows name an instance."""
    return ".".join(str(number) for number in instance)


def read_marking(
    procedure: Procedure, net: Net, items: Iterable[WorkItem], instances: Iterable[InstanceRow]
) -> Marking:
    """Return the marking that the active items and the instances of a case stand for."""
    marking = Marking()
    for item in items:
        need = net.nodes[item.step].need
        marking.arrived[item.step, path_of(item.instance)] = min(item.arrived, need)
    for row in instances:
        path = path_of(row.path)
        parent = path[:-1]
        marking.last_child[parent] = max(marking.last_child.get(parent, 0), path[-1])
        if row.state in UNFINISHED:
            marking.made_by[path] = row.made_by
            if is_optional(procedure, row.made_by, row.row):
                marking.optional.add(path)
        if row.state == InstanceRow.State.GATHERED:
            marking.gathered.add(path)
    return marking
