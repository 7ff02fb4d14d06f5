"""Tables of law in versions: who decides, from when each holds, what a wrong file does, what rules read."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from laksana.cases.errors import NotFound, NotYours
from laksana.library.kepegawaian.kenaikan_gaji_berkala.rules import increase
from laksana.library.kepegawaian.pay import PAY, basic_pay
from laksana.library.law import current, services
from laksana.library.law.services import Proposal
from laksana.library.models import TableVersion
from laksana.library.tables import Origin, TableError, files_alone
from laksana.people.models import Person
from laksana.sop.law import law_of
from laksana.worktime.zone import OFFICE_ZONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
NOW = datetime(2026, 11, 24, 9, tzinfo=OFFICE_ZONE)
NEW_YEAR = date(2027, 1, 1)
OLD, NEW = Decimal(2785700), Decimal(3000000)
"""Basic pay of III/a at no years: by PP 5/2024, and by the invented table of the tests."""


@pytest.fixture
def proposer() -> Person:
    return administrator("melati")


@pytest.fixture
def decider() -> Person:
    return administrator("wiraguna")


def administrator(account: str) -> Person:
    person: Person = Person.objects.select_related("account").get(account__username=account)
    assert person.account is not None
    person.account.is_staff = True
    person.account.save()
    return person


def table_text(pay: Decimal = NEW) -> str:
    """The salary table as it ships, with another pay for III/a at no years."""
    lines = PAY.shipped.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    return "\n".join(f"III/a,0,{pay}" if line.startswith("III/a,0,") else line for line in rows) + "\n"


def proposal(text: str | bytes = "", since: date = NEW_YEAR, **more: str) -> Proposal:
    content = text.encode() if isinstance(text, str) else text
    return Proposal(
        PAY.name,
        Origin(source=more.get("source", "PP contoh 1/2027"), valid_from=since),
        "Gaji pokok naik",
        more.get("name", "gaji.csv"),
        content or table_text().encode(),
    )


def in_force(asked: Proposal, proposer: Person, decider: Person) -> TableVersion:
    return services.put_in_force(services.propose(asked, proposer, NOW).pk, decider, NOW)


def pay_on(day: date) -> Decimal | None:
    with law_of(day):
        return basic_pay("III/a", 0)


def test_a_table_replaced_from_new_year_gives_the_old_pay_before_and_the_new_pay_after(
    proposer: Person, decider: Person
) -> None:
    in_force(proposal(), proposer, decider)
    assert pay_on(date(2026, 12, 31)) == OLD
    assert pay_on(NEW_YEAR) == NEW
    with files_alone(), law_of(NEW_YEAR):
        assert basic_pay("III/a", 0) == OLD


def test_a_pay_increase_is_reckoned_by_the_table_of_the_day_on_which_it_takes_effect(
    proposer: Person, decider: Person
) -> None:
    text = table_text().replace("\nIII/a,2,", "\nIII/a,2,9")
    in_force(proposal(text), proposer, decider)
    base = {"golongan": "III/a", "mkg_lama_tahun": 0, "status_pegawai": "PNS"}
    with law_of(NOW.date()):
        before = increase({**base, "tmt_lama": date(2024, 12, 1)})
        after = increase({**base, "tmt_lama": date(2025, 1, 1)})
    assert before is not None
    assert after is not None
    assert (before["tmt_baru"], after["tmt_baru"]) == (date(2026, 12, 1), NEW_YEAR)
    assert after["gaji_baru"] == Decimal(f"9{before['gaji_baru']}")


def test_what_was_proposed_alone_changes_nothing(proposer: Person) -> None:
    services.propose(proposal(), proposer, NOW)
    assert pay_on(NEW_YEAR) == OLD


def test_who_proposed_a_version_does_not_put_it_in_force(proposer: Person, decider: Person) -> None:
    version = services.propose(proposal(), proposer, NOW)
    with pytest.raises(NotYours):
        services.put_in_force(version.pk, proposer, NOW)
    services.put_in_force(version.pk, decider, NOW)
    with pytest.raises(NotFound):
        services.put_in_force(version.pk, decider, NOW)


def test_who_is_no_administrator_proposes_and_decides_nothing(proposer: Person) -> None:
    version = services.propose(proposal(), proposer, NOW)
    clerk = Person.objects.select_related("account").get(account__username="handoko")
    with pytest.raises(NotYours):
        services.propose(proposal(), clerk, NOW)
    with pytest.raises(NotYours):
        services.put_in_force(version.pk, clerk, NOW)
    with pytest.raises(NotYours):
        services.give_up(version.pk, clerk, NOW, "")


def test_a_wrong_file_is_refused_line_by_line_and_changes_nothing(proposer: Person) -> None:
    lines = table_text().splitlines()
    lines[2] = "I/a,dua,1738800"
    lines[4] = "I/a,6"
    with pytest.raises(TableError) as refused:
        services.propose(proposal("\n".join(lines)), proposer, NOW)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(3, 2), (5, 3)]
    assert not TableVersion.objects.exists()
    assert pay_on(NEW_YEAR) == OLD


def test_a_fault_names_the_line_of_the_sent_file_whatever_heading_it_has(proposer: Person) -> None:
    text = "# source: yang lama\n# catatan\n" + table_text().replace("I/a,2,", "I/a,x,", 1)
    with pytest.raises(TableError) as refused:
        services.propose(proposal(text), proposer, NOW)
    assert [fault.line for fault in refused.value.faults] == [5]


@pytest.mark.parametrize("content", [b"PK\x03\x04 rusak", b""])
def test_what_is_no_workbook_is_refused(content: bytes, proposer: Person) -> None:
    with pytest.raises(TableError, match="no XLSX workbook"):
        services.read_proposal(Proposal(PAY.name, Origin(source="x"), "", "gaji.xlsx", content))


def test_an_empty_table_is_refused(proposer: Person) -> None:
    with pytest.raises(TableError, match="no row"):
        services.propose(proposal("golongan,mkg_mulai,gaji_pokok\n"), proposer, NOW)


def test_a_workbook_says_the_same_as_its_csv(proposer: Person) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in table_text().splitlines():
        grade, years, pay = line.split(",")
        sheet.append([grade, years, pay] if grade == "golongan" else [grade, int(years), float(pay)])
    target = io.BytesIO()
    book.save(target)
    _text, contents = services.read_proposal(proposal(target.getvalue(), name="gaji.xlsx"))
    assert contents.rows == services.read_proposal(proposal())[1].rows


def test_a_csv_parted_by_semicolons_is_read(proposer: Person) -> None:
    assert services.read_proposal(proposal(table_text().replace(",", ";")))[1].rows[0].golongan == "I/a"


def test_the_preview_names_the_cells_that_change(proposer: Person) -> None:
    text = table_text().replace("I/a,2,1738800\n", "", 1) + "IV/e,99,9000000\n"
    found = services.preview(services.propose(proposal(text), proposer, NOW))
    assert [(change.name, change.cells[0].before, change.cells[0].after) for change in found.changed] == [
        ("III/a, 0", str(OLD), str(NEW))
    ]
    assert (found.added, found.removed) == ((("IV/e", "99", "9000000"),), (("I/a", "2", "1738800"),))


def test_a_version_of_the_same_day_takes_the_place_of_the_former_which_stays_to_be_seen(
    proposer: Person, decider: Person
) -> None:
    first = in_force(proposal(), proposer, decider)
    in_force(proposal(table_text(Decimal(3100000))), proposer, decider)
    first.refresh_from_db()
    assert first.state == TableVersion.State.REPLACED
    assert pay_on(NEW_YEAR) == Decimal(3100000)


def test_the_same_again_and_a_second_open_proposal_are_refused(proposer: Person, decider: Person) -> None:
    in_force(proposal(), proposer, decider)
    with pytest.raises(ValidationError, match="sudah sama"):
        services.propose(proposal(), proposer, NOW)
    services.propose(proposal(table_text(Decimal(1))), proposer, NOW)
    with pytest.raises(ValidationError, match="menunggu ditetapkan"):
        services.propose(proposal(table_text(Decimal(2))), proposer, NOW)


def test_a_version_that_ends_gives_way_to_what_held_before(proposer: Person, decider: Person) -> None:
    asked = proposal()
    until = Origin(source="PP contoh", valid_from=NEW_YEAR, valid_until=date(2027, 6, 30))
    in_force(Proposal(asked.table, until, "", asked.file_name, asked.content), proposer, decider)
    assert [pay_on(day) for day in (NEW_YEAR, date(2027, 6, 30), date(2027, 7, 1))] == [NEW, NEW, OLD]


def test_the_history_says_until_when_each_held(proposer: Person, decider: Person) -> None:
    in_force(proposal(), proposer, decider)
    spans = services.history(PAY.name, NOW.date())
    assert [(span.since, span.until, span.in_force) for span in spans] == [
        (NEW_YEAR, None, False),
        (date(2024, 1, 1), date(2026, 12, 31), True),
    ]


def test_rules_and_procedures_that_read_a_table_are_found_in_their_code() -> None:
    readers = services.readers_of(PAY.name)
    assert {"gaji.tabel", "kgb.perhitungan", "gaji.kenaikan-berikut"} <= {rule.id for rule in readers.rules}
    assert "kenaikan-gaji-berkala" in readers.procedures
    assert "surat-masuk" not in readers.procedures


@pytest.fixture
def asking() -> Iterator[None]:
    """A thread that asks the database, as one of the office does."""
    current.forget_versions()
    yield
    current.trust_files()


@pytest.mark.usefixtures("asking")
def test_the_database_is_asked_once_a_second_at_most(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]  # the token, and the versions
        for _each in range(500):
            basic_pay("III/a", 0)


@pytest.mark.usefixtures("asking")
def test_a_version_rolled_back_is_not_kept(proposer: Person, decider: Person) -> None:
    with transaction.atomic():
        in_force(proposal(), proposer, decider)
        assert pay_on(NEW_YEAR) == NEW
        transaction.set_rollback(True)
    assert pay_on(NEW_YEAR) == OLD


@pytest.mark.usefixtures("asking")
def test_what_another_process_decided_is_read_after_a_second(
    proposer: Person, decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pay_on(NEW_YEAR) == OLD
    monkeypatch.setattr("laksana.library.law.versions.versions_changed", lambda _token: None)
    in_force(proposal(), proposer, decider)
    assert pay_on(NEW_YEAR) == OLD
    monkeypatch.setattr(current, "TRUSTED_SECONDS", 0)
    assert pay_on(NEW_YEAR) == NEW
