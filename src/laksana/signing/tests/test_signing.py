"""A paper is signed by its signatory with his passphrase, once, whole, and so that independent readers accept it."""

import io
import logging
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.apps import apps
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.generic import NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps import DummyTimeStamper
from pytest_django import Settings

from laksana.cases.chain import verify
from laksana.cases.errors import AlreadyDone, NotYours, Refused
from laksana.cases.models import Case, Event
from laksana.cases.tests.conftest import MORNING, Office
from laksana.documents.models import Paper
from laksana.documents.papers import make
from laksana.documents.tests.pdf import text_of
from laksana.people.models import Absence, Holding, Position
from laksana.signing import authority, keys, pades, services
from laksana.signing.errors import NotSigned, WrongPassphrase
from laksana.signing.models import Certificate, Signature
from laksana.signing.tests.conftest import DOCUMENT, FIELDS, PASSPHRASE, STEPS, Begin, Waits
from laksana.signing.tests.stamping import certificate_and_key
from laksana.signing.validation import findings
from laksana.signing.waiting import content

NOW = MORNING + timedelta(hours=1)


def signed(signature: Signature) -> bytes:
    signature.refresh_from_db()
    assert signature.attachment is not None
    return content(signature.attachment)


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own words)


def test_the_signed_paper_is_a_new_version_and_the_old_one_stays(waits: Waits, office: Office) -> None:
    signature = waits()
    before = content(signature.paper.attachment)  # type: ignore[arg-type]
    services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    after = signed(signature)
    assert after.startswith(before)
    assert signature.paper.case.attachments.count() == 2
    assert (signature.by, signature.signed_at, signature.method) == (office.kasubag, NOW, "local")
    event = Event.objects.get(kind="paper-signed")
    assert event.actor == office.kasubag
    assert event.data["sha256"] == signature.attachment.stored.sha256  # type: ignore[union-attr]
    assert list(verify(iter(Case.objects.all()))) == []


def test_pyhanko_and_pdfsig_accept_it(waits: Waits, office: Office, tmp_path: Path) -> None:
    signature = waits()
    services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    pdf = signed(signature)
    (finding,) = findings(pdf, NOW)
    assert (finding.field, finding.signer, finding.intact, finding.trusted) == (
        "TandaTangan1", "Kasubag Contoh", True, True,
    )  # fmt: skip
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig was not found")
    file = tmp_path / "signed.pdf"
    file.write_bytes(pdf)
    said = ran("pdfsig", "-nocert", str(file)).stdout
    assert "Signature Validation: Signature is Valid." in said
    assert "ETSI.CAdES.detached" in said


def test_the_signed_pdf_is_whole_and_still_says_that_it_is_pdfa(
    waits: Waits, office: Office, tmp_path: Path
) -> None:
    signature = waits()
    services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    pdf = signed(signature)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        with opened.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert opened.Root.MarkInfo.Marked
        (annotation,) = [
            a for page in opened.pages for a in page.get("/Annots", []) if a.Subtype == "/Widget"
        ]
        assert int(annotation.F) & 4
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf was not found")
    file = tmp_path / "signed.pdf"
    file.write_bytes(pdf)
    assert ran("qpdf", "--check", str(file)).returncode == 0
    fonts = ran("pdffonts", str(file)).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)


def test_a_byte_changed_is_found(waits: Waits, office: Office) -> None:
    signature = waits()
    services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    pdf = bytearray(signed(signature))
    place = pdf.index(b"/CreationDate")
    pdf[place + 20] ^= 1
    assert [each.intact for each in findings(bytes(pdf), NOW)] in ([False], [])


def test_a_page_put_over_a_signed_one_is_found(waits: Waits, office: Office) -> None:
    signature = waits()
    services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    writer = IncrementalPdfFileWriter(io.BytesIO(signed(signature)))
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=b"0 0 m"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    assert [each.intact for each in findings(out.getvalue(), NOW)] == [False]


