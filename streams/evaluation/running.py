"""A run of the tagger over gold."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from streams.evaluation.comparing import Comparison, compare
from streams.evaluation.figures import cases_figures
from streams.evaluation.gold import Case, Probe
from streams.evaluation.probing import Probed, probe, probes_figures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.tagging import Tagger


@dataclass(slots=True)
class Run:
    """What the tagger made of one set of gold. `took` is the time in the tagger alone, in seconds."""

    comparisons: list[Comparison] = field(default_factory=list)
    probed: list[Probed] = field(default_factory=list)
    took: float = 0.0

    def figures(self) -> dict[str, Any]:
        """Return every figure of the run, ready for JSON."""
        figures = cases_figures(self.comparisons) if self.comparisons else {}
        if self.probed:
            figures["probes"] = probes_figures(self.probed)
        texts = len(self.comparisons) + len(self.probed)
        return {**figures, "texts": texts, "seconds": round(self.took, 3)}


def evaluate(tagger: Tagger, gold: Iterable[Case | Probe]) -> Run:
    """Return what the tagger makes of these texts, each read on the day it was published."""
    run = Run()
    for text in gold:
        article = text.article
        began = time.perf_counter()
        events = tagger.tag(article, now=text.published_at).events
        run.took += time.perf_counter() - began
        if isinstance(text, Probe):
            run.probed.append(probe(text, events))
        else:
            run.comparisons.append(compare(text, events))
    return run
