"""The other engine: SpiffWorkflow in a process of its own, for it is no dependency of Laksana."""

import json
import subprocess
from pathlib import Path
from typing import Any, Literal

from laksana.library import catalogue
from laksana.sop.bpmn import to_bpmn

Way = Literal["kept", "read"]


class OtherEngine:
    """SpiffWorkflow carrying letters along the same path, by the BPMN export of surat masuk."""

    def __init__(
        self, python: str, runner: Path, path: list[dict[str, Any]], database: str, folder: Path
    ) -> None:
        export, steps = folder / "surat-masuk.bpmn", folder / "path.json"
        export.write_text(to_bpmn(catalogue.entry("surat-masuk").procedure), encoding="utf-8")
        steps.write_text(json.dumps(path))
        self.process = subprocess.Popen(  # noqa: S603  (our own words)
            [python, str(runner), str(export), str(steps), database],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def carry(self, letters: int, way: Way) -> float:
        """Carry so many letters, their state kept in memory or read back before each step; return the seconds of their steps."""
        assert self.process.stdin is not None  # noqa: S101  (for the type checker)
        assert self.process.stdout is not None  # noqa: S101
        self.process.stdin.write(f"{letters} {way}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def stop(self) -> None:
        """Let it end."""
        self.process.communicate()
