"""What must fit between the procedures of a book."""

from typing import Any

from laksana.sop.book import Relations, misfits, relations_of
from laksana.sop.definition import Procedure
from laksana.sop.tests.examples import procedure, step

NOMOR = {"label": "Nomor", "type": "text", "computed": True}


def book(**changes: dict[str, Any]) -> dict[str, Procedure]:
    made = {}
    for number, (name, changed) in enumerate(changes.items(), 1):
        procedure_id = name.replace("_", "-")
        made[procedure_id] = procedure(id=procedure_id, code=f"A.{number}", **changed)
    return made


def told(procedures: dict[str, Procedure]) -> list[tuple[str, str, str]]:
    return [(who, ".".join(map(str, path)), str(text)) for who, path, text in misfits(procedures)]


def starting(starts: Any, **fields: Any) -> dict[str, Any]:
    return {
        "related": ["keluar"],
        "fields": fields,
        "steps": [step("a"), step("b", starts=starts, waits=True, by="kasubag"), step("c")],
    }


def started(**fields: Any) -> dict[str, Any]:
    return {"related": ["masuk"], "fields": fields}


def test_a_book_that_fits_is_silent() -> None:
    starts = {"procedure": "keluar", "hand_over": {"hal": "nomor"}, "hand_back": {"nomor": "nomor_surat"}}
    keluar = started(hal=NOMOR, nomor_surat=NOMOR)
    assert told(book(masuk=starting(starts, nomor=NOMOR), keluar=keluar)) == []


def test_related_and_started_procedures_are_in_the_book() -> None:
    made = book(masuk=starting("kirim"))
    assert told(made) == [
        ("masuk", "related.0", "keluar is no procedure here."),
        ("masuk", "steps.1.starts", "kirim is no procedure here."),
    ]


def test_what_is_handed_over_and_back_are_fields_of_the_started_procedure() -> None:
    starts = {"procedure": "keluar", "hand_over": {"perihal": "nomor"}, "hand_back": {"nomor": "nomer"}}
    found = told(book(masuk=starting(starts, nomor=NOMOR), keluar=started(hal=NOMOR, nomor=NOMOR)))
    assert found == [
        ("masuk", "steps.1.starts.hand_over.perihal", "perihal is no field of keluar here."),
        ("masuk", "steps.1.starts.hand_back.nomor", "nomer is no field of keluar here; is nomor meant?"),
    ]


def test_what_comes_back_must_be_held_by_its_field() -> None:
    tanggal = {"label": "Tanggal", "type": "date", "computed": True}
    starts = {"procedure": "keluar", "hand_back": {"tanggal": "nomor"}}
    found = told(book(masuk=starting(starts, tanggal=tanggal), keluar=started(nomor=NOMOR)))
    assert found == [("masuk", "steps.1.starts.hand_back.tanggal", "tanggal cannot hold what nomor is.")]


def test_what_is_handed_over_must_be_held_by_the_field_that_takes_it() -> None:
    tanggal = {"label": "Tanggal", "type": "date", "computed": True}
    starts = {"procedure": "keluar", "hand_over": {"tanggal": "nomor"}}
    found = told(book(masuk=starting(starts, nomor=NOMOR), keluar=started(tanggal=tanggal)))
    assert found == [("masuk", "steps.1.starts.hand_over.tanggal", "tanggal cannot hold what nomor is.")]


def test_a_code_and_a_prefix_are_given_once() -> None:
    made = {name: procedure(id=name, code="A.1", prefix="X") for name in ("masuk", "keluar")}
    assert told(made) == [
        ("keluar", "code", "A.1 belongs to masuk already."),
        ("keluar", "prefix", "X belongs to masuk already."),
    ]


def test_a_relation_that_only_one_side_names_is_told() -> None:
    made = book(masuk={"related": ["keluar"]}, keluar={"related": []})
    assert told(made) == [("masuk", "related.0", "keluar does not name this procedure as related.")]
    assert told(book(masuk={"related": ["keluar"]}, keluar={"related": ["masuk"]})) == []


def test_a_procedure_that_starts_another_names_it_as_related_and_not_itself() -> None:
    silent = starting("keluar") | {"related": []}
    assert told(book(masuk=silent, keluar={})) == [
        ("masuk", "related", "A step starts keluar; name it as related.")
    ]
    assert told(book(masuk=starting("masuk") | {"related": []})) == []


def test_relations_are_known_from_both_ends() -> None:
    made = book(
        masuk=starting("keluar"), keluar={"related": ["masuk", "arsip"]}, arsip={"related": []}, lain={}
    )
    assert relations_of(made["masuk"], made) == Relations(("keluar",), (), ())
    assert relations_of(made["keluar"], made) == Relations((), ("masuk",), ("arsip",))
    assert relations_of(made["arsip"], made) == Relations((), (), ("keluar",))
    assert relations_of(made["lain"], made) == Relations((), (), ())
