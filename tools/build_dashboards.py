"""Write the Grafana dashboards from their description; with `--check` only compare them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dashboards import DASHBOARDS

FOLDER = Path(__file__).parents[1] / "deploy" / "grafana" / "dashboards"


def files() -> dict[str, str]:
    """Return every dashboard by the name of its file."""
    return {
        f"{dashboard.name}.json": json.dumps(dashboard.json(), indent=2, ensure_ascii=False) + "\n"
        for dashboard in DASHBOARDS
    }


def main() -> None:
    """Write the files, or with --check exit 1 naming those that are out of step."""
    written, there = files(), {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    if "--check" in sys.argv[1:]:
        stale = [name for name in written.keys() | there.keys() if written.get(name) != there.get(name)]
        if stale:
            sys.exit(
                f"out of step: {', '.join(sorted(stale))} in {FOLDER}; run python tools/build_dashboards.py"
            )
        return
    for name in there.keys() - written.keys():
        (FOLDER / name).unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
