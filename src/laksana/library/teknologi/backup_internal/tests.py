"""Manifest and retention of backups, with the figures of the office's reference."""

import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from laksana.library.teknologi.backup_internal import rules
from laksana.worktime.zone import OFFICE_ZONE

FILES = {
    "dikecualikan/2026/11/0009-telaah.txt": b"Telaah staf terbatas\n",
    "biasa/2026/11/0412-undangan.txt": b"Undangan rapat koordinasi data\n",
    "biasa/2026/11/0413-nota.txt": b"Nota dinas permohonan data\n",
}


@pytest.mark.reference("backup-internal/manifes-tepat")
def test_a_manifest_is_what_sha256sum_checks(tmp_path: Path) -> None:
    manifest = rules.manifest_of(FILES)
    assert [line[:64] for line in manifest.decode().splitlines()] == [
        "d3bdd5402a0620f3486f488b95ab59a147d9cfbacaf4289583d14a4a169c5384",
        "773340665839ff6e18eeb46f97d05aee16399938483debd0e6f52bec4a9783db",
        "ed73e45df0ebdaa89315962786875f10e38d71edc68fdcd9f580b67276eabc2b",
    ]
    assert rules.measured(manifest) == (
        "d7d87d1315be93f624f7e3af14f21b5512f5b9857784a6cecf2da7abfeed3a2c",
        3,
        295,
    )
    for path, content in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / "manifes.txt").write_bytes(manifest)
    checked = subprocess.run(
        ["sha256sum", "-c", "manifes.txt"],  # noqa: S607  (the tool that the format is of, wherever it lies)
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )
    assert checked.stdout.count(": OK") == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "ganti baris"),
        (b"\xff\n", "UTF-8"),
        (b"abc  x\n", "Baris 1"),
        (b"a" * 64 + b"  a\\b\n", "Baris 1"),
        (b"a" * 64 + b"  b\n" + b"a" * 64 + b"  a\n", "Baris 2: jalur tidak urut"),
        (b"a" * 64 + b"  b", "ganti baris"),
    ],
)
def test_what_is_no_manifest_is_refused_with_its_line(text: bytes, told: str) -> None:
    with pytest.raises(rules.ManifestError, match=told):
        rules.measured(text)


@pytest.mark.reference("backup-internal/retensi-84-malam")
def test_of_84_nights_eleven_generations_stay() -> None:
    first = datetime(2026, 9, 1, 22, tzinfo=OFFICE_ZONE)
    nights = [first + timedelta(days=n) for n in range(84)]
    stay = rules.kept(nights)
    assert nights[-1].date().isoformat() == "2026-11-23"
    assert [(at.month, at.day) for at in stay] == [
        (9, 30), (10, 31), (11, 8), (11, 15), (11, 17), (11, 18), (11, 19), (11, 20), (11, 21), (11, 22), (11, 23),
    ]  # fmt: skip
    assert len(nights) - len(stay) == 73
    assert rules.kept([]) == []
