"""Papers are owed by steps: ordered with them, made once by a job, and never different from what the step knew."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from laksana.cases import actions
from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.chain import verify
from laksana.cases.models import Attachment, Case
from laksana.cases.services import form_situation
from laksana.cases.tests.conftest import Desk
from laksana.documents.models import Paper
from laksana.documents.papers import make, order, render
from laksana.documents.signature import Signatory
from laksana.documents.tasks import make_paper
from laksana.documents.tests.pdf import text_of
from laksana.files import services as files

Begin = Callable[..., Desk]
FIELDS = {
    "nama": {"label": "Nama pemohon", "type": "text"},
    "biaya": {"label": "Biaya", "type": "money"},
    "peserta": {
        "label": "Peserta",
        "type": "table",
        "columns": {"orang": {"label": "Nama peserta", "type": "text"}},
    },
}
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["nama", "biaya", "peserta"]},
    {"id": "periksa", "by": "kasubag", "decides": "Memeriksa", "outcomes": {"Ya": "selesai", "Tidak": "isi"}},
]


def document(**over: Any) -> dict[str, Any]:
    return {
        "id": "surat-izin",
        "title": "Surat Izin",
        "form": "judul",
        "at": "isi",
        "contents": ["Nama pemohon, biaya"],
    } | over


@pytest.fixture
def own() -> Iterator[Behaviour]:
    """The Python side of the example; an empty one takes its place afterwards."""
    yield Behaviour("contoh")
    Behaviour("contoh")


def content(attachment: Attachment | None) -> bytes:
    assert attachment is not None
    with files.open_file(attachment.stored) as opened:
        return opened.read()


def test_a_finished_step_orders_its_paper_and_a_job(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, documents=[document()])
    assert not Paper.objects.exists()
    desk.do("isi", nama="Siti Contoh")
    paper = Paper.objects.get()
    assert (paper.document, paper.title, paper.attachment) == ("surat-izin", "Surat Izin", None)
    job = DBTaskResult.objects.get(task_path="laksana.documents.tasks.make_paper")
    assert job.args_kwargs["kwargs"] == {"paper_id": paper.pk}


def test_the_job_makes_the_paper_however_often_it_runs(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, documents=[document()])
    desk.do("isi", nama="Siti Contoh")
    arguments = DBTaskResult.objects.get(task_path="laksana.documents.tasks.make_paper").args_kwargs["kwargs"]
    make_paper.call(**arguments)
    make_paper.call(**arguments)
    assert Attachment.objects.filter(case=desk.case, document="surat-izin").count() == 1


def test_the_paper_is_made_once_and_attached_with_its_hash_in_the_chain(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, documents=[document()])
    desk.do("isi", nama="Siti Contoh", biaya="1.250.000")
    paper = Paper.objects.get()
    make(paper.pk, desk.at)
    make(paper.pk, desk.at)
    attachment = Attachment.objects.get(case=desk.case, document="surat-izin")
    assert attachment.name == "Surat Izin CONTOH-2026-0001.pdf"
    assert attachment.stored.media_type == "application/pdf"
    text = text_of(content(attachment))
    assert "Siti Contoh" in text
    assert "Rp1.250.000" in text
    assert desk.case.events.get(kind="paper-made").data["sha256"] == attachment.stored.sha256
    assert list(verify(iter(Case.objects.all()))) == []


def test_a_paper_says_what_the_step_knew_whatever_came_later(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, documents=[document()])
    desk.do("isi", nama="Siti Contoh")
    desk.do("periksa", "kasubag", outcome="Tidak")
    desk.do("isi", nama="Budi Contoh")
    first, second = (text_of(render(paper)) for paper in Paper.objects.order_by("pk"))
    assert "Siti Contoh" in first
    assert "Budi Contoh" in second


def test_setting_a_paper_again_gives_the_same_bytes(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, documents=[document()])
    desk.do("isi", nama="Siti Contoh")
    paper = make(Paper.objects.get().pk, desk.at)
    assert render(Paper.objects.get(pk=paper.pk)) == content(paper.attachment)


def test_a_missing_value_stands_as_a_gap(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, documents=[document()])
    desk.do("isi", nama="Siti Contoh")
    assert "Biaya : [......]" in text_of(render(Paper.objects.get()))


def test_the_one_who_did_the_step_signs_in_the_capacity_in_which_he_did_it(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, documents=[document(at="periksa")])
    desk.do("isi", nama="Siti Contoh")
    desk.do("periksa", "kasubag", outcome="Ya")
    text = text_of(render(Paper.objects.get()))
    assert "Kasubag, Kasubag Contoh" in text
    assert "NIP 198003032005012003" in text


def test_a_paper_signed_at_another_step_names_who_did_that_one(begin: Begin) -> None:
    steps = [*STEPS, {"id": "nomor"}]
    steps[1] = STEPS[1] | {"outcomes": {"Ya": "nomor", "Tidak": "isi"}}
    desk = begin(steps=steps, fields=FIELDS, documents=[document(at="nomor", signed_at="periksa")])
    desk.do("isi", nama="Siti Contoh")
    desk.do("periksa", "kasubag", outcome="Ya")
    desk.do("nomor")
    assert Paper.objects.get().data["signature"]["name"] == desk.office.kasubag.name


def test_a_paper_made_before_it_is_signed_names_who_sits_at_the_desk_of_that_step(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, documents=[document(signed_at=["periksa"])])
    desk.do("isi", nama="Siti Contoh")
    signature = Paper.objects.get().data["signature"]
    assert (signature["lines"], signature["name"]) == (["Kasubag,"], desk.office.kasubag.name)


def test_a_condition_decides_whether_a_paper_is_owed(begin: Begin) -> None:
    declared = document(at="periksa", when="periksa == 'Ya'")
    desk = begin(steps=STEPS, fields=FIELDS, documents=[declared])
    desk.do("isi", nama="Siti Contoh")
    desk.do("periksa", "kasubag", outcome="Tidak")
    assert not Paper.objects.exists()
    desk.do("isi")
    desk.do("periksa", "kasubag", outcome="Ya")
    assert Paper.objects.count() == 1


def test_a_paper_for_each_row_of_a_table(begin: Begin) -> None:
    declared = document(for_each="peserta", contents=["Nama peserta"])
    desk = begin(steps=STEPS, fields=FIELDS, documents=[declared])
    desk.do("isi", nama="Siti Contoh", peserta=[{"orang": "Ani Contoh"}, {"orang": "Edi Contoh"}])
    first, second = Paper.objects.order_by("row")
    assert "Ani Contoh" in text_of(render(first))
    assert "Edi Contoh" in text_of(render(second))
    assert "Ani Contoh" not in text_of(render(second))
    make(first.pk, desk.at)
    make(second.pk, desk.at)
    assert Attachment.objects.filter(case=desk.case, document="surat-izin").count() == 2


def test_a_step_done_by_several_owes_its_paper_when_the_last_has_done_it(begin: Begin) -> None:
    together = {"id": "teken", "by": ["kasubag", "sekretaris"], "then": "selesai"}
    desk = begin(
        steps=[{"id": "isi", "asks": list(FIELDS)}, together], fields=FIELDS, documents=[document(at="teken")]
    )
    desk.do("isi", nama="Siti Contoh")
    item = desk.case.work_items.get(step="teken", lane="sekretaris")
    actions.complete(item.pk, item.revision, desk.office.sekretaris, {}, desk.at)
    assert not Paper.objects.exists()
    desk.do("teken", "kasubag")
    assert Paper.objects.count() == 1


def test_a_procedure_adds_data_of_its_own_and_may_name_who_signs(begin: Begin, own: Behaviour) -> None:
    @own.paper("surat-izin")
    def data(situation: Situation) -> dict[str, Any]:
        return {"nomor_surat": "12/2026", "signature": Signatory("Kepala", "Rina Contoh, S.E.")}

    desk = begin(steps=STEPS, fields=FIELDS, documents=[document()])
    desk.do("isi", nama="Siti Contoh")
    text = text_of(render(Paper.objects.get()))
    assert "Rina Contoh, S.E." in text
    assert Paper.objects.get().data["words"]["nomor_surat"] == "12/2026"


def test_a_step_without_papers_asks_the_database_nothing_more(
    begin: Begin, django_assert_num_queries: Any
) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, documents=[document(at="periksa")])
    item = desk.item("isi")
    situation = form_situation(item, desk.office.staf, desk.at)
    with django_assert_num_queries(0):
        assert order(situation, item) == []
