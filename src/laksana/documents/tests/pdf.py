"""Reading PDFs back, with readers that had no part in making them."""

from io import BytesIO
from itertools import combinations

import pikepdf
import pypdfium2


def text_of(pdf: bytes) -> str:
    """Return the text of all pages as a reader extracts it, without marks of possible breaks, each run of blanks one."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return " ".join(
        " ".join(pages).replace("\N{ZERO WIDTH SPACE}", "").replace("\N{WORD JOINER}", "").split()
    )


def pages_of(pdf: bytes) -> int:
    """Return how many pages there are."""
    return len(pypdfium2.PdfDocument(pdf))


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Return the PDF's objects."""
    return pikepdf.open(BytesIO(pdf))


def runs_into_each_other(pdf: bytes) -> list[tuple[str, str]]:
    """Return the pairs of letters, neighbours in a word aside, that are printed over each other by more than half a point."""
    found: list[tuple[str, str]] = []
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        page = document[number].get_textpage()
        places = range(page.count_chars())
        letters = [(page.get_text_range(place, 1), page.get_charbox(place)) for place in places]
        for (place, (one, box)), (beside, (other, other_box)) in combinations(enumerate(letters), 2):
            if beside - place == 1:
                continue
            across = min(box[2], other_box[2]) - max(box[0], other_box[0])
            along = min(box[3], other_box[3]) - max(box[1], other_box[1])
            if across > 0.5 and along > 0.5:
                found.append((one, other))
    return found


def lines_of_pages(pdf: bytes) -> list[list[str]]:
    """Return the lines of each page from top to bottom, those of one height as one."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for number in range(len(document)):
        page = document[number].get_textpage()
        lines: list[tuple[float, str]] = []
        rects = [page.get_rect(place) for place in range(page.count_rects())]
        for left, bottom, right, top in sorted(rects, key=lambda rect: (-(rect[1] + rect[3]) / 2, rect[0])):
            text = page.get_text_bounded(left, bottom, right, top)
            middle = (bottom + top) / 2
            if lines and lines[-1][0] - middle < 3:
                lines[-1] = (lines[-1][0], f"{lines[-1][1]} {text}")
            else:
                lines.append((middle, text))
        pages.append([text.strip() for _middle, text in lines])
    return pages
