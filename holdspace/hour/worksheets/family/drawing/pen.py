"""A pen for SVG: elements as text, with every word escaped and every number short."""

from collections.abc import Iterable
from html import escape

Point = tuple[float, float]


def number(value: float) -> str:
    """A length with one decimal at most."""
    return f"{round(value, 1):g}"


def element(name: str, inside: str = "", /, **attributes: object) -> str:
    """One element; `class_` stands for class, and `stroke_width` for stroke-width."""
    told = []
    for key, value in attributes.items():
        if value is not None:
            shown = number(value) if isinstance(value, float) else str(value)
            told.append(f' {key.rstrip("_").replace("_", "-")}="{escape(shown)}"')
    start = f"<{name}{''.join(told)}"
    return f"{start}>{inside}</{name}>" if inside else f"{start}/>"


def group(*inside: str, **attributes: object) -> str:
    """Elements that belong together; nothing where there are none."""
    return element("g", "".join(inside), **attributes) if any(inside) else ""


def words(text: str, x: float, y: float, class_: str, anchor: str | None = None) -> str:
    """A line of text with its base line at y."""
    return element("text", escape(text), x=x, y=y, class_=class_, text_anchor=anchor)


def path(points: Iterable[Point], class_: str, *, closed: bool = False, **more: object) -> str:
    """Straight from point to point."""
    way = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return element("path", d=f"M{way}{'Z' if closed else ''}", class_=class_, **more)
