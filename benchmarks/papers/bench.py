"""How fast papers are set: one letter of one page, by Laksana, WeasyPrint and LibreOffice, on one machine in one run.

What is not installed is left out, and said so. Every way sets the same words, with the same emblem, lists and table.
"""

import argparse
import json
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from zoneinfo import ZoneInfo

import click

from laksana.documents.typesetting import FONTS, ROOT, TEMPLATES, typeset
from laksana.sop.prose import read

HERE = Path(__file__).resolve().parent
AT = datetime(2026, 11, 18, 9, 20, tzinfo=ZoneInfo("Asia/Jakarta"))
LETTER = ROOT / "library" / "persuratan" / "surat_keluar" / "surat-dinas.typ"
WORDS = "Sehubungan dengan pemutakhiran daftar aplikasi perangkat daerah, bersama ini kami mohon bantuan Saudara. "
BODY = f"""{WORDS * 3}
{WORDS * 2}
1. daftar aplikasi yang dipakai beserta penanggung jawabnya;
2. **alamat** dan letak penyimpanan datanya; dan
3. rencana pengembangannya.
| No. | Aplikasi | Penanggung jawab |
| --- | --- | --- |
| 1 | SIPAKAR | Bidang E-Government |
| 2 | SIMPEG | Subbagian Umum dan Kepegawaian |
Demikian disampaikan, atas perhatian dan kerja sama Saudara kami ucapkan terima kasih."""
LETTERHEAD = {
    "government": "Pemerintah Kota Serang", "office": "Dinas Komunikasi dan Informatika",
    "address": "Pusat Pemerintahan Kota Serang, Provinsi Banten", "postal_code": "42111", "telephone": "",
    "website": "diskominfo.example.id", "email": "", "place": "Serang",
}  # fmt: skip
SIGNATURE = {
    "lines": ["Kepala Dinas Komunikasi dan Informatika,"], "name": "Rina Contoh, S.Kom., M.T.",
    "rank": "Pembina Utama Muda (IV/c)", "nip": "197505052000032001", "mark": "",
}  # fmt: skip


def data(number: int, body: Any) -> dict[str, Any]:
    """Return the data of a letter; each number makes another letter, so that nothing is answered from memory."""
    hal = f"Permintaan data aplikasi {number}"
    return {
        "letterhead": LETTERHEAD,
        "document": {"id": "surat-dinas", "title": "Surat Dinas", "form": "surat"},
        "procedure": {"id": "surat-keluar", "title": "Surat Keluar"},
        "case": {"number": f"SK/2026/{number:04}"},
        "date": AT,
        "values": {
            "isi": body, "hal": hal, "nomor_surat": f"500.12/{number}/Diskominfo/2026", "tanggal_surat": AT.date(),
            "kepada": [{"nama_jabatan": "Kepala Dinas Kesehatan Kota Serang", "alamat_kota": "Serang"}],
            "tembusan": [{"nama_jabatan": "Sekretaris Daerah Kota Serang"}],
        },
        "words": {"sifat": "Biasa"},
        "sections": [],
        "signature": SIGNATURE,
        "numbered": True,
    }  # fmt: skip


def page() -> str:
    """Return the same letter as a page of HTML, for the others."""
    font = (FONTS / "Arimo[wght].ttf").as_uri()
    name = f"<b>{SIGNATURE['name']}</b>"
    sign = "<br>".join(
        [*SIGNATURE["lines"], "<br><br><br>", name, SIGNATURE["rank"], f"NIP {SIGNATURE['nip']}"]
    )
    body = read(BODY).as_html().replace("<table>", '<table class="b">')
    return f"""<!doctype html><html lang="id"><meta charset="utf-8"><title>Surat Dinas</title><style>
@font-face {{ font-family: Arimo; src: url("{font}") }}
@page {{ size: A4; margin: 15mm 20mm 20mm 25mm }}
body {{ font: 11.5pt/1.35 Arimo }} p {{ text-align: justify }} h1 {{ font-size: 15pt; margin: 0; text-align: center }}
table {{ border-collapse: collapse }} .b td, .b th {{ border: .5pt solid; padding: 3pt }} .s {{ margin-left: 82mm }}
</style><table width="100%"><tr><td><img src="{(TEMPLATES / "emblem.svg").as_uri()}" height="80" alt="Lambang"></td><td>
<h1>PEMERINTAH KOTA SERANG<br>DINAS KOMUNIKASI DAN INFORMATIKA</h1></td></tr></table><hr>
<p class="s">Serang, 18 November 2026</p><p>Nomor: 500.12/1/Diskominfo/2026<br>Sifat: Biasa<br>Hal: Permintaan data aplikasi</p>
<p class="s"><b>Yth. Kepala Dinas Kesehatan Kota Serang</b><br>di<br>Serang</p>{body}
<p class="s">{sign}</p><p>Tembusan:<br>Sekretaris Daerah Kota Serang</p></html>"""


