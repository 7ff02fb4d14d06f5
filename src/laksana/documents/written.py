"""What a paper with a template of its own reads of its case: every field by name, in words, with its label.

A template names fields (`documents/typst/naskah.typ`); one that the procedure does not have stops the typesetting, so that
a renamed field cannot leave a hole in a paper.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from num2words import num2words

from laksana.cases.behaviour import Situation
from laksana.cases.models import WorkItem
from laksana.documents.signatories import post_of, signatory_at, signatory_of
from laksana.documents.signature import Naming, Signatory, block
from laksana.documents.wording import Names, worded
from laksana.people.models import Person
from laksana.sop.definition import Document, FieldSpec, Performer, Procedure
from laksana.sop.performer import Kind
from laksana.worktime.zone import local, local_day


def written(
    document: Document,
    specs: Mapping[str, FieldSpec],
    values: Mapping[str, Any],
    names: Names,
    situation: Situation,
) -> dict[str, Any]:
    """Return what `naskah.typ` reads beside the values and their words."""
    return {
        "labels": _labels(specs, values, situation),
        "tables": {
            name: _table(spec, values.get(name), names) for name, spec in specs.items() if spec.columns
        },
        "choices": {name: spec.choices for name, spec in specs.items() if spec.choices},
        "spelled": dict(_spelled_sums(specs, values)),
        "people": {
            name: _person(values[name], situation.at)
            for name, spec in specs.items()
            if spec.type == "person" and values.get(name)
        },
        "day": _day(local(situation.at)),
        "outside": any(lane.holder.kind in _BY_HAND for lane in _lanes_of(document, situation.procedure)),
        "beside": [block(_at_lane(lane, situation), Naming.FULL) for lane in document.signed_with],
    }


_BY_HAND = (Kind.OUTSIDE, Kind.PUBLIC)


def _lanes_of(document: Document, procedure: Procedure) -> list[Performer]:
    """Return the lanes of the step at which a document is signed."""
    return [
        procedure.performers[lane] for lane in procedure.step((document.signed_at or (document.at,))[-1]).by
    ]


@lru_cache(maxsize=4096)
def spelled(number: int) -> str:
    """Return a whole number in words: 1250 -> "seribu dua ratus lima puluh"."""
    return str(num2words(number, lang="id"))


def _labels(
    specs: Mapping[str, FieldSpec], values: Mapping[str, Any], situation: Situation
) -> dict[str, str]:
    """Return what each name is called: fields by their label, outcomes by what was decided, what a behaviour adds by its name."""
    decided = {
        step.id.replace("-", "_"): step.activity for step in situation.procedure.steps if step.is_decision
    }
    added = {name: name.replace("_", " ").capitalize() for name in values}
    return added | decided | {name: spec.label for name, spec in specs.items()}


def _table(spec: FieldSpec, rows: Any, names: Names) -> dict[str, Any]:
    columns = {key: one for key, one in (spec.columns or {}).items() if one.type not in ("file", "files")}
    return {
        "heads": {key: column.label for key, column in columns.items()},
        "money": [key for key, column in columns.items() if column.type == "money"],
        "rows": [
            {key: worded(column, row.get(key), names) for key, column in columns.items()}
            for row in rows or ()
        ],
    }


def _spelled_sums(specs: Mapping[str, FieldSpec], values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, spec in specs.items():
        if spec.type == "money" and (amount := values.get(name)) is not None:
            yield name, f"{spelled(abs(int(amount)))} rupiah"


def _person(key: int, at: datetime) -> dict[str, str]:
    person = Person.objects.get(pk=key)
    return {
        "name": person.name,
        "nip": person.nip,
        "rank": person.rank,
        "title": post_of(person, local_day(at)),
    }


def _day(at: datetime) -> dict[str, str]:
    return {"day": spelled(at.day), "year": spelled(at.year)}


def _at_lane(lane: str, situation: Situation) -> Signatory:
    """Return who signs beside the first: who did the lane's last step, else who sits there; outside the office only the title."""
    procedure, case = situation.procedure, situation.case
    performer = procedure.performers[lane]
    done = (
        WorkItem.objects.filter(case=case.pk, lane=lane, state=WorkItem.State.DONE)
        .order_by("done_at", "pk")
        .last()
    )
    if done is not None:
        return signatory_of(done, procedure)
    if performer.holder.kind is Kind.POSITION:
        return signatory_at(f"position:{performer.holder.of}", situation.at)
    if performer.holder.kind is Kind.INITIATOR and case.initiator is not None:
        person = case.initiator
        return Signatory(post_of(person, local_day(situation.at)), person.name, person.rank, person.nip)
    return Signatory(title=performer.title)
