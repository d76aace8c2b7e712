"""What the template tags write."""

from datetime import UTC, date, datetime

from django.template import Context, Template

from holdspace.cellar.ui.charts import course, sparkline
from holdspace.cellar.ui.places import Place

NOON = datetime(2026, 11, 23, 12, 7, tzinfo=UTC)


def rendered(source: str, **context: object) -> str:
    """Render a template that has our tags."""
    return Template("{% load ui %}" + source).render(Context(context))


def test_an_icon_without_a_label_is_not_read_out() -> None:
    html = rendered('{% icon "sun" %}')
    assert 'aria-hidden="true"' in html
    assert "icons.svg#sun" in html


def test_an_icon_with_a_label_has_a_name() -> None:
    html = rendered('{% icon "sun" label %}', label="Sun & moon")
    assert 'role="img" aria-label="Sun &amp; moon"' in html


def test_a_tag_escapes_its_words() -> None:
    assert (
        rendered("{% tag words 'soon' %}", words="<b>") == '<span class="tag soon">&lt;b&gt;</span>'
    )
    assert rendered("{% tag words %}", words="a") == '<span class="tag">a</span>'


def test_a_moment_is_written_so_that_a_script_can_retell_it() -> None:
    html = rendered("{% ago moment %}", moment=NOON)
    assert '<time datetime="2026-11-23T12:07:00+00:00" data-ago>' in html
    assert "23/11/2026" in html


def test_an_hour_and_a_day_are_times() -> None:
    assert 'datetime="2026-11-23T12:07:00+00:00"' in rendered("{% hour moment %}", moment=NOON)
    assert '<time datetime="2026-11-23">' in rendered("{% day d %}", d=date(2026, 11, 23))


def test_a_block_is_placed_to_five_minutes() -> None:
    assert rendered("{% at moment 52 %}", moment=NOON) == "h12 m5 d50"
    assert rendered("{% at moment 3 %}", moment=NOON) == "h12 m5 d15"
    assert rendered("{% at moment 600 %}", moment=NOON) == "h12 m5 d240"


def test_facts_that_are_not_known_are_left_out() -> None:
    html = rendered("{% facts pairs %}", pairs=[("Room", "Two"), ("Fee", None)])
    assert "Two" in html
    assert "Fee" not in html


def test_a_sheet_has_its_heading() -> None:
    assert '<h3 class="title">A</h3>b</section>' in rendered(
        '{% sheet "A" level=3 %}b{% endsheet %}'
    )
    assert (
        rendered('{% sheet kind="day" %}b{% endsheet %}')
        == '<section class="sheet day">b</section>'
    )


def test_an_empty_page_says_so_kindly() -> None:
    html = rendered('{% nothing "feather" %}<p>Nothing yet</p>{% endnothing %}')
    assert "#feather" in html
    assert "<p>Nothing yet</p>" in html


def test_a_chart_is_named_by_its_sentence() -> None:
    line, drawn = sparkline([1, 2], 0, 4), course([(1, 2)], 0, 4, cuts=[(2, "cut")])
    assert 'role="img" aria-label="Rising"' in rendered('{% spark l "Rising" %}', l=line)
    html = rendered('{% course c "Two of four" "number" %}', c=drawn)
    assert 'role="img" aria-label="Two of four"' in html
    assert ">cut</text>" in html


def test_an_address_is_drawn_dark_on_white_with_a_quiet_zone_and_a_name() -> None:
    code = rendered('{% qr a "A code" %}', a="https://holdspace.example/c/abc")
    assert 'role="img" aria-label="A code"' in code
    assert 'fill="#fff" d="M0 0h37v37' in code  # 29 modules, and four of quiet on either side
    assert 'stroke="#000" d="M4 4.5h7' in code
    assert "style" not in code
    assert code != rendered('{% qr a "A code" %}', a="https://holdspace.example/c/xyz")


def test_a_sparkline_of_nothing_has_no_dot() -> None:
    assert "circle" not in rendered('{% spark l "No answers" "calm" %}', l=sparkline([], 0, 4))


def test_numbers_in_drawings_keep_their_point_in_every_language() -> None:
    html = rendered(
        '{% load i18n %}{% language "de" %}{% spark l "x" %}{% endlanguage %}',
        l=sparkline([1, 2, 2], 0, 7),
    )
    assert "," not in html


def test_a_place_says_where_one_is() -> None:
    place = Place("Today", "/today/", "sun", current=True, count=2, key="t")
    html = rendered("{% entry place %}", place=place)
    assert 'aria-current="page"' in html
    assert 'data-key="t"' in html
    assert '<span class="count num">2</span>' in html


def test_the_head_of_a_page_can_lead_back() -> None:
    more = {"back_href": "/", "back": "Today", "over": "Monday", "under": "Room 2"}
    html = rendered('{% include "ui/head.html" %}', heading="A day", **more)
    assert "<h1>A day</h1>" in html
    assert 'href="/"' in html
    assert "button" not in rendered('{% include "ui/head.html" %}', heading="A day")
