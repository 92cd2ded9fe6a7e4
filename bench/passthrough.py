"""The peer: a plain Faust app that reads articles and sends them on as they are."""

from __future__ import annotations

from typing import Any

import faust

from schemas.topics import ARTICLES, EVENTS
from streams.faust_options import faust_options
from streams.port import free_port
from streams.settings import read_settings


def main() -> None:
    """Run it, on the broker that TOCSIN_BOOTSTRAP names."""
    settings = read_settings()
    settings = settings.model_copy(update={"web_port": free_port(settings.web_host)})
    app = faust.App(**faust_options(settings))
    out = app.topic(EVENTS.name)

    @app.agent(app.topic(ARTICLES.name))
    async def pass_on(articles: Any) -> None:
        async for event in articles.events():
            await out.send(key=event.key, value=event.value, headers=event.headers)

    faust.Worker(app, override_logging=False, redirect_stdouts=False, quiet=True).execute_from_commandline()


if __name__ == "__main__":
    main()
