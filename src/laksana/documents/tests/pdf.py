"""Reading PDFs back, with readers that had no part in making them."""

from io import BytesIO

import pikepdf
import pypdfium2


def text_of(pdf: bytes) -> str:
    """Return the text of all pages as a reader extracts it, without marks of possible breaks, each run of blanks one."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return " ".join(" ".join(pages).replace("\N{ZERO WIDTH SPACE}", "").split())


def pages_of(pdf: bytes) -> int:
    """Return how many pages there are."""
    return len(pypdfium2.PdfDocument(pdf))


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Return the PDF's objects."""
    return pikepdf.open(BytesIO(pdf))