def figures(first: float, times: list[float], size: int, about: str, busy: list[float]) -> dict[str, Any]:
    """Return what is printed of one way, in milliseconds and bytes; `busy` is the time of the processor alone."""
    return {
        "what": about,
        "first_ms": _ms(first),
        "median_ms": _ms(median(times)),
        "p95_ms": _ms(_most(times)),
        "cpu_median_ms": _ms(median(busy)),
        "cpu_p95_ms": _ms(_most(busy)),
        "per_second": round(len(times) / sum(times), 1),
        "bytes": size,
        "letters": len(times),
    }


def _ms(seconds: float) -> float:
    return round(seconds * 1e3, 1)


def _most(times: list[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def timed(count: int, make: Callable[[int], bytes]) -> tuple[bytes, list[float], list[float]]:
    """Return what was made last, and how long each took, by the clock and of the processor."""
    times, busy, made = [], [], b""
    for number in range(count + 1):
        begun, used = time.perf_counter(), time.process_time()
        made = make(number)
        times.append(time.perf_counter() - begun)
        busy.append(time.process_time() - used)
    return made, times, busy


def laksana(count: int, target: Path) -> dict[str, Any]:
    """Set letters in this process; the first bears the cost of the compiler, its fonts and templates."""
    body = read(BODY)
    pdf, times, busy = timed(count, lambda number: typeset(LETTER, data(number, body), AT))
    target.write_bytes(pdf)
    return figures(times[0], times[1:], len(pdf), "Laksana (Typst), PDF/A-2a", busy[1:])


def preview(count: int) -> dict[str, Any]:
    """Set one letter whose body grows by a word each time, as somebody writes it: from the text in the form to the PDF."""
    words = (BODY + WORDS * 2).split(" ")

    def make(number: int) -> bytes:
        return typeset(LETTER, data(1, read(" ".join(words[: len(words) - count + number]))), AT)

    pdf, times, busy = timed(count, make)
    return figures(times[0], times[1:], len(pdf), "Laksana, preview while typing", busy[1:])


def weasyprint(python: str, html: Path, count: int, target: Path) -> dict[str, Any] | None:
    """Set the letter by WeasyPrint in its own environment; None where it cannot be."""
    done = subprocess.run(  # noqa: S603
        [python, str(HERE / "weasyprint_runner.py"), str(html), str(count), str(target)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        missing("WeasyPrint", done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "it failed")
        return None
    told = json.loads(done.stdout.splitlines()[-1])
    return figures(
        told["first"], told["times"], told["size"], f"WeasyPrint {told['version']}, PDF/A-2b", told["busy"]
    )


def libreoffice(program: str, html: Path, count: int, folder: Path) -> dict[str, Any]:
    """Set the letter by LibreOffice, which is started for each letter, as an office's server would."""
    wanted = 'pdf:writer_web_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
    words = [
        program,
        f"-env:UserInstallation={(folder / 'lo').as_uri()}",
        "--headless",
        "--convert-to",
        wanted,
        "--outdir",
        str(folder),
        str(html),
    ]
    times, busy = [], []
    for _turn in range(count + 1):
        begun, used = time.perf_counter(), _of_children()
        subprocess.run(words, capture_output=True, check=True)  # noqa: S603
        times.append(time.perf_counter() - begun)
        busy.append(_of_children() - used)
    return figures(
        times[0],
        times[1:],
        html.with_suffix(".pdf").stat().st_size,
        "LibreOffice, started each time",
        busy[1:],
    )


def _of_children() -> float:
    """Return the processor's time of the programs that were started and have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def missing(name: str, why: str) -> None:
    """Say loudly what is not measured."""
    click.echo(f"\n!!! {name} is not measured: {why}\n", err=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=300)
    parser.add_argument("--others", type=int, default=20, help="letters that the others set")
    parser.add_argument("--weasyprint", default="", help="a Python that has WeasyPrint")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (html := folder / "letter.html").write_text(page())
        found = [laksana(given.letters, folder / "laksana.pdf"), preview(60)]
        if given.weasyprint:
            found += (
                [one] if (one := weasyprint(given.weasyprint, html, given.others, folder / "wp.pdf")) else []
            )
        else:
            missing("WeasyPrint", "no --weasyprint PYTHON")
        if program := shutil.which("soffice") or shutil.which("libreoffice"):
            found.append(libreoffice(program, html, min(given.others, 5), folder))
        else:
            missing("LibreOffice", "soffice is not installed")
    if given.json:
        click.echo(json.dumps(found, indent=2))
        return
    click.echo(
        f"{'':<38}{'first ms':>10}{'median ms':>11}{'95% ms':>9}{'CPU ms':>9}{'CPU 95%':>9}{'per s':>8}{'bytes':>9}"
    )
    for one in found:
        wall = f"{one['first_ms']:>10}{one['median_ms']:>11}{one['p95_ms']:>9}"
        row = f"{one['what']:<38}{wall}{one['cpu_median_ms']:>9}{one['cpu_p95_ms']:>9}"
        click.echo(f"{row}{one['per_second']:>8}{one['bytes']:>9}")


if __name__ == "__main__":
    main()
