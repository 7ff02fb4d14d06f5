"""The flowchart of a procedure in the official layout, laid out for paper or screen."""

from laksana.sop.chart.layout import lay_out
from laksana.sop.chart.model import Chart

__all__ = ["Chart", "lay_out"]
