"""The berita acara of a list, signed by who carried it out and each who approved it: electronically, or as one scan."""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from laksana.archive.models import DisposalList, ReportSignature
from laksana.archive.rights import keeps
from laksana.cases.errors import AlreadyDone, NotFound, NotYours
from laksana.documents.services import Signatory, signatory_at
from laksana.files import services as files
from laksana.files.models import StoredFile
from laksana.people.models import Person
from laksana.signing import services as signing
from laksana.signing.services import Borne, Method, NotSigned, Order, Verified

if TYPE_CHECKING:
    from django.core.files import File

KEEPER = "Arsiparis"


def signatories(listed: DisposalList) -> list[tuple[Person, Signatory]]:
    """Return who signs the berita acara, in the order of its blocks."""
    keeper = listed.done_by or listed.by
    found = [(keeper, Signatory(KEEPER, keeper.name, keeper.rank, keeper.nip))]
    for each in listed.approvals.select_related("person"):
        if each.person is not None and each.at is not None:
            found.append((each.person, signatory_at(f"position:{each.position}", each.at)))
    return found


def ask_signatures(listed: DisposalList) -> None:
    """Let the berita acara of a list that was carried out wait for its signatures."""
    ReportSignature.objects.bulk_create(
        ReportSignature(
            list=listed,
            place=place,
            person=person,
            name=signatory.name or person.name,
            title=f"{signatory.acting} {signatory.title}".strip()[:300],
        )
        for place, (person, signatory) in enumerate(signatories(listed))
    )


def waiting_of(listed: DisposalList, person: Person) -> ReportSignature | None:
    """Return the signature that a list waits for from a person."""
    return listed.signatures.filter(person=person, signed_at=None).first()


def may_scan(listed: DisposalList, person: Person, at: datetime) -> bool:
    """Return whether a person may keep the scan of the paper signed by hand: it bears every signature, none an electronic one."""
    rows = list(listed.signatures.all())
    return bool(rows) and not any(row.signed_at for row in rows) and keeps(person, at)


def sign_report(list_id: int, person: Person, passphrase: str, at: datetime) -> ReportSignature:
    """Sign the berita acara electronically. Raises NotFound, NotYours, NotSigned and its kinds; then nothing was changed."""
    listed = _done(list_id)
    row = waiting_of(listed, person)
    if row is None or listed.report is None:
        raise NotYours(_("This berita acara does not wait for your signature."))
    pdf = _bytes(listed.report)
    order = Order(
        pdf=pdf,
        field=f"TandaTangan{row.place + 1}",
        name=row.name,
        reason=f"Berita acara {listed.report_number}",
        token=row.token,
        place=signing.place_of(pdf, row.name, first_page=True),
        at=at,
    )
    signed = signing.sign_pdf(person, passphrase, order)
    with transaction.atomic():
        held = DisposalList.objects.select_for_update().get(pk=listed.pk)
        if held.report_id != listed.report_id:
            raise NotSigned(_("Somebody signed this paper at the same moment. Look at it again, and sign."))
        row.field, row.certificate = signed.field, signed.certificate
        _keep(held, [row], BytesIO(signed.content), signed.method, ("application/pdf",), at)
    return row


def keep_report_scan(
    list_id: int, person: Person, scan: "BinaryIO | File[bytes]", at: datetime
) -> DisposalList:
    """Keep the scan of a berita acara signed by hand, which bears all its signatures.

    Raises NotFound, NotYours, AlreadyDone, FileRefused.
    """
    with transaction.atomic():
        listed = _done(list_id, lock=True)
        if not keeps(person, at):
            raise NotYours(_("Only who keeps the archive may do this."))
        if not may_scan(listed, person, at):
            raise AlreadyDone(_("This berita acara is signed already."), str(person), at)
        _keep(listed, list(listed.signatures.all()), scan, Method.WET, signing.SCANS, at)
    return listed


def _done(list_id: int, *, lock: bool = False) -> DisposalList:
    rows = DisposalList.objects.filter(pk=list_id, state=DisposalList.State.DONE)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound(_("There is no such berita acara."))
    return found


def _keep(
    listed: DisposalList,
    rows: list[ReportSignature],
    content: "BinaryIO | File[bytes]",
    method: Method,
    accept: tuple[str, ...],
    at: datetime,
) -> None:
    name = f"{listed.report_number.replace('/', '-')} (ditandatangani).pdf"
    listed.report = files.store(content, name, accept=accept, at=at)
    listed.save(update_fields=["report"])
    for row in rows:
        row.signed_at, row.method, row.file = at, method, listed.report
        row.save()


def verification(token: str, at: datetime) -> Verified | None:
    """Return what the public may know of a signed berita acara by the token in its QR; None for one that leads to none."""
    asked = ReportSignature.objects.filter(token=token).exclude(signed_at=None).first()
    if asked is None:
        return None
    rows = list(ReportSignature.objects.filter(list=asked.list_id).select_related("certificate", "file"))
    given = sorted((row for row in rows if row.signed_at), key=lambda row: (row.signed_at, row.file_id))
    newest = given[-1].file
    assert newest is not None  # noqa: S101  (a given signature has its file)
    content = None if given[-1].method == Method.WET else _bytes(newest)
    digests = list(dict.fromkeys(row.file.sha256 for row in given if row.file))
    return Verified(
        title=f"Berita acara {asked.list.report_number}",
        signatures=[signing.shown(_borne(row), content, at) for row in given],
        waiting=len(rows) - len(given),
        newest=digests[-1],
        earlier=digests[:-1],
    )


def _borne(row: ReportSignature) -> Borne:
    assert row.signed_at is not None  # noqa: S101  (only given ones come here)
    return Borne(row.name, row.title, row.signed_at, Method(row.method), row.field, row.certificate)


def _bytes(stored: StoredFile) -> bytes:
    with files.open_file(stored) as opened:
        return opened.read()
