"""The port of signing: what a way to sign electronically must do, and which one a person uses."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings

from laksana.people.models import Person
from laksana.signing.models import Certificate, Method
from laksana.signing.stamp import Place


@dataclass(frozen=True)
class Order:
    """What is to be signed: the PDF, and what its signature says."""

    pdf: bytes
    field: str
    name: str
    reason: str
    token: str
    place: Place
    at: datetime


class Port(Protocol):
    """A way to sign."""

    method: Method

    @property
    def ready(self) -> bool:
        """Return whether the person can sign this way now."""
        ...

    @property
    def hindrance(self) -> str:
        """Return why he cannot; "" where he can."""
        ...

    @property
    def certificate(self) -> Certificate | None:
        """Return the certificate that it signs with, where the office issued it."""
        ...

    def sign(self, order: Order, passphrase: str) -> bytes:
        """Return the signed PDF. Raises WrongPassphrase, NoCertificate, NotSigned."""
        ...


def port_for(person: Person, at: datetime) -> Port:
    """Return how a person signs in this office today."""
    from laksana.signing.methods.bsre import BsrePort
    from laksana.signing.methods.local import LocalPort
    from laksana.signing.methods.wet import WetPort

    if settings.SIGNATURE == Method.LOCAL:
        return LocalPort(person, at)
    if settings.SIGNATURE == Method.BSRE:
        return BsrePort(person)
    return WetPort()
