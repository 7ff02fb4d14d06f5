"""The door of publishing: publish, amend and take down an item, take what readers ask, and order its way to the channels.

Everything here joins the caller's transaction: where the step of a case is undone, nothing was published.
"""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import nh3
from django.db.models import Q, QuerySet
from django.utils.html import escape
from django.utils.text import slugify

from laksana.cases.models import Attachment, Case
from laksana.files.services import FileRefused, store
from laksana.jobs.services import enqueue
from laksana.people.models import Person
from laksana.publishing import pictures, videos
from laksana.publishing.channels import ADAPTERS, NETWORKS, Account
from laksana.publishing.models import (
    Amendment,
    Channel,
    ContactReading,
    Delivery,
    Handed,
    Item,
    Picture,
    Reach,
    Response,
    Video,
)
from laksana.publishing.tasks import deliver, message_of, tell_reader

__all__ = [
    "Asked",
    "Draft",
    "amend",
    "by_hand",
    "decide",
    "forget_readers",
    "forget_recipients",
    "item_of",
    "network_of",
    "note_contact_reading",
    "order_deliveries",
    "paragraphs",
    "post_of",
    "posted",
    "publish",
    "reached",
    "respond",
    "shown",
    "slug_of",
    "take_down",
]
_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "u",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
_READ_AGAIN = timedelta(hours=1)
RIGHT_OF_REPLY = timedelta(hours=48)
"""From what a reader asks to what the editors do, by the clock (Pedoman Pemberitaan Media Siber, 2 x 24 hours)."""


@dataclass(frozen=True)
class Draft:
    """What is to be published."""

    kind: str
    title: str
    body: str
    """HTML; it is cleaned."""
    byline: str
    section: str = ""
    place: str = ""
    note: str = ""
    pictures: Iterable[tuple[int, str]] = field(default_factory=tuple)
    """Keys of attachments, pictures and videos, each with its caption."""
    networks: Iterable[str] | None = None
    """On which social networks it is to be posted; None: on all where the office has an account."""
    clarifies: Item | None = None


def publish(case: Case, draft: Draft, at: datetime, *, since: datetime | None = None) -> Item:
    """Publish something of a case, once for each kind: done again, it is the item that is there, with the new text.

    Clarifications are items of their own, however many a case has.
    `since` is from when it is shown, where that is not now; one to come keeps an embargo.
    """
    body = nh3.clean(draft.body, tags=_TAGS, attributes={"ol": {"start"}})
    before = Item.objects.filter(case=case, kind=draft.kind)
    several = draft.kind == Item.Kind.CLARIFICATION
    known = None if several else before.first()
    values = {
        "title": draft.title[:200],
        "body": body,
        "byline": draft.byline[:160],
        "section": draft.section[:80],
        "place": draft.place[:200],
        "note": draft.note[:300],
        "clarifies": draft.clarifies,
        "changed_at": at,
    }
    if known is not None:
        Item.objects.filter(pk=known.pk).update(**values)
        known.refresh_from_db()
        return known
    item = Item.objects.create(
        slug=slug_of(draft.title, case, draft.kind, before.count()),
        kind=draft.kind,
        case=case,
        published_at=since or at,
        **values,
    )
    for order, (key, caption) in enumerate(draft.pictures):
        _add_moving_or_still(item, case, key, caption, order, at)
    order_deliveries(item, "tayang", at, networks=draft.networks)
    return item


def slug_of(title: str, case: Case, kind: str, earlier: int = 0) -> str:
    """Return the address of an item: its title and a short part that no other has; `earlier` of its kind are in the case."""
    own = hashlib.sha256(f"{case.number}:{kind}:{earlier}".encode()).hexdigest()[:6]
    return f"{slugify(title)[:140].strip('-') or 'berita'}-{own}"


