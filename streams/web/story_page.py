"""The story page, put together of what is kept and of what lies on the topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Unreadable
from streams.alerting.variables import Surroundings, Tension
from streams.web.mentions import contradiction_of, mentions_of
from streams.web.origin_tree import tree_of
from streams.web.story_answers import RevisionAnswer, StoryAnswer
from streams.web.verdicts import verdicts

if TYPE_CHECKING:
    from schemas import Event, Story
    from streams.alerting import Rules
    from streams.web.kept import Kept
    from streams.web.lookup import LookUp
    from streams.web.picture import Picture


async def story_page(id_: str, picture: Picture, look_up: LookUp, rules: Rules) -> StoryAnswer | None:
    """Return the page of a story; None when it is not kept, or lies on its topic no more.

    Raises BrokerUnreachable.
    """
    kept = picture.history.get(id_)
    if kept is None:
        return None
    try:
        story = await look_up.story(kept)
    except Unreadable:
        return None
    if story is None:
        return None
    events = [event async for event in look_up.events(story, picture.places)]
    return assembled(kept, story, events, picture, rules)


def assembled(kept: Kept, story: Story, events: list[Event], picture: Picture, rules: Rules) -> StoryAnswer:
    """Return the page of a story of which these events could be looked up."""
    mentions = mentions_of(story, events)
    urls = {one.article.id: one.article.url for one in mentions if one.article.url}
    card = kept.card()
    revisions = picture.revisions.of(story.id)
    if not revisions or revisions[0].revision > 1:
        revisions.insert(
            0, RevisionAnswer(revision=1, at=card.updated_at if card.revision == 1 else card.first_seen)
        )
    judged = picture.verdicts.get(story.id)
    return StoryAnswer(
        card=card,
        mentions=mentions,
        mentions_beyond=max(0, story.mentions - len(mentions)),
        origins=tree_of(story.reports, urls, picture.registry),
        contradictions=[contradiction_of(one) for one in story.contradictions],
        revisions=revisions,
        codes=story.lead.codes.model_dump(mode="json", exclude_none=True),
        rules=verdicts(story, rules, picture.alarms.on(story.id), kept.rules, surroundings(picture)),
        attributes=dict(story.attributes),
        verdict=judged.verdict.value if judged else None,
    )


def surroundings(picture: Picture) -> Surroundings:
    """Return what rules read beside the story: sources, and the tension of watched dyads as it is now."""
    tensions = {id_: Tension(dyad.tension.value, dyad.tension.z) for id_, dyad in picture.dyads.items()}
    return Surroundings(picture.registry, tensions)
