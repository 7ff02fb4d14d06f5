"""The views of My tasks that somebody keeps: named, his own, one of them the first he sees."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laksana.cases.errors import Invalid
from laksana.people.models import Person
from laksana.workspace.models import SavedView
from laksana.workspace.sifting import Sifting

MOST = 20
_LONGEST_NAME = 60


def views_of(person: Person) -> list[SavedView]:
    """Return the views somebody keeps, by name."""
    return list(SavedView.objects.filter(person=person))


@transaction.atomic
def keep(person: Person, name: str, sifting: Sifting, at: datetime, *, default: bool = False) -> SavedView:
    """Keep a view; one of the same name is replaced. Raises Invalid for a name that is none, and for too many."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise Invalid(
            {"nama": _("Give the view a name of %(limit)d characters at most.") % {"limit": _LONGEST_NAME}}
        )
    if not sifting.query:
        raise Invalid(
            {"nama": _("Choose a filter or a grouping first; without one there is nothing to keep.")}
        )
    own = SavedView.objects.filter(person=person)
    if own.exclude(name=name).count() >= MOST:
        raise Invalid({"nama": _("You keep %(limit)d views already. Delete one first.") % {"limit": MOST}})
    if default:
        own.update(is_default=False)
    kept, _made = SavedView.objects.update_or_create(
        person=person,
        name=name,
        defaults={"query": sifting.query, "is_default": default},
        create_defaults={"query": sifting.query, "is_default": default, "made_at": at},
    )
    return kept


@transaction.atomic
def make_default(view: SavedView, *, default: bool) -> None:
    """Let My tasks open with a view, or with everything again."""
    SavedView.objects.filter(person=view.person_id).update(is_default=False)
    if default:
        SavedView.objects.filter(pk=view.pk).update(is_default=True)
