"""The small office of `cases`, to carry out procedures that owe papers."""

from laksana.cases.tests.conftest import begin, office

__all__ = ["begin", "office"]
