"""`laksana sop list|check|show|import`: the library on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from laksana.library import catalogue
from laksana.site.commands.sop import command
from laksana.sop.bpmn import from_bpmn, to_bpmn
from laksana.sop.definition import load
from laksana.sop.tests.examples import as_text, decision, definition, procedure, step

entries = catalogue.entries()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_the_list_follows_the_book() -> None:
    done = run("list", "--json")
    rows = json.loads(done.stdout)
    places = [(row["code"].partition(".")[0], int(row["code"].partition(".")[2])) for row in rows]
    assert places == sorted(places)
    assert {row["id"] for row in rows} == set(catalogue.entries())


def test_the_list_is_read_by_people_too() -> None:
    assert "A.7    surat-masuk" in run("list").stdout


def test_every_command_says_how_it_is_used() -> None:
    for name in ("list", "check", "show", "import", "measure"):
        assert "Usage:" in run(name, "--help").stdout


def test_a_procedure_of_the_library_is_checked_by_its_id() -> None:
    done = run("check", "surat-masuk")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("1 SOP benar, 0 kesalahan")


def test_a_check_is_answered_as_json_too(tmp_path: Path) -> None:
    file = tmp_path / "sop.yaml"
    file.write_text("id: [")
    done = run("check", "surat-masuk", str(file), "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert told["sound"] == ["surat-masuk"]
    assert "not readable as YAML" in told["faults"][0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id: [", "sop.yaml:1: not readable as YAML"),
        (as_text(definition(code="7")), "code: write the section's letter"),
        (
            as_text(definition(steps=[step("a", then="x"), step("b", by="kasubag"), step("c")])),
            "steps[0].then: x is no step here.",
        ),
        (
            as_text(definition(steps=[step("a", then="c"), step("b", by="kasubag"), step("c")])),
            "steps[1]: No case can ever come to this step.",
        ),
    ],
)
def test_a_file_with_faults_is_refused_with_each_at_its_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "sop.yaml"
    file.write_text(text)
    done = run("check", str(file))
    assert done.exit_code == 1
    assert told in done.stderr
    assert "0 SOP benar, 1 kesalahan" in done.stdout


def test_a_relation_that_the_other_side_does_not_name_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    found = catalogue.entry("pdrb")
    silent = catalogue.Entry(found.id, found.subject, found.package, found.folder)
    silent.__dict__["text"] = found.text.replace("related: [kota-serang-dalam-angka, ", "related: [")
    monkeypatch.setattr(catalogue, "entries", lambda: {**entries, "pdrb": silent})
    done = run("check")
    assert done.exit_code == 1
    assert "kota-serang-dalam-angka: related[" in done.stderr
    assert "pdrb does not name this procedure as related." in done.stderr
    assert "1 kesalahan" in done.stdout


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sop.yaml"
    file.write_bytes(b"\xff\xfe\x00id")
    done = run("check", str(file))
    assert done.exit_code == 1
    assert "not readable as YAML" in done.stderr


def test_what_is_neither_procedure_nor_file_is_told() -> None:
    done = run("check", "surat-hilang")
    assert done.exit_code == 1
    assert "Tidak ada SOP maupun berkas surat-hilang" in done.stderr


def test_warnings_are_told_when_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "sop.yaml"
    file.write_text(as_text(definition(steps=[step("a", does="Surat"), step("b", by="kasubag"), step("c")])))
    assert "active verb" not in run("check", str(file)).output
    assert "(R6)" in run("check", "--warnings", str(file)).stderr


def test_a_procedure_is_shown_as_it_is_written() -> None:
    assert run("show", "surat-masuk").stdout == catalogue.entry("surat-masuk").text


def test_a_procedure_is_shown_as_data() -> None:
    assert json.loads(run("show", "surat-masuk", "--format", "json").stdout)["code"] == "A.7"


def test_a_procedure_is_drawn() -> None:
    assert run("show", "surat-masuk", "--format", "svg").stdout.startswith("<svg")


def test_a_procedure_is_shown_as_bpmn(tmp_path: Path) -> None:
    file = tmp_path / "surat-masuk.bpmn"
    assert run("show", "surat-masuk", "--format", "bpmn", "-o", str(file)).exit_code == 0
    assert from_bpmn(file.read_bytes()).procedure() == catalogue.entry("surat-masuk").procedure


def test_an_unknown_procedure_is_told() -> None:
    done = run("show", "surat-hilang")
    assert done.exit_code == 1
    assert "lihat `laksana sop list`" in done.stderr


FOREIGN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" name="Cuti">
<startEvent id="s"/><task id="a" name="Mengajukan cuti"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>
<group id="g"/></process></definitions>"""


