"""Build the look-up files of the tagger from its lexicon and actor lists; with `--check` only compare them.

Exit codes: 0 done or in step, 1 the data has mistakes or the look-up files are out of step.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lookups.build import build
from lookups.source import BadData

ROOT = Path(__file__).parents[1]
DATA = "streams/tagging/data"
COMPILED = "streams/tagging/compiled"


def main(arguments: list[str] | None = None) -> int:
    """Build or check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a file would change")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    try:
        built = build(options.root / DATA, DATA)
    except BadData as error:
        count = len(error.mistakes)
        print(f"{error}\n{count} mistake{'s' * (count != 1)}, nothing written", file=sys.stderr)
        return 1
    folder = options.root / COMPILED
    for line in built.unread:
        print(line, file=sys.stderr)
    if options.check:
        return max(check(folder, built.files), bool(built.unread))
    write(folder, built.files)
    for language, concepts in built.wordless.items():
        if concepts:
            print(f"{language}: no word stands for {', '.join(concepts)}")
    return int(bool(built.unread))


def check(folder: Path, files: dict[str, bytes]) -> int:
    """Say which files are out of step with the data."""
    there = {path.name for path in _built(folder)}
    stale = [
        name
        for name in sorted(there | set(files))
        if name not in there or (folder / name).read_bytes() != files.get(name)
    ]
    for name in stale:
        print(f"{COMPILED}/{name} is out of step with {DATA}: run `make lexicon`", file=sys.stderr)
    return 1 if stale else 0


def _built(folder: Path) -> list[Path]:
    return [path for suffix in ("json", "tsv") for path in folder.glob(f"*.{suffix}")]


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files, remove those that no data stands for, and say what came out."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in _built(folder):
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
        print(f"{COMPILED}/{name}: {len(content.splitlines()):,} lines, {len(content):,} bytes")


if __name__ == "__main__":
    sys.exit(main())