def _add_moving_or_still(item: Item, case: Case, key: int, caption: str, order: int, at: datetime) -> None:
    """Add a picture or a video to an item, by the content of what was sent; what is neither is left out."""
    row = Attachment.objects.select_related("stored").filter(pk=key, case=case).first()
    if row is None:
        return
    if row.stored.media_type == videos.PUBLISHED:
        _add_video(item, row, caption, order, at)
    else:
        _add_picture(item, row, caption, order, at)


def _add_picture(item: Item, row: Attachment, caption: str, order: int, at: datetime) -> None:
    content = pictures.made_public(row.stored)
    if content is None:
        return
    try:
        stored = store(io.BytesIO(content), f"foto-{order}.webp", ["image/webp"], at=at)
    except FileRefused:
        return
    Picture.objects.create(item=item, stored=stored, caption=caption[:500], order=order)


def _add_video(item: Item, row: Attachment, caption: str, order: int, at: datetime) -> None:
    content = videos.made_public(row.stored)
    if content is None:
        return
    with content:
        try:
            stored = store(content, f"video-{order}.mp4", [videos.PUBLISHED], at=at)
        except FileRefused:
            return
    Video.objects.create(item=item, stored=stored, caption=caption[:500], order=order)


def paragraphs(text: str) -> str:
    """Return plain text as paragraphs of HTML."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block)


def amend(
    item: Item, kind: str, text: str, at: datetime, *, by: str = "", asked_at: datetime | None = None
) -> Amendment:
    """Add a correction, a reply or a clarification to an item, with its own time."""
    row = Amendment.objects.create(item=item, kind=kind, text=text, by=by[:200], asked_at=asked_at, at=at)
    Item.objects.filter(pk=item.pk).update(changed_at=at)
    return row


def take_down(item: Item, why: str, at: datetime, *, asked_at: datetime | None = None) -> None:
    """Take an item from the pages: its text and pictures are gone from there, when and why stays to be seen."""
    if item.withdrawn_at is not None:
        return
    amend(item, Amendment.Kind.TAKEDOWN, why, at, asked_at=asked_at)
    Item.objects.filter(pk=item.pk).update(withdrawn_at=at, withdrawn_why=why[:1000])
    item.refresh_from_db()
    order_deliveries(item, "turun", at)


def order_deliveries(
    item: Item, occasion: str, at: datetime, *, networks: Iterable[str] | None = None
) -> int:
    """Order an item's way to every active channel that takes its kind; return how many are new.

    Of social networks only to those named, where some are. That it was taken down is told to those channels only that had got it.
    """
    named = None if networks is None else set(networks)
    channels = [
        each
        for each in Channel.objects.filter(active=True)
        if (not each.kinds or item.kind in each.kinds)
        and (named is None or each.adapter not in NETWORKS or each.adapter in named)
    ]
    if occasion == "turun":
        arrived = Q(sent_at__isnull=False) | Q(handed__isnull=False)
        had = set(item.deliveries.filter(arrived, occasion="tayang").values_list("channel", flat=True))
        channels = [each for each in channels if each.pk in had]
    count = 0
    for channel in channels:
        row, new = Delivery.objects.get_or_create(
            item=item, channel=channel, occasion=occasion, defaults={"ordered_at": at}
        )
        if new and not ADAPTERS[channel.adapter].by_hand:
            enqueue(deliver, delivery=row.pk, run_after=item.published_at if item.published_at > at else None)
        count += new
    return count


def network_of(delivery: Delivery) -> Account:
    """Return the social network to which a delivery goes. Raises KeyError where it goes elsewhere."""
    return NETWORKS[delivery.channel.adapter]


def by_hand(at: datetime) -> "QuerySet[Delivery]":
    """Return what somebody has to post, or to take down, on a social network now; the oldest first."""
    waiting = Delivery.objects.filter(sent_at=None, channel__active=True, channel__adapter__in=NETWORKS)
    shown = waiting.filter(item__published_at__lte=at).exclude(
        occasion="tayang", item__withdrawn_at__isnull=False
    )
    return shown.select_related("item", "channel").order_by("ordered_at", "pk")


def post_of(delivery: Delivery, words: str = "") -> str:
    """Return what is to be posted: the words written for this network, else the item's own as far as they fit."""
    message = message_of(delivery)
    if words and delivery.occasion == "tayang":
        return f"{words}\n\n{message.url}"
    return network_of(delivery).post_of(message)


