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
from laksana.publishing.models import Delivery, Item, Response


@job(retries=10, backoff=timedelta(seconds=30))
def deliver(delivery: int, *, at: datetime) -> None:
    """Deliver an item to a channel, once. Raises Undelivered, and is tried again."""
    row = Delivery.objects.select_related("item", "channel").get(pk=delivery)
    if row.sent_at is not None or not row.channel.active:
        return
    if row.occasion == "tayang" and row.item.withdrawn_at is not None:
        return
    where = Address(row.channel.address, row.channel.secret)
    try:
        ADAPTERS[row.channel.adapter].deliver(message_of(row), where, at)
    except Undelivered as fault:
        Delivery.objects.filter(pk=row.pk).update(tries=F("tries") + 1, fault=str(fault)[:300])
        raise
    Delivery.objects.filter(pk=row.pk).update(tries=F("tries") + 1, fault="", sent_at=at)


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
