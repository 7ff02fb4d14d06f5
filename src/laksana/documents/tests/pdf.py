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


def faults_of_a_paper(pdf: bytes) -> list[str]:
    """Return what keeps a file from being a paper to keep and to read aloud: PDF/A-2a declared, tags, language, faces, title."""
    document = opened(pdf)
    root, faults = document.Root, []
    with document.open_metadata() as said:
        if (said.get("pdfaid:part"), said.get("pdfaid:conformance")) != ("2", "A"):
            faults.append("does not say that it is PDF/A-2a")
        if not said.get("dc:title"):
            faults.append("has no title")
    if "/StructTreeRoot" not in root or not bool(
        root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)
    ):
        faults.append("is not tagged")
    if not str(root.get("/Lang", "")).lower().startswith("id"):
        faults.append("does not say that it is Indonesian")
    return faults + [f"does not embed {face}" for face in _faces_left_out(document)]


def _faces_left_out(document: pikepdf.Pdf) -> list[str]:
    faces = [
        one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"
    ]
    described = [(one, one.get("/FontDescriptor")) for one in faces if one.get("/Subtype") != "/Type0"]
    embedded = ("/FontFile", "/FontFile2", "/FontFile3")
    return [
        str(one.get("/BaseFont"))
        for one, descriptor in described
        if descriptor is None or not any(key in descriptor for key in embedded)
    ]