def test_a_foreign_file_gives_a_draft_and_what_it_left_out(tmp_path: Path) -> None:
    file, draft = tmp_path / "cuti.bpmn", tmp_path / "cuti.yaml"
    file.write_text(FOREIGN)
    done = run("import", str(file), "-o", str(draft))
    assert done.exit_code == 0, done.output
    assert f"{file}:3: group g: " in done.stderr
    assert "does: Mengajukan cuti" in draft.read_text()
    assert "1 langkah, 1 unsur ditinggalkan" in done.stderr


def test_the_draft_comes_as_json_too(tmp_path: Path) -> None:
    file = tmp_path / "cuti.bpmn"
    file.write_text(FOREIGN)
    answer: dict[str, Any] = json.loads(run("import", str(file), "--json").stdout)
    assert answer["draft"]["title"] == "Cuti"
    why = "A frame around steps has no meaning in an SOP."
    group = {"file": str(file), "line": 3, "element": "group", "id": "g", "name": "", "why": why}
    assert answer["untaken"] == [group]
    assert answer["changed"] == []
    assert answer["taken"] == {"process": 1, "sequenceFlow": 1, "startEvent": 1, "task": 1}
    assert any("performers" in line for line in answer["lacks"])


def test_our_own_file_comes_back_without_faults(tmp_path: Path) -> None:
    made = procedure(steps=[step("a"), decision("b", {"Ya": "c", "Tidak": "a"}), step("c")])
    file = tmp_path / "contoh.bpmn"
    file.write_text(to_bpmn(made))
    done = run("import", str(file))
    assert load(done.stdout) == made
    assert "0 unsur ditinggalkan, 0 disimpan dalam bentuk lain, 0 kesalahan" in done.stderr


def test_a_draft_that_is_no_sound_flow_is_written_with_its_faults_told(tmp_path: Path) -> None:
    file, draft = tmp_path / "cuti.bpmn", tmp_path / "cuti.yaml"
    file.write_text(FOREIGN.replace("<group", '<task id="b"/><task id="c" name="Lepas"/><group'))
    done = run("import", str(file), "-o", str(draft))
    assert done.exit_code == 0
    assert f"{draft}:" in done.stderr
    assert "No case can ever come to this step." in done.stderr
    assert "does: Lepas" in draft.read_text()


def test_the_process_to_import_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "dua.bpmn"
    file.write_text(
        FOREIGN.replace("</definitions>", '<process id="q"><task id="z"/></process></definitions>')
    )
    assert "does: z" in run("import", str(file), "--process", "q").stdout
    missing = run("import", str(file), "--process", "r")
    assert missing.exit_code == 1
    assert "holds no process r; it holds p, q" in missing.stderr


def test_a_file_too_large_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "x.bpmn"
    with file.open("wb") as stream:
        stream.truncate(10_000_000_000)
    done = run("import", str(file))
    assert done.exit_code == 1
    assert "larger than 5 MB" in done.stderr


def test_a_draft_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "cuti.bpmn"
    file.write_text(FOREIGN)
    done = run("import", str(file), "-o", str(tmp_path / "none" / "x.yaml"))
    assert done.exit_code == 1
    assert "No such file or directory" in done.stderr


def test_what_is_no_bpmn_is_told(tmp_path: Path) -> None:
    file = tmp_path / "x.bpmn"
    file.write_text("<a/>")
    done = run("import", str(file))
    assert done.exit_code == 1
    assert "is no BPMN 2.0 document" in done.stderr
