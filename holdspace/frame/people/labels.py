"""What ways to reach somebody, and languages, are called on a page."""

from typing import Final, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

Label: TypeAlias = str | Promise
Labels = dict[str, Label]

KINDS: Final[Labels] = {
    "mobile": _("Mobile"),
    "telephone": _("Telephone"),
    "email": _("E-mail"),
    "post": _("Post"),
    "other": _("Another way"),
}
SAFETY: Final[Labels] = {"yes": _("Safe to use"), "ask": _("Ask first"), "no": _("Not safe")}
SAFETY_TAGS: Final = {"yes": "ok", "ask": "soon", "no": "look"}


def language_name(tag: str) -> str:
    """A language's own name for itself, or its code."""
    try:
        return str(get_language_info(tag.lower())["name_local"])
    except KeyError:
        return tag
