"""Story, dyad, matrix, map and rule lab on a running line."""

from __future__ import annotations

import re

import pytest

from schemas import Evidence
from tests.factories import a_party, a_story, an_event
from tests.web.browser.conftest import TOKEN


@pytest.fixture
def story(running):
    """The story of two ministers who spoke, told in three languages."""
    found = running.get("/stories?type=military_communication&dyad=RUS-USA")["items"]
    return next(one for one in found if len(one["langs"]) == 3)


def test_a_story_shows_every_mention_with_its_words_marked_in_its_own_language(running, look, story):
    page = look(running, f"/stories/{story['id']}")
    page.get_by_role("heading", name="Evidence").wait_for()
    quotes = page.locator(".mention .evidence")
    assert {quotes.nth(at).get_attribute("lang") for at in range(quotes.count())} == {"fr", "en", "ru"}
    french = page.locator(".evidence[lang=fr]").first
    assert french.locator("mark.role-actor").inner_text() == "Lloyd Austin"
    assert french.locator("mark.role-trigger").count() == 1
    assert french.inner_text() == "Lloyd Austin s\u2019entretient avec Sergueï Choïgou"


def test_marks_stand_right_behind_letters_that_a_browser_counts_twice(alone, look):
    quote = "\U0001f534 \U0001f1fa\U0001f1f8 USA speaks with RUS"
    start = quote.index("USA")
    actor = a_party("USA", start=start, end=start + 3)
    trigger = Evidence(quote=quote, start=0, end=len(quote), lang="en", trigger="speaks with")
    alone.tell(told := a_story(an_event(actors=[actor], evidence=trigger)))
    page = look(alone, f"/stories/{told.id}")
    page.locator(".evidence mark.role-actor").wait_for()
    assert page.locator(".evidence mark.role-actor").inner_text() == "USA"
    assert page.locator(".evidence mark.role-trigger").inner_text() == "speaks with"


def test_a_story_shows_who_had_it_first_and_what_the_rules_made_of_it(running, look, story):
    page = look(running, f"/stories/{story['id']}")
    origins = page.locator(".tree")
    origins.wait_for()
    assert "TASS" in origins.inner_text()
    fired = page.locator(".rules .fired")
    fired.first.wait_for()
    assert fired.first.locator(".why li, .links li").count() > 0
    page.get_by_text("did not fire").first.click()
    page.locator(".quiet-rule").first.wait_for()


def test_feedback_asks_for_the_token_once(running, look, story):
    page = look(running, f"/stories/{story['id']}")
    page.get_by_role("button", name="Right").click()
    page.get_by_role("textbox", name="Token", exact=True).fill(TOKEN)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("“Right” is noted").wait_for()
    page.get_by_role("button", name="Wrong date").click()
    page.get_by_text("“Wrong date” is noted").wait_for()


def test_a_wrong_token_is_refused(running, look, story):
    page = look(running, f"/stories/{story['id']}")
    page.get_by_role("button", name="Right").click()
    page.get_by_role("textbox", name="Token", exact=True).fill("not the token of this page")
    page.get_by_role("button", name="Send").click()
    page.locator(".said.failed").wait_for()


def test_a_dyad_shows_its_tension_what_happened_and_how_long_nobody_spoke(running, look):
    page = look(running, "/dyads")
    page.get_by_role("link", name="RUS \u2013 UKR").click()
    page.wait_for_url("**/dyads/RUS-UKR")
    page.locator(".lollipop.de").first.wait_for()
    assert page.locator(".lollipop.esc").count() > 0
    assert page.locator(".lollipop.hollow").count() > 0
    assert page.locator(".chart .band").count() == 1
    assert "Days since contact" in page.locator(".figures").inner_text()
    page.get_by_role("link", name=re.compile("All stories")).click()
    page.wait_for_url("**/?dyad=RUS-UKR")


def test_a_cell_of_the_matrix_leads_to_its_stories(running, look):
    page = look(running, "/matrix")
    cell = page.get_by_role("link", name=re.compile("^RUS to UKR: .*escalatory"))
    cell.click()
    page.wait_for_url("**/?dyad=RUS-UKR")
    page.locator(".card").first.wait_for()


def test_the_map_shows_areas_and_no_point_for_what_is_known_of_a_state_alone(running, look):
    page = look(running, "/map")
    page.locator(".world .area").first.wait_for()
    places = running.get("/places")["items"]
    states = {one["country"] for one in places if one["precision"] == "country"}
    shaded = {one.get_attribute("data-state") for one in page.locator(".land.shaded").element_handles()}
    assert shaded == states
    assert page.locator(".world .area").count() == len(
        [one for one in places if one["precision"] != "country"]
    )
    before = page.locator(".world").get_attribute("viewBox")
    page.get_by_role("button", name="Zoom in").click()
    assert page.locator(".world").get_attribute("viewBox") != before


def test_a_place_lies_in_its_state_on_the_map(running, look):
    page = look(running, "/map")
    kyiv = page.locator(".world .area", has_text="Kyiv")
    kyiv.wait_for()
    inside = page.evaluate(
        """circle => document.querySelector("[data-state=UKR]").isPointInFill(
        new DOMPoint(circle.cx.baseVal.value * 10, circle.cy.baseVal.value * 10))""",
        kyiv.element_handle(),
    )
    assert inside


def test_a_rule_is_tried_on_the_stories_kept(running, look):
    page = look(running, "/rules")
    page.get_by_label("Start from").select_option(index=1)
    assert "rules:" in page.get_by_label("Rule, YAML").input_value()
    page.get_by_role("button", name="Back-test").click()
    page.get_by_role("heading", name="Samples").wait_for()


def test_mistakes_of_a_rule_are_told_by_line(running, look):
    page = look(running, "/rules")
    page.get_by_label("Rule, YAML").fill("rules:\n  - id: broken\n    version: 1\n    titel: x\n")
    page.get_by_role("button", name="Back-test").click()
    mistakes = page.locator(".mistakes")
    mistakes.wait_for()
    mistakes.get_by_role("button", name=re.compile("Line")).first.click()
    assert page.evaluate("document.activeElement.id") == "rule"
