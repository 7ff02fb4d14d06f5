"""Taking items to channels: signed, once, tried again, and never further than what was agreed."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from smtplib import SMTPRecipientsRefused
from threading import Thread
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django_tasks_db.models import DBTaskResult

from laksana.people.models import Person, Unit
from laksana.publishing import services as publishing
from laksana.publishing.channels import ADAPTERS, NETWORKS, Address, Undelivered
from laksana.publishing.models import Channel, Delivery, Handed, Item
from laksana.publishing.tasks import deliver

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
SECRET = "rahasia-bersama-16"
pytestmark = pytest.mark.django_db


class Receiver:
    """A receiver of webhooks on this machine, which answers as it is told."""

    def __init__(self) -> None:
        self.status, self.got = 204, list[tuple[dict[str, str], bytes]]()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers.items()), body))
                self.send_response(receiver.status)
                if receiver.status in (301, 302, 307):
                    self.send_header("Location", f"{receiver.address}lain")
                self.end_headers()

            def log_message(self, *_said: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return a receiver that listens."""
    made = Receiver()
    thread = Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def item() -> Item:
    """Return an item that stands on the pages."""
    return Item.objects.create(
        slug="banjir-surut", kind="siaran", title="Banjir surut", body="<p>Air surut &amp; jalan dibuka.</p>",
        byline="Dinas Contoh", published_at=AT, changed_at=AT,
    )  # fmt: skip


@pytest.fixture
def writer() -> Person:
    """Return somebody of the office."""
    unit = Unit.objects.create(code="diseminasi-uji", name="Diseminasi")
    return Person.objects.create(name="Admin Contoh", nip="198003032005012003", unit=unit)


def webhook(address: str, **more: Any) -> Channel:
    """Return a channel that is a webhook."""
    return Channel.objects.create(
        name=f"Kanal {address}", adapter="webhook", address=address, secret=SECRET, **more
    )


def ordered(item: Item, occasion: str = "tayang") -> Delivery:
    """Order the way of an item to the one channel there is; return the delivery."""
    assert publishing.order_deliveries(item, occasion, AT) == 1
    assert publishing.order_deliveries(item, occasion, AT) == 0, "ordered once"
    return Delivery.objects.get(item=item, occasion=occasion)


