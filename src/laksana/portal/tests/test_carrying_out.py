"""Information given under an order of the superior, or a ruling of the commission: only as two people released it."""

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from laksana.cases import actions
from laksana.cases import services as cases
from laksana.cases.errors import Invalid
from laksana.cases.models import Attachment, Case
from laksana.cases.play import play, read_script
from laksana.disclosure import services as disclosure
from laksana.disclosure.tests.hostile_pdf import SECRET, hostile_pdf
from laksana.documents.models import Paper
from laksana.files import services as files
from laksana.library import informasi
from laksana.library.conftest import office
from laksana.people.models import Person
from laksana.portal.following import papers_of
from laksana.worktime.zone import OFFICE_ZONE

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def _who(name: str) -> Person:
    return Person.objects.get(account__username=name)


def _played_until(procedure: str, example: str, step: str) -> Case:
    """Play an example until a step of it is done; return its case."""
    folder = Path(informasi.__file__).parent / procedure.replace("-", "_")
    script = folder / "scenarios.yaml"
    scenarios = {each.id: each for each in read_script(script.read_text(encoding="utf-8"), str(script))}
    for event in play(scenarios[example], folder):
        if event.kind == "completed" and event.step == step:
            return event.case
    raise AssertionError(f"{example} has no {step}")


def _done(case: Case, step: str, by: str, at: datetime, outcome: str | None = None, **data: object) -> Case:
    item = case.work_items.get(step=step, state="terbuka")
    done = actions.complete(item.pk, item.revision, _who(by), data, at, outcome=outcome)
    case.refresh_from_db()
    return done


def _file(name: str, content: bytes, by: str, at: datetime) -> int:
    stored = files.store(io.BytesIO(content), name, at=at)
    return Attachment.objects.create(stored=stored, name=name, by=_who(by), at=at).pk


def _marked(case: Case, source: int, by: str, at: datetime) -> None:
    """Mark the secret in a file and hand it in; its new file is made."""
    file = disclosure.release_of(case, source).file
    disclosure.mark(
        case,
        source,
        disclosure.find_words(file, SECRET),
        _who(by),
        at,
        part="Nomor rekening pihak ketiga",
        ground="h",
        reason="Rahasia pribadi",
    )
    release = disclosure.hand_in(case, source, "hitamkan", "", _who(by), at)
    disclosure.make(release.pk, at)


def _hold_that_only_the_result_is_given(case: Case, source: int, withheld: int) -> None:
    """Hold that the applicant has the new file and the table, and neither the original nor what was kept back."""
    product = disclosure.release_of(case, source).release.product
    assert product is not None
    assert case.data["berkas_diberikan"] == [product.pk]
    given = {file.pk: file for file in papers_of(case)}
    assert product.pk in given
    assert not {source, withheld} & given.keys()
    with files.open_file(given[product.pk].stored) as content:
        assert SECRET.encode() not in content.read()
    printed = str(Paper.objects.get(case=case, document="daftar-penghitaman").data)
    assert "Nomor rekening pihak ketiga" in printed
    assert SECRET not in printed


def test_an_order_is_carried_out_only_with_what_two_people_released() -> None:
    at = datetime(2026, 10, 30, 9, tzinfo=OFFICE_ZONE)
    case = _played_until("keberatan-informasi", "diterima-dengan-perintah", "sampaikan")
    source = _file("kontrak.pdf", hostile_pdf(), "gemilang", at)
    other = _file("lampiran.pdf", hostile_pdf(180), "gemilang", at)
    _done(case, "ada-perintah", "gemilang", at, "Ada perintah", bahan_perintah=[source, other])
    carried: dict[str, Any] = {"tanggal_perintah_dilaksanakan": at.date(), "bukti_pelaksanaan": [other]}
    with pytest.raises(Invalid, match=re.escape("kontrak.pdf, lampiran.pdf")):
        _done(case, "laksanakan", "wiraguna", at, **carried)
    _marked(case, source, "wiraguna", at)
    disclosure.hand_in(case, other, "tahan", "Seluruhnya dikecualikan", _who("wiraguna"), at)
    disclosure.approve(case, other, _who("gemilang"), at)
    with pytest.raises(Invalid, match=re.escape("kontrak.pdf")):
        _done(case, "laksanakan", "wiraguna", at, **carried)
    disclosure.approve(case, source, _who("gemilang"), at)
    proof = _file("tanda-terima.pdf", hostile_pdf(90), "wiraguna", at)
    _done(case, "laksanakan", "wiraguna", at, **carried | {"bukti_pelaksanaan": [proof]})
    _hold_that_only_the_result_is_given(case, source, other)


