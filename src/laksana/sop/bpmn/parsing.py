"""XML of any tool parsed without trusting it: no entities, no network, a limit on size and depth."""

import json
import re
from typing import Any, cast

from lxml import etree

from laksana.sop.bpmn.graph import MODEL, OURS
from laksana.sop.message import Message
from laksana.sop.message import message as _

Element = etree._Element  # noqa: SLF001  (lxml gives its element type no other name)
MOST_BYTES = 5_000_000
_WIDE = ("UTF-16", "UTF16", "UTF-32", "UTF32", "UCS")
_ENCODING = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']"""
)


class BpmnError(ValueError):
    """The content is no BPMN document that can be read; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def too_large() -> BpmnError:
    """Return the refusal of a file that is larger than MOST_BYTES."""
    return BpmnError(_("The file is larger than %(limit)s MB.", limit=MOST_BYTES // 1_000_000))


def parsed(content: bytes) -> Element:
    """Return the root of a BPMN 2.0 document. Raises BpmnError."""
    if len(content) > MOST_BYTES:
        raise too_large()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise BpmnError(
            _wrong_encoding(content) or _("The file cannot be read as XML: %(why)s", why=_why(error))
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise BpmnError(_("A BPMN file has no DOCTYPE; this one is not read."))
    if root.tag != f"{{{MODEL}}}definitions":
        raise BpmnError(
            _("The file is no BPMN 2.0 document: it begins with %(root)s.", root=str(root.tag)[:200])
        )
    return root


def _why(error: Exception) -> str:
    return error.msg if isinstance(error, etree.XMLSyntaxError) and error.msg else str(error)


def _wrong_encoding(content: bytes) -> Message | None:
    """Return what is wrong with the encoding that a document names in its first line, None where that is not its fault."""
    declared = _ENCODING.match(content)
    if declared is None:
        return None
    name = declared[1].decode("ascii")
    wrong = _("The file says that it is written in %(encoding)s, but it is not.", encoding=name)
    if name.upper().startswith(_WIDE):  # then its first line could not be read as ASCII
        return wrong
    try:
        content.decode(name)
    except LookupError:
        return _("The file says that it is written in %(encoding)s, which nobody knows.", encoding=name)
    except UnicodeError:
        return wrong
    return None


def line_of(element: Element) -> int:
    """Return the line of an element's beginning, 0 where it is not known."""
    return cast("int | None", cast("Any", element).sourceline) or 0


def id_of(element: Element) -> str:
    """Return an element's id, or that of the nearest around it that has one, "" where none has."""
    return _nearest(element, "id")


def title_of(element: Element) -> str:
    """Return an element's name, or that of the nearest around it within its process, "" where none has."""
    around = next((part for part in (element, *element.iterancestors()) if part.get("id")), element)
    return words(element.get("name")) or words(around.get("name"))


def _nearest(element: Element, key: str) -> str:
    around = (element, *element.iterancestors())
    return next((value for value in (part.get(key) for part in around) if value), "")


def kind_of(element: Element) -> str:
    """Return an element's name without its namespace, "" for what is no element of BPMN."""
    tag = element.tag
    return tag.removeprefix(f"{{{MODEL}}}") if isinstance(tag, str) and tag.startswith(f"{{{MODEL}}}") else ""


def words(text: str | None) -> str:
    """Return a text with its blanks and line breaks made single spaces."""
    return " ".join((text or "").split())


def local(name: str | None) -> str:
    """Return what a QName names, without its prefix."""
    return words(name).rpartition(":")[2]


def child(element: Element, name: str) -> Element | None:
    """Return the first BPMN element of a name directly in another."""
    return element.find(f"{{{MODEL}}}{name}")


def children(element: Element, name: str) -> list[Element]:
    """Return all BPMN elements of a name directly in another."""
    return element.findall(f"{{{MODEL}}}{name}")


def text_in(element: Element, name: str) -> str:
    """Return the words of all elements of a name directly in another, those of several joined by spaces."""
    return words(
        " ".join("".join(str(part) for part in found.itertext()) for found in children(element, name))
    )


def ours_in(element: Element) -> dict[str, Any]:
    """Return what this format said in an element's extension."""
    for extension in children(element, "extensionElements"):
        for part in extension.iterfind(f"{{{OURS}}}*"):
            try:
                data = json.loads(part.text or "")
            except (ValueError, RecursionError):
                continue
            if isinstance(data, dict):
                return data
    return {}
