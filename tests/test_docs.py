from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from schemas.topics import TOPICS
from streams.cli import cli
from tools.write_docs import commands

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PLACES = "schemas|streams|tests|deploy|docs|seeds|bench|tools|.ci"

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


COMMANDS = dict(commands("tocsin", cli))


def test_the_reference_pages_are_in_step_with_the_code():
    result = subprocess.run(
        [sys.executable, ROOT / "tools" / "write_docs.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_and_option_says_what_it_does(words):
    assert COMMANDS[words].help
    silent = [
        option.name
        for option in COMMANDS[words].params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []


@each_page
def test_every_path_that_a_page_names_exists(page):
    named = re.findall(rf"(?<![\w./])((?:{PLACES})/[\w./-]*[\w/])", page.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []


@each_page
def test_every_link_of_a_page_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@each_page
def test_every_command_that_a_page_shows_exists(page):
    shown = {
        tuple(words.split()) for words in re.findall(r"(?<![\w/.-])tocsin ([a-z]+(?: [a-z]+)?)", code(page))
    }
    exist = {tuple(words.split()[1:]): command for words, command in COMMANDS.items()}
    unknown = [
        words
        for words in shown
        if words not in exist
        and isinstance(exist.get(words[:1], cli), click.Group)  # else an argument follows
    ]
    assert unknown == []


@each_page
def test_every_make_target_that_a_page_shows_exists(page):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert [name for name in re.findall(r"\bmake ([a-z-]+)", code(page)) if name not in targets] == []


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_topic_is_described(topic):
    assert f"`{topic.name}`" in (ROOT / "docs" / "schemas.md").read_text()


def code(page):
    """Return what a page sets as code: fenced, indented, or within back-ticks."""
    text = page.read_text()
    fenced = re.findall(r"```.*?```", text, re.DOTALL)
    return "\n".join(fenced + re.findall(r"^ {4}.*$", text, re.MULTILINE) + re.findall(r"`[^`\n]+`", text))
