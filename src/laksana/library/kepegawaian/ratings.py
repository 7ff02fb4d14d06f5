"""Yearly ratings that the office's own evaluations of performance have set."""

from laksana.cases.models import Case


def rating_set(person: int, year: int) -> str | None:
    """Return the rating with which the evaluation of a person for a year ended, of several parts the last; None without one."""
    ended = Case.objects.filter(
        procedure="skp-asn", state=Case.State.ENDED, data__pegawai=person, data__tahun=str(year)
    )
    parts = sorted(ended, key=lambda case: str(case.data["periode_selesai"]))
    return str(parts[-1].data["predikat_tahunan"]) if parts else None
