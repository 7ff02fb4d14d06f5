"""Gaps: what is still missing on a paper, in the words that stand beside it."""

import pypdfium2

MARK = "[......]"
"""How a template prints what is missing (`gap` of documents/typst/wording.typ)."""


def gaps(pdf: bytes) -> list[str]:
    """Return the lines of a paper on which something is missing, as they are printed."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        lines = [
            " ".join(line.replace("\N{ZERO WIDTH SPACE}", "").split())
            for page in document
            for line in page.get_textpage().get_text_bounded().splitlines()
        ]
    finally:
        document.close()
    return list(dict.fromkeys(line for line in lines if MARK in line))
