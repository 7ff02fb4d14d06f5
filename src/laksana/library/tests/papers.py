"""The papers that walks and worked examples leave: one of each declared document, set, and what is wrong with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.forms.models import model_to_dict

from laksana.documents.models import Letterhead, Paper
from laksana.documents.papers import render
from laksana.documents.services import Signatory, block, specs_over
from laksana.documents.templates import form_of
from laksana.documents.tests.pdf import faults_of_a_paper, text_of
from laksana.documents.typesetting import ROOT, typeset
from laksana.signing.gaps import gaps
from laksana.sop.definition import Document, Procedure
from laksana.sop.expression import outcome_name

_DRAWN_BY_ITS_TITLE = 3
"""Words of fewer letters say too little to be looked for."""


def one_of_each(procedure: str) -> dict[str, Paper]:
    """Return the fullest paper of each document that the cases of a procedure owed."""
    papers = Paper.objects.filter(case__procedure=procedure).select_related("case").order_by("pk")
    return {paper.document: paper for paper in sorted(papers, key=lambda paper: _filled(paper.data["words"]))}


def _filled(words: Mapping[str, str]) -> int:
    return sum(1 for word in words.values() if word)


def faults(paper: Paper) -> list[str]:
    """Return what is wrong with the PDF of a paper: its form, and that nothing of its case can be read in it."""
    pdf = render(paper)
    text = text_of(pdf)
    found = faults_of_a_paper(pdf)
    if not any(word in text for word in _told(paper)):
        found.append("says nothing of its case")
    if "[" in text.replace("[......]", "") and "(short:" in text:
        found.append("prints the insides of its template")
    return found


def _told(paper: Paper) -> list[str]:
    words = [" ".join(str(word).split()) for word in paper.data["words"].values() if word]
    tables = [
        *paper.data.get("tables", {}).values(),
        *(table for part in paper.data["sections"] for table in part["tables"]),
    ]
    rows = [row.values() if isinstance(row, Mapping) else row for table in tables for row in table["rows"]]
    words += [" ".join(cell.split()) for row in rows for cell in row]
    words.append(paper.data["signature"]["name"])
    return [
        paper.case.number,
        *(word for word in words if len(word) > _DRAWN_BY_ITS_TITLE and word not in ("Tidak",)),
    ]


def gaps_without_values(paper: Paper) -> list[str]:
    """Return the lines with gaps of the same paper, had its case none of the values that it prints."""
    return gaps(typeset(ROOT / paper.template, emptied(paper.data), paper.at))


def emptied(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a paper with every value taken out, and everything else as it was."""
    sections = [
        {
            **part,
            "facts": [{**fact, "value": None} for fact in part["facts"]],
            "tables": [{**table, "rows": []} for table in part["tables"]],
        }
        for part in data["sections"]
    ]
    # What a behaviour added that is no value of a field (a signature, the boxes of a form) stays.
    added = {name: value for name, value in data["values"].items() if name not in data["words"]}
    gone: dict[str, Any] = {"values": added, "words": {}, "sections": sections}
    if "tables" in data:
        tables = {name: {**table, "rows": []} for name, table in data["tables"].items()}
        gone |= {"tables": tables, "spelled": {}, "people": {}}
    return {**data, **gone}


def blank(procedure: Procedure, document: Document, at: datetime) -> dict[str, Any]:
    """Return the data of a paper whose case knows nothing: who signs it is known, no field has a value."""
    specs = specs_over(procedure, document.for_each)
    decided = {outcome_name(step.id): step.activity for step in procedure.steps if step.is_decision}
    signs = block(Signatory("Kepala Dinas", "Nama Contoh", "Pembina", "197001011995031001"))
    tables = {name: spec.columns for name, spec in specs.items() if spec.columns}
    return {
        "letterhead": model_to_dict(Letterhead(), exclude=["id"]),
        "document": {"id": document.id, "title": document.title, "form": form_of(document)},
        "procedure": {"id": procedure.id, "title": procedure.title},
        "case": {"number": "CONTOH/2026/0001", "opened_at": at.isoformat()},
        "date": at.isoformat(),
        "values": {},
        "words": {},
        "sections": [],
        "signature": signs,
        "beside": [signs for _lane in document.signed_with],
        "numbered": False,
        "outside": False,
        "labels": {**decided, **{name: spec.label for name, spec in specs.items()}},
        "tables": {
            name: {"heads": {key: column.label for key, column in columns.items()}, "money": [], "rows": []}
            for name, columns in tables.items()
        },
        "choices": {name: spec.choices for name, spec in specs.items() if spec.choices},
        "spelled": {},
        "people": {},
        "day": {"day": "dua", "year": "dua ribu dua puluh enam"},
    }
