"""Forms drawn from a definition: every type of field, what was typed, errors, drafts, rows, files, ended sessions."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from laksana.cases.models import Attachment, Case, Draft, WorkItem
from laksana.cases.tests.conftest import Office, definition, install
from laksana.documents.tests.pdf import text_of
from laksana.people.models import Person
from laksana.workspace.tests.conftest import NOW, Browser, parsed

URL = "/mulai/segala/"
CHOICES = {"a": "Pilihan A", "b": "Pilihan B"}
MANY = {f"k{number}": f"Kota {number}" for number in range(12)}
FIELDS: dict[str, Any] = {
    "hal": {"label": "Hal", "type": "text", "required": True, "max_length": 40, "help": "Singkat saja"},
    "uraian": {"label": "Uraian", "type": "longtext"},
    "isi": {"label": "Isi surat", "type": "prose", "body_of": ["surat"]},
    "jumlah": {"label": "Jumlah", "type": "number", "min": 1},
    "biaya": {"label": "Biaya", "type": "money"},
    "tanggal": {"label": "Tanggal", "type": "date"},
    "saat": {"label": "Saat", "type": "datetime"},
    "jam": {"label": "Jam", "type": "time"},
    "jenis": {"label": "Jenis", "type": "choice", "choices": CHOICES, "required": True},
    "kota": {"label": "Kota", "type": "choice", "choices": MANY},
    "sifat": {"label": "Sifat", "type": "multichoice", "choices": CHOICES},
    "perlu": {"label": "Perlu surat", "type": "bool", "required": True},
    "setuju": {"label": "Saya setuju", "type": "bool"},
    "alasan": {
        "label": "Alasan", "type": "text", "shown_if": "jenis == 'b'", "required_if": "jenis == 'b'",
    },
    "lampiran": {"label": "Lampiran", "type": "file"},
    "bukti": {"label": "Bukti", "type": "files"},
    "orang": {"label": "Orang", "type": "person"},
    "bagian": {"label": "Bagian", "type": "unit"},
    "petugas": {"label": "Petugas", "type": "assignee"},
    "surel": {"label": "Surel", "type": "email"},
    "telepon": {"label": "Telepon", "type": "phone"},
    "nip": {"label": "NIP", "type": "nip"},
    "nik": {"label": "NIK", "type": "nik"},
    "npwp": {"label": "NPWP", "type": "npwp"},
    "laman": {"label": "Laman", "type": "url"},
    "tempat": {"label": "Tempat", "type": "location"},
    "peserta": {
        "label": "Peserta", "type": "table", "max_rows": 3,
        "columns": {
            "nama": {"label": "Nama", "type": "text", "required": True},
            "hadir": {"label": "Hadir", "type": "bool"},
        },
    },
    "nomor": {"label": "Nomor", "type": "text", "computed": True},
}  # fmt: skip
GOOD = {"hal": "Rapat", "jenis": "a", "perlu": "true"}


@pytest.fixture(autouse=True)
def _procedure(office: Office) -> None:
    steps = [
        {"id": "catat", "asks": list(FIELDS)},
        {"id": "periksa", "by": "kasubag"},
        {"id": "akhir", "then": "selesai"},
    ]
    documents = [{"id": "surat", "title": "Surat", "form": "surat", "at": "akhir"}]
    install(definition("segala", steps=steps, fields=FIELDS, documents=documents))


@pytest.fixture
def clerk(browser: Browser) -> Client:
    """The clerk's browser."""
    return browser("staf")


def controls(tree: Any) -> set[str]:
    """Return the names of the form's fields."""
    names = {element.get("name") for element in tree.xpath("//form[@id='formulir']//*[@name]")}
    return {name for name in names if name and not name.startswith(("_", "csrf"))}


def test_every_type_of_field_has_a_control_with_a_label(clerk: Client) -> None:
    tree = parsed(clerk.get(URL))
    shown = set(FIELDS) - {"alasan", "nomor", "peserta"}
    assert controls(tree) == shown | {"peserta.0.nama", "peserta.0.hadir"}
    for control in tree.xpath("//form[@id='formulir']//*[self::input or self::select or self::textarea]"):
        if control.get("type") == "hidden":
            continue
        labelled = tree.xpath(f"//label[@for='{control.get('id')}']") or control.xpath("ancestor::label")
        assert labelled, control.get("name")


def test_a_help_text_is_tied_to_its_control(clerk: Client) -> None:
    [control] = parsed(clerk.get(URL)).xpath("//*[@id='f-hal']")
    assert control.get("aria-describedby") == "f-hal-hint"


