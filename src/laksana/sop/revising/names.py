"""Names for new steps."""

import re
import unicodedata
from collections.abc import Collection

from laksana.sop.definition import END

_MOST_WORDS = 4


def new_id(activity: str, taken: Collection[str]) -> str:
    """Return an id for a step, made of the first words of what it does, that is not taken."""
    plain = unicodedata.normalize("NFKD", activity).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)[:_MOST_WORDS]
    wanted = "-".join(words) or "langkah"
    wanted = wanted if wanted[0].isalpha() else f"langkah-{wanted}"
    name, number = wanted, 2
    while name in taken or name == END:
        name, number = f"{wanted}-{number}", number + 1
    return name
