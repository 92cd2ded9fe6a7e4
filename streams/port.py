"""Ports of this machine."""

from __future__ import annotations

import socket

from streams.errors import TocsinError


class PortTaken(TocsinError):
    """A port cannot be bound."""


def free_port(host: str, port: int = 0) -> int:
    """Return the port if it can be bound, a free one for 0. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the last owner's closing does not count
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"cannot serve metrics and health at {host}:{port} ({error.strerror}): "
                "choose another with --web-port or TOCSIN_WEB_PORT; 0 takes a free one"
            ) from error
        return int(probe.getsockname()[1])
