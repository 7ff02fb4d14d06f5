"""The small office with an archivist, and files in a folder of the test's own."""

from laksana.cases.tests.conftest import begin, office
from laksana.files.tests.conftest import storage

__all__ = ["begin", "office", "storage"]
