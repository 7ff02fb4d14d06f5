"""A citizen's story on the public's pages: its byline, its feeds, a reader's reply, and a takedown that can be seen."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from lxml import etree, html
from PIL import Image

from laksana.cases.models import Case, WorkItem
from laksana.cases.play import play, read_script
from laksana.cases.play.script import Scenario
from laksana.library import moderated
from laksana.library.catalogue import entries
from laksana.library.conftest import office
from laksana.library.informasi import accounts, moderation
from laksana.notices.models import Notice
from laksana.people.models import Person
from laksana.people.services import holders
from laksana.portal.tests.applicant import answered
from laksana.portal.tokens import spaced, tracking_code
from laksana.publishing import services as publishing
from laksana.publishing.models import Amendment, Channel, Delivery, Item, Reach, Response
from laksana.publishing.services import Draft
from laksana.publishing.tasks import tell_reader
from laksana.worktime.zone import OFFICE_ZONE

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
ATOM = "{http://www.w3.org/2005/Atom}"
REPLY = "Dinas kami sudah membersihkan saluran ini dua kali pada bulan September; jadwalnya <b>terbuka</b> untuk umum."


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of October 2026."""
    return datetime(2026, 10, day, hour, minute, tzinfo=OFFICE_ZONE)


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock stands on the evening of the tenth of October."""
    cache.clear()
    with time_machine.travel(moment(10, 20), tick=False) as traveller:
        yield traveller


def examples(procedure: str) -> tuple[dict[str, Scenario], Path]:
    """Return the worked examples of a procedure, and their folder."""
    folder = entries()[procedure].folder
    text = (folder / "scenarios.yaml").read_text(encoding="utf-8")
    return {each.id: each for each in read_script(text, "scenarios.yaml")}, folder


def played(procedure: str, example: str, *, until: str) -> Case:
    """Play an example up to and with the first doing of a step that is not refused; return the case."""
    found, folder = examples(procedure)
    scenario = found[example]
    last = next(n for n, act in enumerate(scenario.acts) if act.step == until and not act.expect.refuses)
    for _event in play(scenario.model_copy(update={"acts": scenario.acts[: last + 1]}), folder):
        pass
    return Case.objects.filter(procedure=procedure).latest("pk")


@pytest.fixture
def story(clock: Any) -> Item:
    """A citizen's story as the first worked example publishes it."""
    case = played("pewarta-warga", "layak-tayang", until="tayang")
    return Item.objects.get(case=case)


def text(answer: Any) -> str:
    """Return what a page says, in one line."""
    tree: Any = html.fromstring(answer.content)
    return " ".join(tree.xpath("//main")[0].text_content().split())


def editor() -> Person:
    """Return an editor."""
    return holders("group:redaktur", moment(12, 9))[0]


def signed_in(person: Person) -> Client:
    """Return the browser of an officer."""
    assert person.account is not None
    client = Client(headers={"accept-language": "en"})
    client.force_login(person.account)
    return client


def ask(client: Client, item: Item, **given: str) -> Any:
    """Let a reader ask something; return the answer."""
    address = f"/berita/{item.slug}/tanggapi/"
    question = answered(html.fromstring(client.get(address).content))
    sent = {"jenis": "hak-jawab", "nama": "Dinas Contoh", "kontak": "0254 000000", "isi": REPLY} | given
    return client.post(address, {**sent, **question})


def test_a_story_stands_on_the_pages_and_in_the_feeds_without_anything_personal(story: Item) -> None:
    reader = Client(headers={"accept-language": "en"})
    front = reader.get("/berita/")
    assert story.title in text(front)
    page = reader.get(f"/berita/{story.slug}/")
    told = text(page)
    assert "Rahmat Contoh" in told, "he agreed to his name being shown"
    assert "enam puluh orang" in told
    rss, atom = (
        etree.fromstring(reader.get("/berita/rss.xml").content),
        etree.fromstring(reader.get("/berita/atom.xml").content),
    )
    assert rss.xpath("string(//item/title)") == story.title
    assert str(rss.xpath("string(//item/link)")).endswith(f"/berita/{story.slug}/")
    entry = atom.find(f"{ATOM}entry")
    assert entry is not None
    assert [
        entry.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated", "link", "author")
    ] == [True] * 5
    everything = b"".join(
        reader.get(address).content
        for address in ("/berita/", f"/berita/{story.slug}/", "/berita/rss.xml", "/berita/atom.xml")
    )
    for secret in (b"3673010101900002", b"081200000002", b"PW-2026-0001", b"Kecamatan Serang"):
        assert secret not in everything


def test_a_published_picture_holds_nothing_but_its_points(story: Item) -> None:
    answer = Client().get(f"/berita/{story.slug}/foto-0.webp")
    assert answer["Content-Type"] == "image/webp"
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert dict(picture.getexif()) == {}
        assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}


