"""The office's accounts on social networks: what is to be posted, what a step recorded as posted, and how far posts reached."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.people.models import Person
from laksana.people.services import desks_of
from laksana.publishing import services as publishing
from laksana.publishing.channels import NETWORKS
from laksana.publishing.models import Delivery, Reach
from laksana.worktime.zone import OFFICE_ZONE

POSTERS = (
    "group:admin-medsos",
    "group:hubungan-media",
    "group:admin-portal-berita",
    "group:pengelola-informasi-publik",
    "position:kabid-diseminasi",
)
"""Who posts by hand, and brings in how far posts reached."""
COLUMNS = ("tautan", "waktu", "jangkauan", "interaksi")
_REQUIRED = COLUMNS[:3]
MOST_ROWS = 5000
_MOST_TOLD = 20


def may_post(person: Person, at: datetime) -> bool:
    """Return whether a person posts on the office's accounts."""
    return not desks_of(person, at).isdisjoint(POSTERS)


def words_for(delivery: Delivery) -> str:
    """Return what the plan of a release has written for the network of a delivery; "" where it has nothing of its own."""
    data = delivery.item.case.data if delivery.item.case else {}
    rows = data.get("konten_kanal") or ()
    return next(
        (str(row.get("isi") or "") for row in rows if row.get("kanal") == delivery.channel.adapter), ""
    )


def note_posts(situation: Situation) -> int:
    """Record with the deliveries of a case what its steps have put down as posted: by the link, or by the name of the channel.

    Return of how many.
    """
    rows = [*(situation.values.get("tayang_akun") or ()), *(situation.values.get("tayang_segera") or ())]
    open_ones = Delivery.objects.filter(
        item__case=situation.case, occasion="tayang", sent_at=None, channel__adapter__in=NETWORKS
    ).select_related("channel")
    count = 0
    for delivery in open_ones:
        found = next((row for row in rows if _speaks_of(delivery, row)), None)
        if found is not None and situation.actor is not None:
            link, when = str(found.get("tautan") or ""), found.get("waktu_tayang") or situation.at
            count += publishing.posted(delivery, link, situation.actor, when)
    return count


def _speaks_of(delivery: Delivery, row: Mapping[str, Any]) -> bool:
    """Return whether a row of what was posted is about the account of a delivery."""
    network, link = publishing.network_of(delivery), str(row.get("tautan") or "")
    if link:
        return network.holds(link)
    names = {delivery.channel.adapter, str(network.title), delivery.channel.name}
    return str(row.get("kanal") or "").strip().casefold() in {name.casefold() for name in names}


def readings_of(case: Case) -> list[dict[str, Any]]:
    """Return how far the posts of a case had reached, as rows of the monitoring of its release."""
    found = Reach.objects.filter(delivery__item__case=case).select_related(
        "delivery__channel", "delivery__item"
    )
    return [
        {
            "waktu": each.at,
            "kanal_atau_media": each.delivery.channel.name,
            "judul": each.delivery.item.title,
            "sentimen": None,
            "jangkauan": Decimal(each.reach),
            "catatan": each.delivery.link,
        }
        for each in found.order_by("at", "pk")
    ]


@dataclass(frozen=True)
class Measured:
    """A row of a file: how far a post had reached."""

    link: str
    at: datetime
    reach: int
    interactions: int | None


@dataclass(frozen=True)
class BroughtIn:
    """What became of a file of readings."""

    new: int
    known: int


class RowsRefusedError(ValueError):
    """Nothing of a file was taken; each of `faults` names a line, counted as in the file."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(self.faults))


def bring_in(text: str, person: Person, at: datetime) -> BroughtIn:
    """Record the readings of a CSV file, all or none; those that are there already are passed by. Raises RowsRefusedError."""
    faults, rows = list[str](), list[tuple[int, Measured]]()
    for number, line in _lines(text):
        read = _read(line, at)
        if isinstance(read, Measured):
            rows.append((number, read))
        else:
            faults.append(_told(number, read))
    posts = {
        each.link: each
        for each in Delivery.objects.filter(link__in={row.link for _n, row in rows}, occasion="tayang")
    }
    faults += [
        _told(number, [_("no post of ours has this link")]) for number, row in rows if row.link not in posts
    ]
    if faults:
        more = len(faults) - _MOST_TOLD
        raise RowsRefusedError(
            [*faults[:_MOST_TOLD], *([_("and %(n)s more lines") % {"n": more}] if more > 0 else [])]
        )
    with transaction.atomic():
        new = sum(
            publishing.reached(posts[row.link], row.reach, row.interactions, person, row.at)
            for _number, row in rows
        )
    return BroughtIn(new, len(rows) - new)


def _lines(text: str) -> Iterator[tuple[int, Mapping[str | None, Any]]]:
    """Yield the lines of a file with their numbers. Raises RowsRefusedError for a file that has not the columns."""
    first = text.partition("\n")[0]
    lines = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    missing = [name for name in _REQUIRED if name not in (lines.fieldnames or ())]
    if missing:
        raise RowsRefusedError([_("Missing columns: %(names)s.") % {"names": ", ".join(missing)}])
    for number, line in enumerate(lines, 2):
        if number > MOST_ROWS + 1:
            raise RowsRefusedError([_("At most %(n)s lines.") % {"n": MOST_ROWS}])
        yield number, line


def _read(line: Mapping[str | None, Any], at: datetime) -> Measured | list[str]:
    """Return a line's reading, or what is wrong with it."""
    link, when, reach, more = (str(line.get(name) or "").strip() for name in COLUMNS)
    moment, faults = _moment(when), list[str]()
    if None in line:
        faults.append(_("too many columns"))
    if not link:
        faults.append(_("tautan is empty"))
    if moment is None:
        faults.append(_("waktu is written 2026-10-31 08:00, not %(what)s") % {"what": when or "-"})
    elif moment > at:
        faults.append(_("waktu is still to come"))
    if not _is_number(reach):
        faults.append(_("jangkauan is a whole number, not %(what)s") % {"what": reach or "-"})
    if more and not _is_number(more):
        faults.append(_("interaksi is a whole number, not %(what)s") % {"what": more})
    if faults or moment is None:
        return faults
    return Measured(link, moment, int(reach), int(more) if more else None)


def _told(number: int, faults: list[str]) -> str:
    return _("Line %(n)s: %(faults)s") % {"n": number, "faults": "; ".join(faults)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 15


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=OFFICE_ZONE)
