"""The figures of a genogram, as the standard sheet has them, drawn around the point 0, 0.

Source of the symbols: McGoldrick, Gerson and Petry, Genograms: Assessment and Treatment, 4th
edition (2020). Unknown gender has no symbol there; a question mark is a custom of many programs.
For pregnancy and loss, recovery and suspicion customs differ: the legend says what is meant here.
"""

from typing import Final

from holdspace.hour.worksheets.family.drawing.pen import element, group, number, words
from holdspace.hour.worksheets.family.layout.places import HALF, Words
from holdspace.hour.worksheets.family.model import UNBORN, Figure, Mark, Person

INSET: Final = 4.5  # of the second outline of whom the drawing is about


def shape(figure: Figure, half: float, class_: str, **more: object) -> str:
    """The outline of a figure, so far from its middle to each side."""
    h = number(half)
    outlines = {
        Figure.NONBINARY: f"M-{h} {h}V0A{h} {h} 0 0 1 {h} 0V{h}Z",
        Figure.PET: f"M0-{number(half * 1.15)}L{number(half * 1.15)} 0 0 {number(half * 1.15)}"
        f"-{number(half * 1.15)} 0Z",
        Figure.PREGNANCY: f"M0-{h}L{h} {h}H-{h}Z",
    }
    if figure is Figure.WOMAN:
        return element("circle", r=half, class_=class_, **more)
    if figure in outlines:
        return element("path", d=outlines[figure], class_=class_, **more)
    corner = half / 2 if figure is Figure.UNKNOWN else None
    return element(
        "rect", x=-half, y=-half, width=2 * half, height=2 * half, rx=corner, class_=class_, **more
    )


def cross(half: float) -> str:
    """The mark of death."""
    h = number(half)
    return element("path", d=f"M-{h}-{h}L{h} {h}M{h}-{h}L-{h} {h}", class_="cross")


def lost(figure: Figure, inner: Figure | None = None) -> str:
    """Pregnancy and what did not come to live."""
    if figure is Figure.PREGNANCY:
        return shape(figure, HALF * 0.7, "shape")
    if figure is Figure.MISCARRIAGE:
        small = HALF * 0.45
        return shape(Figure.PREGNANCY, small, "shape") + cross(small * 1.3)
    if figure is Figure.ABORTION:
        small = HALF * 0.45
        line = element("path", d=f"M-{number(small * 1.3)} 0H{number(small * 1.3)}", class_="cross")
        return cross(small) + line
    return shape(inner or Figure.UNKNOWN, HALF / 2, "shape") + cross(HALF / 2)


def health(person: Person, clip: str) -> str:
    """Substance from below, serious illness from the left; cut to the figure by `clip`."""
    side, whole = HALF * 1.2, HALF * 2.4
    halves = {
        "substance": (person.substance, (-side, 0.0, whole, side), (-side, HALF / 2, whole, side)),
        "illness": (
            person.illness,
            (-side, -side, side, whole),
            (-side, -side, HALF / 2 + 4, whole),
        ),
    }
    drawn = []
    for what, (mark, half, part) in halves.items():
        if mark is not None:
            x, y, wide, high = part if mark is Mark.RECOVERY else half
            area = {"x": x, "y": y, "width": wide, "height": high}
            drawn.append(element("rect", class_=f"health {what} {mark}", **area))
            if mark is Mark.RECOVERY:
                edge = (
                    {"x1": -side, "x2": side} if what == "substance" else {"y1": -side, "y2": side}
                )
                drawn.append(element("line", class_="half-way", **edge))
    return group(*drawn, clip_path=f"url(#{clip})")


def body(person: Person, age: str, clip: str | None) -> str:
    """A whole figure: shape, health, second outline, inner shape, death, age."""
    if person.figure in UNBORN:
        return lost(person.figure, person.inner)
    drawn = [shape(person.figure, HALF, "shape")]
    if clip and (person.substance or person.illness):
        cut = element("clipPath", shape(person.figure, HALF, "clip"), id=clip)
        drawn += [cut, health(person, clip), shape(person.figure, HALF, "outline")]
    if person.index:
        drawn.append(shape(person.figure, HALF - INSET, "outline"))
    if person.inner:
        drawn.append(shape(person.inner, HALF * 0.55, "outline"))
    if person.has_died:
        drawn.append(cross(HALF * (0.71 if person.figure is Figure.WOMAN else 1)))
    sign = age or ("?" if person.figure is Figure.UNKNOWN else "")
    drawn.append(words(sign, 0.0, 4.5, "age", "middle") if sign else "")
    return "".join(drawn)


def around(said: Words, *, has_notes: bool) -> str:
    """Years above, name and notes below."""
    from_top = HALF + 15
    drawn = [
        words(said.born, -4.0, -HALF - 5, "year", "end") if said.born else "",
        words(said.died, 4.0, -HALF - 5, "year") if said.died else "",
    ]  # fmt: skip
    for line in said.name:
        drawn.append(words(line, 0.0, from_top + 2, "name", "middle"))
        from_top += 16.8
    for line in said.notes if has_notes else ():
        drawn.append(words(line, 0.0, from_top, "note", "middle"))
        from_top += 14.4
    return "".join(drawn)


def marks(person: Person) -> str:
    """Small signs beside a figure: nobody talks about them, something is secret."""
    drawn = []
    if person.unspoken:
        drawn.append(unspoken(HALF + 3, HALF - 5))
    if person.secret:
        drawn.append(secret(HALF + 3, -HALF + 7))
    return "".join(drawn)


def unspoken(x: float, y: float) -> str:
    """Nobody talks about this person: a struck-out speech bubble."""
    bubble = element("path", d="M-8-6H8V4H1L-4 9V4H-8Z", class_="bubble")
    stroke = element("path", d="M-9 8L9-9", class_="mark-line")
    return group(bubble, stroke, transform=f"translate({number(x)} {number(y)})")


def secret(x: float, y: float) -> str:
    """Something here is a secret: a small key hole."""
    hole = "M0-5A3 3 0 0 1 1.6.6L3 6H-3L-1.6.6A3 3 0 0 1 0-5Z"
    ring = element("circle", r=8.0, class_="bubble")
    sign = element("path", d=hole, class_="solid")
    return group(ring, sign, transform=f"translate({number(x)} {number(y)})")
