"""The components that templates are written with: `{% load ui %}`."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Final

import segno
from django import template
from django.forms.boundfield import BoundField
from django.template import defaultfilters
from django.template.loader import render_to_string
from django.templatetags import static as files
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from holdspace.cellar.ui.charts import Course, SparkLine
from holdspace.cellar.ui.places import Place
from holdspace.cellar.ui.spoken import browser_words, date_words

register = template.Library()
NAMES: Final = re.compile(r"[DlFMN]")


@register.filter("date", expects_localtime=True)
def dated(value: date | str | None, form: str | None = None) -> str:
    """Django's own filter, in the reader's order: `l j F` is `Montag, 2. November` in German.

    A format that names no day or month is for machines, or the same everywhere.
    """
    if form and NAMES.search(form):
        form = pgettext("date", form)
    return str(defaultfilters.date(value, form))


@register.filter
def lowfirst(words: object) -> str:
    """Begin small: unlike `lower` it leaves the nouns of a German sentence alone."""
    text = str(words)
    return text[:1].lower() + text[1:]


@register.simple_tag
@cache  # the same dozen on every page
def static(path: str) -> str:
    """Return the address of a file of the house, as Django's own tag does."""
    return files.static(path)


@register.simple_tag
@cache  # the same few on every page
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of tools/icons.txt; without a label it is decoration and not read out."""
    sprite = static("ui/libraries/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">'
            '<use href="{}#{}"></use></svg>',
            label,
            sprite,
            name,
        )
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"></use></svg>',
        sprite,
        name,
    )


@register.simple_tag
def entry(place: Place) -> SafeString:
    """Draw one entry of the navigation; a page has a dozen of them, and each twice."""
    current = mark_safe(' aria-current="page"') if place.current else ""
    key = format_html(' data-key="{}"', place.key) if place.key else ""
    count = ""
    if place.count is not None:
        count = format_html('<span class="count num">{}</span>', place.count)
    return format_html(
        '<a class="place" title="{}" href="{}"{}{}>{}<span class="name">{}</span>{}</a>',
        place.label, place.href, current, key, icon(place.icon), place.label, count,
    )  # fmt: skip


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Render one field with its label, hint and errors."""
    return bound.as_field_group()


@register.simple_tag
def tag(text: object, kind: str = "") -> SafeString:
    """Put a few words on a small ground; kind is ok, soon, look, private or nothing."""
    return format_html('<span class="{}">{}</span>', f"tag {kind}".strip(), text)


@register.simple_tag
def ago(moment: datetime) -> SafeString:
    """Write a moment; a script turns it into words such as `12 minutes ago`, up to a week away."""
    written = formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    return format_html('<time datetime="{}" data-ago>{}</time>', moment.isoformat(), written)


@register.simple_tag
def hour(moment: datetime) -> SafeString:
    """Write the time of day of a moment, in the reader's zone."""
    written = f"{timezone.localtime(moment):%H:%M}"
    return format_html('<time class="num" datetime="{}">{}</time>', moment.isoformat(), written)


@register.simple_tag
def day(value: date) -> SafeString:
    """Write a date, in the reader's language."""
    written = formats.date_format(value, "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), written)


@register.filter
def has_chosen(options: Iterable[dict[str, object]]) -> bool:
    """Say whether any of a widget's options is chosen."""
    return any(option["selected"] for option in options)


@register.filter
def browser(agent: str) -> str:
    """Say which browser describes itself so."""
    return browser_words(agent)


@register.filter
def as_date(written: str) -> str:
    """Write a date that is kept as text, or as much of one as is known."""
    return date_words(written)


@register.simple_tag
def at(start: datetime, minutes: int) -> str:
    """Return the classes that place a block in a week, to the nearest five minutes."""
    local = timezone.localtime(start)
    length = min(240, max(15, round(minutes / 5) * 5))
    return f"h{local.hour} m{local.minute // 5 * 5} d{length}"


@register.simple_tag
def facts(pairs: Iterable[tuple[object, object]]) -> SafeString:
    """Write terms and what is so about them; pairs whose second part is empty are left out."""
    return render_to_string("ui/facts.html", {"pairs": [pair for pair in pairs if pair[1]]})


@register.simple_tag
def spark(line: SparkLine, sentence: str, kind: str = "") -> SafeString:
    """Draw a sparkline whose accessible name is the sentence; kind `calm` takes the green away."""
    end = line.end
    dot = format_html('<circle cx="{}" cy="{}" r="3"></circle>', end.x, end.y) if end else ""
    return format_html(
        '<svg class="spark {}" data-veil viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path d="{}"></path>{}</svg>',
        kind, line.width, line.height, sentence, line.path, dot,
    )  # fmt: skip


@register.simple_tag
def qr(address: str, words: str) -> SafeString:
    """Draw an address as a code for a camera, called by `words`; asks nobody, takes no script.

    ISO/IEC 18004, level M, with the quiet zone of four modules that it asks for; dark on white in
    every theme, since not every camera reads it the other way round.
    """
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(dark="#000", light="#fff", border=4, omitsize=True, lineclass=None)
    return format_html(
        '<p class="qr" data-veil role="img" aria-label="{}">{}</p>',
        words, SafeString(drawn),
    )  # fmt: skip


@register.simple_tag
def course(drawn: Course, sentence: str, along: str = "") -> SafeString:
    """Draw a course whose accessible name is the sentence; `along` says what its numbers count."""
    context = {"course": drawn, "sentence": sentence, "along": along}
    return render_to_string("ui/chart_course.html", context)


@register.simple_block_tag
def sheet(content: SafeString, title: str = "", kind: str = "", level: int = 2) -> SafeString:
    """Lay what is inside on a sheet of its own, under a heading."""
    classes = f"sheet {kind}".strip()
    if not title:
        return format_html('<section class="{}">{}</section>', classes, content)
    return format_html(
        '<section class="{}"><h{} class="title">{}</h{}>{}</section>',
        classes,
        level,
        title,
        level,
        content,
    )


@register.simple_block_tag
def nothing(content: SafeString, name: str = "sprout") -> SafeString:
    """Say kindly that nothing is here yet, and offer the next step."""
    return format_html('<div class="empty">{}{}</div>', icon(name), content)
