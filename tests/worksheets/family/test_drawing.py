"""The signs of the standard sheet, their legend, and what can be taken away from a drawing."""

import re
from dataclasses import replace
from xml.dom.minidom import parseString

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.hour.worksheets.family import building
from holdspace.hour.worksheets.family.drawing import Layer, Look, drawn, homes, legend, ties
from holdspace.hour.worksheets.family.drawing.figures import body
from holdspace.hour.worksheets.family.layout import laid_out
from holdspace.hour.worksheets.family.meanings import FIGURES, HOWS, TIES, TURNS
from holdspace.hour.worksheets.family.model import (
    Figure,
    How,
    Line,
    Mark,
    Parentage,
    Person,
    Step,
    Telling,
    Tie,
    Turn,
)
from tests.worksheets.family.families import four_generations, grown

LOOK = Look(title="The family as Eva tells it", desc="People: 30.")


def picture(telling: Telling, look: Look = LOOK) -> str:
    svg = drawn(telling, laid_out(telling), look)
    parseString(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"'))  # noqa: S318 -- our own
    return svg


@settings(deadline=None, max_examples=25)
@given(st.builds(grown, st.integers(0, 10_000), st.integers(2, 60)))
def test_every_family_is_drawn_well_formed_without_inline_style(telling: Telling) -> None:
    svg = picture(telling)
    assert "style=" not in svg
    assert not re.search(r"\bnan\b", svg)


def test_a_drawing_has_a_name_and_says_what_it_shows() -> None:
    svg = picture(four_generations())
    assert 'role="img" aria-labelledby="g-title" aria-describedby="g-desc"' in svg
    assert '<title id="g-title">The family as Eva tells it</title>' in svg


def test_words_are_words_whatever_signs_they_hold() -> None:
    telling, _who = building.person(Telling(), Person("", "<b>&\"'"))
    assert "&lt;b&gt;&amp;" in picture(telling)


@pytest.mark.parametrize("figure", Figure)
def test_each_figure_has_a_sign_of_its_own_and_a_line_in_the_legend(figure: Figure) -> None:
    others = {body(Person("x", figure=one), "", None) for one in Figure if one is not figure}
    assert body(Person("x", figure=figure), "", None) not in others
    telling, _who = building.person(Telling(), Person("", figure=figure))
    assert FIGURES[figure] in picture(telling)


def test_the_outer_sign_is_the_gender_that_is_lived() -> None:
    man = body(Person("x", figure=Figure.MAN, inner=Figure.WOMAN), "", None)
    assert man.startswith("<rect")
    assert "<circle" in man
    telling, _who = building.person(Telling(), Person("", figure=Figure.MAN, inner=Figure.WOMAN))
    assert "lives as the outer sign" in picture(telling)


def test_a_stillborn_child_has_half_a_sign_with_its_gender_where_it_was_told() -> None:
    girl = body(Person("x", figure=Figure.STILLBIRTH, inner=Figure.WOMAN), "", None)
    assert girl.startswith('<circle r="10"')
    assert "cross" in girl


def test_death_is_a_cross_and_the_index_person_has_two_outlines() -> None:
    assert "cross" in body(Person("x", figure=Figure.MAN, dead=True), "", None)
    assert body(Person("x", figure=Figure.MAN, index=True), "", None).count("<rect") == 2


@pytest.mark.parametrize("mark", Mark)
@pytest.mark.parametrize("what", ["substance", "illness"])
def test_each_mark_of_health_fills_its_half_in_its_way(what: str, mark: Mark) -> None:
    woman = Person("x", figure=Figure.WOMAN)
    is_substance = what == "substance"
    person = replace(woman, substance=mark) if is_substance else replace(woman, illness=mark)
    svg = body(person, "40", "clip")
    assert f'class="health {what} {mark}"' in svg
    assert ("half-way" in svg) is (mark is Mark.RECOVERY)
    assert "health" not in body(person, "40", None)


@pytest.mark.parametrize("tie", Tie)
def test_each_line_has_a_pattern_of_its_own_without_colour(tie: Tie) -> None:
    points = np.column_stack([np.arange(0.0, 80, 4), np.zeros(20)])

    def pattern(one: Tie) -> str:
        svg = ties.drawn(one, points, str)
        dashed = one in (Tie.DISTANT, Tie.CARETAKER, Tie.EMOTIONAL_ABUSE)  # by the style sheet
        return re.sub(r'class="tie \w+"', "", svg) + (one.value if dashed else "")

    assert pattern(tie) not in [pattern(one) for one in Tie if one is not tie]


def test_abuse_carries_its_word_and_an_arrow_from_whoever_harms() -> None:
    points = np.column_stack([np.arange(0.0, 80, 4), np.zeros(20)])
    svg = ties.drawn(Tie.PHYSICAL_ABUSE, points, str.upper)
    assert ">PHYSICAL<" in svg
    assert 'class="arrow" transform="translate(76 0)' in svg


def all_kinds() -> Telling:
    """Everything that a union, a child or a line can be."""
    telling, mother = building.person(Telling(), Person("", "Ana", Figure.WOMAN))
    for turn in (Turn.TOGETHER, Turn.AFFAIR, Turn.MARRIED):
        steps = [Step(turn, 1970)]
        if turn is Turn.MARRIED:
            steps += [Step(Turn.SEPARATED, 1980), Step(Turn.DIVORCED, 1981), Step(Turn.REUNITED)]
        telling, _who = building.partner(telling, mother, Person("", "B"), tuple(steps))
    for how in How:
        telling, child = building.person(telling, Person("", how.value))
        telling = building.child(telling, "u1", child, how=how)
    for at, tie in enumerate(Tie):
        telling = building.line(telling, mother, f"p{2 + at % 5}", tie)
    twins = tuple(
        Parentage(one.child, one.union, one.how, "t", identical=True)
        if one.how in (How.BIOLOGICAL, How.ADOPTED) else one
        for one in telling.children
    )  # fmt: skip
    return replace(telling, children=twins)


@pytest.mark.parametrize("meaning", [*TURNS.values(), *HOWS.values(), *TIES.values()])
def test_all_that_is_drawn_is_explained(meaning: str) -> None:
    assert f">{meaning}</text>" in picture(all_kinds())


def test_identical_twins_are_joined_by_a_bar_and_named() -> None:
    svg = picture(all_kinds())
    assert "identical twins" in svg
    assert ">donor<" in svg


def test_a_union_with_two_slashes_is_divorced_and_one_crossed_back_is_reunited() -> None:
    telling, who = building.person(Telling(), Person(""))
    telling, _other = building.partner(telling, who, Person(""), (Step(Turn.MARRIED),))
    counts = []
    for turns in ([], [Turn.SEPARATED], [Turn.DIVORCED], [Turn.DIVORCED, Turn.REUNITED]):
        steps = (Step(Turn.MARRIED), *(Step(turn) for turn in turns))
        told = building.turned(telling, replace(telling.unions[0], steps=steps))
        look = replace(LOOK, has_legend=False)
        svg = drawn(told, laid_out(told), look)
        counts.append(svg.count('class="slash"'))
    assert counts == [0, 1, 2, 2]


@pytest.mark.parametrize(
    ("layer", "mark"),
    [
        (Layer.TIES, 'class="tie '), (Layer.HEALTH, 'class="health '),
        (Layer.HOMES, 'class="home '), (Layer.AGES, ">54</text>"), (Layer.NOTES, "Widow at 21"),
    ],
)  # fmt: skip
def test_a_layer_can_be_taken_away(layer: Layer, mark: str) -> None:
    telling = four_generations()
    assert mark in picture(telling)
    assert mark not in picture(telling, replace(LOOK, layers=LOOK.layers - {layer}))


def test_secrets_are_drawn_only_where_they_are_asked_for() -> None:
    telling = four_generations()
    telling = building.told_as(telling, replace(telling.by_id["x"], secret=True))
    secret = Line("l99", "gm1", "gf2", Tie.SPIRITUAL, secret=True)
    telling = replace(telling, lines=(*telling.lines, secret))
    assert "tie spiritual" not in picture(telling).split('class="legend"')[0]
    shown = picture(telling, replace(LOOK, layers=frozenset(Layer)))
    assert "tie spiritual" in shown.split('class="legend"')[0]
    assert "a secret" in shown


def test_the_legend_does_not_tell_of_a_kind_of_line_that_is_only_secret() -> None:
    telling = four_generations()
    secret = Line("l99", "gm1", "gf2", Tie.SEXUAL_ABUSE, secret=True)
    telling = replace(telling, lines=(*telling.lines, secret))
    assert TIES[Tie.SEXUAL_ABUSE] not in picture(telling)


def test_where_figures_lead_somewhere_each_is_a_link_with_a_name() -> None:
    look = replace(LOOK, link=lambda who: f"?person={who}", names={"x": "Thomas"}, chosen="x")
    svg = picture(four_generations(), look)
    assert 'href="?person=x" class="person chosen"' in svg
    assert 'aria-label="Thomas" aria-current="true"' in svg
    assert 'role="group"' in svg


def test_two_drawings_on_one_page_share_no_ids() -> None:
    telling = four_generations()
    ids = [re.findall(r' id="([^"]+)"', picture(telling, replace(LOOK, key=key))) for key in "ab"]
    assert ids[0]
    assert not set(ids[0]) & set(ids[1])


def test_a_line_bends_round_whoever_stands_between() -> None:
    between = np.array([[100.0, 0.0]])
    free = ties.curve((0, 0), (200, 300), np.zeros((0, 2)))
    bent = ties.curve((0, 0), (200, 0), between)
    assert np.hypot(*(bent - between[0]).T).min() > ties.CLEAR
    assert np.allclose(free[:, 1], free[:, 0] * 1.5)


def test_a_second_line_between_two_takes_another_way() -> None:
    nobody = np.zeros((0, 2))
    first, second = (ties.curve((200, 0), (0, 0), nobody, taken) for taken in (0, 1))
    assert not np.allclose(first[len(first) // 2], second[len(second) // 2])


def test_a_line_is_drawn_even_where_there_is_no_room_for_it() -> None:
    crowd = np.array([[x, y] for x in range(0, 200, 20) for y in range(-200, 200, 20)], float)
    for tie in Tie:
        assert ties.drawn(tie, ties.curve((0, 0), (60, 0), crowd), str)
        assert ties.drawn(tie, ties.curve((0, 0), (20, 0), crowd), str)


def test_a_home_grows_together_over_the_rows_and_falls_apart_where_others_stand_between() -> None:
    telling = four_generations()
    layout = laid_out(telling)
    assert len(homes.pieces(telling, layout, {"y", "ex", "c1", "c2", "c3", "e"})) == 1
    assert len(homes.pieces(telling, layout, {"xs", "y"})) == 2
    assert len(homes.pieces(telling, layout, {"gf1", "x"})) == 2


def test_a_small_familys_legend_is_as_wide_as_can_be_read() -> None:
    telling, _who = building.person(Telling(), Person("", "Ana", Figure.WOMAN))
    assert 'width="480"' in picture(telling)
    assert legend.items(telling, LOOK.layers, "g")
