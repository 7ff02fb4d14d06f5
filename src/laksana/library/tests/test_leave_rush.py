"""Two requests at once cannot overdraw a balance of leave, on the kind of database of this session."""

import json

import pytest

from laksana.jobs.tests.office import new_office

pytestmark = pytest.mark.fault


def test_of_two_requests_at_once_for_more_than_is_left_one_is_refused(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with new_office(tmp_path_factory.mktemp("home")) as office:
        call = "from laksana.library.tests import leave_rush; leave_rush."
        office.python(f"{call}set_up()", 300)
        printed = {mending: office.python(f"{call}rush(mending={mending})", 300) for mending in (False, True)}
    for mending, text in printed.items():
        rounds = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        assert len(rounds) == 12
        # The one that could not be made longer keeps the day that it had.
        kept = 1 if mending else 0
        for each in rounds:
            assert each["told"] == ["asked", "refused: Tidak berhak: sisa 2026 5 hari kerja, diminta 7."]
            assert (each["left"], each["reserved"]) == (5 - kept, 7 + kept)
