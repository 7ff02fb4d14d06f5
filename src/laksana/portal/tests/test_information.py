"""Public information in the portal: found, harvested, reported; and nothing private anywhere that a stranger can reach."""

import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pypdfium2
import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html
from pyshacl import validate
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF

from laksana.cases import actions
from laksana.cases import services as cases
from laksana.cases.errors import Invalid
from laksana.cases.models import Attachment, Case, Instance
from laksana.documents.models import Paper
from laksana.documents.services import make
from laksana.files import services as files
from laksana.library.conftest import office
from laksana.library.informasi import kept, published
from laksana.library.informasi import services as informasi
from laksana.library.tests.examples import played
from laksana.people.models import Person
from laksana.portal import news_urls, track_urls
from laksana.portal import urls as portal_urls
from laksana.portal.service import service_of
from laksana.portal.tests.applicant import generated
from laksana.portal.tests.test_every_service import FITTING, ONLINE
from laksana.portal.verification import urls as verification_urls
from laksana.publishing import services as publishing
from laksana.publishing.models import Channel, Delivery, Handed, Item, Response, Video
from laksana.registers.models import Entry
from laksana.sop.definition import FieldSpec, Procedure
from laksana.web.tests.answers import content_of
from laksana.worktime.zone import OFFICE_ZONE

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
SUBJECT = Path(informasi.__file__).parent
SHAPES = Path(__file__).parent / "dcat-ap.ttl"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
LATER = datetime(2027, 2, 1, 9, tzinfo=OFFICE_ZONE)
SEED = "BOCOR"


def _play(procedure: str, scenario: str) -> None:
    played(str(SUBJECT / procedure / "tests.py"), scenario)


@pytest.fixture
def visitor() -> Iterator[Client]:
    """A stranger in February 2027, after a round of the list and a year's report."""
    cache.clear()
    kept.forget()
    _play("daftar_informasi_publik", "siklus-juli-2026")
    _play("daftar_informasi_publik", "laporan-tahunan-2026")
    for paper in Paper.objects.filter(document="laporan-layanan"):
        make(paper.pk, paper.at)
    with time_machine.travel(LATER, tick=False):
        yield Client(headers={"accept-language": "id"})


