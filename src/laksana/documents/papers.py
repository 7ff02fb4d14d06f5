"""The papers of a case: ordered with the step that owes them, set and attached by a job."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from laksana.cases.actions import attach_paper
from laksana.cases.behaviour import Situation, behaviour
from laksana.cases.models import WorkItem
from laksana.documents.contents import sections
from laksana.documents.models import Letterhead, Paper
from laksana.documents.names import OfficeNames
from laksana.documents.rows import each_row, others_still_at_it, specs_over
from laksana.documents.signatories import signatory_expected, signatory_for
from laksana.documents.signature import Signatory, block
from laksana.documents.templates import form_of, has_own_template, naming_of, template_of
from laksana.documents.typesetting import ROOT, typeset
from laksana.documents.wording import plain, worded
from laksana.documents.written import written
from laksana.files import services as files
from laksana.prepared import Insert, Select
from laksana.sop.definition import Document, FieldSpec
from laksana.sop.values import to_json
from laksana.worktime.zone import local

_insert, _letterheads = Insert(Paper), Select(Letterhead, "true")
SIGNATURE = "signature"
"""The key under which a behaviour's paper data may name who signs: a `Signatory`, or the block itself."""


def letterhead() -> dict[str, str]:
    """Return the office's kop as templates read it."""
    return model_to_dict(next(iter(_letterheads()), None) or Letterhead(), exclude=["id"])


def order(situation: Situation, item: WorkItem) -> list[Paper]:
    """Write down every paper that a finished step owes, with the data it is made from; return them.

    Belongs into the transaction of the step. A step that several do together owes its papers when the last has done it.
    """
    owed = [document for document in situation.procedure.documents if document.at == situation.step.id]
    owed = [document for document in owed if document.when is None or document.when.holds(situation.values)]
    if not owed or others_still_at_it(situation, item):
        return []
    return [
        _insert(
            Paper(
                case=situation.case,
                work_item=item,
                document=document.id,
                row=number,
                title=document.title,
                template=str(template_of(situation.procedure.id, document).relative_to(ROOT)),
                data=paper_data(document, seen, signatory_for(document, item, situation.procedure)),
                at=situation.at,
            )
        )
        for document in owed
        for number, seen in enumerate(each_row(situation, document.for_each))
    ]


def make(paper_id: int, at: datetime) -> Paper:
    """Set an ordered paper, dated by its step, and attach it to its case at `at`; made already, nothing happens."""
    with transaction.atomic():
        paper = Paper.objects.select_for_update(of=("self",)).select_related("case").get(pk=paper_id)
        if paper.attachment_id is None:
            stored = files.store(
                BytesIO(render(paper)), file_name(paper), accept=("application/pdf",), at=paper.at
            )
            paper.attachment = attach_paper(
                paper.case_id,
                stored,
                file_name(paper),
                document=paper.document,
                item_id=paper.work_item_id,
                at=at,
            )
            paper.save(update_fields=["attachment"])
    return paper


def render(paper: Paper) -> bytes:
    """Return the PDF of an ordered paper; the same bytes every time."""
    return typeset(ROOT / paper.template, paper.data, paper.at)


def file_name(paper: Paper) -> str:
    """Return the name of a paper's file: "Lembar Disposisi SM-2026-0147.pdf", with the row's number where there are several."""
    number = paper.case.number.replace("/", "-")
    row = f" {paper.row + 1}" if paper.row else ""
    return f"{paper.title} {number}{row}.pdf"


def preview(situation: Situation, document_id: str, signatory: Signatory) -> bytes:
    """Return a document of a case as its data stand in a situation, without keeping it. Raises KeyError for no such document."""
    document = {document.id: document for document in situation.procedure.documents}[document_id]
    data = paper_data(document, next(each_row(situation, document.for_each)), signatory)
    return typeset(template_of(situation.procedure.id, document), to_json(data), situation.at)


class NoSpecimenError(LookupError):
    """A paper can only be seen in a case: its procedure computes what stands on it from what the case holds."""


def specimen(situation: Situation, document_id: str, signatory: Signatory) -> bytes:
    """Return a document of a case that does not exist, with a marked gap for what a case fills in.

    Raises KeyError for no such document, NoSpecimenError.
    """
    document = {document.id: document for document in situation.procedure.documents}[document_id]
    seen = next(each_row(situation, document.for_each), situation)
    try:
        data = paper_data(document, seen, signatory)
    except (LookupError, ValueError, TypeError, AttributeError) as wanting:
        raise NoSpecimenError(document.title) from wanting
    return typeset(template_of(situation.procedure.id, document), data, situation.at)


def preview_body(situation: Situation, field: str) -> bytes:
    """Return the paper whose body a field is, as its data stand in a situation, with whoever would sign it.

    Raises KeyError where the field is the body of no document.
    """
    body_of = situation.procedure.fields[field].body_of
    documents = [document for document in situation.procedure.documents if document.id in body_of]
    fitting = [each for each in documents if each.when is None or each.when.holds(situation.values)]
    if not documents:
        raise KeyError(field)
    document = (fitting or documents)[0]
    return preview(situation, document.id, signatory_expected(document, situation.procedure, situation.at))


def paper_data(document: Document, situation: Situation, signatory: Signatory) -> dict[str, Any]:
    """Return everything that the template of a document may print, as JSON-able data."""
    specs, names = specs_over(situation.procedure, document.for_each), OfficeNames()
    is_written = has_own_template(situation.procedure.id, document)
    extra = dict(own(situation)) if (own := behaviour(situation.procedure.id).papers.get(document.id)) else {}
    signing = extra.pop(SIGNATURE, signatory)
    values = {**situation.values, **extra}
    data = {
        "letterhead": letterhead(),
        "document": {"id": document.id, "title": document.title, "form": form_of(document)},
        "procedure": {"id": situation.procedure.id, "title": situation.procedure.title},
        "case": {"number": situation.case.number, "opened_at": local(situation.case.opened_at)},
        "date": local(situation.at),
        "values": values,
        "words": _words(specs, values, names),
        "sections": []
        if is_written
        else [part.as_data() for part in sections(document, specs, values, names)],
        "signature": block(signing, naming_of(document)) if isinstance(signing, Signatory) else signing,
        "numbered": _is_numbered(document),
        **(written(document, specs, values, names, situation) if is_written else {}),
    }
    printable: dict[str, Any] = to_json(data)
    return printable


def _words(specs: Mapping[str, FieldSpec], values: Mapping[str, Any], names: OfficeNames) -> dict[str, str]:
    """Return fields in words by their type, and of what the behaviour added the single values."""
    told = {name: worded(specs[name], value, names) for name, value in values.items() if name in specs}
    added = {name: value for name, value in values.items() if name not in specs}
    return told | {
        name: plain(value) for name, value in added.items() if not isinstance(value, list | Mapping)
    }


def _is_numbered(document: Document) -> bool:
    return any("nomor" in part.lower() for part in document.contents)


def forget_data(case_id: int) -> None:
    """Empty what the made papers of a case were made from: once their files are destroyed, nothing may bring them back."""
    Paper.objects.filter(case_id=case_id, attachment__isnull=False).update(data={})


def papers_of(case_id: int) -> list[Paper]:
    """Return the papers of a case in the order in which they were owed, those not made yet included."""
    return list(Paper.objects.filter(case_id=case_id).select_related("attachment__stored", "case"))
