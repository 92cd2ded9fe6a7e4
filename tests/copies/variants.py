"""Copies of a text as newspapers make them: the same for the same seed."""

from __future__ import annotations

import random
import re

WORD = re.compile(r"[一-鿿]|\w+")
CREDITS = (
    "(AFP)",
    "With reporting by agencies.",
    "© Agence France-Presse",
    "Our correspondent contributed to this report.",
)


def edited(text, share, seed):
    """Return the text with this share of its words changed for other words of the text, or left out."""
    chance = random.Random(f"edited {seed}")
    words = WORD.findall(text)

    def change(found):
        if chance.random() >= share:
            return found.group()
        return "" if chance.random() < 0.25 else chance.choice(words)

    return WORD.sub(change, text)


def cut(text, seed, keep=0.67):
    """Return the text without its last paragraphs, or without one in the middle."""
    paragraphs = text.strip().split("\n")
    chance = random.Random(f"cut {seed}")
    kept = max(2, round(len(paragraphs) * keep))
    if chance.random() < 0.5:
        return "\n".join(paragraphs[:kept])
    left_out = chance.randrange(1, len(paragraphs))
    return "\n".join(paragraphs[:left_out] + paragraphs[left_out + 1 :])


def credited(text, seed):
    """Return the text with a dateline before it and a credit behind it."""
    return f"KYIV, May 13 - {text.strip()}\n{random.Random(f'credit {seed}').choice(CREDITS)}"


def respelled(text):
    """Return the text with other quotation marks and dashes, and all in one paragraph."""
    marks = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "—": "-", "\u2019": "'"})
    return " ".join(text.translate(marks).split())


KINDS = {
    "exact": lambda text, _: text,
    "respelled": lambda text, _: respelled(text),
    "credited": credited,
    "5 % of words": lambda text, seed: edited(text, 0.05, seed),
    "10 % of words": lambda text, seed: edited(text, 0.10, seed),
    "15 % of words": lambda text, seed: edited(text, 0.15, seed),
    "cut": cut,
    "cut, credited": lambda text, seed: credited(cut(text, seed), seed),
    "cut, credited, 10 %": lambda text, seed: credited(cut(edited(text, 0.10, seed), seed), seed),
    "cut, credited, 15 %": lambda text, seed: credited(cut(edited(text, 0.15, seed), seed), seed),
}
"""What is done to a text, by a name for people."""
