"""`laksana export case` writes a whole zip or none."""

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
    assert "there is no case TIADA/2026/0001" in refused.output
