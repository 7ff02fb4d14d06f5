"""What a stored value must be, told in the reader's language."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from laksana.sop.nip import Nip, NipError


def check_nip(value: str) -> None:
    """Raise ValidationError unless the text is the NIP of a PNS or the number of a PPPK, in digits only."""
    try:
        nip = Nip.parse(value)
    except NipError as error:
        raise ValidationError(error.message.in_language(gettext), code="nip") from None
    if nip.number != value:
        raise ValidationError(gettext("Write the 18 digits of the NIP without blanks or dots."), code="nip")
