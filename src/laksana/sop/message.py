"""What is told to a person: an English sentence with named placeholders, translated by whoever shows it.

Modules write `_("At most %(limit)s characters.", limit=80)`; the name `_` brings it into the catalogue.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A sentence and the values of its placeholders, which are texts as a person reads them."""

    text: str
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.in_language(str)

    def __hash__(self) -> int:
        return hash((self.text, *sorted(self.params.items())))

    def in_language(self, translate: Callable[[str], str]) -> str:
        """Return the sentence that `translate` (such as gettext) gives, with its placeholders filled."""
        return translate(self.text) % self.params if self.params else translate(self.text)


def message(text: str, **params: object) -> Message:
    """Return a message whose placeholders hold `params` as texts."""
    return Message(text, {name: str(value) for name, value in params.items()})
