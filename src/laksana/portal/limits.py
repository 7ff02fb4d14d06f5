"""Limits on how often somebody may do something. Counted in the database, so that they hold over all processes together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from laksana.portal.models import Counter

_HOUR = timedelta(hours=1)
_ADD = (
    "INSERT INTO portal_counter (key, count, until) VALUES (%s, 1, %s)"
    " ON CONFLICT (key) DO UPDATE SET count = portal_counter.count + 1 RETURNING count"
)


@dataclass(frozen=True)
class Limit:
    """So many times in a stretch of time."""

    name: str
    most: int
    per: timedelta

    def allows(self, whom: str, at: datetime) -> bool:
        """Count one more for whom (an address, a service) and return whether that is still within the limit."""
        return self._add(whom, at) <= self.most

    def is_spent(self, whom: str, at: datetime) -> bool:
        """Return whether the limit is reached, without counting."""
        known = Counter.objects.filter(pk=self._key(whom, at)).values_list("count", flat=True).first()
        return (known or 0) >= self.most

    def _add(self, whom: str, at: datetime) -> int:
        until = Counter._meta.get_field("until").get_db_prep_value(at + 2 * self.per, connection)
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [self._key(whom, at), until])
            return int(cursor.fetchone()[0])

    def _key(self, whom: str, at: datetime) -> str:
        stretch = int(at.timestamp() // self.per.total_seconds())
        text = f"{self.name}|{whom}|{stretch}"
        return salted_hmac("laksana.portal.limits", text, algorithm="sha256").hexdigest()


BEGIN = Limit("begin", 60, _HOUR)
"""Forms begun from one address; behind one address may sit a whole school."""
UPLOAD = Limit("upload", 120, _HOUR)
SEND = Limit("send", 30, _HOUR)
"""Forms sent from one address by a browser that worked for it."""
SEND_PLAIN = Limit("send-plain", 6, _HOUR)
"""Forms sent from one address without that work: the question alone is weak."""
SERVICE = Limit("service", 300, _HOUR)
"""Forms sent to one service from everywhere together."""
GUESS = Limit("guess", 20, timedelta(minutes=10))
"""Codes and links that do not exist, asked for from one address."""
RESEND = Limit("resend", 6, _HOUR)
"""Tracking codes asked for again from one address."""
ADDRESS = Limit("address", 10, _HOUR)
"""E-mail addresses named from one address: else these pages could be made to write to strangers."""
ONCE = Limit("once", 1, timedelta(days=1))
"""A solved challenge or an answered question is good once."""


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from, behind the proxies that the settings trust."""
    return str(get_adapter().get_client_ip(request))


def forget_counts(at: datetime) -> int:
    """Forget the counts of stretches that are over; return how many."""
    return Counter.objects.filter(until__lt=at).delete()[0]
