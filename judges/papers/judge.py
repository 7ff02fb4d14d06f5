"""Hold every paper against qpdf and Poppler's pdffonts, and against veraPDF where it is installed: `python judge.py FOLDER`.

qpdf reads the file's structure, pdffonts says which faces are embedded, veraPDF tells conformance to PDF/A-2a.
"""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_EMBEDDED = -5
"""Place of the column "emb" in a line of pdffonts, counted from the end: names may hold blanks."""
UNREACHED = {
    "rapat-bimtek-sosialisasi.sertifikat",
    "cuti.sk-cltn",
}
"""Papers that no worked example makes yet, and that a walk meets by chance only: told, but no fault."""


def ran(*command: str) -> tuple[int, str]:
    """Return how a program ended and what it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode, done.stdout + done.stderr


def faults(file: Path) -> list[str]:
    """Return what qpdf and pdffonts have against a paper."""
    code, said = ran("qpdf", "--check", str(file))
    found = [] if code == 0 else [f"qpdf: {said.strip()}"]
    code, said = ran("pdffonts", str(file))
    faces = said.splitlines()[2:]
    if code or not faces:
        found.append(f"pdffonts: {said.strip() or 'no face at all'}")
    return found + [f"not embedded: {line}" for line in faces if line.split()[_EMBEDDED] != "yes"]


def conformance(folder: Path) -> list[str]:
    """Return the papers that veraPDF does not take for PDF/A-2a; where it is not installed, say so."""
    if shutil.which("verapdf") is None:
        print("!!! veraPDF is not installed: conformance to PDF/A-2a is not judged.", file=sys.stderr)
        return []
    _code, said = ran(
        "verapdf", "--flavour", "2a", "--format", "text", *map(str, sorted(folder.glob("*.pdf")))
    )
    return [line for line in said.splitlines() if line.startswith("FAIL")]


def main(folder: Path) -> int:
    """Print what was found; return how the judge ends."""
    files = sorted(folder.glob("*.pdf"))
    missing = (folder / "missing.txt").read_text(encoding="utf-8").split()
    with ThreadPoolExecutor(4) as pool:
        judged = dict(zip(files, pool.map(faults, files), strict=True))
    wrong = [f"{file.name}: {fault}" for file, found in judged.items() for fault in found]
    for name in sorted(UNREACHED.intersection(missing)):
        print(f"!!! {name}: nothing made it, so it is not judged.", file=sys.stderr)
    wrong += [f"{name}: nothing made it" for name in missing if name not in UNREACHED] + conformance(folder)
    print("\n".join([*wrong, f"{len(files)} papers: {len(wrong)} faults"]))
    return 1 if wrong or not files else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
