"""Revising an SOP as a table: its rows, what was changed in them, and what is wrong with them."""

from laksana.sop.revising.difference import Differences, FieldChange, RowChange, differences
from laksana.sop.revising.examination import Examination, Finding, examine
from laksana.sop.revising.rows import Data, Row, Table, Way, table_of, with_rows

__all__ = [
    "Data",
    "Differences",
    "Examination",
    "FieldChange",
    "Finding",
    "Row",
    "RowChange",
    "Table",
    "Way",
    "differences",
    "examine",
    "table_of",
    "with_rows",
]
