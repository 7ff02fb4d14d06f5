"""Putting the library's definitions into force."""

from datetime import UTC, datetime
from typing import Any

import pytest

from laksana.cases.models import Case, SopVersion
from laksana.library import services
from laksana.library.catalogue import Entry, entry
from laksana.sop.definition import dump
from laksana.sop.source import DefinitionError

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 10, 2, tzinfo=UTC)


def changed(**values: Any) -> Entry:
    """Return surat masuk as it would be after an edit of its file."""
    found = entry("surat-masuk")
    edited = Entry(found.id, found.subject, found.package, found.folder)
    edited.__dict__["text"] = dump(found.procedure.model_copy(update=values))
    return edited


def use_only(monkeypatch: pytest.MonkeyPatch, each: Entry) -> None:
    monkeypatch.setattr(services, "entries", lambda: {each.id: each})


def start_a_case(version: SopVersion) -> Case:
    return Case.objects.create(
        number="SM/2026/0001", sop=version, procedure="surat-masuk", level="terbatas", opened_at=AT
    )


def test_installing_twice_changes_nothing() -> None:
    first = services.install()
    assert "surat-masuk" in first.new
    before = set(SopVersion.objects.values_list("pk", "digest"))
    second = services.install()
    assert (second.new, second.replaced) == ([], [])
    assert set(second.unchanged) == set(first.new)
    assert set(SopVersion.objects.values_list("pk", "digest")) == before


def test_a_version_keeps_the_definition_as_it_is_written() -> None:
    services.install()
    version = SopVersion.objects.get(procedure="surat-masuk")
    found = entry("surat-masuk")
    assert (version.definition, version.digest) == (found.text, found.digest)
    assert (version.code, version.version, version.effective) == (
        "A.7",
        1,
        found.procedure.identity.effective,
    )


def test_a_version_without_cases_is_replaced_by_a_new_row(monkeypatch: pytest.MonkeyPatch) -> None:
    services.install()
    before = SopVersion.objects.get(procedure="surat-masuk")
    use_only(monkeypatch, changed(title="Judul lain"))
    assert services.install().replaced == ["surat-masuk"]
    after = SopVersion.objects.get(procedure="surat-masuk")
    assert (after.title, after.version) == ("Judul lain", before.version)
    assert after.pk != before.pk


def test_a_version_that_cases_run_on_is_not_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    services.install()
    version = SopVersion.objects.get(procedure="surat-masuk")
    start_a_case(version)
    use_only(monkeypatch, changed(title="Judul lain"))
    with pytest.raises(services.DefinitionChangedError) as refused:
        services.install()
    assert "sop.yaml" in str(refused.value)
    assert "2" in str(refused.value)
    assert SopVersion.objects.get(procedure="surat-masuk") == version


def test_a_new_version_number_is_added_beside_the_one_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    services.install()
    start_a_case(SopVersion.objects.get(procedure="surat-masuk"))
    identity = entry("surat-masuk").procedure.identity.model_copy(update={"version": 2})
    use_only(monkeypatch, changed(title="Judul lain", identity=identity))
    assert services.install().new == ["surat-masuk"]
    assert list(SopVersion.objects.filter(procedure="surat-masuk").values_list("version", flat=True)) == [
        2,
        1,
    ]


def test_a_flow_that_cannot_end_is_refused_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    procedure = entry("surat-masuk").procedure
    circle = [
        step.model_copy(update={"then": ("terima",)}) if step.then == ("selesai",) else step
        for step in procedure.steps
    ]
    use_only(monkeypatch, changed(steps=tuple(circle)))
    with pytest.raises(DefinitionError) as refused:
        services.install()
    assert "sop.yaml:" in str(refused.value)
    assert not SopVersion.objects.exists()


def test_one_refused_definition_leaves_nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    services.install()
    start_a_case(SopVersion.objects.get(procedure="surat-masuk"))
    other = changed(id="surat-lain")
    other = Entry("surat-lain", other.subject, other.package, other.folder)
    other.__dict__["procedure"] = entry("surat-masuk").procedure.model_copy(update={"id": "surat-lain"})
    edited = changed(title="Judul lain")
    monkeypatch.setattr(services, "entries", lambda: {other.id: other, edited.id: edited})
    with pytest.raises(services.DefinitionChangedError):
        services.install()
    assert not SopVersion.objects.filter(procedure="surat-lain").exists()
