"""What a password must not be. No rule of the registry: nobody is to type a password of his into a calculator."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from laksana.library.tables import Row, Table
from laksana.library.teknologi.pemberian_password.rules import POLICIES, figure
from laksana.sop.nip import Nip, NipError

if TYPE_CHECKING:
    from laksana.people.models import Account

_CLASSES = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
_BIRTHS = ("%d%m%Y", "%Y%m%d", "%d%m%y")


class Word(Row):
    """A word that no password holds."""

    kata: str


WORDS = Table(__file__, "kata-terlarang.csv", Word)


def faults(
    password: str, kind: str, user_name: str = "", nip: str = "", born: date | None = None
) -> list[str]:
    """Return what is wrong with a password for a kind of account, in words; nothing where it is good enough."""
    return list(_faults(password, kind, user_name, nip, born))


def _faults(password: str, kind: str, user_name: str, nip: str, born: date | None) -> Iterator[str]:
    policy, small = POLICIES[kind], password.lower()
    if len(password) < policy.panjang_minimal:
        yield _("Use at least %d characters.") % policy.panjang_minimal
    if len(password) > policy.panjang_maksimal:
        yield _("Use at most %d characters.") % policy.panjang_maksimal
    kinds = sum(any(is_of(letter) for letter in password) for is_of in _CLASSES)
    if len(password) < figure("frasa_panjang") and kinds < policy.kelas_karakter_minimal:
        yield _("Mix small letters, capitals, digits and signs: at least %d of the four.") % (
            policy.kelas_karakter_minimal
        )
    if user_name and user_name.lower() in small:
        yield _("It holds your user name.")
    if nip and nip in small:
        yield _("It holds your NIP.")
    if born and any(born.strftime(form) in small for form in _BIRTHS):
        yield _("It holds your date of birth.")
    for row in WORDS.rows():
        if row.kata in small:
            yield _("It holds the word “%s”.") % row.kata


class OfficePasswordValidator:
    """Django's door to the rule: holds the passwords of this very application to the office's policy."""

    def __init__(self, kind: str = "pegawai") -> None:
        self.kind = kind

    def validate(self, password: str, user: "Account | None" = None) -> None:
        """Raise ValidationError naming all that is wrong with a password."""
        person = getattr(user, "person", None)
        nip = (person.nip or "") if person else ""
        try:
            born = Nip.parse(nip).born if nip else None
        except NipError:
            born = None
        if found := faults(password, self.kind, user.get_username() if user else "", nip, born):
            raise ValidationError(found)

    def get_help_text(self) -> str:
        """Return what is asked of a password, for the form."""
        policy = POLICIES[self.kind]
        return _(
            "At least %(least)d characters with %(classes)d of: small letters, capitals, digits, signs; "
            "or a phrase of %(phrase)d characters."
        ) % {
            "least": policy.panjang_minimal,
            "classes": policy.kelas_karakter_minimal,
            "phrase": figure.whole("frasa_panjang"),
        }