def test_few_choices_are_cards_and_many_a_list(clerk: Client) -> None:
    tree = parsed(clerk.get(URL))
    assert len(tree.xpath("//input[@type='radio'][@name='jenis']")) == 2
    assert len(tree.xpath("//select[@name='kota']/option")) == 13


def test_a_good_form_starts_the_case_and_forgets_the_draft(clerk: Client) -> None:
    clerk.post(URL + "draf/", {"hal": "Rap"})
    response = clerk.post(URL, GOOD, follow=True)
    case = Case.objects.get()
    assert response.redirect_chain[-1][0] == f"/berkas/{case.number}/"
    assert case.data["hal"] == "Rapat"
    assert not Draft.objects.exists()


def test_errors_stand_at_the_field_and_in_a_summary_that_links_there(clerk: Client) -> None:
    response = clerk.post(URL, {"jenis": "a", "perlu": "true", "jumlah": "nol", "hal": ""})
    tree = parsed(response)
    assert response.status_code == 422
    links = [link.get("href") for link in tree.xpath("//section[@class='errors']//a")]
    assert links == ["#f-hal", "#f-jumlah"]
    for link in links:
        [control] = tree.xpath(f"//*[@id='{link[1:]}']")
        assert control.get("aria-invalid") == "true"
        assert f"{link[1:]}-error" in control.get("aria-describedby")


def test_what_was_typed_is_kept_when_something_is_wrong(clerk: Client) -> None:
    typed = {"jumlah": "nol", "uraian": "<b>Panjang</b>", "tanggal": "2026-11-20", "sifat": ["b"], "setuju": "true",
             "peserta.0.nama": "Ani", "peserta.0.hadir": "true"}  # fmt: skip
    tree = parsed(clerk.post(URL, typed))
    assert tree.xpath("//*[@id='f-jumlah']/@value") == ["nol"]
    assert tree.xpath("//*[@id='f-uraian']")[0].text.strip() == "<b>Panjang</b>"
    assert tree.xpath("//*[@id='f-tanggal']/@value") == ["2026-11-20"]
    assert tree.xpath("//input[@name='sifat'][@checked]/@value") == ["b"]
    assert tree.xpath("//*[@id='f-setuju'][@checked]")
    assert tree.xpath("//*[@id='f-peserta-0-nama']/@value") == ["Ani"]
    assert tree.xpath("//*[@id='f-peserta-0-hadir'][@checked]")


def test_an_error_in_a_row_links_to_its_cell(clerk: Client) -> None:
    tree = parsed(clerk.post(URL, {**GOOD, "peserta.0.nama": "", "peserta.0.hadir": "true"}))
    assert tree.xpath("//section[@class='errors']//a/@href") == ["#f-peserta-0-nama"]


def test_a_field_appears_when_the_answer_it_depends_on_is_given(clerk: Client) -> None:
    assert "alasan" not in controls(parsed(clerk.get(URL)))
    drawn = parsed(clerk.post(URL + "isian/", {**GOOD, "jenis": "b"}))
    [control] = drawn.xpath("//*[@name='alasan']")
    assert control.get("required") is not None
    assert drawn.xpath("//input[@name='jenis'][@data-live]")
    assert not drawn.xpath("//input[@name='hal'][@data-live]")


def test_rows_are_added_and_removed_without_script_and_nothing_is_lost(clerk: Client) -> None:
    typed = {"hal": "Rapat", "peserta.0.nama": "Ani"}
    tree = parsed(clerk.post(URL, {**typed, "_add": "peserta"}))
    assert tree.xpath("//*[@id='f-peserta-0-nama']/@value") == ["Ani"]
    assert tree.xpath("//*[@id='f-peserta-1-nama']/@value") == [""]
    tree = parsed(clerk.post(URL, {**typed, "peserta.1.nama": "Budi", "_remove": "peserta.0"}))
    assert tree.xpath("//*[@id='f-peserta-0-nama']/@value") == ["Budi"]
    assert not tree.xpath("//*[@id='f-peserta-1-nama']")
    assert tree.xpath("//*[@id='f-hal']/@value") == ["Rapat"]
    assert not Case.objects.exists()


def png(name: str = "foto.png") -> SimpleUploadedFile:
    """Return a small picture."""
    content = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
        "a5f645400000000049454e44ae426082"
    )
    return SimpleUploadedFile(name, content, "image/png")


