"""The wheel as a user gets it: installed with the locked runtime dependencies and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = {".yaml", ".yml", ".json", ".txt", ".tsv", ".csv", ".bin", ".gz", ".html"}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    return next(folder.glob("tocsin-*.whl"))


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory):
    """Return the `bin` of an environment that holds the wheel and what requirements.lock names."""
    home = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", home)
    python = home / "bin" / "python"
    uv = (sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python)
    run(*uv, "--require-hashes", "-r", ROOT / "requirements.lock")
    run(*uv, "--no-deps", wheel)
    return home / "bin"


def run(*words, **options):
    result = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, timeout=110, **options
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def names_of(lock):
    return {name.lower() for name in re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(), re.MULTILINE)}


def test_the_wheel_holds_every_data_file_of_the_packages(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    data = {
        str(path.relative_to(ROOT))
        for package in ("schemas", "streams")
        for path in (ROOT / package).rglob("*")
        if path.suffix in DATA and "__pycache__" not in path.parts
    }
    assert {"schemas/taxonomy.yaml", "schemas/json/event.json", "schemas/asyncapi.json"} <= data
    assert data - held == set()


def test_the_wheel_holds_the_seeds_and_the_licences(wheel):
    held = zipfile.ZipFile(wheel).namelist()
    seeds = {f"streams/seeds/{path.name}" for path in (ROOT / "seeds").iterdir()}
    assert seeds
    assert seeds <= set(held)
    assert [name for name in held if name.endswith(("licenses/LICENSE", "licenses/NOTICE"))]


def test_the_wheel_holds_nothing_but_the_packages(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"schemas", "streams"}


def test_the_wheel_says_that_it_is_typed(wheel):
    assert {"schemas/py.typed", "streams/py.typed"} <= set(zipfile.ZipFile(wheel).namelist())


def test_the_installed_command_starts_without_any_development_dependency(installed, tmp_path):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert run(installed / "tocsin", "--version", cwd=tmp_path) == f"tocsin, version {version}\n"
    assert "articles" in run(installed / "tocsin", "--help", cwd=tmp_path)


def test_no_development_dependency_is_installed_for_a_user(installed):
    listed = run(
        sys.executable, "-m", "uv", "pip", "list", "--python", installed / "python", "--format", "freeze"
    )
    present = {line.partition("==")[0].lower() for line in listed.splitlines()}
    assert present & (names_of("requirements-dev.lock") - names_of("requirements.lock")) == set()


def test_every_module_of_the_installed_wheel_can_be_imported(installed, tmp_path):
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for package in ("schemas", "streams")
        for path in (ROOT / package).rglob("*.py")
        if path.stem not in {"__init__", "__main__"}
    )
    run(installed / "python", "-c", f"import {', '.join(modules)}", cwd=tmp_path)


def test_the_installed_command_finds_its_data_files(installed, tmp_path):
    assert "in step" in run(installed / "tocsin", "schema", "check", cwd=tmp_path)
    run(installed / "tocsin", "rules", "check", cwd=tmp_path)


def test_the_installed_command_tags_an_article(installed, tmp_path):
    events = run(installed / "tocsin", "tag", ROOT / "seeds" / "austin-choigou.fr.txt", cwd=tmp_path)
    assert '"type":"military_communication"' in events