def test_a_reply_comes_from_the_page_waits_for_the_editors_and_stands_under_the_story(
    story: Item, clock: Any
) -> None:
    reader = Client(headers={"accept-language": "en"})
    assert ask(reader, story, isi="kurang").status_code == 422
    sent = ask(reader, story)
    assert sent.status_code == 302, sent.content.decode()[-2000:]
    own = sent["Location"]
    assert "12 October 2026, 20.00" in text(reader.get(own)), (
        "forty-eight hours by the clock, a Sunday between"
    )
    assert REPLY not in text(reader.get(f"/berita/{story.slug}/"))
    assert Notice.objects.filter(kind=moderation.ASKED, person=editor()).exists()
    response = Response.objects.get()

    clock.move_to(moment(12, 18))
    desk = signed_in(editor())
    assert story.title in text(desk.get("/moderasi/"))
    wrong = desk.post(f"/moderasi/{response.pk}/", {"decision": "kabul", "said": ""})
    assert wrong.status_code == 422
    done = desk.post(f"/moderasi/{response.pk}/", {"decision": "kabul", "said": "Hak jawab dimuat utuh"})
    assert done.status_code == 302, text(done)
    told = text(reader.get(f"/berita/{story.slug}/"))
    assert REPLY in told
    assert "Dinas Contoh" in told
    assert "12 October 2026, 18.00" in told
    assert "asked for on 10 October 2026, 20.00" in told
    case = Case.objects.get(published_items=story)
    assert (case.data["tindakan"], case.data["koreksi_tepat"], case.data["selisih_jam"]) == (
        "hak_jawab_dimuat",
        True,
        "46.00",
    )
    assert "Granted" in text(reader.get(own))
    assert "Hak jawab dimuat utuh" in text(desk.get("/moderasi/"))
    again = desk.post(f"/moderasi/{response.pk}/", {"decision": "tolak", "said": "Lagi"})
    assert again["Location"] == "/moderasi/", "what is decided stays decided"
    assert Amendment.objects.count() == 1


def test_a_takedown_leaves_its_trace_and_takes_text_pictures_and_feed_entry(story: Item) -> None:
    reader = Client(headers={"accept-language": "en"})
    ask(reader, story, jenis="turun")
    moderation.decide(Response.objects.get(), True, "Memuat nama anak; diturunkan.", editor(), moment(11, 9))
    gone = reader.get(f"/berita/{story.slug}/")
    assert gone.status_code == 410
    assert "Memuat nama anak; diturunkan." in text(gone)
    assert "Taken down on 11 October 2026, 09.00" in text(gone)
    assert "enam puluh orang" not in gone.content.decode()
    assert reader.get(f"/berita/{story.slug}/foto-0.webp").status_code == 404
    assert story.title not in reader.get("/berita/rss.xml").content.decode()
    assert not WorkItem.objects.filter(case=story.case, state=WorkItem.State.OPEN).exists(), (
        "its case is over"
    )


def test_what_is_refused_or_overdue_is_kept_and_told(story: Item) -> None:
    ask(Client(), story, jenis="ralat", kontak="pembaca@contoh.example")
    assert moderation.remind(moment(12, 19)) == 0
    assert moderation.remind(moment(12, 20, 1)) == 1
    assert moderation.remind(moment(12, 21)) == 0, "once"
    response = Response.objects.get()
    moderation.decide(response, False, "Angkanya benar menurut data dinas.", editor(), moment(12, 21))
    assert (response.state, response.decided_by) == ("ditolak", editor())
    assert not Amendment.objects.exists()
    assert Case.objects.get(published_items=story).data["tindakan"] == "aduan_ditolak"
    tell_reader.func(response=response.pk, at=moment(12, 21))
    assert [each.to for each in mail.outbox] == [["pembaca@contoh.example"]]
    assert "Angkanya benar menurut data dinas." in str(mail.outbox[0].body)
    with pytest.raises(moderation.AlreadyDecidedError):
        moderation.decide(response, True, "Berubah", editor(), moment(12, 22))


def test_only_editors_see_the_queue(story: Item) -> None:
    desk = signed_in(holders("position:kepala-dinas", moment(12, 9))[0])
    assert desk.get("/moderasi/").status_code == 403
    assert desk.get("/publikasi/").status_code == 403


def test_a_release_under_embargo_is_not_shown_before_it_ends(clock: Any) -> None:
    case = played("penyebarluasan-informasi", "rutin-normal", until="tayang-portal")
    item = Item.objects.get(case=case)
    clock.move_to(moment(13, 13, 59))
    assert Client().get(f"/berita/{item.slug}/").status_code == 404
    assert item.title not in Client().get("/berita/rss.xml").content.decode()
    clock.move_to(moment(13, 14))
    assert Client().get(f"/berita/{item.slug}/").status_code == 200


