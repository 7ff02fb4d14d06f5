"""What an SOP is judged by: the criteria of the form, a table that the office replaces."""

from laksana.library.tables import Row, Table


class Criterion(Row):
    """One line of the form: a key, and the statement that is true of the SOP or not."""

    kriteria: str
    uraian: str


CRITERIA = Table(__file__, "kriteria-evaluasi-sop.csv", Criterion, key="kriteria")
