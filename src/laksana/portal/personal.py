"""The privacy notice of a service (UU 27/2022), from the definition's own fields."""

from dataclasses import dataclass

from laksana.sop.definition import Procedure


@dataclass(frozen=True)
class PersonalData:
    """Which personal data a procedure uses, who sees them, and how long they are kept."""

    from_applicant: list[str]
    """What the applicant gives himself."""
    others: list[str]
    """What comes in at the office."""
    seen_by: list[str]
    kept: str


def personal(procedure: Procedure) -> PersonalData:
    """Return what the definition says of personal data."""
    lanes = set(procedure.steps[0].by)
    asked = {name for step in procedure.steps if set(step.by) & lanes for name in step.asks}
    named = [name for name in procedure.data.personal if name in procedure.fields]
    return PersonalData(
        from_applicant=[procedure.fields[name].label for name in named if name in asked],
        others=[procedure.fields[name].label for name in named if name not in asked],
        seen_by=[each.title for lane, each in procedure.performers.items() if lane not in lanes],
        kept=procedure.data.retention,
    )
