"""Colours with a meaning, the same on every dashboard. After Okabe and Ito: told apart by the colour-blind too."""

from __future__ import annotations

ESCALATORY = "#D55E00"  # vermilion
DEESCALATORY = "#0072B2"  # blue
NEUTRAL = "#8A8A8A"  # grey
POLARITY = {"escalatory": ESCALATORY, "deescalatory": DEESCALATORY, "neutral": NEUTRAL}

WELL = "#009E73"  # bluish green
LOOK = "#E69F00"  # orange
WRONG = "#D55E00"  # vermilion: what is wrong with tocsin is never on a panel about polarity
PLAIN = "#56B4E9"  # sky blue: a number that is neither good nor bad
BAND = "#8A8A8A"
