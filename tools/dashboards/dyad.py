"""Dyad: one watched pair, its tension against what is usual for it, and the days since they spoke."""

from __future__ import annotations

from dashboards.dashboard import Dashboard, Row, choice, hidden
from dashboards.palette import BAND, DEESCALATORY, ESCALATORY, LOOK, POLARITY, WELL
from dashboards.panel import Query, Steps, bars, lines, stat
from dashboards.promql import grew

THIS = '{dyad="$dyad"}'
FORTH, BACK = '{dyad="$one>$other"}', '{dyad="$other>$one"}'
UNUSUAL: Steps = ((None, DEESCALATORY), (-2, WELL), (2, LOOK), (3.5, ESCALATORY))


def _days_since(contact: str) -> str:
    return f"(time() - {contact} (tocsin_dyad_last_contact_timestamp_seconds{THIS})) / 86400"


def _moved(polarity: str) -> str:
    return f'tocsin_dyad_events_total{{dyad="$dyad", polarity="{polarity}"}}'


NOW = Row(
    "$dyad now",
    (
        stat(
            "Tension",
            "The index, both ways; above 0 when what escalates outweighs.",
            f"max(tocsin_dyad_tension{THIS})",
            unit="none",
        ),
        stat(
            "z",
            "How far the index is from what is usual for this pair. No number: too few days for a baseline.",
            f"max(tocsin_dyad_tension_z{THIS})",
            unit="none",
            steps=UNUSUAL,
        ),
        stat(
            "Days since contact",
            "Since the last contact on any channel that the news told of.",
            _days_since("max"),
            unit="none",
        ),
        stat(
            "Refused since",
            "Times that contact was refused since the last one.",
            f"max(tocsin_dyad_refusals_in_a_row{THIS})",
        ),
        stat(
            "Lines open",
            "Hotlines and the like that were last told to be open.",
            f"max(tocsin_dyad_lines_open{THIS})",
        ),
        stat(
            "Lines cut",
            "Hotlines and the like that were last told to be cut.",
            f"max(tocsin_dyad_lines_cut{THIS})",
        ),
    ),
)

_usual = f"max(tocsin_dyad_tension_median{THIS})"
_spread = f"max(tocsin_dyad_tension_spread{THIS})"

TENSION = Row(
    "Tension",
    (
        lines(
            "Tension and its band",
            "The index with the band that is usual for this pair: the median of its baseline, two spreads up and down. "
            "No band: fewer days are held than a baseline needs.",
            Query(f"max(tocsin_dyad_tension{THIS})", "tension"),
            Query(_usual, "usual"),
            Query(f"{_usual} + 2 * {_spread}", "upper"),
            Query(f"{_usual} - 2 * {_spread}", "lower"),
            unit="none",
            width=24,
            low=None,
        )
        .painted({"tension": ESCALATORY, "usual": BAND, "upper": BAND, "lower": BAND})
        .overridden("tension", custom_lineWidth=2, custom_fillOpacity=0)
        .overridden("usual", custom_lineStyle={"fill": "dash", "dash": [6, 6]}, custom_fillOpacity=0)
        .overridden("lower", custom_fillOpacity=0, custom_lineWidth=0)
        .overridden("upper", custom_fillBelowTo="lower", custom_fillOpacity=15, custom_lineWidth=0)
        .linked("This dyad on the live page", "${web}/dyads/${dyad}"),
        bars(
            "Events up and down",
            "Happenings that began to count, a day: escalatory above the line, de-escalatory below it.",
            Query(grew(_moved("escalatory"), "1d"), "escalatory"),
            Query(f"-{grew(_moved('deescalatory'), '1d')}", "deescalatory"),
            low=None,
            every="1d",
        ).painted(POLARITY),
        lines(
            "Who moves it",
            "The index of each direction: what the first did to the second, and the reverse.",
            Query(f"max(tocsin_dyad_tension{FORTH})", "$one > $other"),
            Query(f"max(tocsin_dyad_tension{BACK})", "$other > $one"),
            unit="none",
            low=None,
        ),
        lines(
            "z over time",
            "Above 2 is unusual for this pair, below -2 unusually calm; beyond 3.5 either way an alert is raised.",
            Query(f"max(tocsin_dyad_tension_z{THIS})", "z"),
            unit="none",
            low=None,
            steps=UNUSUAL,
        ),
        lines(
            "What it rests on",
            "Stories that count in the index, and the days that the baseline is taken over.",
            Query(f"max(tocsin_dyad_stories{THIS})", "stories"),
            Query(f"max(tocsin_dyad_baseline_days{THIS})", "baseline days"),
        ),
    ),
)

CONTACT = Row(
    "Contact",
    (
        lines(
            "Days since contact, by channel",
            "It grows by one a day and falls when the news tell of a contact.",
            Query(_days_since("max by (channel)"), "{{channel}}"),
            unit="none",
        ),
        lines(
            "Refusals and lines",
            "Contact refused since the last one, and lines of communication as they were last told of.",
            Query(f"max(tocsin_dyad_refusals_in_a_row{THIS})", "refused"),
            Query(f"max(tocsin_dyad_lines_open{THIS})", "lines open"),
            Query(f"max(tocsin_dyad_lines_cut{THIS})", "lines cut"),
        ).painted({"refused": ESCALATORY, "lines open": DEESCALATORY, "lines cut": LOOK}),
    ),
)

_of_this = 'tocsin_dyad_lines_open{dyad="$dyad"}'

DYAD = Dashboard(
    name="dyad",
    title="tocsin: Dyad",
    about="One watched pair: its tension against its own baseline, what moved it, and the days since they spoke.",
    choices=(
        choice("dyad", "Dyad", "tocsin_dyad_lines_open", many=False),
        hidden(choice("one", "One side", _of_this, of="dyad", many=False, regex="/^([^-]+)-/")),
        hidden(choice("other", "The other", _of_this, of="dyad", many=False, regex="/-(.+)$/")),
    ),
    rows=(NOW, TENSION, CONTACT),
    range="now-30d",
)
