"""What the objection and the dispute tell their applicant, at the figures of the reference."""

from datetime import date, datetime

import pytest

from laksana.cases.models import Case
from laksana.cases.play import play, read_script
from laksana.library.catalogue import entries
from laksana.library.conftest import office
from laksana.library.informasi.found import cases_with, keep
from laksana.library.told import Told, chain_of, told_at
from laksana.worktime.zone import OFFICE_ZONE

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def after(procedure: str, example: str, at: datetime) -> tuple[Case, Told]:
    """Play an example as far as it has come at an instant; return its case and what is told of it then."""
    folder = entries()[procedure].folder
    script = read_script((folder / "scenarios.yaml").read_text(encoding="utf-8"), procedure)
    scenario = next(each for each in script if each.id == example)
    acts = [act for act in scenario.acts if act.at.replace(tzinfo=OFFICE_ZONE) <= at]
    for _event in play(scenario.model_copy(update={"acts": acts}), folder):
        pass
    case = Case.objects.filter(procedure=procedure).latest("pk")
    return case, told_at(case, at)


def test_a_silent_superior_opens_the_way_to_the_commission_for_fourteen_working_days() -> None:
    _case, told = after("keberatan-informasi", "atasan-diam", datetime(2026, 8, 19, 9, tzinfo=OFFICE_ZONE))
    (right,) = told.rights
    assert (right.id, right.since, right.until) == ("komisi", date(2026, 8, 19), date(2026, 9, 8))
    assert "tidak menanggapi" in right.text
    assert right.article == "UU 14/2008 pasal 37 ayat (2)"
    limit = next(each for each in told.days if each.title == "Batas tanggapan Atasan PPID")
    assert limit.day == date(2026, 8, 18)
    assert "17 Agustus 2026 (" in limit.why, "the day off between is named"


def test_an_accepted_answer_leaves_nothing_to_do_and_shows_its_days() -> None:
    at = datetime(2026, 11, 6, 9, tzinfo=OFFICE_ZONE)
    _case, told = after("keberatan-informasi", "diterima-dengan-perintah", at)
    assert told.rights == ()
    assert {each.title: each.day for each in told.days}["Batas ke Komisi Informasi"] == date(2026, 11, 18)


def test_a_dispute_shows_the_days_of_the_commission_and_belongs_to_its_objection() -> None:
    case, told = after("sengketa-informasi", "mediasi-berhasil", datetime(2026, 6, 9, 9, tzinfo=OFFICE_ZONE))
    days = {each.title: each.day for each in told.days}
    assert days["Komisi Informasi mulai memeriksa"] == date(2026, 6, 17)
    assert days["Mediasi berakhir"] == date(2026, 6, 29)
    assert days["Sengketa diselesaikan"] == date(2026, 10, 29)
    objection, _told = after(
        "keberatan-informasi", "atasan-diam", datetime(2026, 8, 19, 9, tzinfo=OFFICE_ZONE)
    )
    case.data["nomor_keberatan"] = objection.data["nomor_registrasi"]
    case.save(update_fields=["data"])
    keep(case)
    assert chain_of(case) == chain_of(objection) == [objection, case]


def test_a_number_copied_wrongly_does_not_bring_two_people_together() -> None:
    objection, _told = after(
        "keberatan-informasi", "atasan-diam", datetime(2026, 8, 19, 9, tzinfo=OFFICE_ZONE)
    )
    request, _told = after(
        "permohonan-informasi", "tidak-dijawab", datetime(2026, 8, 19, 9, tzinfo=OFFICE_ZONE)
    )
    objection.data["nomor_pendaftaran_permohonan"] = request.data["nomor_pendaftaran"]
    for name, together in (("Orang Lain", False), (request.data["nama"].upper(), True)):
        objection.data |= {"nama": name, "nik": None}
        objection.save(update_fields=["data"])
        keep(objection)
        assert (objection in chain_of(request)) is together
        assert (request in chain_of(objection)) is together


def test_a_case_is_found_by_its_number_through_an_index_alone() -> None:
    request, _told = after(
        "permohonan-informasi", "tidak-dijawab", datetime(2026, 8, 19, 9, tzinfo=OFFICE_ZONE)
    )
    wanted = cases_with("permohonan-informasi", "nomor_pendaftaran", request.data["nomor_pendaftaran"])
    assert list(wanted) == [request]
    assert "nomor_pendaftaran" not in str(wanted.query), "no look-up in the data of cases"
    assert not cases_with("permohonan-informasi", "nama", request.data["nama"]).exists(), "not kept for it"
    assert not cases_with("keberatan-informasi", "nomor_registrasi", None).exists()
