"""The small office of `cases`, to carry out a procedure that is measured."""

from laksana.cases.tests.conftest import begin, office

__all__ = ["begin", "office"]