def test_a_ruling_is_carried_out_only_with_what_two_people_released() -> None:
    at = datetime(2026, 6, 22, 8, tzinfo=OFFICE_ZONE)
    case = _played_until("sengketa-informasi", "mediasi-berhasil", "telaah-putusan")
    source = _file("kontrak.pdf", hostile_pdf(), "gemilang", at)
    other = _file("lampiran.pdf", hostile_pdf(180), "gemilang", at)
    outcome = "Informasi wajib diberikan"
    _done(case, "tetap-mengikat", "gemilang", at, outcome, dokumen_informasi=[source, other])
    proof = _file("tanda-terima.pdf", hostile_pdf(90), "wiraguna", at)
    carried: dict[str, Any] = {"tanggal_pelaksanaan": at.date(), "bukti_pelaksanaan": [proof]}
    with pytest.raises(Invalid, match=re.escape("kontrak.pdf, lampiran.pdf")):
        _done(case, "laksanakan", "wiraguna", at, **carried)
    _marked(case, source, "wiraguna", at)
    disclosure.hand_in(case, other, "tahan", "Tidak termasuk amar putusan", _who("wiraguna"), at)
    for each in (source, other):
        disclosure.approve(case, each, _who("gemilang"), at)
    _done(case, "laksanakan", "wiraguna", at, **carried)
    _hold_that_only_the_result_is_given(case, source, other)


def test_everything_may_be_given_whole_when_two_people_say_so() -> None:
    at = datetime(2026, 6, 22, 8, tzinfo=OFFICE_ZONE)
    case = _played_until("sengketa-informasi", "mediasi-berhasil", "telaah-putusan")
    source = _file("kontrak.pdf", hostile_pdf(), "gemilang", at)
    _done(case, "tetap-mengikat", "gemilang", at, "Informasi wajib diberikan", dokumen_informasi=[source])
    disclosure.hand_in(case, source, "utuh", "Putusan mewajibkan seluruhnya", _who("wiraguna"), at)
    disclosure.approve(case, source, _who("gemilang"), at)
    proof = _file("tanda-terima.pdf", hostile_pdf(90), "wiraguna", at)
    _done(case, "laksanakan", "wiraguna", at, tanggal_pelaksanaan=at.date(), bukti_pelaksanaan=[proof])
    assert case.data["berkas_diberikan"] == [source]
    assert {file.pk for file in papers_of(case)} == {source}


def test_who_disputes_is_kept_from_the_units_that_hold_the_information() -> None:
    case = _played_until("sengketa-informasi", "mediasi-berhasil", "mediasi-lanjutan")
    lanes = {name: set(spec.seen_by) for name, spec in cases.definition(case).fields.items() if spec.seen_by}
    assert lanes.keys() == {"identitas_pemohon", "legalitas"}
    assert not any("pelaksana" in allowed for allowed in lanes.values())
    assert "Ahmad Fauzan" not in case.search_text
    # The head of the division directs the mediation: who disputes, not the copy of an identity card.
    at = datetime(2026, 6, 10, 12, tzinfo=OFFICE_ZONE)
    hidden = {name: cases.case_view(case.number, _who(name), at).hidden for name in ("dewanti", "gemilang")}
    assert hidden == {"dewanti": frozenset(), "gemilang": {"legalitas"}}
