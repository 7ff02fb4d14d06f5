"""The same letter arriving twice: found by sender, number and date in one agenda year, and put with the first."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from laksana.cases import actions
from laksana.cases.behaviour import Done, Situation
from laksana.cases.models import Attachment, Case
from laksana.library.persuratan.surat_masuk.rules import Letter, agenda_book, is_duplicate, may_be_duplicate
from laksana.people.models import Person
from laksana.prepared import Select
from laksana.registers import services as registers
from laksana.worktime.zone import OFFICE_ZONE, local

_dated = Select(
    Case,
    "procedure = %s AND state IN ('berjalan', 'selesai') AND opened_at >= %s AND data ->> 'tanggal_surat' = %s AND id <> %s",
)


def same_letter(situation: Situation) -> Case | None:
    """Return the registered letter that this one is a second copy of, or None."""
    letter = _letter(situation.values)
    return next((case for case in _registered(situation) if is_duplicate(letter, _letter_of(case))), None)


def similar_letters(situation: Situation) -> list[Case]:
    """Return the registered letters that this one may be a second copy of, the same one included."""
    letter = _letter(situation.values)
    return [case for case in _registered(situation) if may_be_duplicate(letter, _letter_of(case))]


def described(case: Case) -> str:
    """Return a registered letter in few words."""
    parts = (case.data.get("nomor_agenda"), case.data.get("asal_surat"), case.data.get("nomor_surat"))
    return " / ".join(part for part in parts if part)


def first_agenda(situation: Situation) -> Mapping[str, Any]:
    """Return the agenda number of the first copy, when this letter is merged with it."""
    same = same_letter(situation) if situation.outcome == "Surat ganda" else None
    return {"agenda_asal": same.data["nomor_agenda"] if same else None}


def merge(situation: Situation) -> Done:
    """Put this copy's channel, time and scans with the letter that has the agenda number."""
    first = same_letter(situation)
    if first is None or situation.actor is None:
        return Done()
    values = situation.values
    channel = (situation.procedure.fields["saluran"].choices or {}).get(values["saluran"], values["saluran"])
    text = _("The same letter came again through %(channel)s, received on %(time)s (%(case)s).")
    told = {
        "channel": channel,
        "time": f"{local(values['diterima_pada']):%d-%m-%Y %H.%M}",
        "case": situation.case.number,
    }
    actions.comment(first.pk, situation.actor, text % told, situation.at)
    for scan in Attachment.objects.filter(case=situation.case, field="pindaian").select_related("stored"):
        actions.attach(first.pk, situation.actor, scan.stored, scan.name, situation.at)
    _note_in_agenda(first, text % told, situation.actor, situation.at)
    return Done()


def _note_in_agenda(first: Case, note: str, clerk: Person, at: datetime) -> None:
    entries = registers.Entry.objects.filter(
        case=first, register="agenda-masuk", kind=registers.Entry.Kind.ROW
    )
    if (entry := entries.first()) is None:
        return
    remark = registers.words(registers.current(entry).get("keterangan"))
    registers.correct(
        entry.pk, {"keterangan": f"{remark} {note}".strip()}, clerk, _("A second copy came."), at
    )


def _registered(situation: Situation) -> Iterator[Case]:
    """Yield the letters with an agenda number of the same year and of the same date as this one."""
    values = situation.values
    if values.get("tanggal_surat") is None:
        return
    book, year = agenda_book(values["sifat"], values["diterima_pada"])
    since = connection.ops.adapt_datetimefield_value(datetime(year, 1, 1, tzinfo=OFFICE_ZONE))
    dated = values["tanggal_surat"].isoformat()
    for case in _dated(situation.procedure.id, since, dated, situation.case.pk):
        received = datetime.fromisoformat(case.data["diterima_pada"])
        if case.data.get("nomor_agenda") and agenda_book(case.data["sifat"], received) == (book, year):
            yield case


def _letter(values: Mapping[str, Any]) -> Letter:
    return Letter(values["asal_surat"], values.get("nomor_surat"), values.get("tanggal_surat"))


def _letter_of(case: Case) -> Letter:
    dated = case.data.get("tanggal_surat")
    return Letter(
        case.data["asal_surat"], case.data.get("nomor_surat"), date.fromisoformat(dated) if dated else None
    )
