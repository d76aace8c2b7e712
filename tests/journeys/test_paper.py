"""What is printed: the day, the diary and the charts, and nothing that is pressed."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import Demo, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
PRESSED = "a.button, button, nav, .thumb, .more"


@pytest.mark.parametrize(
    ("address", "whole"), [("/", ".slot"), ("/calendar/", ".block"), ("/caseload/", "svg.spark")]
)
def test_paper_shows_the_work_and_nothing_that_is_pressed(
    desk: BrowserContext, demo: Demo, address: str, whole: str
) -> None:
    page = sign_in(desk, demo)
    page.goto(address)
    shown = page.locator(whole).count()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(PRESSED).filter(visible=True).count() == 0
    assert page.locator(whole).filter(visible=True).count() == shown > 0
    expect(page.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
