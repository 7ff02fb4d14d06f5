"""The answer to somebody whose file is not taken."""


class FileRefused(ValueError):  # noqa: N818  (an answer, not a fault of the program)
    """A file is not taken; the message says why, and what would be taken, to the one who offered it."""