def test_the_list_is_searched_page_by_page_and_given_as_csv(visitor: Client) -> None:
    page = visitor.get("/layanan/informasi/daftar/").content.decode()
    assert page.count('class="line"') == 17
    found = visitor.get(
        "/layanan/informasi/daftar/", {"q": "putusan", "kategori": "setiap_saat"}
    ).content.decode()
    assert re.findall(r'href="/layanan/informasi/daftar/([^"/]+)/"', found) == ["opd-16-e-16"]
    assert visitor.get("/layanan/informasi/daftar/opd-16-e-16/").status_code == 200
    assert visitor.get("/layanan/informasi/daftar/tidak-ada/").status_code == 404
    assert (
        "Nothing"
        in visitor.get(
            "/layanan/informasi/daftar/", {"q": "zzz"}, headers={"accept-language": "en"}
        ).content.decode()
    )
    rows = list(
        csv.DictReader(io.StringIO(visitor.get("/layanan/informasi/daftar.csv").content.decode("utf-8-sig")))
    )
    assert len(rows) == 17
    assert rows[0]["kategori"] in ("berkala", "serta_merta", "setiap_saat")
    assert len(visitor.get("/layanan/informasi/daftar.csv?q=putusan").content.decode().splitlines()) == 2


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_a_catalogue_can_harvest_the_list(visitor: Client) -> None:
    answer = visitor.get("/layanan/informasi/daftar.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    graph = Graph().parse(data=answer.content.decode(), format="json-ld")
    conforms, _report, why = validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert conforms, why
    told = [_as_ckan_reads(graph, dataset) for dataset in graph.subjects(RDF.type, DCAT.Dataset)]
    assert len(told) == len({each["identifier"] for each in told}) == 17
    assert all(each["title"] and each["notes"] and each["publisher"] and each["tags"] for each in told)
    assert all(each["uri"].startswith("http") and each["issued"].startswith("202") for each in told)
    # The shapes can refuse.
    for subject in list(graph.subjects(RDF.type, DCAT.Dataset))[:1]:
        graph.remove((subject, DCTERMS.title, None))
    assert not validate(graph, shacl_graph=Graph().parse(SHAPES))[0]


def _as_ckan_reads(graph: Graph, dataset: Any) -> dict[str, Any]:
    """Return what CKAN's harvester for DCAT takes of a dataset."""

    def value(predicate: URIRef) -> str:
        return str(graph.value(dataset, predicate) or "")

    publisher = graph.value(dataset, DCTERMS.publisher)
    contact = graph.value(dataset, DCAT.contactPoint)
    return {
        "uri": str(dataset) if isinstance(dataset, URIRef) else "",
        "identifier": value(DCTERMS.identifier),
        "title": value(DCTERMS.title),
        "notes": value(DCTERMS.description),
        "url": value(DCAT.landingPage),
        "issued": value(DCTERMS.issued),
        "frequency": value(DCTERMS.accrualPeriodicity),
        "tags": [str(word) for word in graph.objects(dataset, DCAT.keyword)],
        "publisher": str(graph.value(publisher, FOAF.name) or ""),
        "contact": str(graph.value(contact, VCARD.fn) or ""),
        "resources": [
            str(graph.value(each, DCAT.accessURL)) for each in graph.objects(dataset, DCAT.distribution)
        ],
    }


def test_the_list_is_worked_out_again_once_something_of_it_changed_and_not_before(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked, work_out = list[datetime](), published.published

    def counted(at: datetime) -> list[informasi.PublicInformation]:
        worked.append(at)
        return work_out(at)

    monkeypatch.setattr(published, "published", counted)
    addresses = ("", "daftar/", "daftar/?q=putusan", "daftar/opd-16-e-16/", "daftar.csv", "daftar.jsonld")
    for address in addresses * 2:
        assert visitor.get(f"/layanan/informasi/{address}").status_code == 200
    assert len(worked) == 1
    case = Case.objects.filter(procedure="daftar-informasi-publik").latest("pk")
    actions.comment(case.pk, Person.objects.get(account__username="dewanti"), "Dilihat", LATER)
    visitor.get("/layanan/informasi/daftar/")
    assert len(worked) == 2, "any act on a round"
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        visitor.get("/layanan/informasi/daftar/")
    assert len(worked) == 3, "another day"


def test_a_signed_report_is_published_and_an_unsigned_one_is_not(visitor: Client) -> None:
    page = visitor.get("/layanan/informasi/laporan/2026/").content.decode()
    assert "L-1" in page
    assert "92" in page
    told = json.loads(visitor.get("/layanan/informasi/laporan/2026.json").content)
    assert (told["tahun"], told["rekap_layanan"][0]["jumlah_permohonan"]) == (2026, 45)
    assert visitor.get("/layanan/informasi/laporan/2026.csv").content.decode().startswith("\ufeffbagian,")
    pdf = visitor.get("/layanan/informasi/laporan/2026.pdf")
    text = _text(content_of(pdf))
    assert "TAHUN 2026" in text
    assert "Petugas kurang" in text
    for missing in ("laporan/2025/", "laporan/2026.xls", "laporan/2025.pdf"):
        assert visitor.get(f"/layanan/informasi/{missing}").status_code == 404


def test_nothing_private_can_be_reached_by_a_stranger(visitor: Client) -> None:
    for procedure, scenario in (
        ("permohonan_informasi", "normal-tepat-waktu"),
        ("informasi_dikecualikan", "sebelum-permintaan-sebagian"),
        ("keberatan_informasi", "diterima-dengan-perintah"),
        ("sengketa_informasi", "mediasi-berhasil"),
        ("pewarta_warga", "layak-tayang"),
        ("penyebarluasan_informasi", "rutin-normal"),
        ("penyebarluasan_informasi", "sentimen-dan-hoaks"),
    ):
        _play(procedure, scenario)
    _newsroom()
    written = _personal_values()
    for name in ONLINE:
        _submitted(name)
    seeded = sum(_seed(case) for case in Case.objects.select_related("sop"))
    assert seeded > 100
    assert set(ONLINE) <= set(Case.objects.values_list("procedure", flat=True))
    kept.forget()
    pages = dict(_crawled(visitor))
    reached = {_name_of(address) for address in pages}
    assert _public_names() - reached == NOT_LINKED
    assert {
        "/layanan/informasi/daftar.jsonld",
        "/layanan/informasi/dikecualikan.csv",
        "/layanan/informasi/laporan/2026.pdf",
    } <= set(pages)
    assert sum(1 for address in pages if address.endswith(".pdf") or ".pdf?" in address) > 3
    leaking = {
        address: re.findall(rf"{SEED}\w+", text)[:3] for address, text in pages.items() if SEED in text
    }
    assert leaking == {}
    assert len(written) >= 12
    shown = {value: address for address, text in pages.items() for value in written if value in text}
    assert shown == {}
    exempt = pages["/layanan/informasi/dikecualikan/"]
    assert "001/DIK/PPID/VIII/2026" in exempt


NOT_LINKED = {
    *(
        "portal:form",
        "portal:later",
        "portal:check",
        "portal:page",
        "portal:start",
        "portal:origin",
        "portal:counter-receipt",
    ),
    *(
        "track:case",
        "track:use-right",
        "track:receipt",
        "track:receipt-pdf",
        "track:paper",
        "track:answer",
        "track:mail",
    ),
    *("news:response", "verification:page", "verification:revoked"),
}
"""Addresses of the portal that hold a secret of their reader, or that only a button sends to; other tests hold what they show."""


def _public_names() -> set[str]:
    """Return the names of every page for anybody."""
    modules = (portal_urls, news_urls, track_urls, verification_urls)
    return {f"{module.app_name}:{each.name}" for module in modules for each in module.urlpatterns}


def _name_of(address: str) -> str:
    """Return the name of the page behind an address; "" where there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def _newsroom() -> None:
    """Publish a video beside the pictures, let readers ask and the office keep channels: all of it private but the answer."""
    item = Item.objects.filter(kind=Item.Kind.STORY).latest("pk")
    content = (Path(publishing.__file__).parent / "tests" / "video.mp4").read_bytes()
    Video.objects.create(item=item, stored=files.store(io.BytesIO(content), "v.mp4", ["video/mp4"], at=LATER))
    editor = Person.objects.get(account__username="dewanti")
    for number, state in enumerate(Response.State.values):
        secret = {
            name: f"{SEED}{name}{number}" for name in ("name", "contact", "text", "reason", "token_hash")
        }
        row = Response.objects.create(
            item=item, kind=Response.Kind.CORRECTION, sent_at=LATER, due_at=LATER, state=state, **secret
        )
        publishing.note_contact_reading(row, editor, LATER)
    channel = Channel.objects.create(
        name=f"{SEED}kanal", adapter="surel", address=f"{SEED}@contoh.example", secret=f"{SEED}rahasia"
    )
    delivery = Delivery.objects.create(
        item=item, channel=channel, ordered_at=LATER, fault=f"{SEED}gagal", link=f"https://x.com/{SEED}"
    )
    Handed.objects.create(delivery=delivery, recipient=f"{SEED}penerima@contoh.example", at=LATER)


def _personal_values() -> set[str]:
    """Return what stands in the personal fields of the cases played, but for the name under which a writer agreed to run."""
    found: set[str] = set()
    for case in Case.objects.select_related("sop"):
        agreed = str(case.data.get("nama_tayang") or "")
        found |= {
            text
            for name in cases.definition(case).data.personal
            if isinstance(text := case.data.get(name), str) and len(text) > 7 and text != agreed
        }
    return found


def _submitted(name: str) -> None:
    """Let a stranger's form start a case; where the form needs files, or more than its types say, a case is put there."""
    procedure = cases.definition_in_force(name, LATER)
    step = procedure.steps[0]
    values = {
        field: value
        for field, value in (generated(procedure, step, LATER) | FITTING.get(name, {})).items()
        if procedure.fields[field].type not in ("file", "files")
    }
    try:
        actions.submit(name, values, LATER, evidence="uji")
    except Invalid:
        sop = cases.version_in_force(name, LATER)
        Case.objects.create(number=f"UJI/{name}", sop=sop, procedure=name, level="terbatas", opened_at=LATER)


def _private(procedure: Procedure) -> set[str]:
    """Return the fields of a procedure that no stranger may read: what it calls personal, and all that an applicant writes."""
    names = set(procedure.data.personal)
    if service_of(procedure) is not None:
        names |= {name for name in procedure.steps[0].asks if procedure.fields[name].type in _WRITTEN}
    if procedure.id == "informasi-dikecualikan":
        names |= {
            "judul_dokumen",
            "uraian_informasi",
            "konsekuensi_dibuka",
            "konsekuensi_ditutup",
            "analisis_hukum",
            "entri_dik",
        }
    return names


_WRITTEN = ("text", "longtext", "email", "phone", "nik", "npwp", "file", "files", "location")


def _seed(case: Case) -> int:
    """Write a word that stands nowhere else into every private field of a case, its registers, its files; return how many."""
    procedure = cases.definition(case)
    private = _private(procedure)
    data = {
        **case.data,
        **{name: _seeded(case, name, procedure.fields[name], case.data.get(name)) for name in private},
    }
    Case.objects.filter(pk=case.pk).update(
        data=data, subject=f"{SEED}{case.pk}perihal", search_text=f"{SEED}{case.pk}cari"
    )
    Attachment.objects.filter(case=case, document="").update(name=f"{SEED}{case.pk}berkas.pdf")
    for instance in Instance.objects.filter(case=case):
        kept = {name: f"{SEED}{case.pk}{name}" for name in private & instance.data.keys()}
        Instance.objects.filter(pk=instance.pk).update(data={**instance.data, **kept})
    for entry in list(Entry.objects.filter(case=case, kind=Entry.Kind.ROW)):
        sources = {r.id: r.columns for r in procedure.registers}.get(entry.register, {})
        values = {
            key: f"{SEED}{case.pk}{key}"
            for key in entry.values
            if sources.get(key) in private or key in _OF_THE_BOOK
        }
        Entry.objects.create(
            procedure=entry.procedure, register=entry.register, year=entry.year, number=entry.number, kind=Entry.Kind.CORRECTION,
            changes=entry, case=case, values=values, reason=f"{SEED}{case.pk}alasan", at=LATER,
        )  # fmt: skip
    return len(private)


_OF_THE_BOOK = ("informasi_yang_dikecualikan", "konsekuensi_bila_dibuka", "konsekuensi_bila_ditutup")


def _seeded(case: Case, name: str, spec: FieldSpec, held: Any) -> Any:
    word = f"{SEED}{case.pk}{name}"
    if spec.columns:
        rows = held or [{}]
        texts = [
            column
            for column, inner in spec.columns.items()
            if inner.type in ("text", "longtext") and column != "dasar"
        ]
        return [{**row, **{column: f"{word}{column}" for column in texts}} for row in rows]
    return (
        held
        if spec.type
        in ("file", "files", "date", "datetime", "number", "money", "choice", "multichoice", "bool")
        else word
    )


def _crawled(visitor: Client) -> Iterator[tuple[str, str]]:
    """Yield every address that a stranger reaches by links from the portal's doors, with all that can be read there."""
    waiting = deque(
        [
            "/layanan/",
            "/lacak/",
            "/verifikasi/",
            "/robots.txt",
            "/sitemap.xml",
            "/layanan/informasi/daftar/?q=BOCOR",
        ]
    )
    seen: set[str] = set(waiting)
    while waiting:
        address = waiting.popleft()
        answer = visitor.get(address)
        content = content_of(answer)
        kind = answer.get("Content-Type", "")
        if "BOCOR" in address:
            content = content.replace(b"BOCOR", b"")
        yield (
            address,
            _text(content)
            if kind == "application/pdf"
            else content.decode("utf-8", "replace") + str(answer.headers),
        )
        if "html" not in kind or answer.status_code != 200:
            continue
        page: Any = html.fromstring(content or b"<p>")
        for link in page.xpath("//@href|//@src|//form[@method='get']/@action"):
            target = urldefrag(urljoin(f"http://testserver{address}", link))[0]
            parts = urlsplit(target)
            local = parts.path + (f"?{parts.query}" if parts.query else "")
            if (
                parts.netloc == "testserver"
                and not parts.path.startswith(("/static/", "/akun/"))
                and local not in seen
            ):
                seen.add(local)
                waiting.append(local)


def _text(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
