"""Write one paper of every declared document of every procedure: `python write_papers.py FOLDER SEED`.

They are those of the worked examples; where no example makes a document, a walk through the flow does
(`laksana.library.tests.walking`). What nothing made is named in `missing.txt`.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laksana.site.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import override_settings  # noqa: E402

from laksana.cases import behaviour, definitions  # noqa: E402
from laksana.cases.play import play, read_script  # noqa: E402
from laksana.documents.services import render_paper  # noqa: E402
from laksana.library import services as library  # noqa: E402
from laksana.library.catalogue import Entry, entries  # noqa: E402
from laksana.library.tests.generated import Data, Files  # noqa: E402
from laksana.library.tests.papers import one_of_each  # noqa: E402
from laksana.library.tests.walking import Walk  # noqa: E402
from laksana.people import demo  # noqa: E402
from laksana.people.services import install_office  # noqa: E402
from laksana.worktime import services as worktime  # noqa: E402
from laksana.worktime.zone import OFFICE_ZONE  # noqa: E402

MONDAY = datetime(2026, 11, 2, 8, tzinfo=OFFICE_ZONE)
BLANK = Path(library.__file__).parent / "demo" / "berkas.pdf"
_MOST_CASES = 40
_MOST_WALKS = 8
"""So many walks, each with other data, may be tried for a document that depends on them."""


@contextmanager
def taken_back() -> Iterator[None]:
    """Let what is done inside happen, and take it back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def furnish() -> None:
    """Make the demonstration office with every procedure in force."""
    call_command("migrate", verbosity=0)
    worktime.seed(MONDAY)
    install_office()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        demo.install(MONDAY)
    library.install()


def from_examples(entry: Entry) -> dict[str, bytes]:
    """Return the papers that the worked examples of a procedure make, each example taken back afterwards."""
    script = entry.folder / "scenarios.yaml"
    made: dict[str, bytes] = {}
    if not script.exists():
        return made
    for scenario in read_script(script.read_text(encoding="utf-8"), str(script)):
        definitions.forget()
        with taken_back():
            for _event in play(scenario, entry.folder):
                pass
            made |= {
                name: render_paper(paper) for name, paper in one_of_each(entry.id).items() if name not in made
            }
    return made


def from_a_walk(entry: Entry, seed: int) -> dict[str, bytes]:
    """Return the papers of cases carried through every way of the flow, taken back afterwards."""
    definitions.forget()
    with taken_back(), patch.dict(behaviour._behaviours):  # noqa: SLF001  (as the tests do that walk)
        walk = Walk(entry.procedure, Data(seed, Files(BLANK.read_bytes())), MONDAY)
        behaviour._behaviours[entry.id] = walk.bare_behaviour()  # noqa: SLF001
        for _number in range(_MOST_CASES):
            if walk.left:
                walk.carry_one()
        return {name: render_paper(paper) for name, paper in one_of_each(entry.id).items()}


def main(folder: Path, seed: int) -> None:
    """Write the papers, and the names of those that nothing made."""
    folder.mkdir(parents=True, exist_ok=True)
    furnish()
    missing = []
    for entry in entries().values():
        made = from_examples(entry)
        declared = [document.id for document in entry.procedure.documents]
        for turn in range(_MOST_WALKS):
            if any(name not in made for name in declared):
                made = from_a_walk(entry, seed + turn) | made
        for name in declared:
            if name in made:
                (folder / f"{entry.id}.{name}.pdf").write_bytes(made[name])
            else:
                missing.append(f"{entry.id}.{name}")
    (folder / "missing.txt").write_text("\n".join(missing), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