def posted(delivery: Delivery, link: str, person: Person, at: datetime) -> bool:
    """Record where and when somebody posted an item, or took its post down; return False where that was recorded already.

    `at` is when it was done. What the link must be is checked by whoever asked for it.
    """
    waiting = Delivery.objects.filter(pk=delivery.pk, sent_at=None)
    done = waiting.update(sent_at=at, link=link[:500], by=person, tries=1, fault="")
    delivery.refresh_from_db()
    return bool(done)


def reached(delivery: Delivery, reach: int, interactions: int | None, person: Person, at: datetime) -> bool:
    """Record how far a post had reached at an instant; return False where that instant is recorded already."""
    _row, new = Reach.objects.get_or_create(
        delivery=delivery, at=at, defaults={"reach": reach, "interactions": interactions, "by": person}
    )
    return new


def item_of(case: Case, *kinds: str) -> Item | None:
    """Return what was published of a case, the first; of some kinds only, where they are named."""
    found = Item.objects.filter(case=case).order_by("published_at", "pk")
    return (found.filter(kind__in=kinds) if kinds else found).first()


def shown(at: datetime) -> "QuerySet[Item]":
    """Return what stands on the pages at an instant, the newest first."""
    return Item.objects.filter(withdrawn_at=None, published_at__lte=at)


@dataclass(frozen=True)
class Asked:
    """What a reader asks about an item, and how he is reached."""

    kind: str
    name: str
    contact: str
    text: str


def respond(item: Item, asked: Asked, token_hash: str, at: datetime) -> Response:
    """Take what a reader asks; the editors have until `RIGHT_OF_REPLY` after it."""
    return Response.objects.create(
        item=item,
        kind=asked.kind,
        name=asked.name[:200],
        contact=asked.contact[:200],
        text=asked.text,
        token_hash=token_hash,
        sent_at=at,
        due_at=at + RIGHT_OF_REPLY,
    )


def decide(response: Response, granted: bool, reason: str, person: Person, at: datetime) -> bool:
    """Record what the editors decided; return False where somebody had decided already."""
    state = Response.State.GRANTED if granted else Response.State.REFUSED
    waiting = Response.objects.filter(pk=response.pk, state=Response.State.WAITING)
    done = waiting.update(state=state, reason=reason, decided_by=person, decided_at=at)
    response.refresh_from_db()
    if done:
        enqueue(tell_reader, response=response.pk)
    return bool(done)


def note_contact_reading(response: Response, person: Person, at: datetime) -> None:
    """Write down that a person saw who a reader is and how he is reached; the same again within the hour is written once."""
    same = ContactReading.objects.filter(response=response, person=person, at__gt=at - _READ_AGAIN)
    if not same.exists():
        ContactReading.objects.create(response=response, person=person, at=at)


def forget_readers(before: datetime, at: datetime) -> int:
    """Delete name, contact and text of what readers asked and what was decided before an instant; return of how many.

    What, when and how it was decided stays; what was published of it stands with the item.
    """
    over = Response.objects.exclude(state=Response.State.WAITING)
    old = over.filter(decided_at__lt=before, forgotten_at=None)
    return old.update(name="", contact="", text="", forgotten_at=at)


def forget_recipients(before: datetime) -> int:
    """Delete to whom exactly items were delivered before an instant; that and when they were delivered stays. Return how many."""
    return Handed.objects.filter(at__lt=before).delete()[0]
