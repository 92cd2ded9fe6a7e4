"""The instruments of stories: how they grow, how many are held, how soon they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.metrics.labels import Label

if TYPE_CHECKING:
    from schemas import Story
    from streams.metrics.instruments import Instruments

ORIGINS = (0, 1, 2, 3, 5, 10, 20)
TRANSIT = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)  # seconds from topic to topic


class StoryMetrics:
    """The instruments, and one method for each thing that is counted."""

    def __init__(self, make: Instruments) -> None:
        self._labels = labels = make.labels
        self._kind = Label("kind", values=("begins", "joins", "near_copy"))
        self._reason = Label("reason", values=("ended", "limit"))
        self._emitted = make.counter("tocsin_stories_emitted", "Revisions of stories sent.", labels.novelty)
        self._origins = make.histogram(
            "tocsin_story_origins",
            "Independent first reporters of each revision of a story.",
            buckets=ORIGINS,
        )
        self._mentions = make.counter(
            "tocsin_mentions_merged",
            "Events by what they were to a story: they begin it, join it, or join it in a near-copy of a text read "
            "before, which adds no origin.",
            self._kind,
        )
        self._delay = make.histogram(
            "tocsin_story_delay_seconds",
            "From an article on its topic to the revision of a story that it makes.",
            buckets=TRANSIT,
        )
        self._held = make.gauge("tocsin_stories_held", "Live stories.", labels.partition)
        self._mentions_held = make.gauge(
            "tocsin_story_mentions_held", "Mentions that live stories hold.", labels.partition
        )
        self._let_go = make.counter(
            "tocsin_stories_let_go",
            "Stories let go: ended, nobody tells them any more; limit, too many mentions were held.",
            self._reason,
        )

    def emitted(self, story: Story) -> None:
        """Count a revision."""
        self._emitted.labels(self._labels.novelty(story.novelty)).inc()
        self._origins.observe(story.origins)

    def merged(self, story: Story, article: str) -> None:
        """Count the mention of an article that made this revision."""
        report = next((report for report in story.reports if report.article == article), None)
        is_copy = report is not None and report.copy_of is not None
        kind = "begins" if story.revision == 1 else "near_copy" if is_copy else "joins"
        self._mentions.labels(self._kind(kind)).inc()

    def told_after(self, seconds: float) -> None:
        """Observe the way of an article from its topic to a story."""
        self._delay.observe(max(0.0, seconds))

    def holds(self, partition: int, stories: int, mentions: int) -> None:
        """Note how many stories and mentions a partition holds."""
        label = self._labels.partition(partition)
        self._held.labels(label).set(stories)
        self._mentions_held.labels(label).set(mentions)

    def holds_nothing(self) -> None:
        """Note that every partition went: what another worker holds is not told from here."""
        self._held.clear()
        self._mentions_held.clear()

    def let_go(self, reason: str, stories: int) -> None:
        """Count stories that are held no more."""
        self._let_go.labels(self._reason(reason)).inc(stories)
