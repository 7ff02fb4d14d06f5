"""The demonstration office: invented people with accounts, and letters of the last weeks on their desks."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

from laksana.cases.models import Case
from laksana.cases.play import PlayError, Scenario, play, read_script
from laksana.cases.play.shift import begins, moved
from laksana.library import catalogue
from laksana.people import demo
from laksana.worktime.zone import local

_WEEKS = 5
"""How many weeks back the letters reach."""
_PLAYED = (
    "biasa-normal",
    "undangan-naik-derajat",
    "pohon-belum-tutup",
    "disposisi-ditolak",
    "rahasia-tertutup",
)
_LETTERS = [
    ("Bapperida Kota Serang", "Permintaan data capaian indikator kinerja triwulan"),
    ("Dinas Perhubungan Kota Serang", "Permohonan pemasangan titik Wi-Fi di terminal"),
    ("Dinas Kesehatan Kota Serang", "Permintaan integrasi data fasilitas kesehatan"),
    ("Kecamatan Contoh", "Permohonan pendampingan laman kecamatan"),
    ("Dinas Pendidikan Kota Serang", "Konfirmasi data sekolah penerima jaringan internet"),
]


def furnish(at: datetime, say: Callable[[str], None]) -> None:
    """Put the demonstration people in place, and letters on their desks where there are none; again changes nothing."""
    demo.install(at)
    say("  pegawai rekaan dan akunnya siap")
    if Case.objects.exists():
        return
    folder = catalogue.entry("surat-masuk").folder
    for scenario in _scenarios(at):
        # Somebody may be away on the day to which an act was moved: the letter then stays where it stands.
        with suppress(PlayError):
            for _event in play(scenario, folder):
                pass
    say(f"  {Case.objects.count()} surat rekaan dari {_WEEKS} minggu terakhir")


def _scenarios(at: datetime) -> Iterator[Scenario]:
    """Yield the worked examples of surat masuk, moved into each of the last weeks, each letter with a number of its own."""
    now = local(at).replace(tzinfo=None)
    file = catalogue.entry("surat-masuk").folder / "scenarios.yaml"
    played = [s for s in read_script(file.read_text(encoding="utf-8"), str(file)) if s.id in _PLAYED]
    number = count(1)
    for week in reversed(range(_WEEKS)):
        for scenario in sorted(played, key=begins):
            weeks = (now.date() - begins(scenario)).days // 7 - week
            letter = moved(scenario, timedelta(weeks=weeks), now)
            if letter.acts:
                yield _its_own(letter, next(number))


def _its_own(scenario: Scenario, number: int) -> Scenario:
    """Return a scenario whose letter has a number, and when it is an ordinary one a sender and subject, of its own."""
    sender, subject = _LETTERS[number % len(_LETTERS)]
    for act in scenario.acts:
        if "nomor_surat" in act.data:
            act.data["nomor_surat"] = re.sub(
                r"\d+(?=[/-])", lambda m: f"{int(m[0]) + number}", act.data["nomor_surat"], count=1
            )
        if scenario.id != "rahasia-tertutup" and "undangan" not in scenario.id:
            if "asal_surat" in act.data:
                act.data["asal_surat"] = sender
            if "hal" in act.data:
                act.data |= {"hal": subject, "ringkasan": f"{sender}: {subject.lower()}."}
    return scenario
