"""A message that offers to undo what it tells of: its button sends a form, so that it works without a script too."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Undo:
    """Where the opposite of an act is sent, and with what."""

    url: str
    fields: Fields = ()


def tell_with_undo(request: HttpRequest, text: str, undo: Undo | None) -> None:
    """Say on the next page that something was done, and offer to undo it where that can be done."""
    tags = json.dumps([undo.url, list(undo.fields)]) if undo else ""
    messages.success(request, text, extra_tags=tags)


def undo_of(message: Message) -> Undo | None:
    """Return what a message offers to undo; None for one that offers nothing."""
    if not (message.extra_tags or "").startswith("["):
        return None
    url, fields = json.loads(message.extra_tags)
    return Undo(url, [(name, value) for name, value in fields])
