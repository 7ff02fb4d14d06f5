"""Who evaluates each SOP of the book, in the office as it is shipped."""

import pytest

from laksana.library.catalogue import entries
from laksana.library.evaluation.rights import owner_of
from laksana.people.services import install_office


@pytest.mark.django_db
def test_every_sop_has_a_head_who_evaluates_it_and_the_office_above_him() -> None:
    install_office()
    owners = {name: owner_of(entry.procedure) for name, entry in entries().items()}
    assert len(owners) == 66
    for owner in owners.values():
        assert owner.unit_head is not None
        assert {"position:kepala-dinas", "position:sekretaris"} <= set(owner.desks)
    firsts = {
        "surat-masuk": ("position:kasubag-umpeg", "kasubag-umpeg"),
        "integrasi-aplikasi": ("position:kasi-aplikasi", "kabid-egov"),
        "pemeliharaan-hak-akses": ("position:kasi-persandian", "kabid-komunikasi"),
        "informasi-dikecualikan": ("position:kabid-diseminasi", "kabid-diseminasi"),
    }
    assert {name: (owners[name].desks[0], owners[name].unit_head) for name in firsts} == firsts
