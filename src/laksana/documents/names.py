"""What people, units, desks and files are called, from the office's tables."""

from collections.abc import Callable
from typing import Any

from laksana.cases.models import Attachment
from laksana.people.models import Person, Unit
from laksana.people.services import desk_title
from laksana.prepared import Select

_files = Select(Attachment, "id = %s")


class OfficeNames:
    """Looks the names up, each once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Any], str] = {}

    def person(self, key: int) -> str:
        """Return a person's name with degrees."""
        return self._name("person", key, lambda: str(Person.objects.get(pk=key)))

    def unit(self, code: str) -> str:
        """Return a unit's name."""
        return self._name("unit", code, lambda: str(Unit.objects.get(code=code)))

    def desk(self, desk: str) -> str:
        """Return the title of a desk."""
        return self._name("desk", desk, lambda: desk_title(desk))

    def file(self, key: Any) -> str:
        """Return a file's name."""
        return self._name("file", key, lambda: str(_files(key)[0]))

    def _name(self, kind: str, key: Any, look_up: Callable[[], str]) -> str:
        if (kind, key) not in self._known:
            self._known[kind, key] = look_up()
        return self._known[kind, key]
