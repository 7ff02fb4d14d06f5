"""Keeps the processes of one machine running: starts them, starts again what died, stops all together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from django.utils.translation import gettext as _

PATIENCE = 30.0
"""Seconds that a process gets to end what it has in hand."""
DEATHS_ALLOWED, WITHIN = 3, 60.0
"""A process that dies more often than this within so many seconds is not started again."""
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A process to keep running."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a group of its own, so that Ctrl-C reaches it only through the supervisor."""
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_end_with_parent())  # noqa: S603, PLW1509

    def died(self) -> bool:
        """Tell whether it has ended by itself, and note when."""
        if self.process is None or self.process.poll() is None:
            return False
        self.deaths = [*(at for at in self.deaths if at > time.monotonic() - WITHIN), time.monotonic()]
        return True

    def signal(self, number: int) -> None:
        """Send a signal to it."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def sweep(self) -> None:
        """Kill what is left of its group: processes of its own that it left behind."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Supervisor:
    """Runs children until a signal comes or one of them dies again and again."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self.children = children
        self.say = say
        self._stopping = False

    def run(self, ready: Callable[[], bool]) -> int:
        """Start all, ask `ready` until it says yes, and return the exit code when all have stopped."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        try:
            for child in self.children:
                child.start()
            return self._watch(ready)
        finally:
            self._stop()

    def _watch(self, ready: Callable[[], bool]) -> int:
        is_ready = False
        while not self._stopping:
            is_ready = is_ready or ready()
            for child in self.children:
                if child.died() and not self._start_again(child):
                    return 1
            time.sleep(0.2)
        return 0

    def _start_again(self, child: Child) -> bool:
        if self._stopping:
            return True
        code = child.process.returncode if child.process else None
        child.sweep()
        if len(child.deaths) > DEATHS_ALLOWED:
            self.say(
                _("%(name)s ended again and again (exit code %(code)s); stopping everything.")
                % {"name": child.name, "code": code}
            )
            return False
        self.say(
            _("%(name)s ended unexpectedly (exit code %(code)s); starting it again.")
            % {"name": child.name, "code": code}
        )
        child.start()
        return True

    def _stop(self) -> None:
        for child in self.children:
            child.signal(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(_("%(name)s did not stop in time and was killed.") % {"name": child.name})
            child.sweep()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self._stopping:  # Somebody is impatient: pass it on, so that the worker leaves its job to others.
            for child in self.children:
                child.signal(signal.SIGTERM)
        self._stopping = True


def _end_with_parent() -> Callable[[], None] | None:
    """Return what makes a child end when this process is killed, so that none stays behind on the port."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
