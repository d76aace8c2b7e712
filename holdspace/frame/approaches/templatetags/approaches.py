"""Words that may wait for their translation: `{% load approaches %}`."""

from django import template
from django.utils.safestring import SafeString

from holdspace.frame.approaches.tongues import Spoken, marked

register = template.Library()


@register.simple_tag
def said(one: Spoken) -> SafeString:
    """The words; marked with their language where it is not the page's."""
    return marked(one)


@register.filter
def unlocalised(value: float) -> str:
    """A number for a drawing: with a point in every language."""
    return f"{value:.1f}"
