"""Tags and filters that every page uses."""

from datetime import date, datetime

from django import template
from django.contrib.messages.storage.base import Message
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from laksana.web.icons import ICONS
from laksana.web.standing import Standing, day_text, working_time
from laksana.web.theme import THEME_COOKIE
from laksana.web.undo import Undo
from laksana.web.undo import undo_of as _undo_of
from laksana.web.values import moment_text

register = template.Library()
INDONESIAN = "id"
_ICON = '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{1}</svg>'
_METER = (
    '<svg class="meter {}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    '<rect width="{}" height="6"/></svg>'
)


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """Return an icon as SVG. It is decoration: the text beside it, or the control's label, says what it means."""
    return format_html(_ICON, size, mark_safe(ICONS[name]))  # noqa: S308  (our own constants)


@register.simple_tag
def meter(standing: Standing) -> SafeString:
    """Return a bar that shows how much of the standard time is used. The tag beside it says it in words."""
    return format_html(_METER, standing.state, standing.percent)


@register.simple_tag(takes_context=True)
def theme_attribute(context: template.Context) -> SafeString:
    """Return the attribute that forces the theme a visitor chose; nothing when he follows his device."""
    request = context.get("request")
    chosen = request.COOKIES.get(THEME_COOKIE) if request is not None else None
    return format_html(' data-theme="{}"', chosen) if chosen in ("light", "dark") else SafeString("")


@register.simple_tag
def undo_of(message: Message) -> Undo | None:
    """Return what a message offers to undo."""
    return _undo_of(message)


@register.simple_tag
def spoken() -> SafeString:
    """Return the attribute of what definitions and services say: it is Indonesian, whatever the language of the page."""
    return SafeString("") if get_language() == INDONESIAN else format_html(' lang="{}"', INDONESIAN)


@register.filter
def moment(at: datetime | None) -> str:
    """Return an instant as it is written: 24 November 2026, 09.12."""
    return "" if at is None else moment_text(at)


@register.filter
def day(value: date | None) -> str:
    """Return a day as it is written: 24 November 2026."""
    return "" if value is None else day_text(value)


@register.filter
def worked(minutes: int | None) -> str:
    """Return working minutes as they are said: 2 jam 10 menit."""
    return "" if minutes is None else working_time(minutes)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """Return the query string of this page with some parameters changed; None or "" leaves one out."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"
