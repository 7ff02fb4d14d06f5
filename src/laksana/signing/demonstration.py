"""The demonstration's certificate authority, and a certificate for each of its invented people."""

from datetime import datetime

from django.conf import settings

from laksana.documents.services import letterhead
from laksana.people.demo import PASSPHRASE
from laksana.people.models import Person
from laksana.signing import authority, keys
from laksana.signing.models import Certificate, Method


def install_signers(at: datetime) -> int:
    """Give everybody of a demonstration who has no certificate in force one; return how many were given."""
    if not settings.DEMO or settings.SIGNATURE != Method.LOCAL:
        return 0
    authority.ensure(letterhead()["office"], at)
    held = {
        person
        for person, serial in Certificate.objects.filter(until__gt=at).values_list("person", "serial")
        if keys.read(f"{serial}.p12") is not None
    }
    without = [person for person in Person.objects.filter(active=True) if person.pk not in held]
    for person in without:
        authority.issue(person, PASSPHRASE, at)
    return len(without)
