"""Loopback ports that are taken before the program that listens on them is started."""

from __future__ import annotations

import socket


def listen_on(port: int) -> socket.socket:
    """A socket bound to this port of loopback, to a free one for 0; OSError where the port is taken."""
    made = socket.socket(socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    made.listen(128)
    return made


def number(bound: socket.socket) -> int:
    return int(bound.getsockname()[1])
