"""What is told to a person: an English sentence with named placeholders, translated by whoever shows it.

Modules write `_("At most %(limit)s characters.", limit=80)`; the name `_` brings it into the catalogue.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A sentence and the values of its placeholders: texts as a person reads them, or sentences within it."""

    text: str
    params: Mapping[str, "str | Message"] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.in_language(str)

    def __hash__(self) -> int:
        return hash((self.text, *sorted((name, str(value)) for name, value in self.params.items())))

    def in_language(self, translate: Callable[[str], str]) -> str:
        """Return the sentence that `translate` (such as gettext) gives, with its placeholders filled."""
        if not self.params:
            return translate(self.text)
        return translate(self.text) % {
            name: value.in_language(translate) if isinstance(value, Message) else value
            for name, value in self.params.items()
        }


def message(text: str, /, **params: object) -> Message:
    """Return a message whose placeholders hold `params`, as texts unless they are messages themselves."""
    return Message(
        text, {name: value if isinstance(value, Message) else str(value) for name, value in params.items()}
    )
