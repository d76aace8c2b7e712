"""A real house, tried in a real browser without TLS: refused anywhere but on this machine."""

import pytest
from playwright.sync_api import Browser, expect

from tests.cli.houses import PASSWORD, House
from tests.cli.terminal import Terminal
from tests.practice.browser import code_of


@pytest.mark.enable_socket
def test_a_house_is_tried_from_sign_in_to_today(founded: House, browser: Browser) -> None:
    with founded.served("trial") as served:
        served.page()
        context = browser.new_context(base_url=f"http://localhost:{served.port}")
        page = context.new_page()
        trial = page.get_by_text("This is a trial without TLS")
        page.goto("/")
        expect(trial).to_be_visible()
        page.locator("input[name=login]").fill("olive@canary.example")
        page.locator("input[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Set up an app").click()
        page.locator("input[name=password]").fill(PASSWORD)  # it is still they
        page.keyboard.press("Enter")
        secret = page.locator("#secret").input_value()
        page.locator("input[name=code]").fill(code_of(secret))
        page.keyboard.press("Enter")
        expect(page.locator("#secret")).to_have_count(0)
        page.goto("/")
        expect(page.get_by_role("link", name="Caseload").first).to_be_visible()
        expect(trial).to_be_visible()
        kept = {cookie["name"]: cookie["secure"] for cookie in context.cookies()}
        assert kept == {"trial-session": False, "trial-csrf": False}
        context.close()


def test_a_trial_is_not_served_to_others(founded: House) -> None:
    """Not even where the settings of the trial are slipped under `serve`."""
    slipped = founded.environment(key_file=founded.key_file)
    slipped["DJANGO_SETTINGS_MODULE"] = "holdspace.settings.trial"
    with Terminal("serve", "--host", "0.0.0.0", environment=slipped) as desk:  # noqa: S104 - refused
        assert desk.ended() == 1
    assert desk.read == "Without TLS this is served on this machine only (127.0.0.1).\r\n"
    assert "No such option" in founded.run("trial", "--host", "0.0.0.0")[2]  # noqa: S104 - refused
