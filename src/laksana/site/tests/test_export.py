"""`laksana export` writes a whole file or none."""

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from click.testing import CliRunner

from laksana.cases.tests.conftest import Desk, begin, office
from laksana.site.commands.export import command

__all__ = ["begin", "office"]
Begin = Callable[..., Desk]


def test_the_command_writes_the_zip_and_leaves_nothing_half_written(begin: Begin, tmp_path: Path) -> None:
    begin(steps=[{"id": "isi"}, {"id": "akhir", "then": "selesai"}])
    place = tmp_path / "berkas.zip"
    done = CliRunner().invoke(command, ["case", "CONTOH/2026/0001", "-o", str(place)])
    assert done.exit_code == 0, done.output
    assert ZipFile(place).testzip() is None
    assert [path.name for path in tmp_path.iterdir()] == ["berkas.zip"]


def test_an_unknown_case_is_named_in_the_refusal(db: None, tmp_path: Path) -> None:
    refused = CliRunner().invoke(command, ["case", "TIADA/2026/0001", "-o", str(tmp_path / "x.zip")])
    assert refused.exit_code == 1
    assert "Tidak ada perkara TIADA/2026/0001" in refused.output


def test_the_log_of_a_procedure_is_written_to_a_file_or_told(begin: Begin, tmp_path: Path) -> None:
    begin(steps=[{"id": "isi"}, {"id": "akhir", "then": "selesai"}])
    place = tmp_path / "log.xes"
    done = CliRunner().invoke(command, ["log", "contoh", "--format", "xes", "-o", str(place)])
    assert done.exit_code == 0, done.output
    assert place.read_bytes().count(b"<event>") == 1
    told = CliRunner().invoke(command, ["log", "contoh", "--format", "ocel"])
    assert len(json.loads(told.stdout)["events"]) == 1


def test_the_log_holds_the_cases_that_began_on_the_days_asked_for(begin: Begin) -> None:
    begin(steps=[{"id": "isi"}, {"id": "akhir", "then": "selesai"}])
    for since, until, cases in (("2026-11-10", "2026-11-10", 1), ("2026-11-11", "2026-11-30", 0)):
        days = ["--since", since, "--until", until]
        told = CliRunner().invoke(command, ["log", "contoh", "--format", "xes", *days])
        assert told.stdout_bytes.count(b"<trace>") == cases


def test_the_log_of_an_unknown_procedure_is_refused_and_leaves_the_old_file(db: None, tmp_path: Path) -> None:
    place = tmp_path / "log.xes"
    place.write_text("before")
    refused = CliRunner().invoke(command, ["log", "tiada", "--format", "xes", "-o", str(place)])
    assert refused.exit_code == 1
    assert "there is no procedure tiada" in refused.output
    assert [path.name for path in tmp_path.iterdir()] == ["log.xes"]
    assert place.read_text() == "before"
