"""The pages speak the language that somebody chose, and mark what is said in the office's own whatever the page's."""

import re
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

import laksana
from laksana.cases.tests.conftest import Desk, Office
from laksana.people.models import Account
from laksana.web.tests.test_translations import texts_of_modules, texts_of_templates
from laksana.workspace.tests.conftest import Browser, at, begin, browser, office

__all__ = ["at", "begin", "browser", "office"]
PACKAGE = Path(laksana.__file__).parent
_WORDS = """
yang dan untuk dengan tidak dari pada oleh adalah belum sudah akan dapat harus telah bila atau ini itu sebagai setiap berkas tugas
langkah pegawai surat naskah isian tanggal halaman simpan hapus kirim batal cari tambah ubah lihat unduh kembali masuk keluar
beranda layanan permohonan
"""
INDONESIAN = frozenset(_WORDS.split())
"""Words that no English text has."""
TERMS = re.compile(
    r"“[^”]*”|\b(naskah|nota) dinas\b|\bsurat masuk\b|\bSurat (baru|ganda|edaran)\b|\bYa\b|\bTidak\b|[\w-]+\.csv|for example: .*",
    re.IGNORECASE,
)
"""What an English text says in Indonesian on purpose: quotations, kinds of papers, outcomes by their name, files, examples."""


def indonesian_words(text: str) -> set[str]:
    """Return the words of a text that are Indonesian and no term that is left so."""
    return set(re.findall(r"[a-z]+", TERMS.sub(" ", text).lower())) & INDONESIAN


def test_every_text_of_the_interface_has_an_english_source() -> None:
    """The sources are the English of the interface: a text written in Indonesian would stay so on English pages."""
    found = {
        f"{file}: {text!r}"
        for file, text in [*texts_of_modules(), *texts_of_templates()]
        if indonesian_words(text)
    }
    assert sorted(found) == []


def test_no_template_says_anything_that_is_not_marked_for_translation() -> None:
    """Words that stand plainly in a template would be the same in every language."""
    found = set()
    for file in PACKAGE.rglob("templates/**/*.html"):
        source = re.sub(r"{%\s*comment.*?endcomment\s*%}", " ", file.read_text(), flags=re.DOTALL)
        source = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", " ", source, flags=re.DOTALL)
        source = re.sub(r"<(script|style)\b.*?</\1>", " ", source, flags=re.DOTALL)
        plain = re.sub(r"{%.*?%}|{{.*?}}", " ", source, flags=re.DOTALL)
        said = re.sub(r"<[^>]*>", " ", plain)
        if words := indonesian_words(said):
            found.add(f"{file.relative_to(PACKAGE)}: {sorted(words)}")
    assert sorted(found) == []


@pytest.mark.django_db
def test_a_visitor_chooses_the_language_and_keeps_it() -> None:
    visitor = Client(headers={"accept-language": "en"})
    assert '<html lang="en"' in visitor.get("/lacak/").content.decode()
    answer = visitor.post("/bahasa/", {"language": "id", "next": "/lacak/"})
    assert answer["Location"] == "/lacak/"
    page = visitor.get("/lacak/").content.decode()
    assert '<html lang="id"' in page
    tree = html.fromstring(page)
    assert tree.xpath("//footer//button[@name='language' and @aria-pressed='true']/@value") == ["id"]
    assert "Cookie" in visitor.get("/layanan/sop/")["Vary"], "a kept page is not shown in another's language"
    visitor.post("/bahasa/", {"language": "xx"})
    assert '<html lang="id"' in visitor.get("/lacak/").content.decode()
    assert visitor.post("/bahasa/", {"language": "en", "next": "https://jahat.example/"})["Location"] == "/"


def test_an_employee_finds_his_language_again_on_another_device(browser: Browser, office: Office) -> None:
    browser("staf").post("/bahasa/", {"language": "id"})
    account = Account.objects.get(username="staf")
    assert account.language == "id"
    account.set_password("frasa sandi yang panjang sekali 7")
    account.save()
    other = Client(headers={"accept-language": "en"})
    sent = {"login": "staf", "password": "frasa sandi yang panjang sekali 7"}
    assert other.post("/akun/login/", sent).status_code == 302
    assert '<html lang="id"' in other.get("/profil/").content.decode()


def test_what_a_definition_says_is_marked_as_indonesian_on_an_english_page_only(
    begin: object, browser: Browser, office: Office
) -> None:
    fields = {"hal": {"label": "Hal surat", "type": "text"}}
    steps = [{"id": "a", "asks": ["hal"], "does": "Mencatat surat"}, {"id": "b", "then": "selesai"}]
    desk: Desk = begin(steps=steps, fields=fields)  # type: ignore[operator]  # a fixture that starts a case
    client = browser("staf")
    address = f"/berkas/{desk.case.number}/langkah/{desk.item('a').pk}/"
    english = html.fromstring(client.get(address).content)
    assert english.xpath("//*[@lang='id' and normalize-space()='Hal surat']")
    assert english.xpath("//h2[@lang='id' and normalize-space()='Mencatat surat']")
    client.post("/bahasa/", {"language": "id"})
    indonesian = html.fromstring(client.get(address).content)
    assert not indonesian.xpath("//main//*[@lang]")
