"""The rules of applications, with the figures of the office's reference and of CVSS 3.1 and at their limits."""

from decimal import Decimal

import pytest

from laksana.library.teknologi.pengembangan_aplikasi import rules

BASE = "CVSS:3.1/"


@pytest.mark.reference("pengembangan-aplikasi/nama-subdomain")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("dinsos", ""),
        ("Harga-Pangan", "harga-pangan"),
        ("sipd--kota", "tunggal"),
        ("2026pantau", "huruf"),
        ("pantau2026", "tahun"),
        ("admin", "menyesatkan"),
        ("e-pantau", ""),
        ("walikota", "persetujuan Sekretaris Daerah"),
        ("pu", "3 sampai 30"),
        ("pantau-", "berakhir"),
        ("harga", "Sudah dipakai"),
    ],
)
def test_what_a_subdomain_may_be_called(name: str, told: str) -> None:
    fault = rules.subdomain_fault(name, {"harga"})
    assert (told in fault) if told else (fault == "")


def test_the_secretary_consents_to_some_names_and_to_no_others() -> None:
    assert rules.subdomain_fault("walikota", izin_sekda=True) == ""
    assert rules.subdomain_fault("admin", izin_sekda=True) != ""


@pytest.mark.parametrize(
    ("vector", "score", "severity"),
    [
        ("AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "10.0", "kritis"),
        ("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N", "9.1", "kritis"),
        ("AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", "4.2", "sedang"),
        ("AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N", "0.0", None),
    ],
)
def test_a_finding_weighs_its_base_score(vector: str, score: str, severity: str | None) -> None:
    assert rules.base_score(BASE + vector) == Decimal(score)
    assert rules.severity(Decimal(score)) == severity


@pytest.mark.parametrize(
    "vector", ["", "9.1", "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N", BASE + "AV:N", BASE + "AV:X"]
)
def test_what_is_no_vector_is_refused(vector: str) -> None:
    with pytest.raises(rules.VectorError):
        rules.base_score(vector)


def test_every_risk_has_its_own_place_in_the_order() -> None:
    sizes = {rules.risk(likely, hard)[0] for likely in range(1, 6) for hard in range(1, 6)}
    assert sizes == set(range(1, 26))
    assert rules.risk(1, 5) == (20, "tinggi")
