"""One wire text, printed by two hundred papers, is one story with one origin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from schemas import Article
from streams.stories import Stories
from streams.tagging import Tagger
from tests.copies.variants import cut, edited, respelled

PUBLISHED = datetime(2022, 5, 13, 20, tzinfo=UTC)
LEAD = (
    "US Defense Secretary Lloyd Austin spoke by phone on Friday with his Russian counterpart, Sergei Shoigu."
)
REST = """The conversation lasted about an hour and came at the request of Washington, officials at the Pentagon said.
Neither side published details of what had been discussed, and aides described the tone as professional.
Diplomats in several capitals had pressed for weeks for some form of direct contact between the two departments.
Analysts said that regular exchanges lower the danger that an incident in the air or at sea gets out of hand.
A former ambassador said that the length of the conversation mattered less than the fact that it had taken place.
Markets showed little reaction in late trading, and the rouble closed slightly higher against the dollar.
The two men have known each other since they began their terms and have met at several conferences."""
TITLES = ("An hour on the telephone", "Washington", "Friday evening", "World in brief", "")
CREDITS = ("", "(AFP)", "With AFP", "© AFP", "Copyright. All rights reserved.")


def printed(number: int) -> Article:
    """Return the text as one paper prints it: retitled, cut, credited or not, with small edits."""
    rest = cut(REST, number) if number % 3 else REST
    rest = edited(rest, (number % 4) * 0.03, number)
    body = f"{LEAD}\n{rest}\n{CREDITS[number % len(CREDITS)]}"
    return Article(
        id=f"paper-{number}",
        source=f"paper-{number}",
        title=TITLES[number % len(TITLES)],
        body=respelled(body) if number % 7 == 0 else body,
        lang="en",
        published_at=PUBLISHED + timedelta(minutes=number),
    )


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load()


def told(articles, tagger, family):
    stories, last = Stories(family=family), {}
    for article in articles:
        for event in tagger.tag(article, now=article.published_at).events:
            if story := stories.add(event):
                last[story.id] = story
    return [
        story
        for story in last.values()
        if story.type == "military_communication" and story.status == "occurred"
    ]


def test_two_hundred_papers_print_one_text(tagger):
    owners = {f"paper-{number}": f"owner-{number}" for number in range(200)} | {"afp": "afp"}
    [story] = told(map(printed, range(200)), tagger, owners.get)
    assert (story.mentions, story.origins, story.origin_names) == (200, 1, ["afp"])
    assert len(story.sources) == 200


def test_a_paper_that_asked_for_itself_is_a_second_origin(tagger):
    own = Article(
        id="own",
        source="daily",
        title="After the winter",
        body="Russia's defence minister Sergei Shoigu talked by telephone with Lloyd Austin on Friday, two aides in "
        "Moscow told this newspaper. Both had been waiting for it since the winter, one of them said.",
        lang="en",
        published_at=PUBLISHED + timedelta(hours=2),
    )
    owners = {"daily": "daily-group", "paper-1": "owner-1", "paper-2": "owner-2"}
    [story] = told([printed(1), printed(2), own], tagger, owners.get)
    assert story.origin_names == ["afp", "daily-group"]
