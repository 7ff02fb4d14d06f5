"""BPMN 2.0, out and in.

`to_bpmn` writes a procedure as an executable process with lanes and its diagram; what BPMN has no word for stands in extension
elements, so that `from_bpmn` gives an equal procedure back. Of other tools' files `from_bpmn` makes a draft: it takes what an
SOP can hold, and names every element that it cannot take, with its place.
"""

from laksana.sop.bpmn.account import Untaken
from laksana.sop.bpmn.draft import Draft, from_bpmn
from laksana.sop.bpmn.parsing import MOST_BYTES, BpmnError
from laksana.sop.bpmn.writing import to_bpmn

__all__ = ["MOST_BYTES", "BpmnError", "Draft", "Untaken", "from_bpmn", "to_bpmn"]
