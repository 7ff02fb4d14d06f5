"""The door of publishing: publish, amend and take down an item, take what readers ask, and order its way to the channels.

Everything here joins the caller's transaction: where the step of a case is undone, nothing was published.
"""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import nh3
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.text import slugify

from laksana.cases.models import Attachment, Case
from laksana.files.services import FileRefused, store
from laksana.jobs.services import enqueue
from laksana.people.models import Person
from laksana.publishing.models import Amendment, Channel, Delivery, Item, Picture, Response
from laksana.publishing.pictures import made_public
from laksana.publishing.tasks import deliver, tell_reader

__all__ = [
    "Asked",
    "Draft",
    "amend",
    "decide",
    "item_of",
    "order_deliveries",
    "paragraphs",
    "publish",
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
    """Keys of attachments, each with its caption."""
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
        _add_picture(item, case, key, caption, order, at)
    order_deliveries(item, "tayang", at)
    return item


def slug_of(title: str, case: Case, kind: str, earlier: int = 0) -> str:
    """Return the address of an item: its title and a short part that no other has; `earlier` of its kind are in the case."""
    own = hashlib.sha256(f"{case.number}:{kind}:{earlier}".encode()).hexdigest()[:6]
    return f"{slugify(title)[:140].strip('-') or 'berita'}-{own}"


def _add_picture(item: Item, case: Case, key: int, caption: str, order: int, at: datetime) -> None:
    row = Attachment.objects.select_related("stored").filter(pk=key, case=case).first()
    content = made_public(row.stored) if row else None
    if content is None:
        return
    try:
        stored = store(io.BytesIO(content), f"foto-{order}.webp", ["image/webp"], at=at)
    except FileRefused:
        return
    Picture.objects.create(item=item, stored=stored, caption=caption[:500], order=order)


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


def order_deliveries(item: Item, occasion: str, at: datetime) -> int:
    """Order an item's way to every active channel that takes its kind; return how many are new.

    That it was taken down is told to those channels only that had got it.
    """
    channels = [
        each for each in Channel.objects.filter(active=True) if not each.kinds or item.kind in each.kinds
    ]
    if occasion == "turun":
        had = set(
            item.deliveries.filter(occasion="tayang", sent_at__isnull=False).values_list("channel", flat=True)
        )
        channels = [each for each in channels if each.pk in had]
    count = 0
    for channel in channels:
        row, new = Delivery.objects.get_or_create(
            item=item, channel=channel, occasion=occasion, defaults={"ordered_at": at}
        )
        if new:
            enqueue(deliver, delivery=row.pk, run_after=item.published_at if item.published_at > at else None)
            count += 1
    return count


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
