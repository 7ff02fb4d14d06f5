"""Types of what rules are asked with."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator

from laksana.worktime.zone import OFFICE_ZONE, local


def _office_time(given: datetime) -> datetime:
    return given.replace(tzinfo=OFFICE_ZONE) if given.tzinfo is None else local(given)


OfficeTime = Annotated[datetime, AfterValidator(_office_time)]
"""An instant; one given without an offset is the office's own time (Asia/Jakarta)."""
