"""What the books of incoming letters hold beyond the fields of a case."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases import services as cases
from laksana.cases.behaviour import Situation
from laksana.cases.models import Case, Instance, WorkItem
from laksana.library.persuratan.naskah import SEALED
from laksana.library.persuratan.surat_masuk.dispositions import HEAD, ROOT_STEPS
from laksana.people import services as people
from laksana.prepared import Select
from laksana.worktime.zone import local, local_day

_first_done = Select(
    WorkItem,
    "id = (SELECT id FROM cases_workitem WHERE case_id = %s AND state = 'selesai' AND step IN (%s, %s)"
    " ORDER BY done_at LIMIT 1)",
)


def agenda_row(situation: Situation) -> Mapping[str, Any]:
    """Return the columns of the Buku Agenda that no field fills."""
    values = situation.values
    return {
        **_received(situation),
        "disposisi_kepada": _receivers(situation),
        "tanggal_disposisi": _disposed_on(situation.case) if values.get("disposisi") else None,
        "hasil_tindak_lanjut": _results(situation),
        "keterangan": _remarks(values),
    }


def sealed_row(situation: Situation) -> Mapping[str, Any]:
    """Return the columns of the Agenda Surat Tertutup that no field fills."""
    handed_over = situation.step.id == "disposisi"
    return {
        **_received(situation),
        "ditujukan_kepada": people.desk_title(HEAD),
        "diserahkan_pada": situation.at if situation.step.id == "agenda-tertutup" else None,
        "paraf_penerima": str(situation.actor) if handed_over and situation.actor else None,
    }


def expedition_row(situation: Situation) -> Mapping[str, Any]:
    """Return the columns of the Buku Ekspedisi Intern for one receiver of a disposition."""
    values, desk = situation.values, str(situation.values["kepada"])
    holders = people.holders(desk, situation.at)
    return {
        "hal": _("(sealed)") if values.get("sifat") in SEALED else values.get("hal"),
        "diteruskan_kepada": people.desk_title(desk),
        "jam_terima": local(situation.at).time().replace(second=0, microsecond=0),
        "nama_terang": str(holders[0]) if len(holders) == 1 else None,
        "paraf": _received_by(desk, situation),
    }


def _received_by(desk: str, situation: Situation) -> str | None:
    """Return who took a disposition at its desk, once he has done so; a paraf on paper is nothing else."""
    who = situation.actor
    taken = situation.step.id == "terima-disposisi" and who is not None
    return str(who) if taken and who and desk in people.desks_of(who, situation.at) else None


def _received(situation: Situation) -> dict[str, Any]:
    received = local(situation.values["diterima_pada"])
    return {
        "tanggal_terima": received.date(),
        "jam": received.time().replace(second=0, microsecond=0),
    }


def _receivers(situation: Situation) -> str | None:
    """Return to whom the letter was disposed; whose disposition was taken back unopened is not among them."""
    desks = [str(row["kepada"]) for row in situation.values.get("disposisi") or []]
    if situation.step.id == "berkaskan":
        withdrawn = _taken_back(situation.case)
        desks = [desk for desk in desks if desk not in withdrawn]
    titles = people.desk_titles(desks)
    return "; ".join(titles[desk] for desk in desks) or None


def _taken_back(case: Case) -> set[str]:
    """Return the desks whose disposition at the root was taken back, and that got none anew."""
    given = [each for each in cases.instances(case) if _is_at_root(each) and "." not in each.path]
    withdrawn = {str(each.row["kepada"]) for each in given if each.state == Instance.State.WITHDRAWN}
    return withdrawn - {str(each.row["kepada"]) for each in given if each.state != Instance.State.WITHDRAWN}


def _is_at_root(each: Instance) -> bool:
    return each.made_by == "terima-disposisi"


def _disposed_on(case: Case) -> date | None:
    done = next(iter(_first_done(case.pk, *ROOT_STEPS)), None)
    return local_day(done.done_at) if done and done.done_at else None


def _results(situation: Situation) -> str | None:
    if situation.step.id != "berkaskan":
        return None
    reported = [each for each in cases.instances(situation.case) if _is_at_root(each)]
    texts = [each.data.get("uraian_tindak_lanjut") for each in sorted(reported, key=lambda each: each.path)]
    return "; ".join(text for text in texts if text) or None


def _remarks(values: Mapping[str, Any]) -> str | None:
    late = _("The invitation came after its event.") if values.get("terlambat") else None
    return " ".join(text for text in (late, values.get("catatan_kelengkapan")) if text) or None
