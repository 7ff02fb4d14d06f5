"""The feeds of what is published, as RSS 2.0 and Atom 1.0."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from laksana.documents.services import letterhead
from laksana.publishing import services as publishing
from laksana.publishing.models import Item

_NEWEST = 40


def _whole(path: str) -> str:
    """Return the whole address of a path of ours, by the address that the office is known under."""
    return settings.BASE_URL.rstrip("/") + path


class RssFeed(Feed[Item, HttpRequest]):
    """The newest items; one that was taken down is no longer among them."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    own = reverse_lazy("news:rss")

    def get_object(self, request: HttpRequest, *_args: object, **_named: object) -> HttpRequest:
        """Return what asks: the section is in it."""
        return request

    def link(self, _request: HttpRequest) -> str:
        """Return the address of the pages that it is a feed of."""
        return _whole(reverse("news:front"))

    def feed_url(self, _request: HttpRequest) -> str:
        """Return the feed's own address."""
        return _whole(str(self.own))

    def title(self, _request: HttpRequest) -> str:
        """Return its name."""
        return _("News of %(office)s") % {"office": letterhead()["office"]}

    def description(self, _request: HttpRequest) -> str:
        """Return what is in it."""
        return _("Releases of the office and stories of citizens")

    subtitle = description

    def items(self, _request: HttpRequest) -> list[Item]:
        """Return the newest."""
        return list(publishing.shown(timezone.now())[:_NEWEST])

    def item_title(self, item: Item) -> str:
        """Return an item's title."""
        return item.title

    def item_description(self, item: Item) -> str:
        """Return its text."""
        return item.body

    def item_link(self, item: Item) -> str:
        """Return its address."""
        return _whole(reverse("news:item", args=[item.slug]))

    def item_guid(self, item: Item) -> str:
        """Return what stays the same of it."""
        return self.item_link(item)

    def item_pubdate(self, item: Item) -> datetime:
        """Return when it was published."""
        return item.published_at

    def item_updateddate(self, item: Item) -> datetime:
        """Return when it was last changed or added to."""
        return max(item.changed_at, item.published_at)

    def item_author_name(self, item: Item) -> str:
        """Return the name under which it runs."""
        return item.byline

    def item_categories(self, item: Item) -> list[str]:
        """Return its kind and section."""
        return [each for each in (str(item.get_kind_display()), item.section) if each]


class AtomFeed(RssFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    own = reverse_lazy("news:atom")
