"""Reading what a view gives in tests."""

from typing import Any


def let_go(response: Any) -> None:
    """Close the file of an answer, but not, as `close` would, the connection to the database that the test is within."""
    for close in response._resource_closers:
        close()


def content_of(response: Any) -> bytes:
    """Return all that an answer gives, and let its file go."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    let_go(response)
    return bytes(content)
