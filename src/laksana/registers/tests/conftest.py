"""The small office of `cases`, to carry out procedures that keep books."""

from laksana.cases.tests.conftest import begin, office

__all__ = ["begin", "office"]