def test_a_wrong_passphrase_signs_nothing_and_is_told_nowhere(
    waits: Waits, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    signature = waits()
    with caplog.at_level(logging.DEBUG), pytest.raises(WrongPassphrase, match="not right") as caught:
        services.sign(signature.pk, office.kasubag, "bukan-frasa-ini", NOW)
    signature.refresh_from_db()
    assert signature.signed_at is None
    assert "bukan-frasa-ini" not in caplog.text + str(caught.value)


def test_the_passphrase_is_kept_in_no_table_event_log_or_file(
    waits: Waits, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    signature = waits()
    with caplog.at_level(logging.DEBUG):
        services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    assert PASSPHRASE not in caplog.text
    for model in apps.get_models():
        for row in model._default_manager.values():
            assert PASSPHRASE not in repr(row)
    assert all(PASSPHRASE.encode() not in file.read_bytes() for file in keys.folder().iterdir())
    assert all(file.stat().st_mode & 0o077 == 0 for file in keys.folder().iterdir())


def test_an_expired_certificate_is_refused_with_its_day(waits: Waits, office: Office) -> None:
    signature = waits()
    authority.issue(office.kasubag, PASSPHRASE, NOW - timedelta(minutes=1), until=NOW)
    with pytest.raises(
        NotSigned, match=r"certificate of Kasubag Contoh expired on 10 November 2026, 09.00 WIB"
    ):
        services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW + timedelta(days=1))


def test_a_revoked_certificate_is_refused_and_told_at_verification(
    waits: Waits, office: Office, electronic: dict[str, Certificate]
) -> None:
    first = waits()
    services.sign(first.pk, office.kasubag, PASSPHRASE, NOW)
    authority.revoke(electronic["kasubag"], "Gawai hilang", NOW + timedelta(minutes=5))
    later = NOW + timedelta(hours=1)
    found = services.verification(first.token, later)
    assert found is not None
    assert found.signatures[0].certificate == "The certificate was revoked after the signing."
    assert [each.trusted for each in findings(signed(first), later)] == [False]
    second = Signature.objects.create(
        paper=first.paper, place=1, desk=f"person:{office.kasubag.pk}", name="Kasubag Contoh", asked_at=NOW
    )
    with pytest.raises(NotSigned, match=r"was revoked on 10 November 2026, 09.05 WIB: Gawai hilang"):
        services.sign(second.pk, office.kasubag, PASSPHRASE, later)


def test_who_has_no_certificate_is_told_so(waits: Waits, office: Office) -> None:
    signature = waits()
    Certificate.objects.filter(person=office.kasubag).delete()
    with pytest.raises(NotSigned, match="Kasubag Contoh has no electronic certificate"):
        services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)


def test_only_who_sits_at_the_desk_signs(waits: Waits, office: Office) -> None:
    signature = waits()
    for other in ("kepala", "sekretaris", "staf"):
        assert services.waiting_for(office.people[other], NOW) == []
        with pytest.raises(NotYours):
            services.sign(signature.pk, office.people[other], PASSPHRASE, NOW)
        with pytest.raises(NotYours):
            services.keep_scan(signature.pk, office.people[other], io.BytesIO(b"%PDF-1.7"), "a.pdf", NOW)
    assert [each.signature for each in services.waiting_for(office.kasubag, NOW)] == [signature]


def test_who_acts_for_the_signatory_signs_in_his_own_name(waits: Waits, office: Office) -> None:
    signature = waits()
    day = NOW.date()
    Absence.objects.create(person=office.kasubag, since=day, until=day, reason="Dinas luar")
    Holding.objects.create(
        person=office.sekretaris,
        position=Position.objects.get(code="kasubag"),
        kind="plh",
        since=day,
        until=day,
    )
    given = services.sign(signature.pk, office.sekretaris, PASSPHRASE, NOW)
    assert (given.name, given.title) == ("Sekretaris Contoh", "Plh. Kasubag")
    text = text_of(signed(signature))
    assert "Plh. Kasubag, Sekretaris Contoh" in text.replace("Ditandatangani", " Ditandatangani")
    assert Event.objects.get(kind="paper-signed").acting_as == "Plh. Kasubag"


def test_signed_twice_it_is_signed_once(waits: Waits, office: Office) -> None:
    signature = waits()
    services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    with pytest.raises(AlreadyDone):
        services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    assert Event.objects.filter(kind="paper-signed").count() == 1


def test_a_gap_bars_the_signing_in_the_words_that_stand_beside_it(waits: Waits, office: Office) -> None:
    signature = waits(isi="")
    with pytest.raises(NotSigned, match=r"Something is missing on “Surat Izin”: .*Isi : \[\.{6}\]"):
        services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    assert services.waiting(signature).gaps


def test_two_sign_one_paper_and_both_signatures_hold(waits: Waits, office: Office) -> None:
    first = waits()
    second = Signature.objects.create(
        paper=first.paper,
        place=1,
        desk=f"person:{office.sekretaris.pk}",
        name="Sekretaris Contoh",
        asked_at=NOW,
    )
    services.sign(first.pk, office.kasubag, PASSPHRASE, NOW)
    services.sign(second.pk, office.sekretaris, PASSPHRASE, NOW + timedelta(minutes=1))
    found = findings(signed(second), NOW + timedelta(hours=1))
    assert [(each.signer, each.intact, each.trusted) for each in found] == [
        ("Kasubag Contoh", True, True),
        ("Sekretaris Contoh", True, True),
    ]
    assert signed(second).startswith(signed(first))


