"""The values that fields hold: read from what a person typed or a program sent, and written as JSON and back.

    text longtext email phone url nip nik npwp choice    str
    number money                                         Decimal
    date, datetime (aware, Asia/Jakarta), time           of the standard library
    bool                                                 bool
    multichoice                                          list[str]
    person file                                          int, the number of a row
    files                                                list[int]
    unit                                                 str, the unit's code
    assignee                                             str, a desk such as "position:kadis"
    location                                             Location
    prose                                                Prose, a formatted text
    table                                                list[dict[column, value]]

An empty field is None. Numbers are read as Indonesians write them (1.250.000,50), dates as 17-08-2026 or
2026-08-17.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import phonenumbers
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.id import nik as nik_number

from laksana.sop.definition import FieldSpec, FieldType
from laksana.sop.message import Message
from laksana.sop.message import message as _
from laksana.sop.nip import Nip, NipError
from laksana.sop.prose import Prose
from laksana.sop.prose import TooLarge as ProseTooLarge
from laksana.sop.prose import read as read_prose

JAKARTA = ZoneInfo("Asia/Jakarta")
_MAX_DIGITS = 24
_YEARS = range(1900, 2201)
_LINE, _PAGES = 1_000, 100_000
"""The longest text of one line, and of many, in characters, where the definition sets no limit of its own."""


class Invalid(ValueError):  # noqa: N818  (it is said of the value, not of the program)
    """The text is no value of that type; `message` says what was expected."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Location:
    """A point on the map, in degrees."""

    lat: Decimal
    lon: Decimal

    def __str__(self) -> str:
        return f"{self.lat}, {self.lon}"


def is_empty(value: Any) -> bool:
    """Return whether nothing was given: None, blank text, an empty list or mapping."""
    if value is None or isinstance(value, str):
        return not value or value.isspace()
    return value.is_blank if isinstance(value, Prose) else value in ([], {}, ())


def parse(spec: FieldSpec, given: Any) -> Any:
    """Return the typed value of what was given for a field, None for nothing. Raises Invalid.

    A value that is typed already is returned as it is. Tables are read by `laksana.sop.form`.
    """
    if is_empty(given):
        return None
    value = _choices(spec, given) if spec.choices is not None else _READERS[spec.type](given)
    return None if is_empty(value) else value


_JSON_ALREADY = frozenset({type(None), str, int, bool})


def to_json(value: Any) -> Any:  # noqa: PLR0911  (one return for each kind of value)
    """Return a typed value, or a mapping of them, as JSON-able data; `from_json` reads it without loss."""
    if type(value) in _JSON_ALREADY:  # most are, and a match of a mapping is slow
        return value
    match value:
        case Mapping():
            return {key: to_json(item) for key, item in value.items()}
        case list() | tuple():
            return [to_json(item) for item in value]
        case Prose():
            return value.as_json()
        case Location():
            return {"lat": str(value.lat), "lon": str(value.lon)}
        case Decimal():
            return str(value)
        case date() | time():
            return (value.astimezone(JAKARTA) if isinstance(value, datetime) else value).isoformat()
    return value


def from_json(spec: FieldSpec, data: Any) -> Any:
    """Return the typed value that `to_json` wrote for a field of this kind."""
    if data is None:
        return None
    if spec.columns is not None:
        return [{key: from_json_of(spec.columns, key, item) for key, item in row.items()} for row in data]
    restore = _RESTORERS.get(spec.type)
    return restore(data) if restore else data


def from_json_of(specs: Mapping[str, FieldSpec], name: str, data: Any) -> Any:
    """Return the typed value of the field `name`; data of a name that is no field stays as it is."""
    return from_json(specs[name], data) if name in specs else data


def number_text(number: Decimal | int) -> str:
    """Return a number as Indonesians write it: 1.250.000,5."""
    whole, _dot, fraction = f"{Decimal(number):,f}".partition(".")
    return whole.replace(",", ".") + ("," + fraction if fraction else "")


