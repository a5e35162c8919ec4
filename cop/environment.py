"""Reading the environment so that a missing or bad value stops the start with one line that names it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ

env = environ.Env()


def stop(name: str, problem: str) -> NoReturn:
    sys.exit(f"Setting {name}: {problem}")


def required(name: str, read: Callable[[str], Any] = env.str) -> Any:
    """The value of a variable without which the site must not start."""
    if not env.str(name, default=""):
        stop(name, "is missing from the environment.")
    try:
        return read(name)
    except Exception as error:
        stop(name, f"cannot be used: {error}")


def flag(name: str, *, default: bool) -> bool:
    value = env.str(name, default="on" if default else "off").strip().lower()
    if value not in {"on", "off", "true", "false", "1", "0", "yes", "no"}:
        stop(name, f"must be on or off, not {value!r}.")
    return value in {"on", "true", "1", "yes"}


def whole(name: str, *, default: int) -> int:
    value = env.str(name, default=str(default)).strip()
    if not value.isdecimal() or int(value) < 1:
        stop(name, f"must be a whole number from 1, not {value!r}.")
    return int(value)


def site_url() -> str:
    value = required("SITE_URL").rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        stop("SITE_URL", "must be an address without a path, such as https://community.example.org")
    return str(value)


def secret_key() -> str:
    value = required("SECRET_KEY")
    if len(value) < 50 or len(set(value)) < 5:
        stop("SECRET_KEY", "must be random and at least 50 characters long.")
    return str(value)


def redis_addresses() -> tuple[str, str]:
    """From REDIS_URL: the broker's address and the cache's, each in the form that its library reads."""
    value = str(required("REDIS_URL")).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host=0", f"unix://{parts.path}?db=1"
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        stop("REDIS_URL", "must look like redis://host:6379 or unix:///path/to/socket")
    server = f"{parts.scheme}://{parts.netloc}"
    return f"{server}/0", f"{server}/1"
