"""Figures of personnel law that several procedures reckon with, as the office has them in force."""

from laksana.library.tables import Settings

figure = Settings(__file__, "ketentuan-kepegawaian.csv")
whole = figure.whole
