from __future__ import annotations

import re

from tests.factories import a_story
from tests.web.browser.conftest import article, tell_all

MANY = 5_000
DRAWN_AT_MOST = 600  # cards in the document while thousands are in the feed
STALL_MS = 5_000  # for a machine that is shared by many; an idle one shows below 200


def headlines(page) -> list[str]:
    return page.locator(".card h3").all_inner_texts()


def test_the_feed_shows_stories_with_the_words_they_rest_on_in_their_own_language(running, look):
    page = look(running, "/?language=ar&language=fr")
    arabic = page.locator(".card q[lang=ar]", has_text="غارات")
    arabic.wait_for()
    assert arabic.get_attribute("dir") == "rtl"


def test_a_story_told_now_comes_into_the_feed_by_itself(running, look):
    page = look(running)
    page.get_by_text("Live", exact=True).wait_for()
    running.line.publish(
        article(
            source="reuters",
            title="Iran and Iraq defence ministers meet in Baghdad",
            body="The defence ministers of Iran and Iraq met in Baghdad on Monday.",
        )
    )
    told = page.locator(".card").first
    told.filter(has_text="IRN \u2013 IRQ").wait_for()


def test_filters_are_in_the_address_so_that_a_view_can_be_shared_and_left_again(running, look):
    page = look(running)
    everything = page.locator(".card")
    everything.first.wait_for()
    page.get_by_role("checkbox", name="De-escalatory").check()
    page.wait_for_url("**/?polarity=deescalatory")
    page.locator(".card .gauge.de").first.wait_for()
    assert page.locator(".card .gauge:not(.de)").count() == 0
    page.get_by_role("searchbox").fill("ceasefire")
    page.wait_for_url(re.compile("q=ceasefire"))
    shared = look(running, page.url.removeprefix(page.base))
    shared.get_by_role("button", name="Remove Text").wait_for()
    assert shared.get_by_role("checkbox", name="De-escalatory").is_checked()
    page.get_by_role("button", name="Clear all").click()
    page.locator(".card .gauge.esc").first.wait_for()
    page.go_back()
    page.get_by_role("button", name="Remove Polarity").wait_for()
    assert page.get_by_role("checkbox", name="De-escalatory").is_checked()


def test_a_filter_that_nothing_matches_says_so_and_how_to_get_out(running, look):
    page = look(running, "/?q=unheardof")
    page.get_by_text("No story matches these filters").wait_for()
    page.get_by_role("link", name="Clear the filters").click()
    page.locator(".card").first.wait_for()


def test_a_filter_that_makes_no_sense_is_named(running, look):
    page = look(running, "/?type=quarrel")
    page.get_by_role("alert").filter(has_text="quarrel").wait_for()


def test_the_feed_is_read_with_the_keyboard_alone(running, look):
    page = look(running)
    page.locator(".card").first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    second = page.locator(".card").nth(1)
    headline = second.locator("h3").inner_text()
    assert second.evaluate("card => card === document.activeElement")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=headline).wait_for()
    page.keyboard.press("u")
    page.locator(".card.at").filter(has_text=headline).wait_for()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("heading", name="Keys").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Keys").wait_for(state="hidden")  # until then the keys are the list's
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/dyads")


def test_a_paused_feed_counts_what_waits_and_lets_it_in(alone, look):
    page = look(alone)
    page.get_by_text("No stories yet").wait_for()
    page.get_by_text("Live", exact=True).wait_for()
    page.keyboard.press("p")
    alone.tell(a_story(actors=["RUS"], targets=["USA"]), a_story(actors=["IND"], targets=["PAK"]))
    page.get_by_role("button", name="Resume, 2 waiting").wait_for()
    assert page.locator(".card").count() == 0
    page.keyboard.press("p")
    page.locator(".card").nth(1).wait_for()


def test_a_reader_who_has_scrolled_down_keeps_his_place(alone, look):
    tell_all(alone, stories(60))
    page = look(alone)
    page.locator(".card").first.wait_for()
    page.mouse.move(800, 600)
    page.mouse.wheel(0, 2_500)
    page.wait_for_function("scrollY > 1000")
    place, read = page.evaluate("scrollY"), headlines(page)
    alone.tell(a_story(actors=["IND"], targets=["PAK"]))
    page.get_by_role("button", name="1 new or changed").wait_for()
    assert page.evaluate("scrollY") == place
    assert set(read) <= set(headlines(page))
    page.get_by_role("button", name="1 new or changed").click()
    page.locator(".card").first.filter(has_text="IND \u2013 PAK").wait_for()


def test_what_an_article_says_is_never_run(alone, look):
    attack = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    story = a_story(actors=["RUS"], targets=["USA"])
    quoted = story.evidence[0].model_copy(
        update={
            "url": "javascript:document.title='owned'",
            "evidence": story.evidence[0].evidence.model_copy(update={"quote": f"He said {attack} today"}),
        }
    )
    alone.tell(story.model_copy(update={"headline": f"Headline {attack}", "evidence": [quoted]}))
    page = look(alone)
    card = page.locator(".card").first
    card.wait_for()
    assert attack in card.locator("h3").inner_text()
    assert attack in card.locator("q").inner_text()
    page.locator(".card h3 a").click()
    page.get_by_role("heading", level=1).filter(has_text=attack).wait_for()
    assert page.locator("main script, main img, main a[href^=javascript]").count() == 0
    assert page.title().startswith("Headline <script>")


def stories(number: int) -> list:
    """Return stories that differ in their ids alone."""
    model = a_story(actors=["RUS"], targets=["USA"])
    return [
        model.model_copy(update={"id": f"{model.id}{at}", "headline": f"Story {at}"}) for at in range(number)
    ]


def test_five_thousand_stories_stay_light(alone, look):
    page = look(alone)
    page.get_by_text("No stories yet").wait_for()
    counters = page.context.new_cdp_session(page)
    counters.send("Performance.enable")
    page.evaluate(
        """() => { window.longest = 0;
        new PerformanceObserver(list => { for (const task of list.getEntries())
            window.longest = Math.max(window.longest, task.duration); }).observe({type: "longtask"}); }"""
    )
    tell_all(alone, stories(MANY))
    page.get_by_text(re.compile(r"^5,000$")).wait_for()
    page.locator(".card").first.wait_for()
    while not page.get_by_text("The end: 5,000 stories.").count():
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(50)
        if page.locator(".news button").count():  # what came while the reader was below
            page.locator(".news button").click()
        assert page.locator(".card").count() < DRAWN_AT_MOST
    page.keyboard.press("j")
    page.locator(".card.at").wait_for()
    drawn = {one["name"]: one["value"] for one in counters.send("Performance.getMetrics")["metrics"]}
    assert drawn["LayoutCount"] < MANY / 2
    longest = page.evaluate("window.longest")
    assert longest < STALL_MS, f"a task of {longest:.0f} ms"