def test_an_urgent_message_is_out_at_once_and_its_clarification_is_linked_both_ways(clock: Any) -> None:
    case = played("penyebarluasan-informasi", "sentimen-dan-hoaks", until="tayang-klarifikasi")
    clock.move_to(moment(20, 12))
    urgent, clarification = (
        Item.objects.get(case=case, kind="darurat"),
        Item.objects.get(case=case, kind="klarifikasi"),
    )
    assert urgent.published_at == moment(16, 21, 20)
    assert clarification.clarifies == urgent
    reader = Client(headers={"accept-language": "en"})
    assert f"/berita/{clarification.slug}/" in reader.get(f"/berita/{urgent.slug}/").content.decode()
    assert f"/berita/{urgent.slug}/" in reader.get(f"/berita/{clarification.slug}/").content.decode()


def test_a_writer_sees_what_the_editors_ask_of_him_and_until_when(clock: Any) -> None:
    clock.move_to(moment(8, 8))
    case = played("pewarta-warga", "kemiripan-tinggi", until="minta-perbaikan")
    told = text(
        Client(headers={"accept-language": "en"}).get(f"/lacak/{spaced(tracking_code(case, moment(8, 8)))}/")
    )
    assert "Catatan redaksi: Tulis ulang" in told
    assert "until 14 October 2026" in told, "five working days"


def test_an_item_is_published_once_and_each_clarification_by_itself(story: Item) -> None:
    case = Case.objects.get(published_items=story)
    again = publishing.publish(
        case, Draft("berita-warga", "Judul baru", "<p>x</p><script>y</script>", "Rahmat"), moment(10, 21)
    )
    assert (again.pk, again.slug, again.title, again.body) == (story.pk, story.slug, "Judul baru", "<p>x</p>")
    told = [
        publishing.publish(case, Draft("klarifikasi", "Klarifikasi", "<p>a</p>", "Dinas"), moment(10, 22))
        for _ in "ab"
    ]
    assert len({each.slug for each in told}) == 2


def test_every_step_of_the_queue_is_one_of_its_procedure() -> None:
    for row in moderated.TEXTS.rows():
        assert row.langkah in {step.id for step in entries()[row.prosedur].procedure.steps}, row


def test_a_text_on_its_way_stands_in_the_queue_of_those_who_may_read_it(clock: Any) -> None:
    clock.move_to(moment(6, 11))
    played("pewarta-warga", "layak-tayang", until="periksa-kemiripan")
    told = text(signed_in(editor()).get("/moderasi/"))
    assert "Warga bersihkan saluran air" in told
    assert "Memeriksa muatan terlarang" in told


def test_a_channel_is_kept_changed_and_its_secret_never_shown(clock: Any) -> None:
    desk = signed_in(holders("group:admin-portal-berita", moment(10, 20))[0])
    given = {
        "name": "Penghubung",
        "adapter": "webhook",
        "address": "https://penghubung.contoh.example/",
        "state": "aktif",
    }
    short = desk.post("/publikasi/kanal/", {**given, "secret": "pendek"})
    assert short.status_code == 422
    assert "Penghubung" in short.content.decode(), "what was typed stays"
    assert desk.post("/publikasi/kanal/", {**given, "secret": "rahasia-yang-panjang"}).status_code == 302
    channel = Channel.objects.get()
    page = desk.get(f"/publikasi/kanal/{channel.pk}/").content.decode()
    assert "rahasia-yang-panjang" not in page
    assert (
        desk.post(f"/publikasi/kanal/{channel.pk}/", {**given, "secret": "", "state": "henti"}).status_code
        == 302
    )
    channel.refresh_from_db()
    assert (channel.secret, channel.active) == ("rahasia-yang-panjang", False)
    assert desk.post("/publikasi/kanal/", {**given, "secret": "rahasia-yang-lain"}).status_code == 422, (
        "its name is taken"
    )
    table = desk.get("/publikasi/rekap/?bulan=2026-10&bentuk=csv").content.decode()
    assert "Jatuh tempo rekapitulasi,2026-11-06" in table
    assert desk.get("/publikasi/").status_code == 200


