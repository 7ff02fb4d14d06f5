"""The job that takes items to channels."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db.models import F
from django.utils import translation
from django.utils.text import Truncator

from laksana.jobs.services import job
from laksana.publishing.channels import ADAPTERS, Address, Message, Undelivered
from laksana.publishing.models import Delivery, Handed, Item, Response

_GIVE_UP = 5


@job(retries=10, backoff=timedelta(seconds=30))
def deliver(delivery: int, *, at: datetime) -> None:
    """Deliver an item to each recipient of a channel, once. Raises Undelivered where one has not got it, and is tried again.

    Who got it is written down at once, so that a later try passes him by. Only where the machine stops between the two may one
    get it twice, under the same identification.
    """
    row = Delivery.objects.select_related("item", "channel").get(pk=delivery)
    if row.sent_at is not None or not row.channel.active:
        return
    if row.occasion == "tayang" and row.item.withdrawn_at is not None:
        return
    adapter = ADAPTERS[row.channel.adapter]
    if adapter.by_hand:
        return
    listed = _recipients(row)
    had = set(row.handed.values_list("recipient", flat=True))
    missed = _hand_out(row, [each for each in listed if each not in had], at)
    fault = _told(missed, len(listed))
    Delivery.objects.filter(pk=row.pk).update(
        tries=F("tries") + 1, fault=fault[:300], sent_at=None if missed else at
    )
    if missed:
        raise Undelivered(fault)


def _recipients(row: Delivery) -> list[str]:
    """Return who is to get a delivery: everybody behind the channel; that an item is gone, of a list whoever had got it."""
    listed = ADAPTERS[row.channel.adapter].recipients(Address(row.channel.address, row.channel.secret))
    if row.occasion != "turun":
        return listed
    had = set(
        Handed.objects.filter(
            delivery__item=row.item_id, delivery__channel=row.channel_id, delivery__occasion="tayang"
        ).values_list("recipient", flat=True)
    )
    return [each for each in listed if each in had] or listed


def _hand_out(row: Delivery, recipients: list[str], at: datetime) -> list[Undelivered]:
    """Hand a delivery to each of these, whatever becomes of the others; return why some have not got it.

    After so many failures on end the way is closed, not an address: the rest waits for the next try.
    """
    adapter, message = ADAPTERS[row.channel.adapter], message_of(row)
    missed, on_end = list[Undelivered](), 0
    for number, each in enumerate(recipients):
        try:
            adapter.deliver(message, each, row.channel.secret, at)
        except Undelivered as fault:
            missed.append(fault)
            on_end += 1
            if on_end == _GIVE_UP:
                return missed + [fault] * (len(recipients) - number - 1)
        else:
            on_end = 0
            Handed.objects.get_or_create(delivery=row, recipient=each, defaults={"at": at})
    return missed


def _told(missed: list[Undelivered], of: int) -> str:
    """Return why it did not arrive, and at how many of several."""
    if not missed:
        return ""
    return str(missed[0]) if of == 1 else f"{len(missed)}/{of}: {missed[0]}"


def message_of(row: Delivery) -> Message:
    """Return what a channel gets of an item: of one taken down only that it was, and why."""
    item = row.item
    gone = item.withdrawn_at is not None
    text = item.withdrawn_why if gone else item.text
    return Message(
        id=f"{item.slug}:{row.occasion}",
        occasion=row.occasion,
        kind=item.kind,
        title=item.title,
        summary=Truncator(text).chars(280),
        text=text,
        byline="" if gone else item.byline,
        url=_address(item),
        published_at=item.published_at.isoformat(),
    )


@job(retries=8, backoff=timedelta(seconds=30))
def tell_reader(response: int, *, at: datetime) -> None:  # noqa: ARG001  (every job gets it)
    """Tell a reader by e-mail, where that is how he is reached, what the editors decided."""
    row = Response.objects.select_related("item").get(pk=response)
    try:
        validate_email(row.contact)
    except ValidationError:
        return
    with translation.override(settings.LANGUAGE_CODE):
        EmailMessage(
            subject=f"{row.get_state_display().capitalize()}: {row.item.title}"[:150],
            body=f"{row.get_kind_display().capitalize()}: {row.get_state_display()}\n\n{row.reason}\n\n{_address(row.item)}\n",
            to=[row.contact],
            headers={"Auto-Submitted": "auto-generated"},
        ).send()


def _address(item: Item) -> str:
    return f"{settings.BASE_URL.rstrip('/')}/berita/{item.slug}/"