def number_of(spec: FieldSpec, number: Decimal | int) -> str:
    """Return the number of a field as Indonesians write it: an amount with dots, a year without."""
    return f"{Decimal(number):f}" if spec.is_year else number_text(number)


_SIZE = re.compile(r"(\d{1,6}) ?(KB|MB|GB)", re.ASCII)
_BYTES = {"KB": 1024, "MB": 1024**2, "GB": 1024**3}


def size(text: str) -> int | None:
    """Return the bytes that a `max_size` such as "10 MB" says, None where it says nothing that can be read."""
    match = _SIZE.fullmatch(text.strip())
    return int(match[1]) * _BYTES[match[2]] if match else None


def _text(given: Any) -> str:
    if isinstance(given, bool) or not isinstance(given, str | int | Decimal):
        raise Invalid(_("Fill in a text here."))
    text = unicodedata.normalize("NFC", str(given).replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
        raise Invalid(_("The text holds characters that cannot be shown. Type it anew."))
    return text


def _line(given: Any) -> str:
    text = _text(given)
    if "\n" in text:
        raise Invalid(_("Write this on one line."))
    return _at_most(text, _LINE)


def _pages(given: Any) -> str:
    return _at_most(_text(given), _PAGES)


def _prose(given: Any) -> Prose:
    """Read a formatted text: a tree, HTML or plain lines (`laksana.sop.prose`)."""
    try:
        return read_prose(given)
    except ProseTooLarge:
        raise Invalid(_("The text is too long, or its lists too deep, for one paper.")) from None
    except ValueError:
        raise Invalid(_("Fill in a text here.")) from None


def _at_most(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Invalid(_("At most %(limit)s characters; these are %(count)s.", limit=limit, count=len(text)))
    return text


_NO_NUMBER = _("Write a number, dots for thousands and a comma for decimals, such as 1.250.000,50.")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_WITH_COMMA = re.compile(r"[+-]?\d+(?:,\d+)?", re.ASCII)
_WITH_POINT = re.compile(r"[+-]?\d+\.\d+", re.ASCII)


def _number(given: Any) -> Decimal:
    """Read a number. `1.250` is one thousand two hundred fifty; `99.5`, which can be no grouping, is 99,5."""
    if isinstance(given, str):
        text = given.strip().replace("\u2212", "-")
        if _WITH_POINT.fullmatch(text) and not _GROUPED.fullmatch(text):
            return _counted(Decimal(text))
        return _indonesian(text)
    return _plain_number(given)


def _money(given: Any) -> Decimal:
    if isinstance(given, str):
        text = re.sub(r"^\s*(?:Rp\.?)?\s*|\s*(?:,-{1,2})?\s*$", "", given, flags=re.IGNORECASE)
        return _indonesian(text)
    return _plain_number(given)


def _indonesian(text: str) -> Decimal:
    if _GROUPED.fullmatch(text) or _WITH_COMMA.fullmatch(text):
        return _counted(Decimal(text.replace(".", "").replace(",", ".")))
    raise Invalid(_NO_NUMBER)


def _plain_number(given: Any) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal) or not math.isfinite(given):
        raise Invalid(_NO_NUMBER)
    return _counted(Decimal(str(given)) if isinstance(given, float) else Decimal(given))


def _counted(number: Decimal) -> Decimal:
    _sign, digits, exponent = number.as_tuple()
    if len(digits) > _MAX_DIGITS or not isinstance(exponent, int) or abs(exponent) > _MAX_DIGITS:
        raise Invalid(_("The number has more than %(limit)s digits.", limit=_MAX_DIGITS))
    return number


_ISO_DATE = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", re.ASCII)
_LOCAL_DATE = re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:\.(\d{1,6}))?)?", re.ASCII)


def _date(given: Any) -> date:
    if isinstance(given, datetime):
        raise Invalid(_("Write a date only, without a time."))
    day = given if isinstance(given, date) else _date_of(given)
    return _in_years(day)


