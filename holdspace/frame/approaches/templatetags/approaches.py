"""Words that may wait for their translation: `{% load approaches %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from holdspace.frame.approaches.tongues import Spoken

register = template.Library()


@register.simple_tag
def said(one: Spoken) -> SafeString:
    """The words; marked with their language where it is not the page's."""
    if not one.language:
        return format_html("{}", one.words)
    return format_html('<span lang="{}">{}</span>', one.language, one.words)


@register.filter
def unlocalised(value: float) -> str:
    """A number for a drawing: with a point in every language."""
    return f"{value:.1f}"
