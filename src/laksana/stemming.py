"""Indonesian words told apart by what they are made of: "mengajukan", "pengajuan" and "diajukan" are all forms of "aju".

Snowball's stemmer knows no dictionary. What it cuts off is right, but the letter that the prefix swallowed (meng- + kirim =
mengirim) it cannot know, and now and then it takes the beginning of a root for a prefix (terima). `stem` therefore suits a
text that is stored, one form for each word; `roots` suits comparing two words, and names every root that a word may have.
"""

import re
import threading
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"\w+")
_KEPT = 50_000
_SHORTEST = 3
"""Letters that a root has at least."""
_VOWELS = "aiueo"
_NASAL = re.compile(rf"^[mp]e(?P<nasal>ny|ng|n|m)(?=[{_VOWELS}])")
_SWALLOWED = {"ny": "s", "ng": "k", "n": "t", "m": "p"}
"""What stood at the beginning of a root before meN- or peN- melted with it."""
_KEPT_NASAL = {"n", "m"}
"""Nasals with which a root may begin by itself: menaikkan (naik), memohon (mohon)."""
_local = threading.local()


@lru_cache(maxsize=_KEPT)
def stem(word: str) -> str:
    """Return a word in small letters without its affixes."""
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:  # a stemmer keeps state while it works: one for each thread
        stemmer = _local.stemmer = snowballstemmer.stemmer("indonesian")
    return str(stemmer.stemWord(word))


def stems(text: str) -> str:
    """Return the words of a text in small letters and by their stem, each once, in order."""
    return " ".join(dict.fromkeys(stem(word) for word in WORD.findall(text.lower())))


@lru_cache(maxsize=_KEPT)
def roots(word: str) -> frozenset[str]:
    """Return the roots that a word in small letters may be a form of, itself among them."""
    once = stem(word)
    found = {word, once, stem(once)}
    if nasal := _NASAL.match(word):
        for letter in _letters(nasal["nasal"]):
            found.add(stem(letter + word[nasal.end() :]))
            if once[0] in _VOWELS:  # before the restored word could be mistaken for one with a prefix: terima
                found.add(letter + once)
    return frozenset(root for root in found if len(root) >= _SHORTEST or root == word)


def _letters(nasal: str) -> set[str]:
    return {_SWALLOWED[nasal]} | ({nasal} & _KEPT_NASAL)