def _date_of(given: Any) -> date:
    text = given.strip() if isinstance(given, str) else ""
    match = _ISO_DATE.fullmatch(text) or _LOCAL_DATE.fullmatch(text)
    if match is None:
        raise Invalid(_("Write a date as day-month-year, such as 17-08-2026."))
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        raise Invalid(_("There is no such day in the calendar: %(date)s.", date=text)) from None


def _in_years(day: date) -> date:
    if day.year not in _YEARS:
        first, last = _YEARS[0], _YEARS[-1]
        raise Invalid(_("The year must lie between %(first)s and %(last)s.", first=first, last=last))
    return day


def _time(given: Any) -> time:
    if isinstance(given, time):
        return given
    match = _TIME.fullmatch(given.strip()) if isinstance(given, str) else None
    if match is None:
        raise Invalid(_("Write a time as hour and minute, such as 09.30."))
    hour, minute, second, fraction = match.groups()
    try:
        return time(int(hour), int(minute), int(second or 0), int((fraction or "").ljust(6, "0")))
    except ValueError:
        raise Invalid(_("There is no such time of day: %(time)s.", time=given.strip())) from None


def _datetime(given: Any) -> datetime:
    moment = given if isinstance(given, datetime) else _datetime_of(given)
    local = moment.replace(tzinfo=JAKARTA) if moment.tzinfo is None else moment
    _in_years(local)
    return local.astimezone(JAKARTA)


def _datetime_of(given: Any) -> datetime:
    """Read `2026-11-10T09:20`, or `10-11-2026 09.20`; without an offset it is Jakarta's time."""
    text = given.strip() if isinstance(given, str) else ""
    day, _blank, clock = text.replace("T", " ").partition(" ")
    if not clock.strip():
        raise Invalid(_("Write a date and a time, such as 17-08-2026 09.30."))
    if re.search(r"(?:Z|[+-]\d{2}:?\d{2})$", clock):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise Invalid(_("Write a date and a time, such as 17-08-2026 09.30.")) from None
    return datetime.combine(_date_of(day), _time(clock), JAKARTA)


_YES = {"true", "1", "on", "ya", "y", "yes", "benar"}
_NO = {"false", "0", "off", "tidak", "t", "no", "n", "salah"}


def _bool(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    word = str(given).strip().lower()
    if word not in _YES | _NO:
        raise Invalid(_("Choose yes or no."))
    return word in _YES


def _choices(spec: FieldSpec, given: Any) -> str | list[str]:
    if spec.type == "multichoice":
        listed = given if isinstance(given, list | tuple) else [given]
        return list(dict.fromkeys(_choice(spec, item) for item in listed if not is_empty(item)))
    return _choice(spec, given)


def _choice(spec: FieldSpec, given: Any) -> str:
    key = str(given).strip()
    if spec.choices is None or key not in spec.choices:
        raise Invalid(_("Choose one of the list; %(given)s is not in it.", given=key[:60]))
    return key


_ROW_NUMBER = re.compile(r"[1-9]\d{0,17}", re.ASCII)


def _row_number(given: Any) -> int:
    text = str(given).strip()
    if isinstance(given, bool) or not _ROW_NUMBER.fullmatch(text):
        raise Invalid(_("Choose from the list."))
    return int(text)


def _row_numbers(given: Any) -> list[int]:
    listed = given if isinstance(given, list | tuple) else [given]
    return list(dict.fromkeys(_row_number(item) for item in listed if not is_empty(item)))


_UNIT = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_DESK = re.compile(r"(?:person:[1-9]\d{0,17}|(?:position|unit|group):[a-z0-9][a-z0-9_-]{0,59})", re.ASCII)


def _matching(pattern: re.Pattern[str]) -> Callable[[Any], str]:
    def read(given: Any) -> str:
        text = str(given).strip()
        if not pattern.fullmatch(text):
            raise Invalid(_("Choose from the list."))
        return text

    return read


_EMAIL = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+"
)
"""The pattern that browsers check `<input type=email>` with (WHATWG HTML), with a dot in the host."""


