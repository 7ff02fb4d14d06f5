"""Gaps: what is still missing on a paper, in the words that stand beside it."""

import pypdfium2

MARK = "[......]"
"""How a template prints what is missing (`gap` of documents/typst/wording.typ)."""


def gaps(pdf: bytes) -> list[str]:
    """Return the lines of a paper on which something is missing, as they are printed.

    Where a label is so long that the gap stands on a line of its own, the words before it are told with it.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        lines = [
            " ".join(line.replace("\N{ZERO WIDTH SPACE}", "").split())
            for page in document
            for line in page.get_textpage().get_text_bounded().splitlines()
        ]
    finally:
        document.close()
    written = [line for line in lines if line]
    found = [
        line if _tells(line) or not before else f"{before} {line}"
        for before, line in zip(("", *written), written, strict=False)
        if MARK in line
    ]
    return list(dict.fromkeys(found))


def _tells(line: str) -> bool:
    """Return whether a line has words beside its gaps."""
    return any(sign.isalpha() for sign in line.replace(MARK, ""))
