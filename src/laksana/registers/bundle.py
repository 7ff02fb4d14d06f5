"""Everything of a case in one zip, for an archive, a court or another office: readable and checkable without this program."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from laksana.cases.models import Attachment, Case, Event
from laksana.cases.services import chained_text, definition
from laksana.documents.services import OfficeNames, worded
from laksana.files import services as files
from laksana.people.models import Person
from laksana.registers.models import Entry
from laksana.sop.form import from_json
from laksana.worktime.zone import local

_CHUNK = 1 << 20
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
README = """\
BERKAS {number}
{subject}

Isi:
  data.json       data berkas: isian, langkah, batas waktu, catatan buku, daftar berkas
  events.jsonl    riwayat, satu peristiwa tiap baris, berantai
  sop.yaml        SOP yang berlaku bagi berkas ini
  berkas/         berkas yang dilampirkan
  naskah/         naskah yang dibuat sistem
  SHA256SUMS      sidik (SHA-256) setiap berkas di atas

Memeriksa keutuhan, tanpa program khusus, di dalam map hasil ekstrak:

  sha256sum -c SHA256SUMS

Berkas yang telah dimusnahkan menurut jadwal retensi arsip tidak ada lagi di sini; nama, sidik, dan saat
pemusnahannya ("destroyed_at") tetap tercatat pada data.json.

Setiap baris harus berakhir dengan "OK". Pada Windows, sidik satu berkas dilihat dengan
"certutil -hashfile NAMA SHA256" lalu dicocokkan dengan SHA256SUMS.

Memeriksa rantai riwayat: sidik sebuah baris events.jsonl (tanpa tanda akhir baris) tertulis pada baris
berikutnya sebagai "previous". Contoh untuk baris pertama:

  sed -n 1p events.jsonl | tr -d '\\n' | sha256sum

Sidik baris terakhir adalah "last_hash" pada data.json:

  {last_hash}

Dibuat {made}.
"""


def write_bundle(case: Case, target: BinaryIO, at: datetime) -> None:
    """Write the zip of a case. It needs little memory whatever the size of the files."""
    attachments = list(Attachment.objects.filter(case=case).select_related("stored", "by").order_by("pk"))
    places = {attachment.pk: _place(number, attachment) for number, attachment in enumerate(attachments, 1)}
    with ZipFile(target, "w", ZIP_DEFLATED) as bundle:
        sums = [
            _write(bundle, "BACA-SAYA.txt", _readme(case, at), at),
            _write(bundle, "data.json", _json(_data(case, attachments, places)), at),
            _write(bundle, "events.jsonl", _event_lines(case), at),
            _write(bundle, "sop.yaml", iter([case.sop.definition.encode()]), at),
        ]
        kept = [attachment for attachment in attachments if attachment.destroyed_at is None]
        sums += [_write(bundle, places[a.pk], _content(a), at) for a in kept]
        _write(bundle, "SHA256SUMS", iter(["".join(sums).encode()]), at)


def _write(bundle: ZipFile, place: str, content: Iterator[bytes], at: datetime) -> str:
    """Write one file and return its line of SHA256SUMS."""
    info = ZipInfo(place, local(at).timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    digest = hashlib.sha256()
    with bundle.open(info, "w", force_zip64=True) as file:
        for chunk in content:
            digest.update(chunk)
            file.write(chunk)
    return f"{digest.hexdigest()}  {place}\n"


def _place(number: int, attachment: Attachment) -> str:
    """Return where an attachment lies in the zip: a name that no system refuses and that is there once."""
    folder = "naskah" if attachment.document else "berkas"
    name = _UNFIT.sub("_", attachment.name).strip(" .") or "berkas"
    return f"{folder}/{number:03d} {name}"


def _content(attachment: Attachment) -> Iterator[bytes]:
    with files.open_file(attachment.stored) as content:
        while chunk := content.read(_CHUNK):
            yield chunk


def _event_lines(case: Case) -> Iterator[bytes]:
    previous = ""
    for event in case.events.order_by("number").iterator():
        yield (chained_text(previous, case.number, event) + "\n").encode()
        previous = event.hash


def _readme(case: Case, at: datetime) -> Iterator[bytes]:
    made = f"{local(at):%d-%m-%Y %H.%M} WIB"
    yield README.format(
        number=case.number, subject=case.subject, last_hash=case.last_hash, made=made
    ).encode()


def _json(data: Any) -> Iterator[bytes]:
    yield (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _data(case: Case, attachments: list[Attachment], places: dict[int, str]) -> dict[str, Any]:
    return {
        "case": _case(case),
        "fields": _fields(case),
        "instances": list(case.instances.values("path", "made_by", "row", "data", "state")),
        "work_items": [_row(row) for row in case.work_items.order_by("pk").values(*_ITEM)],
        "clocks": [_row(row) for row in case.clocks.values(*_CLOCK)],
        "registers": [_row(row) for row in Entry.objects.filter(case=case).order_by("pk").values(*_ENTRY)],
        "files": [_file(attachment, places[attachment.pk]) for attachment in attachments],
        "people": _people(case),
        "started_cases": list(Case.objects.filter(starter__case=case).values_list("number", flat=True)),
    }


_ITEM = (
    "id", "step", "lane", "instance", "desk", "state", "opened_at", "due_at", "done_by_id", "done_as", "done_at",
    "outcome", "minutes",
)  # fmt: skip
_CLOCK = ("clock", "instance", "state", "started_at", "due_at", "paused_at", "stopped_at", "extended")
_ENTRY = ("register", "year", "number", "kind", "values", "reason", "by_id", "at")


def _case(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "procedure": case.procedure,
        "procedure_title": case.sop.title,
        "sop_version": case.sop.version,
        "subject": case.subject,
        "level": case.level,
        "state": case.state,
        "initiator": case.initiator_id,
        "opened_at": _instant(case.opened_at),
        "ended_at": _instant(case.ended_at),
        "events": case.last_event,
        "last_hash": case.last_hash,
    }


def _fields(case: Case) -> dict[str, Any]:
    """Return what the fields hold, each with its label and in words."""
    procedure, names = definition(case), OfficeNames()
    typed = from_json(procedure, case.data)
    return {
        name: {"label": spec.label, "value": case.data[name], "words": worded(spec, typed[name], names)}
        for name, spec in procedure.fields.items()
        if name in case.data
    }


def _file(attachment: Attachment, place: str) -> dict[str, Any]:
    return {
        "key": attachment.pk,
        "place": place if attachment.destroyed_at is None else None,
        "name": attachment.name,
        "field": attachment.field,
        "document": attachment.document,
        "media_type": attachment.stored.media_type,
        "size": attachment.stored.size,
        "sha256": attachment.stored.sha256,
        "by": attachment.by_id,
        "at": _instant(attachment.at),
        "destroyed_at": _instant(attachment.destroyed_at),
    }


def _people(case: Case) -> dict[str, Any]:
    """Return whom the numbers of people in the other parts name."""
    events = Event.objects.filter(case=case, actor__isnull=False).values("actor")
    attached = Attachment.objects.filter(case=case, by__isnull=False).values("by")
    known = Person.objects.filter(pk__in=events) | Person.objects.filter(pk__in=attached)
    return {str(person.pk): {"name": person.name, "nip": person.nip} for person in known.distinct()}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _instant(value) if isinstance(value, datetime) else value for key, value in row.items()}


def _instant(at: datetime | None) -> str | None:
    return None if at is None else local(at).isoformat()
