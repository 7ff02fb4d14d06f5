"""Every arc of every flow is walked: by the real engine, the demonstration people, and data made from the fields' types.

Every paper that a document of the procedure declares is set then, and held against what a paper must be.
"""

from datetime import datetime
from pathlib import Path

import pytest

from laksana.cases import behaviour
from laksana.library.catalogue import entries, entry
from laksana.library.tests import papers
from laksana.library.tests.generated import Data, Files
from laksana.library.tests.walking import Walk
from laksana.signing.blocks import prints_a_signature
from laksana.worktime.zone import OFFICE_ZONE

MONDAY = datetime(2026, 11, 2, 8, tzinfo=OFFICE_ZONE)
MOST_CASES = 40
ONLY_PLAYED = {
    "cuti": {"sk-cltn"},
    "kenaikan-gaji-berkala": {"perhitungan-rapel"},
    "keberatan-informasi": {"daftar-penghitaman"},
    "pengadaan-belanja-modal": {"hps"},
    "sengketa-informasi": {"daftar-penghitaman"},
    "skp-asn": {"konversi-ak"},
    "surat-keluar": {"nota-dinas"},
}
"""Documents whose condition this walk does not happen to meet; examples, or other walks, make them (`judges/papers`)."""
PAPER = Path(__file__).parents[1] / "demo" / "berkas.pdf"


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("procedure_id", sorted(entries()))
def test_every_arc_is_walked_and_every_case_ends(procedure_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = PAPER.read_bytes()
    walk = Walk(entry(procedure_id).procedure, Data(7, Files(paper)), MONDAY)
    monkeypatch.setattr(
        behaviour, "_behaviours", dict(behaviour._behaviours)
    )  # the bare one registers itself there
    walk.bare_behaviour()
    for _ in range(MOST_CASES):
        walk.carry_one()
        if not walk.left:
            break
    assert not walk.left, f"never taken: {sorted(walk.left)}"
    made = papers.one_of_each(procedure_id)
    declared = {document.id for document in walk.procedure.documents}
    assert declared - made.keys() <= ONLY_PLAYED.get(procedure_id, set())
    wrong = {document: papers.faults(paper) for document, paper in made.items()}
    assert {document: faults for document, faults in wrong.items() if faults} == {}
    signed = {document: paper for document, paper in made.items() if prints_a_signature(paper.template)}
    assert [document for document, paper in signed.items() if not papers.gaps_without_values(paper)] == []
