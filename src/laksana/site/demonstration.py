"""The demonstration office: invented people with accounts, and work in progress."""

from collections.abc import Callable
from datetime import datetime

from laksana.people import demo


def furnish(at: datetime, say: Callable[[str], None]) -> None:
    """Put the demonstration people in place; doing it again changes nothing."""
    demo.install(at)
    say("  pegawai rekaan dan akunnya siap")
