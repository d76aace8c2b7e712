"""Repetitions: written as RFC 5545, named as moments, said in words."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.hour.encounters.recurrence import (
    Every,
    NotARule,
    Rule,
    days,
    from_text,
    moment,
    occurrences,
    shifted,
    split,
    to_text,
    words,
)

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
TEN = time(10)
MONDAY = date(2026, 3, 2)


def named(rule: Rule, first: date, clock: time = TEN, zone: ZoneInfo = LONDON) -> list[str]:
    found = occurrences(rule, first, clock, zone, at_most=260)
    return [f"{one:%m-%d %H:%M}" for one in found]


RULES = st.builds(
    Rule,
    st.just(Every.WEEK),
    st.integers(1, 9),
    st.lists(st.integers(0, 6), max_size=7).map(tuple),
    count=st.integers(1, 60),
) | st.builds(
    Rule,
    st.sampled_from(Every),
    st.integers(1, 9),
    until=st.dates(date(2026, 1, 1), date(2031, 1, 1)),
)


@given(RULES, st.sampled_from([LONDON, NEW_YORK, ZoneInfo("Pacific/Auckland")]))
def test_a_rule_reads_back_as_it_was_written(rule: Rule, zone: ZoneInfo) -> None:
    assert from_text(to_text(rule, zone), zone) == rule


@given(RULES, st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0))
def test_the_two_halves_of_a_rule_are_the_whole(rule: Rule, first: date, number: int) -> None:
    whole = list(days(rule, first))
    if not whole:
        return
    on = whole[number % len(whole)]
    head, tail = split(rule, first, on)
    before = list(days(head, first)) if head else []
    assert before + list(days(tail, on)) == whole


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.times(), st.sampled_from([LONDON, NEW_YORK])
)
def test_a_moment_is_what_the_clock_says_unless_the_clock_skips_it(
    day: date, clock: time, zone: ZoneInfo
) -> None:
    local = moment(day, clock, zone).astimezone(zone)
    said = datetime.combine(day, clock.replace(fold=0))
    assert local.replace(tzinfo=None, fold=0) in (said, said + timedelta(hours=1))


def test_ten_o_clock_stays_ten_o_clock_when_london_changes() -> None:
    weekly = Rule(Every.WEEK, count=3)
    assert named(weekly, date(2026, 3, 23)) == ["03-23 10:00", "03-30 09:00", "04-06 09:00"]
    assert named(weekly, date(2026, 10, 19)) == ["10-19 09:00", "10-26 10:00", "11-02 10:00"]


def test_ten_o_clock_stays_ten_o_clock_when_new_york_changes() -> None:
    weekly = Rule(Every.WEEK, count=2)
    assert named(weekly, date(2026, 3, 2), zone=NEW_YORK) == ["03-02 15:00", "03-09 14:00"]
    assert named(weekly, date(2026, 10, 26), zone=NEW_YORK) == ["10-26 14:00", "11-02 15:00"]


def test_a_time_that_the_clock_skips_moves_forward() -> None:
    skipped = moment(date(2026, 3, 29), time(1, 30), LONDON)
    assert f"{skipped.astimezone(LONDON):%H:%M}" == "02:30"
    assert moment(date(2026, 3, 8), time(2, 30), NEW_YORK).astimezone(NEW_YORK).hour == 3


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment(date(2026, 10, 25), time(1, 30), LONDON) == first
    assert moment(date(2026, 10, 25), time(1, 30, fold=1), LONDON) == first


def test_months_without_a_31st_are_left_out() -> None:
    monthly = Rule(Every.MONTH, count=3)
    assert named(monthly, date(2026, 1, 31)) == ["01-31 10:00", "03-31 09:00", "05-31 09:00"]


def test_the_29th_of_february_comes_in_leap_years() -> None:
    yearly = Rule(Every.MONTH, 12, count=2)
    assert list(days(yearly, date(2024, 2, 29))) == [date(2024, 2, 29), date(2028, 2, 29)]
    assert date(2024, 2, 29) in days(Rule(Every.DAY, until=date(2024, 3, 1)), date(2024, 2, 28))


def test_several_days_of_a_week_every_other_week() -> None:
    rule = Rule(Every.WEEK, 2, (3, 0), count=4)
    assert list(days(rule, MONDAY)) == [
        MONDAY, date(2026, 3, 5), date(2026, 3, 16), date(2026, 3, 19),
    ]  # fmt: skip


def test_the_last_day_is_included_in_its_own_time_zone() -> None:
    rule = Rule(Every.DAY, until=MONDAY)
    assert to_text(rule, NEW_YORK) == "FREQ=DAILY;UNTIL=20260303T045959Z"
    assert named(rule, MONDAY, time(23, 59), NEW_YORK) == ["03-03 04:59"]


def test_a_rule_from_elsewhere_is_understood() -> None:
    rule = from_text("RRULE:FREQ=WEEKLY;BYDAY=TU,MO;UNTIL=20260401", LONDON)
    assert rule == Rule(Every.WEEK, 1, (0, 1), until=date(2026, 4, 1))
    floating = from_text("FREQ=DAILY;INTERVAL=2;UNTIL=20260401T100000", LONDON)
    assert floating == Rule(Every.DAY, 2, until=date(2026, 4, 1))


@pytest.mark.parametrize(
    "text",
    [
        "", "every Monday", "FREQ=YEARLY;COUNT=2", "FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=2;COUNT=3",
        "FREQ=WEEKLY;COUNT=0", "FREQ=WEEKLY;COUNT=two", "FREQ=WEEKLY;COUNT=1;UNTIL=20260401",
        "FREQ=WEEKLY;BYDAY=XX;COUNT=2", "FREQ=MONTHLY;BYDAY=MO;COUNT=2",
        "FREQ=DAILY;UNTIL=2026-13-1",
        "FREQ=WEEKLY;BYSETPOS=1;COUNT=2", "FREQ=WEEKLY;INTERVAL=0;COUNT=2",
        "FREQ=DAILY;COUNT=99999",
        "FREQ=DAILY;UNTIL=00010101T000000Z",
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotARule, match=r"\.$"):
        from_text(text, NEW_YORK)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(NotARule, match="seven days"):
        Rule(Every.WEEK, weekdays=(7,), count=1)


def test_a_series_is_not_endless() -> None:
    with pytest.raises(NotARule, match="at most 260"):
        occurrences(Rule(Every.DAY, count=261), MONDAY, TEN, LONDON, at_most=260)


def test_a_series_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(NotARule, match="before it begins"):
        occurrences(Rule(Every.DAY, until=date(2026, 3, 1)), MONDAY, TEN, LONDON, at_most=260)


def test_a_rule_cannot_be_split_after_its_end() -> None:
    with pytest.raises(NotARule, match="has ended"):
        split(Rule(Every.DAY, count=2), MONDAY, date(2026, 3, 9))
    with pytest.raises(NotARule, match="has ended"):
        split(Rule(Every.DAY, until=MONDAY), MONDAY, date(2026, 3, 9))


def test_a_rule_moves_by_days() -> None:
    rule = Rule(Every.WEEK, weekdays=(0, 6), until=date(2026, 4, 1))
    assert shifted(rule, 1) == Rule(Every.WEEK, weekdays=(0, 1), until=date(2026, 4, 2))
    assert shifted(Rule(Every.DAY, count=2), 1) == Rule(Every.DAY, count=2)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule(Every.WEEK, count=12), "every Monday at 10:00, 12 times"),
        (
            Rule(Every.WEEK, 2, (0, 1, 4), count=1),
            "every 2 weeks on Monday, Tuesday and Friday at 10:00, once",
        ),
        (Rule(Every.DAY, until=date(2026, 4, 1)), "every day at 10:00, until 2026-04-01"),
        (Rule(Every.DAY, 3, count=2), "every 3 days at 10:00, 2 times"),
        (Rule(Every.MONTH, count=2), "every month on day 2 at 10:00, 2 times"),
        (Rule(Every.MONTH, 3, count=2), "every 3 months on day 2 at 10:00, 2 times"),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_words(rule: Rule, said: str) -> None:
    assert words(rule, MONDAY, TEN) == said


def test_the_last_day_is_written_as_the_page_writes_days() -> None:
    rule = Rule(Every.DAY, until=date(2026, 4, 1))
    assert words(rule, MONDAY, TEN, str, "{:%d.%m.}".format).endswith("until 01.04.")


def test_why_it_is_no_rule_is_said_in_another_language() -> None:
    with pytest.raises(NotARule) as refusal:
        Rule(Every.DAY, step=1000, count=1)
    german = {"A repetition steps by 1 to {most}.": "Schritte von 1 bis {most}."}
    assert refusal.value.said(german.__getitem__) == "Schritte von 1 bis 99."
