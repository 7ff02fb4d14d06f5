"""Tags and filters that every page uses."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from laksana.web.icons import ICONS
from laksana.web.theme import THEME_COOKIE

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """Return an icon as SVG. It is decoration: the text beside it, or the control's label, says what it means."""
    drawing = mark_safe(ICONS[name])  # noqa: S308  (our own constants)
    return format_html(
        '<svg class="icon" width="{}" height="{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>',
        size,
        size,
        drawing,
    )


@register.simple_tag(takes_context=True)
def theme_attribute(context: template.Context) -> SafeString:
    """Return the attribute that forces the theme a visitor chose; nothing when he follows his device."""
    request = context.get("request")
    chosen = request.COOKIES.get(THEME_COOKIE) if request is not None else None
    return format_html(' data-theme="{}"', chosen) if chosen in ("light", "dark") else SafeString("")
