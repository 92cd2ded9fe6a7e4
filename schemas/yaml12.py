"""YAML as people write it today: `on`, `no` and `off` are words, only true and false are booleans (YAML 1.2)."""

from __future__ import annotations

import re
from typing import Any

import yaml


class Loader(yaml.CSafeLoader):
    """PyYAML's safe loader with the booleans of YAML 1.2. Country code NO and preposition `on` stay strings."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def load(text: str | bytes) -> Any:
    """Return what the YAML says. Raises yaml.YAMLError, whose mark names the line."""
    return yaml.load(text, Loader=Loader)  # noqa: S506 - a subclass of the safe loader