def _email(given: Any) -> str:
    text = _line(given)
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise Invalid(_("Write an e-mail address, such as nama@serangkota.go.id."))
    return text


def _phone(given: Any) -> str:
    """Read a telephone number, Indonesian unless it begins with +; the value is in the form +62..."""
    try:
        number = phonenumbers.parse(str(given), "ID")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Invalid(_("Write a telephone number with its code, such as 0812 3456 7890 or (0254) 200 123."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _url(given: Any) -> str:
    text = _line(given)
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        good = False
    if not good:
        raise Invalid(_("Write a web address that begins with https:// or http://."))
    return text


def _nip(given: Any) -> str:
    try:
        return Nip.parse(str(given)).number
    except NipError as error:
        raise Invalid(error.message) from None


def _nik(given: Any) -> str:
    """Read a NIK: 16 digits with a date of birth (women: day + 40).

    The region is not looked up: the list of python-stdnum is older than provinces whose cards are in use.
    """
    number = nik_number.compact(str(given))
    if len(number) != 16 or not (number.isascii() and number.isdigit()):
        raise Invalid(_("A NIK has 16 digits."))
    try:
        nik_number.get_birth_date(number)
    except ValidationError:
        raise Invalid(_("Digits 7 to 12 of the NIK are no date of birth.")) from None
    if number[0] == "0" or int(number[6:8]) > 71:
        raise Invalid(_("This is not a NIK. Compare it with the card."))
    return number


def _npwp(given: Any) -> str:
    """Read an NPWP: 15 digits, 16 beginning with 0 (check digit as in the old ones), or a NIK."""
    number = nik_number.compact(str(given))
    if len(number) not in (15, 16) or not (number.isascii() and number.isdigit()):
        raise Invalid(_("An NPWP has 15 or 16 digits."))
    if len(number) == 16 and number[0] != "0":
        return _nik(number)
    if not luhn.is_valid(number[: len(number) - 6]):
        raise Invalid(_("The check digit of the NPWP is wrong. Compare it with the card."))
    return number


_BETWEEN = re.compile(r"\s*;\s*|\s*,\s+|(?<=\d),(?=-?\d+\.)")
"""What stands between latitude and longitude: a comma, unless it is a decimal comma."""


def _location(given: Any) -> Location:
    match given:
        case Location():
            return given
        case {"lat": lat, "lon": lon}:
            pass
        case [lat, lon]:
            pass
        case str() if len(parts := _BETWEEN.split(given.strip())) == 2:
            lat, lon = parts
        case _:
            raise Invalid(_("Write latitude and longitude, such as -6.1201, 106.1503."))
    return Location(_degrees(lat, 90), _degrees(lon, 180))


def _degrees(given: Any, most: int) -> Decimal:
    text = str(given).strip().replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,3}(?:\.\d{1,15})?", text, re.ASCII) or abs(Decimal(text)) > most:
        raise Invalid(_("Write latitude and longitude, such as -6.1201, 106.1503."))
    return Decimal(text)


_READERS: dict[FieldType, Callable[[Any], Any]] = {
    "text": _line,
    "longtext": _pages,
    "prose": _prose,
    "number": _number,
    "money": _money,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "bool": _bool,
    "file": _row_number,
    "files": _row_numbers,
    "person": _row_number,
    "unit": _matching(_UNIT),
    "assignee": _matching(_DESK),
    "email": _email,
    "phone": _phone,
    "nip": _nip,
    "nik": _nik,
    "npwp": _npwp,
    "location": _location,
    "url": _url,
}

_RESTORERS: dict[FieldType, Callable[[Any], Any]] = {
    "number": Decimal,
    "money": Decimal,
    "date": date.fromisoformat,
    "datetime": lambda text: datetime.fromisoformat(text).astimezone(JAKARTA),
    "time": time.fromisoformat,
    "prose": read_prose,
    "location": lambda data: Location(Decimal(data["lat"]), Decimal(data["lon"])),
}
