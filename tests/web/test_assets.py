from __future__ import annotations

import gzip
from types import SimpleNamespace

import pytest

from streams.web.assets import read_assets


@pytest.fixture
def assets(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "page.css").write_text("body { color: black }\n" * 50)
    (tmp_path / "main.js").write_text("import './other.js'\n")
    (tmp_path / "index.html").write_text(
        '<link rel="stylesheet" href="/static/css/page.css"><script type="module" src="/static/main.js"></script>'
    )
    return read_assets(tmp_path)


def ask(asset, v="", **headers):
    return asset.answer(
        SimpleNamespace(
            query={"v": v}, headers={name.replace("_", "-"): said for name, said in headers.items()}
        )
    )


def test_the_index_names_its_style_sheets_with_their_hashes(assets):
    tag = assets["css/page.css"].tag
    assert f'href="/static/css/page.css?v={tag}"' in assets["index.html"].body.decode()


def test_modules_are_named_as_they_name_each_other(assets):
    assert 'src="/static/main.js"' in assets["index.html"].body.decode()


def test_an_address_with_the_hash_never_changes_and_one_without_is_asked_for_again(assets):
    asset = assets["css/page.css"]
    assert "immutable" in ask(asset, v=asset.tag).headers["Cache-Control"]
    assert ask(asset).headers["Cache-Control"] == "no-cache"
    assert ask(asset, v="another").headers["Cache-Control"] == "no-cache"


def test_what_a_browser_has_is_not_sent_again(assets):
    asset = assets["css/page.css"]
    assert ask(asset, If_None_Match=f'"{asset.tag}"').status == 304


def test_a_file_is_sent_deflated_to_who_can_read_it(assets):
    asset = assets["css/page.css"]
    answer = ask(asset, Accept_Encoding="gzip, br")
    assert gzip.decompress(answer.body) == asset.body
    assert ask(asset).body == asset.body


def test_scripts_and_styles_say_what_they_are(assets):
    assert assets["main.js"].content_type == "text/javascript; charset=utf-8"
    assert assets["css/page.css"].content_type == "text/css; charset=utf-8"
