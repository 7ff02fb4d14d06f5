"""Pin every dependency of pyproject.toml with its hashes into requirements/, naming no index."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADER = "# Pinned by `make lock` from pyproject.toml. Do not edit.\n"


def compile_to(name: str, *extras: str) -> None:
    """Write requirements/NAME.txt."""
    out = subprocess.run(  # noqa: S603  (our own words)
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "requirements/build.in"),
            *(
                "--generate-hashes",
                "--no-header",
                "--no-annotate",
            ),
            *("--universal", "--python-version", "3.11", "--quiet"),
            *(argument for extra in extras for argument in ("--extra", extra)),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    if match := re.search(r"https?://\S+", out):
        raise SystemExit(f"the lock would name an address: {match.group()}")
    (ROOT / "requirements" / f"{name}.txt").write_text(HEADER + out)


compile_to("run")
compile_to("test", "test")
