from __future__ import annotations

import re
from fnmatch import fnmatch


def test_the_image_is_built_from_a_pinned_one_and_runs_without_root(root):
    lines = (root / "Dockerfile").read_text().splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.12\.\d+-slim-\w+@sha256:[0-9a-f]{64}", bases[0])
    assert [line.split()[1] for line in lines if line.startswith("USER ")] == ["10001:10001"]


def test_every_dependency_of_the_image_is_checked_by_its_hash(root):
    installs = re.findall(r"pip install (.*)", (root / "Dockerfile").read_text())
    assert installs == ["--require-hashes -r requirements.lock", "--no-deps --no-build-isolation ."]


def test_everything_that_the_image_is_built_from_exists_and_is_let_through(root):
    copied = [
        name
        for line in (root / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for name in line.split()[1:-1]
    ]
    ignore = (root / ".dockerignore").read_text().splitlines()
    assert copied
    for name in copied:
        assert (root / name).exists()
        assert f"!{name}" in ignore


def test_what_the_image_does_not_need_stays_out_of_it(root):
    ignore = (root / ".dockerignore").read_text().splitlines()
    let_through = [line[1:] for line in ignore if line.startswith("!")]
    assert "*" in ignore
    assert not any(
        fnmatch(secret, name) for name in let_through for secret in (".git", ".env", ".venv", "tests")
    )
