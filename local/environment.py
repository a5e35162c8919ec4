"""The environment variables with which the site runs on the embedded servers."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from local.servers import Postgres, Valkey
from local.state import secret_key, state_dir

DATABASE = "cop"


def environment(base: Path, *, port: int, smtp_port: int, postgres: Postgres, valkey: Valkey) -> dict[str, str]:
    return {
        "DATABASE_URL": postgres.url(DATABASE),
        "REDIS_URL": valkey.url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        "SECRET_KEY": secret_key(base),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DEMO": "on",
        "DEMO_MAILBOX": str(base / "mailbox"),
        "STATIC_ROOT": str(no_collected_files(base)),
        "DJANGO_SETTINGS_MODULE": "cop.settings",
    }


def no_collected_files(base: Path) -> Path:
    """An empty folder: here static files are served from where they lie, and nothing is collected."""
    folder = base / "static"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def embedded_servers(*, port: int = 8000, smtp_port: int = 8025) -> Iterator[None]:
    """Set the environment for the embedded servers, start those that do not run, stop what was started here.

    Does nothing where DATABASE_URL and REDIS_URL name servers already. What the environment names otherwise stays."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop.settings")
        yield
        return
    base = state_dir()
    postgres, valkey = Postgres(base), Valkey(base)
    try:
        postgres.start()
        valkey.start()
        postgres.create_database(DATABASE)
        for name, value in environment(base, port=port, smtp_port=smtp_port, postgres=postgres, valkey=valkey).items():
            os.environ.setdefault(name, value)
        yield
    finally:
        valkey.stop()
        postgres.stop()
