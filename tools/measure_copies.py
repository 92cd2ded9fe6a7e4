"""Print how well near-copies are told from independent reports: `python -m tools.measure_copies`."""

from __future__ import annotations

from tests.copies.measure import measure


def main() -> None:
    """Print what was made and found, a line for each kind of copy, then precision and recall over pairs."""
    figures = measure()
    for kind, count in figures.made.items():
        print(f"{kind:<22} {figures.found[kind]:>5} of {count}")
    print(f"independent pairs taken for copies: {figures.taken_for_copies} of {figures.independent}")
    print(f"precision {figures.precision:.3f}, recall {figures.recall:.3f}")


if __name__ == "__main__":
    main()
