"""The demonstration office: invented people with accounts, letters of the last weeks on their desks, and news."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from laksana.cases.models import Case
from laksana.cases.play import PlayError, Scenario, play, read_script
from laksana.cases.play.shift import begins, moved
from laksana.library import catalogue
from laksana.library.kepegawaian.presensi import demo as machines
from laksana.library.kepegawaian.riwayat import demo as files
from laksana.people import demo
from laksana.signing.services import electronic, install_signers
from laksana.worktime.services import calendar
from laksana.worktime.zone import local

_WEEKS = 5
"""How many weeks back the letters reach."""
_ORDINARY = "biasa-normal"
_DAY_LONG = 9
"""So many acts of the ordinary letter fall on its first day."""
_STANDING = (3, 4, 5, 6, 6, 8, 9)
"""After so many acts letters of the last working day stand: on the desk of everybody whom an ordinary letter meets."""
_PLAYED = (
    _ORDINARY,
    "undangan-naik-derajat",
    "pohon-belum-tutup",
    "disposisi-ditolak",
    "rahasia-tertutup",
)
_NEWS = (
    ("pewarta-warga", "layak-tayang", "tayang"),
    ("penyebarluasan-informasi", "rutin-normal", "tayang-portal"),
)
"""Procedure, example, and the step up to which it is played."""
_LETTERS = [
    ("Bapperida Kota Serang", "Permintaan data capaian indikator kinerja triwulan"),
    ("Dinas Perhubungan Kota Serang", "Permohonan pemasangan titik Wi-Fi di terminal"),
    ("Dinas Kesehatan Kota Serang", "Permintaan integrasi data fasilitas kesehatan"),
    ("Kecamatan Contoh", "Permohonan pendampingan laman kecamatan"),
    ("Dinas Pendidikan Kota Serang", "Konfirmasi data sekolah penerima jaringan internet"),
]


def furnish(at: datetime, say: Callable[[str], None]) -> None:
    """Put the demonstration people in place, and letters on their desks where there are none; again changes nothing."""
    install_people(at, say)
    if Case.objects.exists():
        return
    for scenario in letters(at):
        # Somebody may be away on the day to which an act was moved: the letter then stays where it stands.
        with suppress(PlayError):
            for _event in play(scenario, catalogue.entry(scenario.procedure).folder):
                pass
    say(f"  {Case.objects.count()} surat rekaan dari {_WEEKS} minggu terakhir")


def install_people(at: datetime, say: Callable[[str], None]) -> None:
    """Put the demonstration people, their accounts and their certificates in place; again changes nothing."""
    demo.install(at)
    say("  pegawai rekaan dan akunnya siap")
    if rows := files.install(at):
        say(f"  {rows} baris berkas kepegawaian rekaan")
    if days := machines.install(at):
        say(f"  {days} hari kehadiran rekaan dari mesin presensi")
    if signers := install_signers(at):
        say(f"  {signers} sertifikat elektronik contoh")


def letters(at: datetime) -> Iterator[Scenario]:
    """Yield letters of the last weeks, so moved that one lies on every desk, one that waits for a signature, and news."""
    yield from _scenarios(at)
    if electronic():
        yield _to_sign(at)
    yield from _news(at)


def _news(at: datetime) -> Iterator[Scenario]:
    """Yield a citizen's story and a release of the office until they stand on the public's pages, as examples have them."""
    now = local(at).replace(tzinfo=None)
    for procedure, example, last in _NEWS:
        script = (catalogue.entry(procedure).folder / "scenarios.yaml").read_text(encoding="utf-8")
        told = next(each for each in read_script(script, procedure) if each.id == example)
        acts = told.acts[
            : 1 + next(n for n, a in enumerate(told.acts) if a.step == last and not a.expect.refuses)
        ]
        since = timedelta(weeks=(now.date() - begins(told)).days // 7 - 1)
        yield moved(told.model_copy(update={"acts": acts}), since, now)


def _scenarios(at: datetime) -> Iterator[Scenario]:
    """Yield worked examples of surat masuk, each letter with a number of its own, as if they were of these weeks."""
    file = catalogue.entry("surat-masuk").folder / "scenarios.yaml"
    told = {each.id: each for each in read_script(file.read_text(encoding="utf-8"), str(file))}
    now = local(at).replace(tzinfo=None)
    letters = [*_of_the_last_weeks([told[name] for name in _PLAYED], now), *_standing(told[_ORDINARY], now)]
    yield from (_its_own(letter, number) for number, letter in enumerate(letters, 1))


def _to_sign(at: datetime) -> Scenario:
    """Return an outgoing letter of last week that has its number and waits for the signature of the head of the office."""
    file = catalogue.entry("surat-keluar").folder / "scenarios.yaml"
    told = {each.id: each for each in read_script(file.read_text(encoding="utf-8"), str(file))}["normal-tte"]
    now = local(at).replace(tzinfo=None)
    letter = moved(told, timedelta(weeks=(now.date() - begins(told)).days // 7 - 1), now)
    numbered = next(place for place, act in enumerate(letter.acts) if act.step == "nomor")
    return letter.model_copy(update={"acts": letter.acts[: numbered + 1]})


def _of_the_last_weeks(played: list[Scenario], now: datetime) -> Iterator[Scenario]:
    """Yield the scenarios once for each of the last weeks, as far as they have come until now."""
    for week in reversed(range(_WEEKS)):
        for scenario in sorted(played, key=begins):
            weeks = (now.date() - begins(scenario)).days // 7 - week
            letter = moved(scenario, timedelta(weeks=weeks), now)
            if letter.acts:
                yield letter


def _standing(ordinary: Scenario, now: datetime) -> Iterator[Scenario]:
    """Yield letters that came on the last working day that is through, each left on another desk."""
    ends = ordinary.acts[_DAY_LONG - 1].at
    day = calendar().workday_on_or_before(now.date())
    if datetime.combine(day, ends.time()) > now:
        day = calendar().workday_on_or_before(day - timedelta(days=1))
    letter = moved(ordinary, day - ends.date(), now)
    yield from (letter.model_copy(deep=True, update={"acts": letter.acts[:acts]}) for acts in _STANDING)


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