def test_a_file_stays_when_another_field_is_wrong_and_comes_into_the_case(clerk: Client) -> None:
    tree = parsed(
        clerk.post(URL, {**GOOD, "hal": "", "lampiran": png(), "bukti": [png("a.png"), png("b.png")]})
    )
    [kept] = tree.xpath("//input[@type='hidden'][@name='lampiran']/@value")
    both = tree.xpath("//input[@type='hidden'][@name='bukti']/@value")
    assert len(both) == 2
    clerk.post(URL, {**GOOD, "lampiran": ["", kept, ""], "bukti": both})
    case = Case.objects.get()
    assert Attachment.objects.get(pk=kept).case == case
    assert case.data["bukti"] == [int(key) for key in both]


def test_a_file_is_taken_out_again_by_its_button(clerk: Client) -> None:
    tree = parsed(clerk.post(URL, {**GOOD, "hal": "", "bukti": [png("a.png"), png("b.png")]}))
    first, second = tree.xpath("//input[@type='hidden'][@name='bukti']/@value")
    tree = parsed(clerk.post(URL, {**GOOD, "bukti": [first, second], "_drop": f"bukti|{first}"}))
    assert tree.xpath("//input[@type='hidden'][@name='bukti']/@value") == [second]


def test_nobody_can_name_a_file_that_somebody_else_gave(clerk: Client, browser: Browser) -> None:
    tree = parsed(browser("staf2").post(URL, {**GOOD, "hal": "", "lampiran": png()}))
    [strange] = tree.xpath("//input[@type='hidden'][@name='lampiran']/@value")
    response = clerk.post(URL, {**GOOD, "lampiran": strange})
    assert response.status_code == 422
    assert "foto.png" not in response.content.decode()
    assert not Case.objects.exists()


def test_a_file_of_the_wrong_kind_is_refused_at_its_field(clerk: Client) -> None:
    program = SimpleUploadedFile("surat.pdf", b"MZ\x90\x00\x03" + bytes(200), "application/pdf")
    tree = parsed(clerk.post(URL, {**GOOD, "lampiran": program}))
    [error] = tree.xpath("//*[@id='f-lampiran-error']")
    assert "surat.pdf" in error.text_content()
    assert tree.xpath("//*[@id='f-hal']/@value") == ["Rapat"]


def test_a_draft_is_kept_and_stands_in_the_form_until_begun_anew(clerk: Client) -> None:
    assert "08.30" in clerk.post(URL + "draf/", {"hal": "Setengah", "jenis": "b"}).content.decode()
    tree = parsed(clerk.get(URL))
    assert tree.xpath("//*[@id='f-hal']/@value") == ["Setengah"]
    assert "alasan" in controls(tree)
    clerk.post(URL + "draf/", {"_forget": "1"})
    assert parsed(clerk.get(URL)).xpath("//*[@id='f-hal']/@value") == [""]


def test_a_draft_is_its_writers_alone(clerk: Client, browser: Browser) -> None:
    clerk.post(URL + "draf/", {"hal": "Rahasia saya"})
    assert "Rahasia saya" not in browser("staf2").get(URL).content.decode()


def test_the_same_form_sent_twice_starts_one_case(clerk: Client) -> None:
    [key] = parsed(clerk.get(URL)).xpath("//input[@name='_key']/@value")
    first = clerk.post(URL, {**GOOD, "_key": key})
    second = clerk.post(URL, {**GOOD, "_key": key})
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


@pytest.fixture
def ended(clerk: Client) -> tuple[Client, str]:
    """A browser whose session ended while the form was open, and the signed key that the form carries."""
    [given_to] = parsed(clerk.get(URL)).xpath("//input[@name='_as']/@value")
    clerk.logout()
    return clerk, given_to


def test_a_form_sent_after_the_session_ended_becomes_a_draft(
    ended: tuple[Client, str], browser: Browser
) -> None:
    client, given_to = ended
    response = client.post(URL, {**GOOD, "uraian": "Panjang sekali", "lampiran": png(), "_as": given_to})
    assert response["Location"] == f"/akun/login/?next={URL}"
    assert not Case.objects.exists()
    tree = parsed(browser("staf").get(URL))
    assert tree.xpath("//*[@id='f-uraian']")[0].text.strip() == "Panjang sekali"
    assert tree.xpath("//input[@type='hidden'][@name='lampiran']")