def test_several_are_signed_in_one_go_and_a_refused_one_keeps_none_back(waits: Waits, office: Office) -> None:
    good = waits()
    bad = Signature.objects.create(
        paper=Paper.objects.create(
            case=good.paper.case, work_item=good.paper.work_item, document="surat-izin", row=1, title="Surat B",
            template=good.paper.template, data=good.paper.data, at=NOW,
        ),
        desk=good.desk, name="Kasubag Contoh", asked_at=NOW,
    )  # fmt: skip
    given = services.sign_all([bad.pk, good.pk], office.kasubag, PASSPHRASE, NOW)
    assert [each.refusal for each in given] == ["“Surat B” is still being made. Try again in a moment.", ""]


def test_with_a_time_stamp_authority_the_signature_is_for_the_long_term(
    waits: Waits, office: Office, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = certificate_and_key(MORNING)
    pem = certificate.public_bytes(Encoding.PEM)
    stamper = DummyTimeStamper(
        tsa_cert=next(iter(load_certs_from_pemder_data(pem))),
        tsa_key=load_private_key_from_pemder_data(
            key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), passphrase=None
        ),
        fixed_dt=NOW,
    )
    monkeypatch.setattr(pades, "timestamper", lambda: stamper)
    settings.SIGN_TRUST = str(tmp_path / "trust.pem")
    Path(settings.SIGN_TRUST).write_bytes(pem)
    signature = waits()
    services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    pdf = signed(signature)
    assert b"/DSS" in pdf
    assert b"ETSI.RFC3161" in pdf
    (finding,) = findings(pdf, NOW)
    assert (finding.intact, finding.trusted) == (True, True)


def test_without_one_the_evidence_about_the_certificate_is_embedded(waits: Waits, office: Office) -> None:
    signature = waits()
    services.sign(signature.pk, office.kasubag, PASSPHRASE, NOW)
    with pikepdf.open(io.BytesIO(signed(signature))) as opened:
        assert len(opened.Root.DSS.CRLs) == 1


def test_a_scan_is_kept_as_the_signed_version(waits: Waits, office: Office) -> None:
    signature = waits()
    scan = content(signature.paper.attachment) + b"\n%scan"  # type: ignore[arg-type]
    services.keep_scan(signature.pk, office.kasubag, io.BytesIO(scan), "pindaian.pdf", NOW)
    assert signed(signature) == scan
    assert signature.method == "basah"


def test_where_ink_is_the_rule_nothing_waits_and_steps_are_as_before(
    begin: Begin, office: Office, settings: Settings
) -> None:
    settings.SIGNATURE = "basah"
    desk = begin(steps=STEPS, fields=FIELDS, documents=[DOCUMENT])
    desk.do("konsep", nama="Siti Contoh", isi="Diizinkan.")
    desk.do("paraf", "sekretaris", outcome="Ya")
    desk.do("putus", "kasubag", outcome="Setuju")
    paper = make(Paper.objects.get().pk, desk.at)
    assert not Signature.objects.exists()
    assert services.inkable(desk.case.pk, office.kepala, NOW) == []
    assert services.inkable(desk.case.pk, office.kasubag, NOW) == [paper]
    signature = services.ask_for_ink(desk.case.pk, paper.pk, office.kasubag, NOW)
    assert signature.desk == "position:kasubag"


def test_a_step_that_signs_an_earlier_paper_is_barred_until_it_is_signed(
    begin: Begin, electronic: dict[str, Certificate], office: Office
) -> None:
    early = DOCUMENT | {"at": "konsep", "signed_at": "putus"}
    desk = begin(steps=STEPS, fields=FIELDS, documents=[early])
    desk.do("konsep", nama="Siti Contoh", isi="Diizinkan.")
    desk.do("paraf", "sekretaris", outcome="Ya")
    with pytest.raises(Refused, match=r"Sign first.*Surat Izin"):
        desk.do("putus", "kasubag", outcome="Setuju")
    make(Paper.objects.get().pk, desk.at)
    services.sign(Signature.objects.get().pk, office.kasubag, PASSPHRASE, desk.at)
    desk.do("putus", "kasubag", outcome="Setuju")
    assert desk.case.state == Case.State.ENDED
