"""Takes the pictures of docs/images from a running line: `make screenshots`. It tests nothing but their size."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

IMAGES = Path(__file__).parents[3] / "docs" / "images"
MOST_BYTES = 150_000
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


def test_take_the_pictures_of_the_docs(running, look):
    found = running.get("/stories?type=military_communication&dyad=RUS-USA")["items"]
    story = next(one["id"] for one in found if len(one["langs"]) == 3)

    def take(name: str, path: str, *, scheme: str = "light", shown: str, **options) -> None:
        page = look(running, path, color_scheme=scheme, **({"viewport": WIDE} | options))
        page.locator(shown).first.wait_for()
        page.locator(".loading").wait_for(state="detached")
        page.wait_for_timeout(500)  # for fonts and what is drawn once its size is known
        save(name, page.screenshot())

    take("web-feed", "/", shown=".card")
    take("web-feed-dark", "/?polarity=escalatory", shown=".card", scheme="dark")
    take("web-story", f"/stories/{story}", shown=".mention")
    take("web-dyad", "/dyads/RUS-UKR", shown=".lollipop")
    take("web-matrix", "/matrix", shown=".matrix")
    take("web-map", "/map", shown=".area")
    take("web-phone", "/", shown=".card", viewport=PHONE, device_scale_factor=2)
    page = look(running, "/rules?rule=use-of-force", viewport=WIDE)
    page.get_by_role("button", name="Back-test").click()
    page.locator(".samples, .mistakes").first.wait_for()
    page.wait_for_timeout(500)
    save("web-rules", page.screenshot())


def save(name: str, picture: bytes) -> None:
    """Write a picture small enough for the repository."""
    IMAGES.mkdir(exist_ok=True)
    target = IMAGES / f"{name}.webp"
    Image.open(BytesIO(picture)).save(target, quality=80, method=6)
    assert target.stat().st_size <= MOST_BYTES, target