def test_a_draft_is_kept_after_the_session_ended_and_the_person_is_told(ended: tuple[Client, str]) -> None:
    client, given_to = ended
    response = client.post(
        URL + "draf/", {"hal": "Masih saya tulis", "_as": given_to}, headers={"hx-request": "true"}
    )
    assert response.status_code == 401
    assert "session has ended" in response.content.decode()
    assert Draft.objects.get().data["raw"]["hal"] == "Masih saya tulis"


def test_a_form_without_a_session_keeps_nothing_for_a_key_that_is_forged_or_old(
    ended: tuple[Client, str],
) -> None:
    client, given_to = ended
    client.post(URL, {**GOOD, "_as": "1" + given_to})
    client.post(URL, GOOD)
    with time_machine.travel(NOW + timedelta(days=3)):
        client.post(URL, {**GOOD, "_as": given_to})
    assert not Draft.objects.exists()


def test_the_key_of_a_form_lets_nobody_in(ended: tuple[Client, str]) -> None:
    client, given_to = ended
    assert client.get("/tugas/").status_code == 302
    assert client.post(URL, {**GOOD, "_as": given_to}).status_code == 302
    assert not Case.objects.exists()


def test_a_form_is_kept_for_nobody_who_has_left(ended: tuple[Client, str]) -> None:
    client, given_to = ended
    Person.objects.filter(account__username="staf").update(active=False)
    client.post(URL, {**GOOD, "_as": given_to})
    assert not Draft.objects.exists()


def test_who_may_not_start_a_procedure_is_told_so(browser: Browser) -> None:
    response = browser("kepala").get(URL)
    assert response.status_code == 403
    assert "You cannot start this procedure." in response.content.decode()


def test_no_page_with_a_form_needs_a_style_or_script_inside(clerk: Client) -> None:
    content = clerk.get(URL).content.decode()
    assert not re.search(r"\sstyle=|\son[a-z]+=", content)


def shown_text(response: Any) -> str:
    """Return the words of a PDF that a page answered with."""
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    return text_of(response.content)


def test_the_paper_is_shown_as_it_stands_in_the_form_without_sending_it(clerk: Client) -> None:
    text = shown_text(
        clerk.post(URL + "pratinjau/?isian=isi", {"isi": "<p>Dengan <b>hormat</b></p><ul><li>satu</li></ul>"})
    )
    assert "Dengan hormat" in text
    assert "• satu" in text
    assert not Case.objects.exists()
    assert not Draft.objects.exists()


def test_the_paper_is_shown_as_the_draft_was_kept(clerk: Client) -> None:
    assert "[......]" in shown_text(clerk.get(URL + "pratinjau/?isian=isi"))
    clerk.post(URL + "draf/", {"isi": "Isi yang *biasa*"})
    assert "Isi yang *biasa*" in shown_text(clerk.get(URL + "pratinjau/?isian=isi"))


@pytest.mark.parametrize("field", ["", "hal", "tiada", "nomor"])
def test_only_the_body_of_a_paper_is_shown_as_one(clerk: Client, field: str) -> None:
    assert clerk.get(URL + f"pratinjau/?isian={field}").status_code == 404


def test_a_paper_is_shown_only_to_who_may_fill_the_form_in(browser: Browser, clerk: Client) -> None:
    assert browser("kasubag").get(URL + "pratinjau/?isian=isi").status_code == 404
    assert Client().get(URL + "pratinjau/?isian=isi").status_code in (302, 401, 403)
    clerk.post(URL, {**GOOD, "_key": "1"})
    case = Case.objects.get()
    item = WorkItem.objects.get(case=case, step="periksa")
    assert clerk.get(f"/berkas/{case.number}/langkah/{item.pk}/pratinjau/?isian=isi").status_code == 404


def test_a_formatted_text_is_kept_as_a_tree_and_shown_without_what_is_hostile(clerk: Client) -> None:
    sent = "<p>Isi <strong>tebal</strong><script>alert(1)</script> &lt;b&gt;</p>"
    clerk.post(URL, {**GOOD, "isi": sent, "_key": "1"}, follow=True)
    case = Case.objects.get()
    runs = [{"text": "Isi "}, {"text": "tebal", "bold": True}, {"text": " <b>"}]
    assert case.data["isi"] == {"blocks": [{"kind": "p", "runs": runs}]}
    page = clerk.get(f"/berkas/{case.number}/").content.decode()
    assert "<p>Isi <strong>tebal</strong> &lt;b&gt;</p>" in page
    assert "alert(1)" not in page
    assert "tebal" in case.search_text
