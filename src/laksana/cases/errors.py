"""Why an action is refused. Every refusal says what is wrong and what to do; nothing was changed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from laksana.cases.models import Event


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """The action was not done; the message is for the person who asked."""


class NotYours(Refused):
    """The person has no right to do this."""


class NotFound(Refused):
    """There is no such case or work item, or the person may not know of it."""


class AlreadyDone(Refused):
    """Somebody was first, or the work item is no longer open; `by` and `at` say who and when, where somebody was."""

    def __init__(self, message: str, by: str = "", at: datetime | None = None) -> None:
        super().__init__(message)
        self.by = by
        self.at = at


class Invalid(Refused):
    """The form is not right; `errors` maps a field to what is wrong, "" to what concerns the whole form."""

    def __init__(self, errors: dict[str, Any]) -> None:
        super().__init__("; ".join(f"{field}: {why}" if field else str(why) for field, why in errors.items()))
        self.errors = errors


class Repeated(Exception):  # noqa: N818  (not a fault: the action happened already)
    """An action was sent before with the same key and happened then; `answer` is what it gives now."""

    def __init__(self, event: "Event", answer: Any = None) -> None:
        super().__init__("sent before")
        self.event = event
        self.answer = event.case if answer is None else answer
