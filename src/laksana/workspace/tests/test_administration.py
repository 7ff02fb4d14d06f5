"""The pages of those who look after the system: for them alone, each change with its trace, and nothing of what cases say."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from laksana.cases.models import Event
from laksana.cases.tests.conftest import Desk, Office
from laksana.documents.services import letterhead
from laksana.library.kepegawaian.riwayat.rights import note_reading
from laksana.people.models import Account, Group, OfficeChange
from laksana.workspace import story, tasks
from laksana.workspace.tests.conftest import NOW, Browser, parsed
from laksana.workspace.views.administration import audit
from laksana.workspace.views.administration.rights_of import rights, rights_of

PAGES = [
    "/kelola/akun/", "/kelola/akun/?q=staf&keadaan=administrator", "/kelola/akun/buat/", "/kelola/hak/", "/kelola/naskah/",
    "/kelola/naskah/?q=cuti", "/kelola/naskah/kop/", "/kelola/jejak/", "/kelola/jejak/?nomor=1&jenis=started&dari=2026-01-01",
    "/kelola/jejak/?dari=kemarin", "/kelola/jejak/pembacaan/", "/kelola/jejak/pembacaan/?jenis=pegawai",
    "/kelola/jejak/pembacaan/?jenis=buku", "/kelola/jejak/pembacaan/?jenis=penjagaan", "/kelola/jejak/perubahan/",
]  # fmt: skip


@pytest.fixture
def admin(office: Office, browser: Browser) -> Client:
    """The browser of the secretary, who looks after the system."""
    client = browser("sekretaris")
    Account.objects.filter(username="sekretaris").update(is_staff=True)
    return client


@pytest.fixture
def clerk(browser: Browser, office: Office) -> Account:
    """The account of an ordinary employee."""
    browser("staf")
    return Account.objects.get(username="staf")


@pytest.mark.parametrize("page", PAGES)
def test_administrators_alone_see_the_page(admin: Client, browser: Browser, page: str) -> None:
    answer = admin.get(page)
    assert answer.status_code == 200
    tree = parsed(answer)
    assert len(tree.xpath("//h1")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for code in ("staf", "kepala"):
        assert browser(code).get(page).status_code == 403
    assert Client().get(page).status_code == 302


def test_nothing_is_changed_by_others(browser: Browser, office: Office, clerk: Account) -> None:
    group = Group.objects.create(code="tim", name="Tim")
    group.people.add(office.staf)
    client = browser("kepala")
    for page in (
        f"/kelola/akun/{clerk.pk}/ubah/", f"/kelola/akun/{clerk.pk}/kata-sandi/", f"/kelola/akun/{clerk.pk}/surel/",
        f"/kelola/akun/{clerk.pk}/pegawai/", "/kelola/akun/buat/", "/kelola/naskah/kop/", "/kelola/jejak/periksa/",
        f"/kelola/hak/kelompok/tim/{office.staf.pk}/keluarkan/", "/kelola/hak/kelompok/tim/tambah/",
    ):  # fmt: skip
        assert client.post(page, {"what": "tutup", "person": office.kepala.pk}).status_code == 403, page
    clerk.refresh_from_db()
    assert clerk.is_active
    assert group.people.count() == 1
    assert not OfficeChange.objects.exists()


def test_an_account_is_closed_and_opened_on_its_page(admin: Client, clerk: Account) -> None:
    page = f"/kelola/akun/{clerk.pk}/"
    for what, active in (("tutup", False), ("buka", True)):
        assert admin.post(f"{page}ubah/", {"what": what})["Location"] == page
        clerk.refresh_from_db()
        assert clerk.is_active is active
    assert len(parsed(admin.get(page)).xpath("//section[@aria-labelledby='perubahan']//li")) == 2


def test_ones_own_account_has_no_buttons_and_refuses(admin: Client, office: Office) -> None:
    own = Account.objects.get(username="sekretaris")
    shown = admin.get(f"/kelola/akun/{own.pk}/").content.decode()
    assert "This is your own account" in shown
    admin.post(f"/kelola/akun/{own.pk}/ubah/", {"what": "cabut-administrator"})
    own.refresh_from_db()
    assert own.is_staff


def test_a_link_for_a_password_is_shown_once_and_never_kept(admin: Client, clerk: Account) -> None:
    answer = admin.post(f"/kelola/akun/{clerk.pk}/kata-sandi/")
    (link,) = parsed(answer).xpath("//code/text()")
    assert "/akun/password/reset/key/" in link
    assert "no-store" in answer["Cache-Control"]
    assert link not in admin.get(f"/kelola/akun/{clerk.pk}/").content.decode()
    assert not OfficeChange.objects.filter(what__contains=link).exists()


def test_an_account_is_made_for_who_has_none(admin: Client, office: Office) -> None:
    assert office.staf.account is None
    given = {"person": str(office.staf.pk), "username": "baru", "email": "baru@kantor.example"}
    wrong = admin.post("/kelola/akun/buat/", given | {"username": "sekretaris"})
    assert wrong.status_code == 422
    assert "Another account has this user name" in wrong.content.decode()
    assert admin.post("/kelola/akun/buat/", given).status_code == 302
    office.staf.refresh_from_db()
    assert office.staf.account == Account.objects.get(username="baru")


def test_every_right_follows_from_desks_and_is_told_at_the_account(office: Office, at: datetime) -> None:
    assert len({right.id for right in rights()}) == len(rights())
    assert all(right.desks for right in rights())
    Group.objects.create(code="redaktur", name="Redaktur").people.add(office.staf)
    granted = rights_of(office.staf, at)
    assert [(each.by, "warga" in each.title) for each in granted] == [(("Redaktur",), True)]
    assert rights_of(office.kasubag, at) == []


def test_somebody_is_named_in_a_group_and_taken_out(admin: Client, office: Office) -> None:
    group = Group.objects.create(code="tim", name="Tim")
    assert admin.post("/kelola/hak/kelompok/tim/tambah/", {"person": office.staf.pk}).status_code == 302
    assert list(group.people.all()) == [office.staf]
    own = admin.post("/kelola/hak/kelompok/tim/tambah/", {"person": office.sekretaris.pk})
    assert own.status_code == 422, "nobody gives himself rights"
    admin.post(f"/kelola/hak/kelompok/tim/{office.staf.pk}/keluarkan/")
    assert not group.people.exists()
    assert OfficeChange.objects.filter(about="hak").count() == 2


def test_the_letterhead_is_changed_with_its_trace_and_wrong_values_are_told_at_the_field(
    admin: Client, office: Office
) -> None:
    given = {**letterhead(), "telephone": "(0254) 000000", "postal_code": "42111"}
    assert admin.post("/kelola/naskah/kop/", given | {"email": "bukan"}).status_code == 422
    assert admin.post("/kelola/naskah/kop/", given | {"office": ""}).status_code == 422
    assert admin.post("/kelola/naskah/kop/", given).status_code == 302
    assert letterhead()["telephone"] == "(0254) 000000"
    (change,) = OfficeChange.objects.filter(about="kop")
    assert "– → (0254) 000000" in change.what
    admin.post("/kelola/naskah/kop/", given)
    assert OfficeChange.objects.filter(about="kop").count() == 1, "nothing changed, nothing to write down"


def test_a_paper_is_seen_without_a_case(admin: Client, office: Office) -> None:
    answer = admin.get("/kelola/naskah/surat-masuk/lembar-disposisi.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert admin.get("/kelola/naskah/surat-masuk/tidak-ada.pdf").status_code == 404
    assert admin.get("/kelola/naskah/tidak-ada/lembar.pdf").status_code == 404


@pytest.fixture
def desk(begin: Any) -> Desk:
    """A case in which something was written."""
    steps = [{"id": "catat", "asks": ["hal"]}, {"id": "akhir", "by": "kasubag", "then": "selesai"}]
    started: Desk = begin(steps=steps, fields={"hal": {"label": "Hal", "type": "text"}})
    started.do("catat", hal="XRAHASIAX")
    return started


def test_the_trail_tells_what_happened_by_whom_but_not_what_was_written(admin: Client, desk: Desk) -> None:
    shown = admin.get("/kelola/jejak/").content.decode()
    assert desk.case.number in shown
    assert "XRAHASIAX" not in shown
    assert Event.objects.filter(case=desk.case).count() == len(
        parsed(admin.get(f"/kelola/jejak/?nomor={desk.case.number}")).xpath("//tbody/tr")
    )
    assert not parsed(admin.get("/kelola/jejak/?sampai=2020-01-01")).xpath("//tbody/tr")


def test_every_kind_of_event_has_a_name() -> None:
    untold = {"comment-retracted"}  # a case's own page leaves the comment out instead
    assert set(audit._names()) == set(story._TELLERS) | untold


def test_the_chains_are_verified_by_a_job_and_the_outcome_stands_on_the_page(
    admin: Client, desk: Desk, office: Office
) -> None:
    admin.post("/kelola/jejak/periksa/")
    admin.post("/kelola/jejak/periksa/")
    (job,) = DBTaskResult.objects.filter(task_path__endswith="verify_chains")
    tasks.verify_chains.func(**job.args_kwargs["kwargs"], at=NOW)
    assert "every chain holds" in admin.get("/kelola/jejak/").content.decode()
    desk.case.last_hash = "0" * 64
    desk.case.save()
    tasks.verify_chains.func(by=office.sekretaris.pk, at=NOW)
    (change, _before) = OfficeChange.objects.filter(about="jejak")
    assert desk.case.number in change.what


def test_a_reading_of_a_file_is_found_by_reader_and_read(admin: Client, office: Office, at: datetime) -> None:
    note_reading(office.kasubag, office.staf, ["cuti"], "halaman", at)
    for word in (office.kasubag.name, office.staf.name):
        page = admin.get("/kelola/jejak/pembacaan/", {"jenis": "pegawai", "q": word})
        assert len(parsed(page).xpath("//tbody/tr")) == 1
    assert not parsed(admin.get("/kelola/jejak/pembacaan/?jenis=pegawai&q=zzz")).xpath("//tbody/tr")
