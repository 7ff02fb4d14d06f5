"""Codes of goods (Permendagri 108/2016): what the beginning of a code says about what it is."""

CONSUMABLES = "1.1.7"
LAND = "1.3.1"
MOTOR_VEHICLES = "1.3.2.02.01"
COMPUTERS = "1.3.2.10"
BUILDINGS = "1.3.3"


def is_of(code: str, *groups: str) -> bool:
    """Return whether a code belongs to one of these groups, each written as the beginning of codes by whole levels."""
    return any(f"{code}.".startswith(f"{group}.") for group in groups)
