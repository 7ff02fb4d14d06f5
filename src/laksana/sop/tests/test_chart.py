"""The flowchart keeps its promises, for any procedure and on any paper."""

from hypothesis import HealthCheck, given, settings

from laksana.sop.chart import lay_out
from laksana.sop.definition import Procedure
from laksana.sop.tests.flows import procedures
from laksana.sop.tests.geometry import faults


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(procedures())
def test_a_chart_on_paper_has_no_fault_in_its_drawing(example: Procedure) -> None:
    assert faults(lay_out(example)) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(procedures())
def test_a_chart_on_the_screen_has_no_fault_in_its_drawing(example: Procedure) -> None:
    assert faults(lay_out(example, paper="screen", lanes_only=True)) == []