def test_a_reader_is_forgotten_after_the_decision_and_who_saw_his_contact_is_written_down(
    story: Item, clock: Any
) -> None:
    reader = Client(headers={"accept-language": "en"})
    own = ask(reader, story, kontak="pembaca@contoh.example")["Location"]
    response = Response.objects.get()
    clock.move_to(moment(11, 9))
    desk = signed_in(editor())
    assert "pembaca@contoh.example" not in desk.get("/moderasi/").content.decode()
    page = text(desk.get(f"/moderasi/{response.pk}/"))
    assert "pembaca@contoh.example" in page
    assert f"{editor()} · 11 October 2026, 09.00" in page
    desk.get(f"/moderasi/{response.pk}/")
    assert [(each.person, each.at) for each in response.readings.all()] == [(editor(), moment(11, 9))]
    moderation.decide(response, True, "Dimuat", editor(), moment(11, 10))
    assert moderation.forget(moment(11, 10) + timedelta(days=90)) == 0
    assert moderation.forget(moment(11, 10) + timedelta(days=90, seconds=1)) == 1
    response.refresh_from_db()
    assert (response.name, response.contact, response.text) == ("", "", "")
    assert (response.state, response.reason) == ("dikabulkan", "Dimuat")
    told = text(reader.get(own))
    assert "were deleted on 9 January 2027" in told
    assert REPLY in text(reader.get(f"/berita/{story.slug}/")), "what was published stays"


def _accounts() -> None:
    for adapter, name, address in (
        ("ig", "Instagram kota", "https://www.instagram.com/kotacontoh/"),
        ("yt", "YouTube kota", "https://www.youtube.com/@kotacontoh"),
    ):
        Channel.objects.create(name=name, adapter=adapter, address=address)


def test_a_release_is_posted_by_hand_on_the_accounts_of_its_plan_and_its_reach_brought_in(clock: Any) -> None:
    _accounts()
    case = played("penyebarluasan-informasi", "rutin-normal", until="tayang-portal")
    (row,) = Delivery.objects.filter(item__case=case)
    assert row.channel.adapter == "ig", "the plan has no YouTube"
    clock.move_to(moment(13, 13, 30))
    rangga = Person.objects.get(account__username="rangga")
    desk = signed_in(rangga)
    assert f"/publikasi/pengiriman/{row.pk}/" not in desk.get("/publikasi/").content.decode(), (
        "the embargo holds"
    )
    clock.move_to(moment(13, 15))
    overview = text(desk.get("/publikasi/"))
    assert "To be posted by hand" in overview
    assert "Add a channel" not in overview
    assert desk.get("/publikasi/kanal/").status_code == 403
    address = f"/publikasi/pengiriman/{row.pk}/"
    assert row.item.title in desk.get(address).content.decode()
    given = {"link": "https://contoh.example/p/1", "when": "2026-10-13T14:20"}
    assert "no address of a post on Instagram" in text(desk.post(address, given))
    given["link"] = "https://www.instagram.com/p/contoh/"
    early = desk.post(address, {**given, "when": "2026-10-13T13:20"})
    assert (early.status_code, "Between the publication and now." in text(early)) == (422, True)
    assert desk.post(address, given).status_code == 302
    row.refresh_from_db()
    assert (row.link, row.sent_at, row.by) == (
        given["link"],
        moment(13, 14, 20),
        rangga,
    )
    assert desk.get(address).status_code == 302, "recorded once"

    def brought(lines: str) -> Any:
        sent = io.BytesIO(("tautan,waktu,jangkauan,interaksi\n" + lines).encode())
        sent.name = "jangkauan.csv"
        return desk.post("/publikasi/jangkauan/", {"file": sent})

    clock.move_to(moment(15, 9))
    assert rangga.account is not None
    desk.force_login(rangga.account)
    good = f"{given['link']},2026-10-14 08:00,1250,40\n"
    wrong = brought(good + "https://www.instagram.com/p/lain/,2026-10-14 08:00,9,\nx,besok,-1,satu\n")
    assert wrong.status_code == 422
    told = text(wrong)
    assert "Line 3: no post of ours has this link" in told
    assert "Line 4: waktu is written 2026-10-31 08:00, not besok" in told
    assert not Reach.objects.exists(), "the whole or nothing"
    assert brought(good).status_code == 302
    assert brought(good + f"{given['link']},2026-10-15 08:00,2100,\n").status_code == 302
    assert [(each.reach, each.interactions) for each in Reach.objects.all()] == [(1250, 40), (2100, None)]
    assert "Reach 2,100 on 15 October 2026, 08.00" in text(desk.get("/publikasi/"))
    rows = accounts.readings_of(case)
    assert [(each["kanal_atau_media"], int(each["jangkauan"])) for each in rows] == [
        ("Instagram kota", 1250),
        ("Instagram kota", 2100),
    ]


def test_what_a_step_puts_down_as_posted_is_not_asked_for_again(clock: Any) -> None:
    _accounts()
    case = played("penyebarluasan-informasi", "rutin-normal", until="tayang-medsos")
    item = Item.objects.get(case=case)
    clock.move_to(moment(13, 16))
    row = Delivery.objects.get(item=item)
    assert (row.by, row.sent_at) == (Person.objects.get(account__username="anjani"), moment(13, 14, 5))
    assert list(publishing.by_hand(moment(13, 16))) == []
