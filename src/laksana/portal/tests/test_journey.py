"""A citizen's whole way: asks, gets a receipt, follows, answers a request for completion; and what strangers do not get."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from lxml import html

from laksana.cases import actions
from laksana.cases import services as cases
from laksana.cases.errors import Invalid, NotYours
from laksana.cases.models import Attachment, Case, WorkItem
from laksana.library.conftest import office
from laksana.people.models import Person
from laksana.people.services import holders
from laksana.portal import filling, limits
from laksana.portal.models import Counter, Submission, TrackingCode
from laksana.portal.tests.applicant import Applicant, answered, paper
from laksana.portal.tokens import case_followed, spaced, tracking_code
from laksana.worktime.zone import OFFICE_ZONE

__all__ = ["office"]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=OFFICE_ZONE)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
ASKED: dict[str, Any] = {
    "kategori_pemohon": "perseorangan",
    "nama": "Siti Aminah XNAMAX",
    "nik": "3673010101900001",
    "alamat": "Jalan Rahasia XALAMATX",
    "pekerjaan": "Guru XKERJAX",
    "telepon": "081200000001",
    "email": "xsurelx@contoh.example",
    "rincian_informasi": "Data titik Wi-Fi publik XRINCIX",
    "tujuan_penggunaan": "Penelitian XTUJUANX",
    "cara_memperoleh": "melihat_membaca_mendengar_mencatat",
}
SEEDED = (
    "XNAMAX",
    "3673010101900001",
    "XALAMATX",
    "XKERJAX",
    "81200000001",
    "xsurelx",
    "XRINCIX",
    "XTUJUANX",
)


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """The clock stands at nine."""
    cache.clear()
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def ask(applicant: Applicant, **changed: Any) -> Case:
    """Let somebody ask for information; return the case."""
    procedure = cases.definition_in_force("permohonan-informasi", AT)
    form = applicant.begin("permohonan-informasi")
    answer = applicant.send(applicant.fill(form, procedure, ASKED | changed))
    assert answer.status_code == 302
    return Case.objects.get(submissions__token_hash=Submission.objects.latest("pk").token_hash)


def officer(group: str = "group:petugas-layanan-informasi") -> Person:
    """Return somebody at a desk."""
    return holders(group, AT)[0]


def do(case: Case, values: dict[str, Any], outcome: str | None = None) -> None:
    """Let the office do the open step of a case."""
    item = case.work_items.get(state=WorkItem.State.OPEN)
    person = holders(item.desk, AT)[0]
    actions.complete(item.pk, item.revision, person, values, AT, outcome=outcome)


def incomplete(case: Case) -> None:
    """Let the office find something missing and ask for it."""
    do(case, {"kanal": "formulir_daring", "waktu_terima": "2026-11-24T09:00"})
    do(case, {"hasil_periksa": "tidak_lengkap", "kekurangan": ["identitas"]}, "Tidak lengkap")
    do(case, {"tanggal_surat_tidak_lengkap": "2026-11-24"})


def _sees(person: Person, case: Case) -> bool:
    return cases.readable_by(person, AT).filter(pk=case.pk).exists()


def page(answer: Any) -> Any:
    """Return a page as a tree."""
    return html.fromstring(answer.content)


@pytest.mark.usefixtures("now")
def test_a_request_is_received_followed_completed_and_goes_on() -> None:
    applicant = Applicant()
    case = ask(applicant)
    code = spaced(tracking_code(case, AT))
    receipt = applicant.client.get(f"/lacak/{code}/tanda-terima/").content.decode()
    assert case.number in receipt
    assert code in receipt
    assert "<svg" in receipt
    assert applicant.client.get(f"/lacak/{code}/tanda-terima.pdf").content.startswith(b"%PDF")
    incomplete(case)
    followed = applicant.client.get(f"/lacak/{code}/")
    assert "We need something from you" in followed.content.decode()
    (address,) = page(followed).xpath("//section[@class='asked']//form/@action")
    form = applicant.client.post(address)["Location"]
    procedure = cases.definition(case)
    sent = applicant.send(applicant.fill(form, procedure, ASKED))
    assert sent.status_code == 302
    assert sent["Location"].startswith(f"/lacak/{code}/")
    item = case.work_items.get(step="lengkapi")
    assert (item.state, item.done_by, item.done_as) == (
        "selesai",
        None,
        procedure.performers["pemohon"].title,
    )
    assert case.attachments.filter(field="identitas", work_item=item).exists()
    case.refresh_from_db()
    assert case.data["tanggal_dilengkapi"].startswith("2026-11-24")
    assert "We need something from you" not in applicant.client.get(f"/lacak/{code}/").content.decode()


@pytest.mark.usefixtures("now")
def test_a_form_sent_twice_starts_one_case() -> None:
    applicant = Applicant()
    form = applicant.begin("permohonan-informasi")
    check = applicant.fill(form, cases.definition_in_force("permohonan-informasi", AT), ASKED)
    tree = page(applicant.client.get(check))
    first = applicant.client.post(check, answered(tree))
    second = applicant.client.post(check, answered(tree))
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_an_unsent_form_is_gone_on_with_by_its_link_and_forgotten_in_time(
    now: time_machine.Traveller,
) -> None:
    applicant = Applicant()
    form = applicant.begin("permohonan-informasi")
    applicant.client.post(f"{form}isian/kategori_pemohon/", {"kategori_pemohon": "perseorangan"})
    answer = applicant.client.post(f"{form}isian/nama/", {"nama": "Siti", "_nanti": "1"})
    assert answer["Location"] == f"{form}nanti/"
    assert form in applicant.client.get(f"{form}nanti/").content.decode()
    elsewhere = Client()
    assert elsewhere.get(form)["Location"] == f"{form}isian/nik/"
    assert 'value="Siti"' in elsewhere.get(f"{form}isian/nama/").content.decode()
    applicant.client.post(f"{form}isian/identitas/", {"identitas": paper()})
    assert Attachment.objects.filter(case=None, by=None).count() == 1
    now.move_to(AT + filling.KEPT + timedelta(minutes=1))
    assert elsewhere.get(form).status_code == 404
    assert filling.forget_expired(AT + filling.KEPT + timedelta(minutes=1)) == 1
    assert not Submission.objects.exists()
    assert not Attachment.objects.filter(case=None, by=None).exists()


@pytest.mark.usefixtures("now")
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays() -> None:
    applicant = Applicant()
    form = applicant.begin("permohonan-informasi")
    applicant.client.post(f"{form}isian/kategori_pemohon/", {"kategori_pemohon": "perseorangan"})
    answer = applicant.client.post(f"{form}isian/nik/", {"nik": "12"})
    assert answer.status_code == 422
    (control,) = page(answer).xpath("//input[@id='f-nik']")
    assert control.get("value") == "12"
    assert control.get("aria-invalid") == "true"
    assert "f-nik-error" in control.get("aria-describedby")
    assert page(answer).xpath("//section[@class='errors']//a/@href") == ["#f-nik"]


@pytest.mark.usefixtures("now")
def test_a_form_does_not_take_the_files_of_another() -> None:
    mine, other = Applicant(), Applicant()
    theirs = other.begin("permohonan-informasi")
    other.client.post(f"{theirs}isian/identitas/", {"identitas": paper()})
    key = Attachment.objects.get(case=None).pk
    form = mine.begin("permohonan-informasi")
    mine.client.post(f"{form}isian/identitas/", {"identitas": str(key)})
    assert Submission.objects.latest("pk").raw.get("identitas") == ""
    with pytest.raises(Invalid):
        actions.submit("permohonan-informasi", ASKED | {"identitas": key}, AT, evidence="uji")


@pytest.mark.usefixtures("now")
def test_only_what_begins_outside_is_started_or_answered_from_there() -> None:
    with pytest.raises(NotYours):
        actions.submit("surat-masuk", {}, AT, evidence="uji")
    case = ask(Applicant())
    inside = case.work_items.get(state=WorkItem.State.OPEN)
    with pytest.raises(NotYours):
        actions.answer(inside.pk, {}, AT, evidence="uji")
    code = tracking_code(case, AT)
    assert Applicant().client.post(f"/lacak/{code}/jawab/{inside.pk}/")["Location"] == f"/lacak/{code}/"


@pytest.mark.usefixtures("now")
def test_codes_and_links_that_were_never_given_lead_nowhere_and_soon_not_even_there() -> None:
    case = ask(Applicant())
    code = tracking_code(case, AT)
    stranger = Client()
    wrong = ["A" * 16, code[:-1] + ("A" if code[-1] != "A" else "B"), case.number.replace("/", "-"), "1"]
    for guess in wrong:
        for rest in ("", "tanda-terima/", "tanda-terima.pdf", "berkas/1/"):
            assert stranger.get(f"/lacak/{guess}/{rest}").status_code == 404
    assert stranger.get("/lacak/", {"kode": case.number}).status_code == 404
    assert stranger.get("/layanan/isi/abc/").status_code == 404
    for _ in range(limits.GUESS.most):
        last = stranger.get(f"/lacak/{'B' * 16}/")
    assert last.status_code == 429
    assert stranger.get(f"/lacak/{code}/").status_code == 429


@pytest.mark.usefixtures("now")
def test_a_code_is_read_however_it_is_typed_and_only_its_hash_is_kept() -> None:
    case = ask(Applicant())
    code = tracking_code(case, AT)
    for typed in (code, code.lower(), spaced(code), f" {spaced(code).lower()} ", code.replace("", " ")):
        assert case_followed(typed) == case
    assert Client().get("/lacak/", {"kode": code.lower()})["Location"] == f"/lacak/{spaced(code)}/"
    assert TrackingCode.objects.count() == 1
    assert code not in str(list(TrackingCode.objects.values()))


@pytest.mark.usefixtures("now")
def test_nothing_private_stands_in_public_pages() -> None:
    ask(Applicant())
    seen: set[str] = set()
    waiting = ["/layanan/"]
    visitor = Client()
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in seen or not address.startswith(("/layanan/", "/lacak/")):
            continue
        seen.add(address)
        answer = visitor.get(address)
        if "html" not in answer.get("Content-Type", ""):
            continue
        text = answer.content.decode()
        assert [each for each in SEEDED if each in text] == [], address
        waiting += page(answer).xpath("//a/@href")
    assert len(seen) > 25


@pytest.mark.usefixtures("now")
def test_the_applicants_page_names_nobody_of_the_office_and_no_other_case() -> None:
    case, other = ask(Applicant()), ask(Applicant(), rincian_informasi="Perkara orang lain XLAINX")
    incomplete(case)
    code = tracking_code(case, AT)
    text = Client().get(f"/lacak/{code}/").content.decode()
    names = [person.name for person in Person.objects.all() if person.name in text]
    assert names == []
    assert other.number not in text
    assert "XLAINX" not in text


@pytest.mark.usefixtures("now")
def test_an_applicant_gets_the_papers_sent_to_him_and_no_others() -> None:
    case = ask(Applicant())
    mine = Attachment.objects.filter(case=case).first()
    code = tracking_code(case, AT)
    given = Client().get(f"/lacak/{code}/").content.decode()
    assert "berkas/" not in given
    assert mine is not None
    assert Client().get(f"/lacak/{code}/berkas/{mine.pk}/").status_code == 404


@pytest.mark.usefixtures("now")
def test_an_officer_at_the_counter_prints_the_same_receipt() -> None:
    person = officer()
    values = {n: v for n, v in ASKED.items() if n != "outcome"}
    case = actions.start("permohonan-informasi", person, AT, values=values, evidence="Formulir di loket")
    assert person.account is not None
    desk = Client()
    desk.force_login(person.account)
    at_desk = desk.get(f"/layanan/loket/{case.number}/tanda-terima.pdf")
    assert at_desk.content.startswith(b"%PDF")
    code = tracking_code(case, AT)
    assert Client().get(f"/lacak/{code}/tanda-terima.pdf").content == at_desk.content
    assert "tanda-terima.pdf" in desk.get(case.get_absolute_url()).content.decode()
    stranger = Client()
    blind = (each for each in Person.objects.exclude(account=None) if not _sees(each, case))
    other = next(blind)
    assert other.account is not None
    stranger.force_login(other.account)
    assert stranger.get(f"/layanan/loket/{case.number}/tanda-terima.pdf").status_code == 404
    assert Client().get(f"/layanan/loket/{case.number}/tanda-terima.pdf").status_code == 302


@pytest.mark.usefixtures("now")
def test_without_the_right_answer_nothing_is_sent_and_an_answer_is_good_once() -> None:
    applicant = Applicant()
    procedure = cases.definition_in_force("permohonan-informasi", AT)
    check = applicant.fill(applicant.begin("permohonan-informasi"), procedure, ASKED)
    tree = page(applicant.client.get(check))
    good = answered(tree)
    assert applicant.client.post(check, {**good, "jawaban": "99"}).status_code == 422
    assert applicant.client.post(check, {"altcha": "abc"}).status_code == 422
    assert applicant.client.post(check, {}).status_code == 422
    assert not Case.objects.exists()
    assert applicant.client.post(check, good).status_code == 302
    again = applicant.fill(applicant.begin("permohonan-informasi"), procedure, ASKED)
    assert applicant.client.post(again, good).status_code == 422
    assert Case.objects.count() == 1


@pytest.mark.usefixtures("now")
def test_more_forms_than_the_limit_are_not_taken_from_one_address() -> None:
    for _ in range(limits.SEND_PLAIN.most):
        assert limits.SEND_PLAIN.allows("127.0.0.1", AT)
    applicant = Applicant()
    form = applicant.begin("permohonan-informasi")
    check = applicant.fill(form, cases.definition_in_force("permohonan-informasi", AT), ASKED)
    assert applicant.send(check).status_code == 429
    assert not Case.objects.exists()
    assert Submission.objects.get().raw["nama"] == ASKED["nama"]


def test_counts_are_kept_without_the_address_and_forgotten() -> None:
    assert limits.BEGIN.allows("203.0.113.9", AT)
    assert "203.0.113.9" not in str(list(Counter.objects.values()))
    assert limits.forget_counts(AT + timedelta(hours=1)) == 0
    assert limits.forget_counts(AT + timedelta(hours=3)) == 1


@pytest.mark.usefixtures("now")
def test_a_file_sent_as_soon_as_it_is_chosen_is_listed_and_stays_one() -> None:
    applicant = Applicant()
    form = applicant.begin("permohonan-informasi")
    address = f"{form}isian/identitas/"
    part = applicant.client.post(address, {"identitas": paper()}, headers={"hx-request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    (key,) = page(part).xpath("//input[@type='hidden' and @name='identitas']/@value")
    assert applicant.client.post(address, {"identitas": key}).status_code == 302
    assert Submission.objects.get().raw["identitas"] == key
    dropped = applicant.client.post(address, {"identitas": key, "_drop": f"identitas|{key}"})
    assert dropped.status_code == 200
    assert Submission.objects.get().raw["identitas"] == ""
