"""Who told a story first, and who took it from whom: origin → source → article. Pure."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from streams.stories.origins import origins
from streams.web.story_answers import OriginAnswer, ReportAnswer, SourceReports

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from schemas.story import Report
    from streams.sources import Registry


def tree_of(reports: Sequence[Report], urls: Mapping[str, str], registry: Registry) -> list[OriginAnswer]:
    """Return the origins of a story, the earliest first; what nobody is known to own comes last.

    `urls`: of articles, where they are known. `reports` of a large story are its latest ones.
    """
    by_origin: dict[str | None, list[Report]] = {}
    for _, text in groupby(sorted(reports, key=_text), key=_text):
        copies = list(text)
        found = origins(copies).names
        by_origin.setdefault(found[0] if found else None, []).extend(copies)
    trees = [_origin(name, told, urls, registry) for name, told in by_origin.items()]
    return sorted(trees, key=lambda one: (one.origin is None, _first(one)))


def _origin(
    name: str | None, told: Iterable[Report], urls: Mapping[str, str], registry: Registry
) -> OriginAnswer:
    known = registry.find(name) if name else None
    kind: Literal["wire", "owner", "unknown"] = "owner" if name else "unknown"
    if known is not None and known.is_wire:
        kind = "wire"
    by_source: dict[str, list[Report]] = {}
    for report in sorted(told, key=lambda one: (one.published_at, one.article)):
        by_source.setdefault(report.source, []).append(report)
    return OriginAnswer(
        origin=name,
        name=known.name if known else None,
        kind=kind,
        sources=[_source(id_, articles, urls, registry) for id_, articles in by_source.items()],
    )


def _source(
    id_: str, articles: Iterable[Report], urls: Mapping[str, str], registry: Registry
) -> SourceReports:
    known = registry.find(id_)
    return SourceReports(
        id=id_,
        name=known.name if known else id_,
        owner=known.owner if known else None,
        articles=[
            ReportAnswer(
                id=one.article,
                url=urls.get(one.article),
                published_at=one.published_at,
                lang=one.lang,
                copy_of=one.copy_of,
                named=one.named,
            )
            for one in articles
        ],
    )


def _text(report: Report) -> str:
    return report.copy_of or report.article


def _first(tree: OriginAnswer) -> float:
    return min(one.published_at.timestamp() for source in tree.sources for one in source.articles)