def test_a_webhook_gets_what_is_published_with_a_signature_that_it_can_check(
    receiver: Receiver, item: Item
) -> None:
    webhook(receiver.address)
    row = ordered(item)
    assert DBTaskResult.objects.filter(task_path__endswith="publishing.tasks.deliver").count() == 1
    deliver.func(delivery=row.pk, at=AT)
    deliver.func(delivery=row.pk, at=AT)
    ((headers, body),) = receiver.got
    signed = f"{headers['X-Laksana-Timestamp']}.".encode() + body
    assert (
        headers["X-Laksana-Signature"]
        == "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    )
    assert headers["X-Laksana-Timestamp"] == str(int(AT.timestamp()))
    said = json.loads(body)
    assert (said["title"], said["text"], said["occasion"]) == (
        "Banjir surut",
        "Air surut & jalan dibuka.",
        "tayang",
    )
    assert said["url"].endswith("/berita/banjir-surut/")
    row.refresh_from_db()
    assert (row.sent_at, row.tries) == (AT, 1)


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_does_not_arrive_is_told_and_tried_again(receiver: Receiver, item: Item, status: int) -> None:
    webhook(receiver.address)
    row = ordered(item)
    receiver.status = status
    with pytest.raises(Undelivered, match=str(status)):
        deliver.func(delivery=row.pk, at=AT)
    assert len(receiver.got) == 1, "no redirection is followed"
    row.refresh_from_db()
    assert (row.sent_at, row.tries, row.fault) == (None, 1, f"HTTP {status}")
    receiver.status = 200
    deliver.func(delivery=row.pk, at=AT)
    row.refresh_from_db()
    assert (row.sent_at, row.tries, row.fault) == (AT, 2, "")
    assert deliver.retries >= 8


def test_a_takedown_is_told_to_those_only_who_had_got_it(receiver: Receiver, item: Item) -> None:
    webhook(receiver.address)
    publishing.take_down(item, "Memuat data pribadi", AT)
    assert not Delivery.objects.exists(), "nobody had got it"
    deliver.func(delivery=_sent(item), at=AT)
    assert publishing.order_deliveries(item, "turun", AT) == 1
    deliver.func(delivery=Delivery.objects.get(occasion="turun").pk, at=AT)
    (said,) = [json.loads(body) for _headers, body in receiver.got]
    assert (said["occasion"], said["text"]) == ("turun", "Memuat data pribadi")


def _sent(item: Item) -> int:
    row = Delivery.objects.create(item=item, channel=Channel.objects.get(), ordered_at=AT, sent_at=AT)
    return row.pk


def test_an_item_taken_down_meanwhile_and_a_stopped_channel_get_nothing(
    receiver: Receiver, item: Item
) -> None:
    channel = webhook(receiver.address)
    row = ordered(item)
    Channel.objects.filter(pk=channel.pk).update(active=False)
    deliver.func(delivery=row.pk, at=AT)
    Channel.objects.filter(pk=channel.pk).update(active=True)
    Item.objects.filter(pk=item.pk).update(withdrawn_at=AT)
    deliver.func(delivery=row.pk, at=AT)
    assert receiver.got == []


def test_a_channel_gets_only_the_kinds_it_takes(item: Item) -> None:
    Channel.objects.create(name="Warga", adapter="surel", address="a@contoh.example", kinds=["berita-warga"])
    assert publishing.order_deliveries(item, "tayang", AT) == 0


def test_an_e_mail_list_gets_one_letter_each(item: Item) -> None:
    Channel.objects.create(
        name="Wartawan", adapter="surel", address="satu@contoh.example\ndua@contoh.example"
    )
    deliver.func(delivery=ordered(item).pk, at=AT)
    assert [each.to for each in mail.outbox] == [["satu@contoh.example"], ["dua@contoh.example"]]
    assert "Air surut & jalan dibuka." in mail.outbox[0].body
    assert len({each.extra_headers["Message-ID"] for each in mail.outbox}) == 2


@pytest.mark.parametrize(
    ("adapter", "address", "secret", "field"),
    [
        ("webhook", "http://contoh.example/", SECRET, "address"),
        ("webhook", "https://orang:sandi@contoh.example/", SECRET, "address"),
        ("webhook", "file:///etc/passwd", SECRET, "address"),
        ("webhook", "https://contoh.example/", "pendek", "secret"),
        ("surel", "bukan-surel", "", "address"),
        ("surel", "", "", "address"),
        ("ig", "https://contoh.example/kota", "", "address"),
    ],
)
def test_a_channel_that_cannot_be_is_refused_at_its_field(
    adapter: str, address: str, secret: str, field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        ADAPTERS[adapter].check(Address(address, secret))
    assert list(refusal.value.message_dict) == [field]


class Refusing:
    """A mail server that refuses some addresses."""

    refused: tuple[str, ...] = ()
    asked: list[str] = []

    def __init__(self, **_settings: object) -> None:
        """Take whatever settings there are."""

    def send_messages(self, letters: list[Any]) -> int:
        """Take a letter, or refuse it as a server does."""
        for letter in letters:
            (to,) = letter.to
            Refusing.asked.append(to)
            if to in Refusing.refused:
                raise SMTPRecipientsRefused({to: (550, b"no such user")})
        return len(letters)


def test_one_who_cannot_be_reached_holds_up_nobody_and_nobody_gets_it_twice(
    item: Item, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    listed = [f"{name}@contoh.example" for name in ("satu", "dua", "tiga")]
    Channel.objects.create(name="Wartawan", adapter="surel", address="\n".join([*listed, listed[0].upper()]))
    row = ordered(item)
    Refusing.refused, Refusing.asked = ("dua@contoh.example",), []
    with pytest.raises(Undelivered, match="1/3"):
        deliver.func(delivery=row.pk, at=AT)
    row.refresh_from_db()
    assert (row.sent_at, row.tries) == (None, 1)
    assert len(Refusing.asked) == 3
    # Gone meanwhile: those who had got it are told, and only they.
    assert publishing.order_deliveries(item, "turun", AT) == 1
    Refusing.refused, Refusing.asked = (), []
    deliver.func(delivery=Delivery.objects.get(occasion="turun").pk, at=AT)
    assert len(Refusing.asked) == 2
    assert "dua@contoh.example" not in Refusing.asked
    Refusing.asked = []
    deliver.func(delivery=row.pk, at=AT)
    deliver.func(delivery=row.pk, at=AT)
    assert Refusing.asked == ["dua@contoh.example"]
    row.refresh_from_db()
    assert (row.sent_at, row.tries, row.fault) == (AT, 2, "")


def test_a_mail_server_that_is_away_is_not_asked_for_every_address(item: Item, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    listed = [f"orang{n}@contoh.example" for n in range(40)]
    Channel.objects.create(name="Wartawan", adapter="surel", address="\n".join(listed))
    Refusing.refused, Refusing.asked = tuple(listed), []
    row = ordered(item)
    with pytest.raises(Undelivered, match="40/40"):
        deliver.func(delivery=row.pk, at=AT)
    assert len(Refusing.asked) == 5
    assert not Handed.objects.exists()


def test_an_account_waits_for_somebody_to_post_and_to_take_down(item: Item, writer: Person) -> None:
    Channel.objects.create(
        name="Instagram kota", adapter="ig", address="https://www.instagram.com/kotacontoh/"
    )
    Channel.objects.create(name="X kota", adapter="x", address="https://x.com/kotacontoh")
    assert publishing.order_deliveries(item, "tayang", AT, networks=["ig"]) == 1
    assert not DBTaskResult.objects.filter(task_path__endswith="publishing.tasks.deliver").exists()
    (row,) = publishing.by_hand(AT)
    deliver.func(delivery=row.pk, at=AT)
    row.refresh_from_db()
    assert (row.channel.adapter, row.sent_at, row.tries) == ("ig", None, 0)
    assert publishing.posted(row, "https://www.instagram.com/p/abc/", writer, AT)
    assert not publishing.posted(row, "https://www.instagram.com/p/lain/", writer, AT), "recorded once"
    assert (row.link, row.by) == ("https://www.instagram.com/p/abc/", writer)
    publishing.take_down(item, "Keliru", AT)
    (gone,) = publishing.by_hand(AT)
    assert (gone.occasion, gone.channel) == ("turun", row.channel)


@pytest.mark.parametrize(("network", "most"), [("x", 280), ("wa", 1024), ("ig", 2200)])
def test_a_post_fits_its_network_and_ends_with_the_address(item: Item, network: str, most: int) -> None:
    Item.objects.filter(pk=item.pk).update(body=f"<p>{'panjang ' * 900}</p>")
    item.refresh_from_db()
    channel = Channel.objects.create(name=network, adapter=network, address="https://x.com/a")
    row = Delivery.objects.create(item=item, channel=channel, ordered_at=AT)
    text = publishing.post_of(row)
    assert len(text) <= most
    assert text.startswith("Banjir surut\n\n")
    assert text.endswith("/berita/banjir-surut/")
    assert publishing.post_of(row, "Air sudah surut.").startswith("Air sudah surut.\n\n")


@pytest.mark.parametrize(
    ("address", "holds"),
    [
        ("https://www.instagram.com/p/abc/", True),
        ("https://instagram.com/kotacontoh", True),
        ("http://instagram.com/p/abc", False),
        ("https://instagram.com", False),
        ("https://instagram.com.contoh.example/p/abc", False),
        ("https://orang@instagram.com/p/abc", False),
        ("https://x.com/p/abc", False),
    ],
)
def test_an_address_is_of_a_network_by_its_host(address: str, holds: bool) -> None:
    assert NETWORKS["ig"].holds(address) is holds
