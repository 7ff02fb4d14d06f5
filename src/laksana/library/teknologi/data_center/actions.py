"""What a visit to the data centre adds to its definition: the dew point of its readings."""

from collections.abc import Mapping
from decimal import Decimal
from math import log
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.rounding import half_up
from laksana.sop.rules import rule

data_center = Behaviour("data-center")
_A, _B = 17.62, 243.12
"""Constants of the Magnus formula over water, in degrees Celsius."""


@rule("data-center.titik-embun", title="Titik embun ruang", source="rumus Magnus")
def dew_point(suhu: float, kelembapan: float) -> Decimal:
    """Return the dew point in degrees Celsius from temperature and relative humidity in percent (above 0)."""
    g = log(kelembapan / 100) + _A * suhu / (_B + suhu)
    return half_up(Decimal(str(_B * g / (_A - g))))


@data_center.computes("pantau")
def readings(situation: Situation) -> Mapping[str, Any]:
    """Return the readings with their dew points."""
    rows = situation.values.get("bacaan") or ()
    return {"bacaan": [{**row, "titik_embun": _of(row)} for row in rows]} if rows else {}


def _of(row: Mapping[str, Any]) -> Decimal | None:
    temperature, humidity = row.get("suhu_masuk"), row.get("kelembapan")
    if temperature is None or not humidity:
        return None
    return dew_point(float(temperature), float(humidity))
