"""What machines write is said as a person would."""

import pytest

from holdspace.cellar.ui.spoken import browser_words, date_words

KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)"
CHROME = f"{KHTML} Chrome/139.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {CHROME}", "Chrome on Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0) {CHROME} Edg/139", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "Firefox on Linux"),
        (f"Mozilla/5.0 (iPhone; OS 18_5) {KHTML} Version/18.5 Safari/604", "Safari on iPhone"),
        ("curl/8.5.0", "A browser that does not say what it is"),
        ("", "A browser that does not say what it is"),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_people_name_it(agent: str, words: str) -> None:
    assert browser_words(agent) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1982-03-19", "19 Mar 1982"), ("1982-03", "March 1982"), ("1982", "1982"),
        ("1982-13-40", "1982-13-40"), ("spring 1982", "spring 1982"),
    ],
)  # fmt: skip
def test_as_much_of_a_date_as_is_known_is_written_out(written: str, words: str) -> None:
    assert date_words(written) == words
