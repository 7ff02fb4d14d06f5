"""What is wrong in a table that somebody sent, in the words of the page: the library says it in terms of its reader."""

import re
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laksana.library.tables import TableFault

Said = Callable[[re.Match[str]], str]
_WORDS: tuple[tuple[re.Pattern[str], Promise], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"the column (?P<a>\S+) is missing", gettext_lazy("The column “%(a)s” is missing.")),
        (
            r"unknown column '(?P<a>.*)'; the columns are (?P<b>.*)",
            gettext_lazy("The table knows no column “%(a)s”. Its columns are: %(b)s."),
        ),
        (r"the column (?P<a>\S+) stands here a second time", gettext_lazy("The column “%(a)s” stands here twice.")),
        (
            r"(?P<a>\d+) cells where the heading has (?P<b>\d+) columns",
            gettext_lazy("This row has %(a)s cells, the heading has %(b)s columns."),
        ),
        (r"(?P<a>\w+): empty", gettext_lazy("“%(a)s” must not be empty.")),
        (
            r"(?P<a>\w+): input should be a valid (?:decimal|integer|number).*, not '(?P<b>.*)'",
            gettext_lazy("“%(a)s” must be a number, such as 1250.50; here stands “%(b)s”."),
        ),
        (
            r"(?P<a>\w+): input should be a valid date.*, not '(?P<b>.*)'",
            gettext_lazy("“%(a)s” must be a day written as 2027-01-31; here stands “%(b)s”."),
        ),
        (
            r"(?P<a>\w+): write ya or tidak, not '(?P<b>.*)'",
            gettext_lazy("“%(a)s” must say ya or tidak; here stands “%(b)s”."),
        ),
        (
            r"(?P<a>\w+) (?P<b>.*) stands already in line (?P<c>\d+)",
            gettext_lazy("%(a)s “%(b)s” stands already in row %(c)s of the table."),
        ),
        (r"not UTF-8; .*", gettext_lazy("The file is not written in UTF-8. Save it as “CSV UTF-8”, or send it as XLSX.")),
        (r"larger than (?P<a>\d+) MB", gettext_lazy("The file is larger than %(a)s MB.")),
        (r"more than (?P<a>\d+) rows", gettext_lazy("The sheet has more than %(a)s rows.")),
        (r"no XLSX workbook", gettext_lazy("This is no XLSX workbook.")),
        (r"the table has no row", gettext_lazy("The table has no row.")),
        (r"not readable as CSV: .*", gettext_lazy("From here on the file cannot be read as CSV: look at its quotation marks.")),
    )
)  # fmt: skip


def fault_words(fault: TableFault) -> str:
    """Return what is wrong, in a sentence; what no sentence fits is said as the reader of tables says it."""
    for pattern, words in _WORDS:
        if found := pattern.fullmatch(fault.reason):
            return str(words) % found.groupdict()
    return _("Not accepted: %(why)s.") % {"why": fault.reason}
