"""`laksana sop show ID --format pdf` prints the official sheets, and says what is missing where it cannot."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError

from laksana.documents import services
from laksana.site.commands.sop import command


@pytest.mark.django_db
def test_the_sheets_are_written_to_a_file(tmp_path: Path) -> None:
    place = tmp_path / "sop.pdf"
    done = CliRunner().invoke(command, ["show", "surat-masuk", "--format", "pdf", "-o", str(place)])
    assert done.exit_code == 0, done.output
    assert place.read_bytes().startswith(b"%PDF-1.7")


def test_without_the_office_s_tables_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_tables(*_given: object) -> bytes:
        raise DatabaseError("no such table: documents_letterhead")

    monkeypatch.setattr(services, "sop_pdf", no_tables)
    refused = CliRunner().invoke(command, ["show", "surat-masuk", "--format", "pdf"])
    assert refused.exit_code == 1
    assert "jalankan `laksana init` lebih dahulu" in refused.output
