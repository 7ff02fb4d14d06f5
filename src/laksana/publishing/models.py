"""What the office publishes: items with their pictures, what was added to or taken from them, answers of readers, channels.

An item is never deleted: one that was taken down stays as a trace that says when and why.
"""

from html import unescape

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _


class Item(models.Model):
    """Something published under an address of its own."""

    class Kind(models.TextChoices):
        """A story of a citizen, or what the office itself says."""

        STORY = "berita-warga", _("citizen's story")
        RELEASE = "siaran", _("release")
        URGENT = "darurat", _("urgent message")
        CLARIFICATION = "klarifikasi", _("clarification")

    slug = models.SlugField(max_length=160, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="published_items")
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField()
    """HTML that was cleaned before it was kept."""
    byline = models.CharField(max_length=160)
    """The name or pen name under which it runs; for the office's own texts the office."""
    section = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    """What the reader is told about it, such as that an agency did not confirm it."""
    clarifies = models.ForeignKey("self", models.PROTECT, null=True, related_name="clarifications")
    published_at = models.DateTimeField(_("published"))
    changed_at = models.DateTimeField(_("changed"))
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["-published_at", "-id"], name="item_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> str:
        """Return its body as plain text, each paragraph parted by a blank line."""
        parted = self.body.replace("</p>", "</p>\n\n").replace("<br>", "\n").replace("</li>", "</li>\n")
        return unescape(strip_tags(parted)).strip()


class Picture(models.Model):
    """A picture of an item: made anew from what was sent, so that nothing but what is seen is in it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="pictures")
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="published_pictures")
    caption = models.CharField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["item", "order"]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.order}"


class Video(models.Model):
    """A video of an item, as it was sent but for what tells of place, time and camera; nothing is encoded anew."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="videos")
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="published_videos")
    caption = models.CharField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["item", "order"]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.order}"


class Amendment(models.Model):
    """What was added to an item after its publication, shown with it and with its own time."""

    class Kind(models.TextChoices):
        """A correction, a right of reply, a takedown, or the link to a clarification."""

        CORRECTION = "ralat", _("correction")
        REPLY = "hak-jawab", _("right of reply")
        TAKEDOWN = "turun", _("taken down")
        CLARIFICATION = "klarifikasi", _("clarification")

    item = models.ForeignKey(Item, models.CASCADE, related_name="amendments")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    by = models.CharField(max_length=200, blank=True)
    """Who replies; "" for the editors."""
    asked_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.item_id}"


class Response(models.Model):
    """What a reader asks of the editors about an item; nothing of it is public before they decide."""

    class Kind(models.TextChoices):
        """A right of reply, a correction, or that it be taken down."""

        REPLY = "hak-jawab", _("right of reply")
        CORRECTION = "ralat", _("correction")
        TAKEDOWN = "turun", _("that it be taken down")

    class State(models.TextChoices):
        """Waiting, granted, or refused with a reason."""

        WAITING = "menunggu", _("waiting")
        GRANTED = "dikabulkan", _("granted")
        REFUSED = "ditolak", _("refused")

    item = models.ForeignKey(Item, models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=200)
    text = models.TextField()
    """Name, contact and text are for the editors, and are deleted some time after the decision."""
    forgotten_at = models.DateTimeField(null=True)
    """When name, contact and text were deleted."""
    token_hash = models.CharField(max_length=64, unique=True)
    """Of the link by which its sender sees what became of it."""
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="moderated")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="response_waiting")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.item_id}"


class ContactReading(models.Model):
    """Who of the office saw a reader's name and contact, and when."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="readings")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.person_id}"


class Channel(models.Model):
    """Where items go besides the office's own pages."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    adapter = models.CharField(_("kind of channel"), max_length=40)
    """The name of an adapter (`laksana.publishing.channels`)."""
    address = models.TextField(_("address"))
    """E-mail addresses, or the address of a webhook."""
    secret = models.CharField(max_length=200, blank=True)
    """With which messages to a webhook are signed."""
    kinds = models.JSONField(default=list)
    """Which kinds of items go there; empty: all."""
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """An item on its way to a channel: once for each, tried again until it arrives or its tries are used up."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="deliveries")
    occasion = models.CharField(max_length=40, default="tayang")
    """What is delivered: that it was published, or that it was taken down."""
    ordered_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    """When it arrived at everyone, or was posted by hand."""
    link = models.URLField(max_length=500, blank=True)
    """Where it stands on a social network."""
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    """Who posted it by hand."""

    class Meta:
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "channel", "occasion"], name="each_channel_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} > {self.channel_id}"


class Handed(models.Model):
    """One recipient of a delivery who has got it: what is tried again goes to the others only."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="handed", db_index=False)
    recipient = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["delivery", "recipient"], name="each_recipient_once")]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.recipient}"


class Reach(models.Model):
    """How far a post on a social network had reached at an instant, as the network tells it."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="reaches", db_index=False)
    at = models.DateTimeField()
    reach = models.PositiveBigIntegerField(_("reach"))
    interactions = models.PositiveBigIntegerField(_("interactions"), null=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["delivery", "at"]
        constraints = [models.UniqueConstraint(fields=["delivery", "at"], name="one_reading_at_a_time")]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.reach}"
